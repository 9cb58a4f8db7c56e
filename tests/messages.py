"""What the messages that are owed would say now, read as the sender reads them."""

from datetime import datetime

from domain.deliveries import Kind
from schedules.contents import contents
from services import deliveries
from storage.engine import Database
from surface.kit import Message


def said(db: Database, kind: Kind, *, now: datetime) -> dict[str, list[str]]:
    """By reader, what each message of that kind says. What would not be sent is left out."""
    due = [each for each in deliveries.claim(db, now=now, limit=1000, paces={}) if each.subject.kind is kind]
    found: dict[str, list[str]] = {}
    drawn = contents(db, due, now)
    for delivery in due:
        message = drawn.get(delivery.id)
        if isinstance(message, Message):
            found.setdefault(delivery.subject.person_id, []).append(message.text)
    return found
