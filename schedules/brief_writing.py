"""A language model writes a brief, if one is set up and may be asked; whatever comes of it, there is a brief."""

import logging
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from briefs import evidence, extractive
from briefs.endpoint.contract import EndpointSettings, Meter, Stopped
from briefs.endpoint.writer import Writer
from briefs.fingerprint import fingerprint
from briefs.rules import RULES
from domain.briefings import Briefing
from domain.briefs import Brief, Made, WhyNot
from domain.clock import Clock, machine_chance
from domain.language_models import TOKENS_A_DAY, BeingWritten, NotWritten, Unwanted
from domain.threads import Thread
from services import brief_writing
from storage.engine import Database

log = logging.getLogger(__name__)
TO_MEND = frozenset({WhyNot.NOT_SET_UP, WhyNot.NO_CREDIT, WhyNot.NO_SUCH_MODEL})
"""Whoever runs Muster has something to do."""


def by_rules(thread: Thread, made: Made = Made()) -> Brief:  # noqa: B008 # It never changes.
    return _with_hints(thread, replace(extractive.draft(thread), made=made))


def made_without(why: NotWritten) -> Made:
    return Made("", why.why, why.failed, why.of, why.again_at)


class Model:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: EndpointSettings,
        *,
        own: Collection[str],
        tokens_a_day: int = TOKENS_A_DAY,
    ) -> None:
        """`own`: the ids of Muster itself, for what it says in a thread is not sent."""
        self.db, self.clock, self.tokens_a_day = db, clock, tokens_a_day
        self._settings, self._own = settings, own
        self._writer = Writer(settings, clock)

    def brief(self, briefing: Briefing, thread: Thread) -> Brief:
        """Raises Unwanted, BeingWritten and Stopped."""
        try:
            return self._written(briefing, thread)
        except NotWritten as why:
            self._log(briefing, thread, str(why), logging.WARNING if why.why in TO_MEND else logging.INFO)
            return by_rules(thread, made_without(why))
        except (Unwanted, BeingWritten, Stopped):
            raise
        except Exception:
            log.exception("Brief %s could not be written.", briefing.id, extra={"action": "brief_model_broken"})
            return by_rules(thread, Made("", WhyNot.NOT_USABLE))

    @property
    def name(self) -> str:
        return self._settings.name

    def fingerprint(self, thread: Thread) -> str:
        return fingerprint(thread, RULES, repr(self._settings))

    def write(self, thread: Thread, meter: Meter) -> Brief:
        """Raises NotWritten, Stopped, or what the meter raises."""
        return self._writer.write(thread, chance=machine_chance(), meter=meter, own=self._own)

    def close(self) -> None:
        self._writer.close()

    def _written(self, briefing: Briefing, thread: Thread) -> Brief:
        key = fingerprint(thread, RULES, repr(self._settings))
        read, now = len(thread.messages), self.clock()
        if done := brief_writing.begin(self.db, briefing=briefing, fingerprint=key, read=read, now=now):
            return done
        try:
            brief = self.write(thread, _Meter(self, briefing))
        except BaseException:
            brief_writing.given_up(self.db, briefing=briefing)
            raise
        brief = _with_hints(thread, brief)
        brief_writing.written(self.db, briefing=briefing, fingerprint=key, brief=brief, now=self.clock())
        self._log(briefing, thread, _outcome(brief))
        return brief

    def _log(self, briefing: Briefing, thread: Thread, outcome: str, level: int = logging.INFO) -> None:
        """Who asked for what and what came of it, and never a word of it."""
        log.log(
            level,
            "Brief %s of thread %s in %s for %s, %s messages, by %s: %s",
            briefing.id,
            briefing.thread_ts,
            briefing.channel_id,
            briefing.person_id,
            len(thread.messages),
            self.name,
            outcome,
            extra={"action": "brief_model"},
        )


@dataclass
class _Meter:
    """Counts what is used for one brief."""

    model: Model
    briefing: Briefing
    reserved_at: datetime = field(init=False)

    def reserve(self, tokens: int) -> None:
        self.reserved_at, most = self.model.clock(), self.model.tokens_a_day
        brief_writing.reserve(self.model.db, briefing=self.briefing, tokens=tokens, most=most, now=self.reserved_at)

    def settle(self, reserved: int, used: int) -> None:
        workspace_id, change = self.briefing.workspace_id, used - reserved
        brief_writing.settle(self.model.db, workspace_id=workspace_id, change=change, reserved_at=self.reserved_at)


def _outcome(brief: Brief) -> str:
    statements = f"{len(list(brief.statements))} statements"
    return ", ".join([statements, *(f"{doubt} {count}" for doubt, count in brief.doubts.items())])


def _with_hints(thread: Thread, brief: Brief) -> Brief:
    return replace(brief, hints=evidence.hints(thread, brief))
