"""A language model writes a brief, if one is set up and may be asked; whatever comes of it, there is a brief."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from briefs import evidence, extractive
from briefs.endpoint.contract import EndpointSettings, Meter, Stopped
from briefs.endpoint.writer import Writer
from briefs.fingerprint import fingerprint
from briefs.preparing import NOBODY
from briefs.rules import RULES
from domain.briefings import Briefing
from domain.briefs import Brief, Made, WhyNot
from domain.clock import Clock, machine_chance
from domain.language_models import TOKENS_A_DAY, NotWritten, Unwanted
from domain.threads import Thread
from services import brief_writing
from storage.engine import Database, DatabaseBusy

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

    def brief(self, briefing: Briefing, thread: Thread, others: Mapping[str, str]) -> Brief:
        """`others`: who else may be named in it, by id. Raises Unwanted, BeingWritten and Stopped."""
        try:
            return self._written(briefing, thread, others)
        except NotWritten as why:
            self._log(briefing, thread, str(why), logging.WARNING if why.why in TO_MEND else logging.INFO)
            return by_rules(thread, made_without(why))

    @property
    def name(self) -> str:
        return self._settings.name

    def fingerprint(self, thread: Thread) -> str:
        """What Muster itself says there changes nothing."""
        sent = tuple(each for each in thread.messages if each.by not in self._own)
        return fingerprint(replace(thread, messages=sent), RULES, repr(self._settings))

    def write(self, thread: Thread, meter: Meter, others: Mapping[str, str] = NOBODY) -> Brief:
        """Raises NotWritten, Stopped, or what the meter raises."""
        try:
            return self._writer.write(thread, chance=machine_chance(), meter=meter, own=self._own, others=others)
        except (NotWritten, Stopped, Unwanted, DatabaseBusy):
            raise
        except Exception as broken:
            log.exception("The model's brief broke off.", extra={"action": "brief_model_broken"})
            raise NotWritten(WhyNot.NOT_USABLE, type(broken).__name__) from None

    def close(self) -> None:
        self._writer.close()

    def _written(self, briefing: Briefing, thread: Thread, others: Mapping[str, str]) -> Brief:
        key = self.fingerprint(thread)
        read, now = len(thread.messages), self.clock()
        if done := brief_writing.begin(self.db, briefing=briefing, fingerprint=key, read=read, now=now):
            return done
        try:
            meter = Counting(self, briefing.workspace_id, partial(brief_writing.reserve, briefing=briefing))
            brief = _with_hints(thread, self.write(thread, meter, others))
            brief_writing.written(self.db, briefing=briefing, fingerprint=key, brief=brief, now=self.clock())
        except BaseException:
            brief_writing.given_up(self.db, briefing=briefing, begun_at=now)
            raise
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
class Counting:
    """What is used for one brief, as a meter of its requests."""

    model: Model
    workspace_id: str
    take: Callable[..., None]
    """Reserves tokens for it."""
    _reserved_at: datetime = field(init=False)

    def reserve(self, tokens: int) -> None:
        self._reserved_at = self.model.clock()
        self.take(self.model.db, tokens=tokens, most=self.model.tokens_a_day, now=self._reserved_at)

    def settle(self, reserved: int, used: int) -> None:
        change, at = used - reserved, self._reserved_at
        brief_writing.settle(self.model.db, workspace_id=self.workspace_id, change=change, reserved_at=at)


def _outcome(brief: Brief) -> str:
    statements = f"{len(list(brief.statements))} statements"
    return ", ".join([statements, *(f"{doubt} {count}" for doubt, count in brief.doubts.items())])


def _with_hints(thread: Thread, brief: Brief) -> Brief:
    return replace(brief, hints=evidence.hints(thread, brief))
