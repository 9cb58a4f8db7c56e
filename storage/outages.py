"""When Muster last gave a sign of life, and when it was last not running."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from domain.runs import Outage
from storage import people, sql
from storage.tables import WorkspaceRow


def note_alive(session: Session, *, now: datetime, every: timedelta) -> None:
    """Where the last sign is so old, or from a clock that was set back since. Whoever finds a row taken comes again."""
    alive_at = col(WorkspaceRow.alive_at)
    is_old = or_(alive_at.is_(None), alive_at <= now - every, alive_at >= now + every)
    found = session.exec(sql.locked_if_free(select(WorkspaceRow.id).where(is_old))).all()
    session.execute(update(WorkspaceRow).where(col(WorkspaceRow.id).in_(found)).values(alive_at=now))


def note_outage(session: Session, *, now: datetime, least: timedelta) -> None:
    """Keeps the time since the last sign of life, where that is long enough ago.

    The sign itself stays as it is, so that a start that fails is part of the outage.
    """
    silent = col(WorkspaceRow.alive_at) < now - least
    sql.lock(session, select(WorkspaceRow.id).where(silent).order_by(col(WorkspaceRow.id)))
    session.execute(update(WorkspaceRow).where(silent).values(down_since=WorkspaceRow.alive_at, down_until=now))


def newest(session: Session, *, workspace_id: str) -> Outage | None:
    row = people.workspace(session, workspace_id=workspace_id)
    return Outage(row.down_since, row.down_until) if row.down_since and row.down_until else None
