"""What is to come: when Muster next has something to do."""

from datetime import datetime

from sqlmodel import col, func, select

from storage import deliveries
from storage.engine import Database
from storage.tables import ActionRow, DecisionRow, DeliveryRow, PersonRow, PromptRow, RitualRow

TABLES = (RitualRow, PromptRow, DecisionRow, ActionRow, PersonRow, DeliveryRow)


def next_moment(db: Database) -> datetime | None:
    """The earliest `next_at` of all; each is the first entry of an index."""
    with db.read() as session:
        found = [session.exec(select(func.min(col(table.next_at)))).one() for table in TABLES]
    return min((moment for moment in found if moment), default=None)


def is_busy(db: Database, *, now: datetime) -> bool:
    """Whether anything is being sent, or is due to be."""
    with db.read() as session:
        return deliveries.is_busy(session, now=now)
