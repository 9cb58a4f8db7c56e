"""Who reads a ritual's summaries without being asked."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col, select

from domain.runs import Run
from storage.tables import ObserverRow

_OF_RITUAL = select(ObserverRow.person_id).where(ObserverRow.ritual_id == bindparam("ritual_id"))
_OF_RUN = _OF_RITUAL.where(col(ObserverRow.since) <= bindparam("opened_at"))


def of_ritual(session: Session, *, ritual_id: int) -> set[str]:
    return set(session.exec(_OF_RITUAL, params={"ritual_id": ritual_id}))


def ritual_ids(session: Session, *, workspace_id: str, person_id: str) -> set[int]:
    """The rituals that somebody observes."""
    query = select(ObserverRow.ritual_id).where(ObserverRow.workspace_id == workspace_id)
    return set(session.exec(query.where(ObserverRow.person_id == person_id)))


def of_run(session: Session, *, run: Run) -> set[str]:
    """Those who had been named when it opened, and are named still."""
    return set(session.exec(_OF_RUN, params={"ritual_id": run.ritual_id, "opened_at": run.opened_at}))


def put(session: Session, *, workspace_id: str, ritual_id: int, person_ids: Collection[str], now: datetime) -> None:
    """These, and nobody else."""
    before = of_ritual(session, ritual_id=ritual_id)
    gone, new = before - {*person_ids}, {*person_ids} - before
    mine = col(ObserverRow.ritual_id) == ritual_id
    session.execute(delete(ObserverRow).where(mine, col(ObserverRow.person_id).in_(gone)))
    session.add_all(
        ObserverRow(workspace_id=workspace_id, ritual_id=ritual_id, person_id=each, since=now) for each in sorted(new)
    )
    session.flush()
