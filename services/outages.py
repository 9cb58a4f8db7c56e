"""Knowing afterwards that Muster was not running, so that nobody is blamed for it."""

from datetime import datetime, timedelta

from storage import outages
from storage.ending import makes_nothing_due
from storage.engine import Database

EVERY = timedelta(minutes=1)
"""So often Muster gives a sign of life."""
LEAST = timedelta(minutes=5)
"""After so long without one, a start finds that it was not running."""


def note_start(db: Database, *, now: datetime) -> None:
    """At the start, before anything is moved. While Muster runs, a clock that jumps ahead is no outage."""
    with db.write() as session:
        outages.note_outage(session, now=now, least=LEAST)


def note_alive(db: Database, *, now: datetime) -> None:
    """After what is due has been moved: what was missed in an outage has its reason by now."""
    with db.write() as session:
        outages.note_alive(session, now=now, every=EVERY)
        makes_nothing_due(session)
