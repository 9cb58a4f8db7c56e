"""Rituals that were switched off, and when what they left is cleared away."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from storage import sql
from storage.tables import RitualRow


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    query = select(RitualRow.id).where(*_is_due(now)).order_by(col(RitualRow.next_at)).limit(limit)
    return [ritual_id or 0 for ritual_id in session.exec(query)]


def take_due(session: Session, *, ritual_id: int, now: datetime) -> bool:
    """Locks it until the transaction ends; False when somebody else has it, or has done it."""
    query = select(RitualRow).where(col(RitualRow.id) == ritual_id, *_is_due(now))
    return session.exec(sql.locked_if_free(query)).first() is not None


def set_next(session: Session, *, ritual_id: int, at: datetime | None) -> None:
    session.execute(update(RitualRow).where(col(RitualRow.id) == ritual_id).values(next_at=at))


def _is_due(now: datetime) -> tuple[Any, Any]:
    return col(RitualRow.next_at) <= now, col(RitualRow.ended_at).is_not(None)
