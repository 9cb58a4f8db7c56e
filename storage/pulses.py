"""Which runs of the pulse there are."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain import pulse
from storage.tables import RitualRow, RunRow


def closed(
    session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime
) -> list[tuple[int, str, datetime]]:
    """(run, channel, when it opened) of those of those channels that closed in [start, end), the newest first."""
    query = (
        select(col(RunRow.id), col(RunRow.channel_id), col(RunRow.opened_at))
        .join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
        .where(RunRow.workspace_id == workspace_id, RitualRow.template_id == pulse.TEMPLATE_ID)
        .where(col(RunRow.channel_id).in_(channels))
        .where(col(RunRow.closed_at) >= start, col(RunRow.closed_at) < end)
        .order_by(col(RunRow.closed_at).desc(), col(RunRow.id).desc())
    )
    return [(run_id or 0, channel_id, at) for run_id, channel_id, at in session.exec(query)]


def newest_in(session: Session, *, workspace_id: str, channel_id: str, start: datetime, end: datetime) -> int | None:
    """The run of that channel which closed last in [start, end]."""
    query = (
        select(RunRow.id)
        .join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
        .where(RitualRow.workspace_id == workspace_id, RitualRow.channel_id == channel_id)
        .where(RitualRow.template_id == pulse.TEMPLATE_ID)
        .where(col(RunRow.closed_at) >= start, col(RunRow.closed_at) <= end)
    )
    return session.exec(query.order_by(col(RunRow.closed_at).desc()).limit(1)).first()


def before(session: Session, *, ritual_id: int, run_id: int) -> int | None:
    """The run of that ritual which closed last before this one opened."""
    query = select(RunRow.id).where(RunRow.ritual_id == ritual_id, col(RunRow.id) < run_id)
    query = query.where(col(RunRow.closed_at).is_not(None)).order_by(col(RunRow.id).desc()).limit(1)
    return session.exec(query).first()
