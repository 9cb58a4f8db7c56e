"""What is to come: when Muster next has something to do."""

from datetime import datetime
from typing import Any

from sqlmodel import func, select

from storage import delivery_queries
from storage.engine import Database
from storage.tables import ActionRow, DecisionRow, PersonRow, PromptRow, RitualRow

ROWS = (RitualRow, PromptRow, DecisionRow, ActionRow, PersonRow)
"""What time itself moves."""


def next_row(db: Database) -> datetime | None:
    """When time next moves something; each table's earliest is the first entry of an index."""
    with db.read() as session:
        found = [session.exec(_earliest(table)).one() for table in ROWS]
    return min((moment for moment in found if moment), default=None)


def _earliest(table: type[Any]) -> Any:
    """Says what the partial index says, so that it is used."""
    return select(func.min(table.next_at)).where(table.next_at.is_not(None))


def next_moment(db: Database) -> datetime | None:
    """When anything is next to be done, messages that wait for another try included."""
    with db.read() as session:
        delivery = delivery_queries.next_due(session)
    return min((moment for moment in (next_row(db), delivery) if moment), default=None)
