"""What went wrong in a simulation by itself, and so may excuse Muster: outages, refusals, faults."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from simulation.trace import Line, Trace

SENDING = frozenset({"chat.postMessage", "chat.update", "conversations.open", "views.publish"})
READING = frozenset({"conversations.history", "conversations.replies"})
FOR_GOOD = frozenset(
    {
        "account_inactive",
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
OK = 200
READY = timedelta(seconds=30)
"""How long a process that has been started may take until it is connected."""


@dataclass(frozen=True)
class Outage:
    """No process was there."""

    first: datetime
    last: datetime
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Trouble:
    """A call that failed, or a fault."""

    at: datetime
    line: int
    what: str
    method: str = ""
    error: str = ""
    channel: str = ""
    user: str = ""

    @property
    def is_for_good(self) -> bool:
        return self.method in SENDING and self.error in FOR_GOOD


@dataclass(frozen=True)
class Obstacle:
    """Something that may have delayed what was to happen until then."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Troubles:
    outages: tuple[Outage, ...]
    single: tuple[Trouble, ...]
    """In the order they happened."""

    def outages_between(self, since: datetime, until: datetime) -> list[Outage]:
        return [each for each in self.outages if each.first <= until and each.last >= since]

    def between(self, since: datetime, until: datetime) -> tuple[Trouble, ...]:
        return self.single[bisect_left(self._moments, since) : bisect_right(self._moments, until)]

    def newest(self, since: datetime, until: datetime) -> Obstacle | None:
        """The last thing between two moments that may have delayed any message."""
        found = [
            Obstacle(min(each.last, until), "Muster was not running") for each in self.outages_between(since, until)
        ]
        hindering = (each for each in reversed(self.between(since, until)) if not each.is_for_good)
        found += [Obstacle(each.at, each.what) for each in [next(hindering, None)] if each]
        return max(found, key=lambda each: each.until, default=None)

    @cached_property
    def _moments(self) -> list[datetime]:
        return [each.at for each in self.single]


def troubles(trace: Trace) -> Troubles:
    single = [trouble for line in trace.lines if (trouble := _trouble(line))]
    return Troubles(tuple(_outages(trace)), tuple(sorted(single, key=lambda each: each.at)))


def _outages(trace: Trace) -> Iterator[Outage]:
    """From the end of the last process to the start of the next; a trace without process lines had one all the time."""
    running: set[str] = set()
    ended: Line | None = None
    for line in trace.of("process"):
        if line["act"] == "started":
            if ended:
                yield Outage(ended.at, line.at + READY, (ended.number, line.number))
            running.add(line["name"])
            ended = None
        else:
            running.discard(line["name"])
            ended = line if not running else None
    if ended:
        yield Outage(ended.at, trace.end, (ended.number,))


def _trouble(line: Line) -> Trouble | None:
    if line.kind == "fault":
        return Trouble(line.at, line.number, f"a fault: {line['what']}", method=line.get("method") or "")
    if line.kind != "call" or not (why := _why_failed(line)):
        return None
    method, args = line["method"], line.get("args") or {}
    return Trouble(
        line.at,
        line.number,
        f"{method} was answered with {why}",
        method=method,
        error=why,
        channel=str(args.get("channel") or ""),
        user=str(args.get("users") or args.get("user_id") or ""),
    )


def _why_failed(line: Line) -> str:
    """A look-up that finds nothing is no trouble."""
    answer, status = line.get("answer") or {}, line.get("status", OK)
    if status == 0:
        return "nothing"
    if status != OK:
        return str(answer.get("error") or status)
    return "" if answer.get("ok") or line["method"] not in SENDING else str(answer.get("error"))
