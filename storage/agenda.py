"""What time itself moves, and when it next does."""

from datetime import datetime
from typing import Any

from sqlalchemy import union_all
from sqlmodel import Session, func, select

from storage.tables import (
    ActionRow,
    BlockerRow,
    BriefRow,
    CalendarRow,
    DecisionPersonRow,
    DecisionRow,
    DigestChoiceRow,
    PersonRow,
    PromptRow,
    RitualRow,
    RunBriefRow,
    RunRow,
)

ROWS = (
    RitualRow,
    RunRow,
    PromptRow,
    DecisionRow,
    DecisionPersonRow,
    ActionRow,
    BlockerRow,
    BriefRow,
    RunBriefRow,
    CalendarRow,
    PersonRow,
    DigestChoiceRow,
)


def next_at(session: Session) -> datetime | None:
    """Each table's earliest is the first entry of an index."""
    found = session.scalars(_EARLIEST).all()
    return min((moment for moment in found if moment), default=None)


def _earliest(table: type[Any]) -> Any:
    """Says what the partial index says, so that it is used."""
    return select(func.min(table.next_at)).where(table.next_at.is_not(None))


_EARLIEST = union_all(*map(_earliest, ROWS))
