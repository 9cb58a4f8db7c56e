"""Looking at the queue without taking anything from it: what is due, and what is in trouble."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, func, select

from domain.deliveries import Method
from storage.tables import DeliveryRow, PersonRow, WorkspaceRow

TOO_LATE = "too late"
"""How a delivery ends that could not be posted by its `not_after`."""
TROUBLE = 3
"""Failed tries in a row from which the doctor speaks of it."""
TROUBLES = 20
"""At most so many are shown at once."""
REMEMBERED = timedelta(days=7)
"""How long the doctor speaks of what is over."""


def next_due(session: Session) -> datetime | None:
    return session.exec(select(func.min(DeliveryRow.next_at)).where(col(DeliveryRow.next_at).is_not(None))).one()


def lanes(session: Session, *, now: datetime) -> list[tuple[str, Method]]:
    """(workspace, method) pairs with something due."""
    found: list[tuple[str, Method]] = []
    for method in Method:
        due = exists().where(
            col(DeliveryRow.workspace_id) == col(WorkspaceRow.id),
            col(DeliveryRow.method) == method.value,
            col(DeliveryRow.next_at) <= now,
        )
        found += [
            (workspace_id, method)
            for workspace_id in session.exec(select(WorkspaceRow.id).where(due).order_by(WorkspaceRow.id))
        ]
    return found


def failure(session: Session, *, workspace_id: str, key: str) -> str | None:
    """What Slack said when a message could not be sent, the last time it was tried; None if it has not failed."""
    query = select(DeliveryRow.failure).where(DeliveryRow.workspace_id == workspace_id, DeliveryRow.key == key)
    return session.exec(query).first()


def in_trouble(session: Session, *, workspace_id: str, harmless: Sequence[str], now: datetime) -> list[DeliveryRow]:
    """Deliveries that keep failing, and those of late that Slack refused, that came too late, or that may stand there
    twice.

    The newest first, for the doctor. Left out is what nobody can mend: outcomes that are `harmless`, and messages to
    people who left.
    """
    failing = and_(col(DeliveryRow.failures) >= TROUBLE, col(DeliveryRow.next_at).is_not(None))
    never_left = and_(col(DeliveryRow.ended) == TOO_LATE, col(DeliveryRow.failures) > 0)
    over = or_(col(DeliveryRow.ended).like("refused%"), col(DeliveryRow.unchecked) > 0, never_left)
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
