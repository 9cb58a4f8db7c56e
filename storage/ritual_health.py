"""When somebody was asked whether a ritual still suits, and the runs by which that is seen."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from domain.ritual_health import Asked
from domain.runs import RunState
from storage.tables import RitualRow, RunRow


def last_closed(session: Session, *, ritual_id: int, until: int | None = None, limit: int) -> list[int]:
    """The ids of the newest runs of a ritual that have closed, or of those up to one; the oldest first."""
    query = select(RunRow.id).where(RunRow.ritual_id == ritual_id, RunRow.state == RunState.CLOSED.value)
    if until is not None:
        query = query.where(col(RunRow.id) <= until)
    return [found or 0 for found in session.exec(query.order_by(col(RunRow.id).desc()).limit(limit))][::-1]


def asked(session: Session, *, ritual_id: int) -> Asked:
    query = select(RitualRow.health_asked_at, RitualRow.health_left_at).where(RitualRow.id == ritual_id)
    found = session.exec(query).first()
    return Asked(*found) if found else Asked()


def set_asked(session: Session, *, ritual_id: int, at: datetime) -> None:
    session.execute(update(RitualRow).where(col(RitualRow.id) == ritual_id).values(health_asked_at=at))


def set_left(session: Session, *, ritual_id: int, at: datetime) -> None:
    session.execute(update(RitualRow).where(col(RitualRow.id) == ritual_id).values(health_left_at=at))
