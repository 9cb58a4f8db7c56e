"""The digests written so far: which records each lists."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from storage.tables import DigestRow


def add(
    session: Session, *, workspace_id: str, person_id: str, week: date, content: dict[str, Any], at: datetime
) -> int | None:
    """Adds the digest of a week; None when it has been written already."""
    taken = select(DigestRow.id).where(
        DigestRow.workspace_id == workspace_id, DigestRow.person_id == person_id, DigestRow.week == week
    )
    if session.exec(taken).first() is not None:
        return None
    row = DigestRow(workspace_id=workspace_id, person_id=person_id, week=week, content=content, written_at=at)
    session.add(row)
    session.flush()
    return row.id


def digest(session: Session, *, workspace_id: str, digest_id: int) -> DigestRow | None:
    row = session.get(DigestRow, digest_id)
    return row if row and row.workspace_id == workspace_id else None
