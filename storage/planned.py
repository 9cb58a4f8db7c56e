"""When rituals ask next, and which are due for that."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, or_
from sqlmodel import Session, col, select, update

from domain.runs import Ritual
from storage import rituals, sql
from storage.tables import MemberRow, RitualRow


def _in_turn(which: Any) -> Any:
    """Asked at every turn of the loop, so made once."""
    query = select(RitualRow.workspace_id, RitualRow.id).where(col(RitualRow.next_at) <= _NOW, which)
    query = query.where(col(RitualRow.ended_at).is_(None))
    return query.order_by(col(RitualRow.next_at), col(RitualRow.id)).limit(bindparam("limit", type_=Integer))


def _is_to_come(now: Any) -> Any:
    return or_(col(RitualRow.begins_at).is_(None), col(RitualRow.begins_at) > now)


_NOW: BindParameter[datetime] = bindparam("now")
_DUE, _TO_LOOK_AT = _in_turn(col(RitualRow.begins_at) <= _NOW), _in_turn(_is_to_come(_NOW))


def due(session: Session, *, now: datetime, limit: int) -> list[tuple[str, int]]:
    """(workspace, ritual) of those whose next occurrence begins."""
    return _found(session, _DUE, now=now, limit=limit)


def to_look_at(session: Session, *, now: datetime, limit: int) -> list[tuple[str, int]]:
    """(workspace, ritual) of those that are to be worked out again, and have not begun."""
    return _found(session, _TO_LOOK_AT, now=now, limit=limit)


def _found(session: Session, query: Any, *, now: datetime, limit: int) -> list[tuple[str, int]]:
    found = session.execute(query, {"now": now, "limit": limit})
    return [(workspace_id, ritual_id or 0) for workspace_id, ritual_id in found]


def take_due(session: Session, *, ritual_id: int, now: datetime) -> Ritual | None:
    """That ritual, locked until the transaction ends; None when somebody else has it, or it has moved on."""
    query = select(RitualRow).where(
        *rituals.is_on(ritual_id), col(RitualRow.next_at) <= now, col(RitualRow.begins_at) <= now
    )
    row = session.exec(sql.locked_if_free(query)).first()
    return rituals.ritual(session, workspace_id=row.workspace_id, ritual_id=ritual_id) if row else None


def put_off(session: Session, *, ritual_id: int, until: datetime) -> None:
    """When its occurrence began stays known."""
    session.execute(update(RitualRow).where(*rituals.is_on(ritual_id)).values(next_at=until))


def set_next(session: Session, *, ritual_id: int, day: date | None, at: datetime | None) -> None:
    values = {"next_day": day, "begins_at": at, "next_at": at}
    session.execute(update(RitualRow).where(*rituals.is_on(ritual_id)).values(**values))


def look_again(session: Session, *, workspace_id: str, person_ids: Collection[str], at: datetime) -> None:
    """The rituals of the channels those people are in are to be worked out again, even if Muster stops meanwhile."""
    channels = select(MemberRow.channel_id).where(
        MemberRow.workspace_id == workspace_id, col(MemberRow.person_id).in_(person_ids)
    )
    theirs = (
        col(RitualRow.workspace_id) == workspace_id,
        col(RitualRow.channel_id).in_(channels),
        col(RitualRow.ended_at).is_(None),
        _is_to_come(at),
        or_(col(RitualRow.next_at).is_(None), col(RitualRow.next_at) > at),
    )
    sql.lock(session, select(RitualRow.id).where(*theirs).order_by(col(RitualRow.id)))
    session.execute(update(RitualRow).where(*theirs).values(next_at=at))
