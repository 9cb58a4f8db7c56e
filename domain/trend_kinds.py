"""The trends there are, each made of what the database counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from domain.engagement import WeekCount
from domain.metrics.participation import Count
from domain.trends import Point, Series, Trend, share
from domain.words import count_text, function_name

PARTICIPATION, ACTIONS, LEAD_TIME = "participation", "actions", "lead_time"
NAMES = {PARTICIPATION: "participation", ACTIONS: "action items", LEAD_TIME: "time to decide"}
"""Within a sentence."""
COUNTED = {
    PARTICIPATION: (
        "Of all check-ins that closed in a week: how many people answered, of how many were asked, added up before "
        "dividing. Who was away, or left before answering, is not counted as asked; late answers count. A function is "
        "what somebody had when they were asked. With fewer than five asked there is no percentage, so that week is "
        "a gap in the line; the table has the numbers. Anonymous check-ins count in the whole, if enough answered, and "
        "in no function."
    ),
    ACTIONS: (
        "Open: the action items that were open when the week ended, on Sunday at midnight where you are. Closed: those "
        "that somebody marked as done, or dropped as no longer needed, in that week. What an answer took back is in "
        "neither. Overdue or not makes no difference here."
    ),
    LEAD_TIME: (
        "Of the decisions that were accepted or rejected in a week: the days from when each was recorded until then. "
        "The point is the median: half of them took no longer. What was withdrawn, or superseded since, is left out. "
        "Those that still wait are in no week, so a low line beside many that wait is no good sign."
    ),
}
DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Decided:
    channel_id: str
    proposed_at: datetime
    decided_at: datetime

    @property
    def days(self) -> float:
        return (self.decided_at - self.proposed_at).total_seconds() / DAY_SECONDS


@dataclass(frozen=True)
class Waiting:
    """Decisions that wait for a verdict."""

    count: int
    oldest_days: int


@dataclass(frozen=True)
class Burnt:
    """Action items: open when a week ended, and closed in it."""

    open: int
    closed: int


def participation(weeks: Sequence[WeekCount]) -> Trend:
    """Everybody, and each function; the largest first, as only some can be drawn."""
    of_week = [dict(each.functions) for each in weeks]
    asked: dict[str, int] = {}
    for found in of_week:
        for name, count in found.items():
            asked[name] = asked.get(name, 0) + count.asked
    names = sorted(asked, key=lambda name: -asked[name]) if len(asked) > 1 else []
    series = [Series("everybody", tuple(_share(each.total) for each in weeks))]
    series += [Series(function_name(name), tuple(_share(found.get(name)) for found in of_week)) for name in names]
    return Trend(
        id=PARTICIPATION,
        title="Participation by function" if names else "Participation",
        subject="Participation",
        unit="%",
        weeks=tuple(each.week for each in weeks),
        series=tuple(series),
        counted=COUNTED[PARTICIPATION],
    )


def _share(count: Count | None) -> Point | None:
    return share(count) if count and count.asked else None


def actions(weeks: Sequence[date], burnt: Sequence[Burnt]) -> Trend:
    """Nothing is known of the weeks before there was any."""
    first = next((place for place, each in enumerate(burnt) if each.open or each.closed), len(burnt))

    def points(name: str) -> tuple[Point | None, ...]:
        found = (getattr(each, name) for each in burnt)
        return tuple(_count(value) if place >= first else None for place, value in enumerate(found))

    return Trend(
        id=ACTIONS,
        title="Action items, open and closed",
        subject="Open action items",
        unit="action items",
        weeks=tuple(weeks),
        series=(Series("open", points("open")), Series("closed", points("closed"), adds_up=True)),
        counted=COUNTED[ACTIONS],
    )


def _count(value: int) -> Point:
    return Point(value, str(value), count=value)


def lead_time(
    weeks: Sequence[date], decided: Sequence[Sequence[Decided]], names: Mapping[str, str], waiting: Waiting
) -> Trend:
    """`decided` by week; of several channels each is a line of its own below all, those with most decisions first."""
    made: dict[str, int] = {}
    for each in (each for week in decided for each in week):
        made[each.channel_id] = made.get(each.channel_id, 0) + 1
    series = [Series("all channels" if len(made) > 1 else "decisions", tuple(map(_median, decided)))]
    for channel_id in sorted(made, key=lambda key: (-made[key], key)) if len(made) > 1 else ():
        of_channel = ([each for each in week if each.channel_id == channel_id] for week in decided)
        series.append(Series(names.get(channel_id, "a channel"), tuple(map(_median, of_channel))))
    still = f"{count_text(waiting.count, 'decision')} still waiting, the oldest for {_days(waiting.oldest_days)}."
    return Trend(
        id=LEAD_TIME,
        title="Time to decide",
        subject="The median time to decide",
        unit="days",
        weeks=tuple(weeks),
        series=tuple(series),
        counted=COUNTED[LEAD_TIME],
        left_out=(still,) if waiting.count else (),
    )


def _median(found: Sequence[Decided]) -> Point | None:
    """By nearest rank, so that it is the time of one of them."""
    if not found:
        return None
    days = sorted(each.days for each in found)[ceil(len(found) / 2) - 1]
    return Point(days, f"{_days(days)} ({count_text(len(found), 'decision')})", count=len(found))


def _days(days: float) -> str:
    text = f"{days:.1f}".removesuffix(".0")
    return f"{text} {'day' if text == '1' else 'days'}"
