"""What went wrong in a simulation by itself, and so may excuse Muster: outages, refusals, faults."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from simulation.allowances import RECOVERS, SETTLES
from simulation.trace import Line, Trace

SENDING = frozenset({"chat.postMessage", "chat.update", "conversations.open", "views.publish"})
READING = frozenset({"conversations.history", "conversations.replies"})
FOR_GOOD = frozenset(
    {
        "user_not_found",
        "user_disabled",
        "users_not_found",
        "user_not_visible",
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "messages_tab_disabled",
        "message_not_found",
        "restricted_action",
    }
)
"""Refusals that the same call would meet again, and that hinder no other."""
INPUT = frozenset(
    {
        "lost_delivery",
        "late_ack",
        "dropped_socket",
        "refreshed_socket",
        "duplicate_event",
        "late_event",
        "expired_trigger",
        "channel_archived",
        "channel_private",
        "person_deactivated",
    }
)
"""Faults that keep something from Muster, or change the workspace, and hold back no message."""
MENDABLE = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "token_revoked",
    }
)
"""Refusals, and the fault behind them, that end when somebody mends the installation."""
LIMITED = "ratelimited"
HOME = "views.publish"
FORMS = frozenset({"views.open", "views.push", "views.update"})
"""Limits are counted for each method by itself."""
LEAP = "clock_leap"
OK = 200
READY = timedelta(seconds=30)
"""How long a process that has been started may take until it is connected."""


@dataclass(frozen=True)
class Outage:
    """Nobody was there to do anything."""

    first: datetime
    last: datetime
    line: int
    why: str = "Muster was not running"


@dataclass(frozen=True)
class Trouble:
    """A call that failed, or a fault."""

    at: datetime
    line: int
    what: str
    fault: str = ""
    method: str = ""
    error: str = ""
    place: str = ""
    """The channel or person that it is about; empty if it may be about any."""

    @property
    def is_for_good(self) -> bool:
        return self.method in SENDING and self.error in FOR_GOOD

    @property
    def is_limit(self) -> bool:
        return LIMITED in (self.error, self.fault)

    @property
    def is_mendable(self) -> bool:
        return bool({self.error, self.fault} & MENDABLE)

    @property
    def recovers(self) -> timedelta:
        """Within which time afterwards what it held back is tried again, and done."""
        return RECOVERS if self.is_mendable else SETTLES

    def hinders(self, places: Collection[str]) -> bool:
        """Whether it may hold back a message to any of these channels or people."""
        if self.fault in INPUT or self.is_for_good or self.method in {HOME, *FORMS}:
            return False
        about_one = self.method in SENDING | READING and not self.is_limit
        return not about_one or not self.place or self.place in places


def _at(trouble: Trouble) -> datetime:
    return trouble.at


@dataclass(frozen=True)
class Troubles:
    outages: tuple[Outage, ...]
    single: tuple[Trouble, ...]
    """In the order they happened."""

    def outages_between(self, since: datetime, until: datetime) -> list[Outage]:
        return [each for each in self.outages if each.first <= until and each.last >= since]

    def between(self, since: datetime, until: datetime) -> tuple[Trouble, ...]:
        return self.single[bisect_left(self.single, since, key=_at) : bisect_right(self.single, until, key=_at)]

    def mendable_between(self, since: datetime, until: datetime) -> tuple[Trouble, ...]:
        found = self._mendable
        return found[bisect_left(found, since, key=_at) : bisect_right(found, until, key=_at)]

    @cached_property
    def _mendable(self) -> tuple[Trouble, ...]:
        return tuple(each for each in self.single if each.is_mendable)


def troubles(trace: Trace) -> Troubles:
    single = [trouble for line in trace.lines if (trouble := _trouble(line))]
    outages = sorted([*_outages(trace), *_leaps(trace)], key=lambda each: each.first)
    return Troubles(tuple(outages), tuple(sorted(single, key=lambda each: each.at)))


def _outages(trace: Trace) -> Iterator[Outage]:
    """From the end of the last process to the start of the next; a trace without process lines had one all the time."""
    running: set[str] = set()
    ended: Line | None = None
    for line in trace.of("process"):
        if line["act"] == "started":
            if ended:
                yield Outage(ended.at, line.at + READY, ended.number)
            running.add(line["name"])
            ended = None
        else:
            running.discard(line["name"])
            ended = line if not running else None
    if ended:
        yield Outage(ended.at, trace.end, ended.number)


def _leaps(trace: Trace) -> Iterator[Outage]:
    """The host slept, and when it woke much was overdue."""
    for line in trace.of("fault"):
        if line["what"] == LEAP:
            seconds = float((line.get("details") or {}).get("seconds", 0))
            yield Outage(line.at, line.at + timedelta(seconds=seconds) + READY, line.number, "the host slept")


def _trouble(line: Line) -> Trouble | None:
    if line.kind == "fault":
        return _fault(line)
    if line.kind != "call" or not (why := _why_failed(line)):
        return None
    args, method = line.get("args") or {}, line["method"]
    place = str(args.get("channel") or args.get("users") or args.get("user_id") or "")
    return Trouble(line.at, line.number, f"{method} was answered with {why}", "", method, why, place)


def _fault(line: Line) -> Trouble:
    details, method = line.get("details") or {}, line.get("method") or ""
    place = str(details.get("channel") or details.get("person") or "")
    return Trouble(line.at, line.number, f"a fault: {line['what']}", line["what"], method, "", place)


def _why_failed(line: Line) -> str:
    """A look-up that finds nothing is no trouble, nor is a form that comes too late."""
    answer, status = line.get("answer") or {}, line.get("status", OK)
    if status == 0:
        return "nothing"
    if status != OK:
        return str(answer.get("error") or status)
    error = str(answer.get("error"))
    is_one = line["method"] in SENDING or (line["method"] in FORMS and error in MENDABLE)
    return error if is_one and not answer.get("ok") else ""
