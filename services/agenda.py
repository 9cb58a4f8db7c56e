"""What is to come: when Muster next has something to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import agenda, delivery_queries
from storage.engine import Database

SHORT = timedelta(seconds=5)
"""What Slack takes again so soon is as good as being sent."""


def next_row(db: Database) -> datetime | None:
    """When time next moves something."""
    with db.read() as session:
        return agenda.next_at(session)


@dataclass(frozen=True)
class Outlook:
    next_at: datetime | None
    """When something is next to be done. That something is tried again is nothing to wait for."""
    is_due: bool
    """Whether something is still to be done now."""
    next_try: datetime | None
    """When something is sent next, be it again."""


def outlook(db: Database, *, now: datetime) -> Outlook:
    with db.read() as session:
        owed, row_at = delivery_queries.ahead(session), agenda.next_at(session)
    next_at = min((moment for moment in (row_at, owed.first_try) if moment), default=None)
    soon = owed.limited is not None and owed.limited <= now + SHORT
    return Outlook(next_at, is_due=soon or (next_at is not None and next_at <= now), next_try=owed.next_try)
