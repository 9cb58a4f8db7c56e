"""What is to come: when Muster next has something to do."""

from datetime import datetime

from sqlmodel import col, func, select

from storage import deliveries
from storage.engine import Database
from storage.tables import ActionRow, DecisionRow, PersonRow, PromptRow, RitualRow

ROWS = (RitualRow, PromptRow, DecisionRow, ActionRow, PersonRow)
"""What time itself moves."""


def next_row(db: Database) -> datetime | None:
    """When time next moves something; each table's earliest is the first entry of an index."""
    with db.read() as session:
        found = [session.exec(select(func.min(col(table.next_at)))).one() for table in ROWS]
    return min((moment for moment in found if moment), default=None)


def next_moment(db: Database) -> datetime | None:
    """When anything is next to be done, messages that wait for another try included."""
    with db.read() as session:
        delivery = deliveries.next_due(session)
    return min((moment for moment in (next_row(db), delivery) if moment), default=None)


def is_delivery_due(db: Database, *, now: datetime) -> bool:
    with db.read() as session:
        return deliveries.is_due(session, now=now)
