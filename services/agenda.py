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


def next_try(db: Database) -> datetime | None:
    """When something is sent next, be it again."""
    with db.read() as session:
        return delivery_queries.next_due(session)


@dataclass(frozen=True)
class Outlook:
    next_at: datetime | None
    """When something is next to be done. That something is tried again is nothing to wait for."""
    is_due: bool
    """Whether something is still to be done now."""


def outlook(db: Database, *, now: datetime) -> Outlook:
    with db.read() as session:
        first_try = delivery_queries.next_first_try(session)
        limited = delivery_queries.next_limited(session)
    next_at = min((moment for moment in (next_row(db), first_try) if moment), default=None)
    soon = limited is not None and limited <= now + SHORT
    return Outlook(next_at, is_due=soon or (next_at is not None and next_at <= now))
