"""How each kind of delivery is drawn: what comes of it, and what all kinds share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.deliveries import Delivery
from services import sync
from storage.engine import Database
from surface import outsiders
from surface.kit import Json, Message

ASKED_AGAIN = timedelta(seconds=30)
"""So long after Slack did not say who is in a channel it is asked again for a message."""


@dataclass(frozen=True)
class Later:
    """Nothing now: it is drawn again at that moment."""

    at: datetime


Content = Message | Json | Later | None
"""A message, a Home page, or nothing: then the delivery is dropped."""
Batch = Callable[[Database, str, Sequence[Delivery], datetime], Mapping[str, Content]]
"""Draws many deliveries of one kind and workspace at once; answers by delivery id."""


def one_by_one(draw: Callable[[Database, Delivery, datetime], Content]) -> Batch:
    def batch(db: Database, _workspace_id: str, due: Sequence[Delivery], now: datetime) -> Mapping[str, Content]:
        return {delivery.id: draw(db, delivery, now) for delivery in due}

    return batch


def hidden(db: Database, delivery: Delivery, now: datetime) -> Content:
    """What stands there stays until Slack says again who is in the channel: only then is it taken from its reader."""
    person_id = delivery.subject.person_id
    if sync.stale_channels(db, workspace_id=delivery.workspace_id, person_id=person_id, now=now):
        return Later(now + ASKED_AGAIN)
    return outsiders.no_longer_message(is_out=bool(delivery.ts))
