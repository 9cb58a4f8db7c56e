"""Looking at the queue without taking anything from it: what is due, and what is in trouble."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_
from sqlmodel import Session, col, select

from domain.deliveries import NOTHING_TO_SHOW, REFUSED, TOO_LATE, Method, Standing
from storage import deliveries
from storage.tables import DeliveryRow, PersonRow, WorkspaceRow

TROUBLE = 3
"""Failed tries in a row from which the doctor speaks of it."""
LONG = timedelta(minutes=15)
"""So long may Slack ask to wait with one message before the doctor speaks of it."""
TROUBLES = 20
"""At most so many are shown at once."""
REMEMBERED = timedelta(days=7)
"""How long the doctor speaks of what is over."""


def _next(*conditions: ColumnElement[bool]) -> Any:
    owed = select(DeliveryRow.next_at).where(col(DeliveryRow.next_at).is_not(None), *conditions)
    return owed.order_by(col(DeliveryRow.next_at)).limit(1)


_NEXT, _LIMITED = _next(), _next(col(DeliveryRow.limited_since).is_not(None))
_FIRST_TRY = _next(col(DeliveryRow.failures) == 0, col(DeliveryRow.limited_since).is_(None))
_AHEAD = select(*(query.scalar_subquery() for query in (_NEXT, _FIRST_TRY, _LIMITED)))
"""Asked at every turn of the loop, so made once."""


def next_due(session: Session) -> datetime | None:
    found: datetime | None = session.scalars(_NEXT).first()
    return found


@dataclass(frozen=True)
class Ahead:
    """Each None if there is nothing like it."""

    next_try: datetime | None
    """When something is sent next, be it again."""
    first_try: datetime | None
    """The same without what is tried again."""
    limited: datetime | None
    """When something may go for which Slack asked to wait."""


def ahead(session: Session) -> Ahead:
    return Ahead(*session.execute(_AHEAD).one())


def lanes(session: Session, *, now: datetime) -> list[tuple[str, Method]]:
    """(workspace, method) pairs with something that may be sent now; what has waited longest comes first."""
    asked = [(method, session.execute(query, {"now": now})) for method, query in _WAITING.items()]
    found = [(at, place, method) for method, rows in asked for place, at in rows if at]
    return [(workspace_id, method) for _at, workspace_id, method in sorted(found)]


def _waiting(method: Method, now: BindParameter[datetime]) -> Any:
    """Each workspace whose pace allows the method, with the moment since when it has something to send; or None."""
    mine = (col(DeliveryRow.workspace_id) == col(WorkspaceRow.id), *deliveries.ready(method, now))
    first = select(DeliveryRow.next_at).where(*mine).order_by(col(DeliveryRow.next_at)).limit(1)
    is_closed = deliveries.is_closed(WorkspaceRow.id, method.value, now)
    return select(WorkspaceRow.id, first.scalar_subquery()).where(~is_closed)


_WAITING = {method: _waiting(method, bindparam("now")) for method in Method}
"""Made once, as well."""


def failure(session: Session, *, workspace_id: str, key: str) -> str | None:
    """What Slack said when a message could not be sent, the last time it was tried; None if it has not failed."""
    query = select(DeliveryRow.failure).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.key == key)
    return session.exec(query).first()


def standing(session: Session, *, workspace_id: str, key: str) -> Standing | None:
    """None if it has never been owed."""
    columns = select(DeliveryRow.shown, DeliveryRow.wanted, DeliveryRow.ended, DeliveryRow.next_at)
    row = session.exec(columns.where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.key == key)).first()
    if row is None:
        return None
    shown, wanted, ended, next_at = row
    if next_at is not None or ended is None:
        return Standing(is_shown=next_at is None and shown >= wanted, refusal="")
    return Standing(is_shown=False, refusal=ended.removeprefix(REFUSED) if ended.startswith(REFUSED) else "")


def posted(session: Session, *, workspace_id: str, keys: Collection[str]) -> dict[str, str]:
    """When those messages that stand in Slack were posted, as Slack names that, by key."""
    mine = (DeliveryRow.workspace_id == workspace_id, col(DeliveryRow.key).in_(keys))
    found = session.exec(select(DeliveryRow.key, DeliveryRow.ts).where(*mine)) if keys else ()
    return {key: ts for key, ts in found if ts}


def owed(session: Session, *, workspace_id: str, keys: Collection[str]) -> list[str]:
    """Those that have been owed at some time."""
    query = select(DeliveryRow.key).where(DeliveryRow.workspace_id == workspace_id, col(DeliveryRow.key).in_(keys))
    return list(session.exec(query)) if keys else []


def left_as_they_were(session: Session, *, workspace_id: str, person_id: str) -> list[str]:
    """The keys of a person's messages that stand in Slack, and had nothing to show when they last changed."""
    mine = (DeliveryRow.workspace_id == workspace_id, DeliveryRow.person_id == person_id)
    there = (col(DeliveryRow.ts).is_not(None), DeliveryRow.ended == NOTHING_TO_SHOW)
    return list(session.exec(select(DeliveryRow.key).where(*mine, *there)))


def in_trouble(session: Session, *, workspace_id: str, harmless: Sequence[str], now: datetime) -> list[DeliveryRow]:
    """Deliveries that keep failing, and those of late that Slack refused, that came too late, or that may stand there
    twice.

    The newest first, for the doctor. Left out is what nobody can mend: outcomes that are `harmless`, and messages to
    people who left.
    """
    keeps_failing = or_(col(DeliveryRow.failures) >= TROUBLE, col(DeliveryRow.limited_since) < now - LONG)
    failing = and_(keeps_failing, col(DeliveryRow.next_at).is_not(None))
    never_left = and_(col(DeliveryRow.ended) == TOO_LATE, col(DeliveryRow.failure).is_not(None))
    over = or_(col(DeliveryRow.ended).startswith(REFUSED), col(DeliveryRow.unchecked) > 0, never_left)
    has_left = exists().where(
        col(PersonRow.workspace_id) == col(DeliveryRow.workspace_id),
        col(PersonRow.id) == col(DeliveryRow.person_id),
        col(PersonRow.left).is_(True),
    )
    query = (
        select(DeliveryRow)
        .where(DeliveryRow.workspace_id == workspace_id, ~has_left)
        .where(or_(failing, and_(over, col(DeliveryRow.claimed_at) > now - REMEMBERED)))
        .where(or_(col(DeliveryRow.ended).is_(None), col(DeliveryRow.ended).not_in(harmless)))
        .order_by(col(DeliveryRow.claimed_at).desc(), col(DeliveryRow.id))
        .limit(TROUBLES)
    )
    return list(session.exec(query))
