"""Reading the calendars that people follow, in threads of their own: somebody else's server may be slow."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from domain.calendars import NotRead, Trouble
from domain.clock import Clock
from domain.feeds import days_away
from schedules.feeds import Feeds
from schedules.pool import Pool
from services import calendar_readings as readings
from services.calendar_readings import Due, Reading
from services.secrets import Secrets, Unreadable
from storage.engine import Database

log = logging.getLogger(__name__)
THREADS = 4
AHEAD = 2
"""Claimed calendars for each thread: what is claimed must be read long before its lease is over."""
PARSED_SECONDS = 5.0
"""After which no more is worked out of what repeats; no rule alone takes much longer, however it is written."""


class Calendars:
    def __init__(self, db: Database, clock: Clock, secrets: Secrets, feeds: Feeds, *, wake: Callable[[], None]) -> None:
        """`wake` is called when one has been read."""
        self._db, self._clock, self._secrets, self._feeds = db, clock, secrets, feeds
        self._pool = Pool("calendar", THREADS, ahead=AHEAD, wake=wake)

    @property
    def in_flight(self) -> int:
        return self._pool.in_flight

    def read_due(self, now: datetime) -> None:
        """Begins with those due for which there is room."""
        if free := self._pool.free:
            for due in readings.claim(self._db, now=now, limit=free):
                self._pool.begin(self._guarded, due)

    def close(self) -> None:
        """Lets what is being read finish; what has not begun is due again after its lease."""
        self._pool.close()

    def _guarded(self, due: Due) -> None:
        extra = {"action": "calendar_not_read", "person": due.person.id}
        try:
            self._read(due)
        except NotRead as error:
            log.info("The calendar of %s could not be read: %s", due.person.id, error, extra=extra)
            readings.not_read(self._db, due=due, trouble=error.trouble, now=self._clock())
        except Exception:
            log.exception("Reading the calendar of %s failed.", due.person.id, extra=extra)

    def _read(self, due: Due) -> None:
        try:
            sealed = self._secrets.with_newest(due.kept.sealed)
            feed = self._feeds.fetch(self._secrets.open(sealed), etag=due.etag, changed=due.changed)
        except Unreadable as error:
            raise NotRead(Trouble.KEY) from error
        reading = Reading(sealed, None)
        if feed is not None:
            until = time.monotonic() + PARSED_SECONDS
            spans = days_away(
                feed.text,
                person=due.person,
                counts=due.kept.calendar.counts,
                seen=due.seen,
                is_late=lambda: time.monotonic() > until,
            )
            reading = Reading(sealed, spans, feed.etag, feed.changed)
        readings.read(self._db, due=due, reading=reading, now=self._clock())
