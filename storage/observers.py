"""Who reads a ritual's summaries without being asked."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import ObserverRow


def of_ritual(session: Session, *, ritual_id: int) -> set[str]:
    return set(session.exec(select(ObserverRow.person_id).where(ObserverRow.ritual_id == ritual_id)))


def put(session: Session, *, workspace_id: str, ritual_id: int, person_ids: Collection[str]) -> None:
    """These, and nobody else."""
    session.execute(delete(ObserverRow).where(col(ObserverRow.ritual_id) == ritual_id))
    session.add_all(
        ObserverRow(workspace_id=workspace_id, ritual_id=ritual_id, person_id=each) for each in sorted(person_ids)
    )
    session.flush()
