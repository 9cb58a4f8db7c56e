"""The trends there are, each made of what the database counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.engagement import WeekCount
from domain.measure_numbers import number_text
from domain.measures import Measure
from domain.metrics.explained import EXPLAINED
from domain.metrics.latency import HALF, quantile
from domain.metrics.participation import Count
from domain.metrics.usual import usual
from domain.misalignment import KNOWN, Kind, Signal, signals
from domain.misalignment import Series as Followed
from domain.trends import Mark, Point, Series, Trend, Usual, share
from domain.words import count_text, function_name

PARTICIPATION, ACTIONS, LEAD_TIME, MEASURE = "participation", "actions", "lead_time", "measure"
IN_WEEKS = {
    PARTICIPATION: (
        "Here each point is a week, with all check-ins that closed in it. A week with fewer than five asked is a gap "
        "in the line, and stands in the table."
    ),
    LEAD_TIME: (
        "Here each point is a week, with the decisions that had their verdict in it: half of them took no longer. "
        "Those that still wait are in no week, so a low line beside many that wait is no good sign."
    ),
}
"""What the same number means for one week, after how it is counted."""
ACTIONS_COUNTED = (
    "Open: the action items that were open when the week ended, on Sunday at midnight where you are. Closed: those "
    "that somebody marked as done, or dropped as no longer needed, in that week. Left out: what an answer took back."
)
MEASURE_COUNTED = (
    "Each point is the last value of a week, as it was recorded in {place}{source}. Usual is between the lowest and "
    "the highest of the four weeks before the last one. Left out: weeks without a value, which are gaps."
)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decided:
    channel_id: str
    proposed_at: datetime
    decided_at: datetime

    @property
    def days(self) -> float:
        return (self.decided_at - self.proposed_at) / DAY


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
        counted=_counted("participation", PARTICIPATION),
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
        counted=ACTIONS_COUNTED,
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
        counted=_counted("decision_latency", LEAD_TIME),
        left_out=(still,) if waiting.count else (),
    )


def _median(found: Sequence[Decided]) -> Point | None:
    days = quantile((each.days for each in found), len(found), HALF)
    if days is None:
        return None
    return Point(days, f"{_days(days)} ({count_text(len(found), 'decision')})", count=len(found))


def _days(days: float) -> str:
    text = f"{days:.1f}".removesuffix(".0")
    return f"{text} {'day' if text == '1' else 'days'}"


def alerts(
    found: Sequence[Followed], weeks: Sequence[date], *, attended: Callable[[Measure], bool]
) -> dict[int, tuple[Mark, ...]]:
    """Of the measures of one channel, by measure: what the digest of each of those weeks told of it for the first time.

    They hold the weeks before these, too. Whether something was open about a drift is known of the last week only.
    """
    said: dict[int, dict[date, set[str]]] = {}
    for at in range(len(weeks)):
        left = len(weeks) - 1 - at
        before = [replace(each, weeks=each.weeks[: len(each.weeks) - left][-KNOWN:]) for each in found]
        for signal in signals(before, attended=_surely if left else attended):
            # What lasts was raised before; only of a drift that is so by now nobody knows what was open then.
            began = at - signal.weeks + 1 if signal.kind is Kind.UNATTENDED else at
            if signal.weeks == 1 or 0 <= began < at:
                for moved in signal.moved:
                    of_measure = said.setdefault(moved.measure.id, {})
                    of_measure.setdefault(weeks[began], set()).add(_alert(signal, moved.measure))
    return {
        key: tuple(Mark(week, "; ".join(sorted(texts[week]))) for week in sorted(texts)) for key, texts in said.items()
    }


def _surely(_measure: Measure) -> bool:
    return True


def _alert(signal: Signal, of: Measure) -> str:
    if signal.kind is Kind.APART:
        (other,) = (each.measure.name for each in signal.moved if each.measure.id != of.id)
        return f"disagrees with {other}"
    return "worse, and nothing open about it" if signal.kind is Kind.UNATTENDED else "outside its usual"


def measure(
    of: Measure, weeks: Sequence[date], found: Sequence[float | None], place: str, marks: Sequence[Mark] = ()
) -> Trend:
    """With what is usual beside the last week that has a value."""
    last = max((index for index, value in enumerate(found) if value is not None), default=0)
    before = usual(found[:last])
    unit = f" {of.unit}" if of.unit else ""
    points = (None if value is None else Point(value, f"{number_text(value)}{unit}") for value in found)
    source = f", from {of.source}" if of.source else ""
    return Trend(
        id=f"{MEASURE}.{of.id}",
        title=of.name,
        subject=of.name,
        unit=of.unit or "value",
        weeks=tuple(weeks),
        series=(Series(of.name, tuple(points)),),
        counted=MEASURE_COUNTED.format(place=place, source=source),
        usual=Usual(before.low, before.high) if before else None,
        marks=tuple(marks),
    )


def _counted(number: str, trend_id: str) -> str:
    said = EXPLAINED[number]
    return f"{said.means} {said.counted} Left out: {said.left_out} {IN_WEEKS[trend_id]}"
