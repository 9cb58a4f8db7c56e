"""Drawing up the briefs that people asked for, in threads of their own: a long thread takes its time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from briefs.endpoint.contract import Stopped
from briefs.naming import with_named
from domain.briefings import MOST_MESSAGES, Briefing, Trouble
from domain.clock import Clock
from domain.language_models import BeingWritten, Unwanted
from domain.threads import Thread
from schedules.brief_writing import Model, by_rules
from schedules.pool import Pool
from services import briefings, mentions
from storage.engine import Database
from surface.kit import Json
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear
from surface.slack_threads import as_message, named_in

log = logging.getLogger(__name__)
THREADS = 2
ANOTHER_LOOK = timedelta(seconds=30)
"""While a model writes the same for somebody else."""


@dataclass
class _Reading:
    found: list[Json] = field(default_factory=list)
    cursor: str = ""

    @property
    def total(self) -> int:
        return 1 + int(self.found[0].get("reply_count") or 0)

    def add(self, page: list[Json], cursor: str) -> bool:
        """Whether there is more to read. Slack may give the message it began with on each page."""
        self.found += [each for each in page if not self.found or each["ts"] != self.found[0]["ts"]]
        self.cursor = cursor
        return bool(cursor) and len(self.found) < MOST_MESSAGES


class Briefings:
    def __init__(
        self, db: Database, clock: Clock, slack: Slack, model: Model | None, *, wake: Callable[[], None]
    ) -> None:
        """`wake` is called when one is done. Without a model all are drawn up by rules."""
        self._db, self._clock, self._slack, self._model = db, clock, slack, model
        self._pool = Pool("brief", THREADS, wake=wake)
        self._begun: dict[tuple[int, int], _Reading] = {}
        """What Slack gives only later, by brief and turn."""

    @property
    def in_flight(self) -> int:
        return self._pool.in_flight

    def read_due(self, now: datetime) -> None:
        """Begins with those due for which there is room."""
        if free := self._pool.free:
            for briefing in briefings.claim(self._db, now=now, limit=free):
                self._pool.begin(self._guarded, briefing)

    def close(self) -> None:
        """Waits for what is being drawn up, and for no model; what has not begun is due again after its lease."""
        if self._model:
            self._model.close()
        self._pool.close()

    def _guarded(self, briefing: Briefing) -> None:
        try:
            self._draft(briefing)
        except SlackLimited as limited:
            self._put_off(briefing, self._clock() + timedelta(seconds=limited.seconds))
        except BeingWritten:
            self._put_off(briefing, self._clock() + ANOTHER_LOOK)
        except Stopped:
            self._put_off(briefing, self._clock())
        except Unwanted:
            log.info("Brief %s is not wanted any more.", briefing.id, extra={"action": "brief_unwanted"})
        except SlackRefused as refused:
            self._failed(briefing, Trouble.NOT_READABLE, refused)
        except SlackUnclear as unclear:
            self._failed(briefing, Trouble.NO_ANSWER, unclear)
        except Exception:
            log.exception("Brief %s failed.", briefing.id, extra={"action": "brief_failed"})
            briefings.failed(self._db, briefing=briefing, trouble=Trouble.BROKEN, now=self._clock())

    def _draft(self, briefing: Briefing) -> None:
        found = self._read(briefing)
        if found is None:
            return
        if not found:
            briefings.failed(self._db, briefing=briefing, trouble=Trouble.EMPTY, now=self._clock())
            return
        there = briefings.names_there(self._db, briefing=briefing)
        thread = with_named(self._thread(briefing, found), there)
        brief = self._model.brief(briefing, thread, there) if self._model else by_rules(thread)
        briefings.drafted(
            self._db, briefing=briefing, brief=brief, read=len(found), last_ts=found[-1]["ts"], now=self._clock()
        )

    def _read(self, briefing: Briefing) -> list[Json] | None:
        """Goes on where Slack asked to wait. None if nobody wants it any more."""
        key = briefing.id, briefing.turn
        reading = self._begun.pop(key, _Reading())
        try:
            while reading.add(*self._slack.thread(briefing.channel_id, briefing.thread_ts, reading.cursor)):
                read, total, now = len(reading.found), reading.total, self._clock()
                if not briefings.has_read(self._db, briefing=briefing, read=read, total=total, now=now):
                    return None
        except SlackLimited:
            self._begun[key] = reading
            if len(self._begun) > THREADS:  # Another replica may have gone on with an older one.
                self._begun.pop(next(iter(self._begun)))
            raise
        return reading.found[:MOST_MESSAGES]

    def _thread(self, briefing: Briefing, found: list[Json]) -> Thread:
        place = {"workspace_id": briefing.workspace_id, "channel_id": briefing.channel_id}
        ids = {each for message in found for each in named_in(message)}
        written = mentions.names(self._db, **place, ids=ids)
        known, asker = briefings.people_of(self._db, briefing=briefing, ids=ids)
        names = {person.id: person.name for person in known.values()}
        messages = tuple(as_message(each, written) for each in found)
        # As whoever began it means its days; and so that it is the same thread for all who ask.
        first = next((known[each.by] for each in messages if each.by in known), asker)
        return Thread(messages, names, first.zone)

    def _put_off(self, briefing: Briefing, until: datetime) -> None:
        briefings.put_off(self._db, briefing=briefing, until=until, now=self._clock())

    def _failed(self, briefing: Briefing, trouble: Trouble, error: Exception) -> None:
        log.info("The thread of brief %s could not be read: %s", briefing.id, error, extra={"action": "brief_failed"})
        briefings.failed(self._db, briefing=briefing, trouble=trouble, now=self._clock())
