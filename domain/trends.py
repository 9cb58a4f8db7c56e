"""Numbers week by week, to be looked at: what a chart draws, the sentence that says what to see, and the table."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import isclose

from domain.export import cell
from domain.measure_numbers import number_text
from domain.metrics.participation import Count
from domain.people import Person
from domain.words import count_text, day_text, days_text, joined, short_day

WEEKS = 12
"""How far back a trend goes."""
DRAWN = 6
"""More lines than that can nobody tell apart; Slack's own charts take no more either."""
FLAT = 0.05
"""A change within this share of the greater value is none to speak of."""
NOTHING = "\N{EN DASH}"
OTHERS = "the rest"


@dataclass(frozen=True)
class Point:
    """What is known of one week."""

    value: float | None
    """None where it must not be drawn, such as a share of fewer than five; the table says it all the same."""
    said: str
    """As people read it: "7 of 9 (78 %)", "6 days (median of 3)"."""
    count: int | None = None
    of: int | None = None
    """Of how many; with `count` the two numbers that a share is made of."""


@dataclass(frozen=True)
class Series:
    name: str
    points: tuple[Point | None, ...]
    """One for each week; None where there is nothing to tell, which is a gap and not a zero."""
    adds_up: bool = False
    """What happened in each week, so that the weeks have a sum; otherwise how something stood."""

    @property
    def is_drawn(self) -> bool:
        return any(point and point.value is not None for point in self.points)


@dataclass(frozen=True)
class Mark:
    """Something that was said about a week, such as an alert."""

    week: date
    said: str


@dataclass(frozen=True)
class Usual:
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    id: str
    """What buttons and files call it; a measure's has its number."""
    title: str
    subject: str
    """How a sentence about its first series begins: "Participation"."""
    unit: str
    weeks: tuple[date, ...]
    """The Mondays, the oldest first, without one left out."""
    series: tuple[Series, ...]
    """The first is what the finding is about."""
    counted: str
    """How the numbers are made, as the answer to "How is this counted?"."""
    left_out: tuple[str, ...] = ()
    """What is not in it, a sentence each."""
    usual: Usual | None = None
    """Between what the first series lies as a rule."""
    marks: tuple[Mark, ...] = field(default=())

    @property
    def is_share(self) -> bool:
        return self.unit == "%"


@dataclass(frozen=True)
class TrendsCard:
    """A page of the message with trends: only what its reader may see."""

    reader: Person
    day: date
    """They go up to the Sunday before it."""
    page: int
    trends: tuple[Trend, ...]
    later: tuple[str, ...]
    """What comes on the next pages, by title."""
    natively: bool
    """Slack draws charts itself here, as far as Muster knows."""
    is_partial: bool = False
    """Slack did not say who is in some private channels, so nothing of them is counted."""


def share(count: Count) -> Point:
    """Of fewer than five no percentage is told, and so none is drawn."""
    said = f"{count.answered} of {count.asked}"
    percent = count.percent
    value = None if percent is None else 100 * count.answered / count.asked
    said = said if percent is None else f"{said} ({percent} %)"
    return Point(value, said, count.answered, count.asked)


def trimmed(trend: Trend) -> Trend:
    """Without the weeks before the first of which anything is known."""
    known = [place for place in range(len(trend.weeks)) if any(each.points[place] for each in trend.series)]
    first = known[0] if known else len(trend.weeks)
    series = tuple(replace(each, points=each.points[first:]) for each in trend.series)
    weeks = trend.weeks[first:]
    marks = tuple(mark for mark in trend.marks if mark.week in weeks)
    return replace(trend, weeks=weeks, series=series, marks=marks)


def drawn(trend: Trend) -> Trend:
    """What a chart shows: series that have something to draw, six at most; shares beyond that become one, the others
    are in the table only."""
    found = [each for each in trend.series if each.is_drawn]
    if len(found) <= DRAWN:
        return replace(trend, series=tuple(found))
    kept, rest = found[: DRAWN - 1], found[DRAWN - 1 :]
    others = _pooled(rest) if trend.is_share else None
    return replace(trend, series=(*kept, others) if others and others.is_drawn else tuple(found[:DRAWN]))


def _pooled(rest: Sequence[Series]) -> Series:
    weeks = zip(*(each.points for each in rest), strict=True)
    return Series(OTHERS, tuple(_together([point for point in week if point]) for week in weeks))


def _together(points: Sequence[Point]) -> Point | None:
    whole = sum(point.of or 0 for point in points)
    return share(Count(sum(point.count or 0 for point in points), whole)) if whole else None


def has_gaps(trend: Trend) -> bool:
    """Whether some week of some series has no value."""
    return any(point is None or point.value is None for each in trend.series for point in each.points)


def weeks_text(trend: Trend) -> str:
    """ "Mon 7 Sep to Sun 22 Nov 2026"."""
    return days_text(trend.weeks[0], trend.weeks[-1] + timedelta(days=6)) if trend.weeks else "no weeks yet"


def finding(trend: Trend) -> str:
    """What to see in it, in one sentence with numbers; it judges nobody."""
    clauses = [_course(trend), _sums(trend), _silence(trend), _unusual(trend), _marked(trend)]
    return "; ".join(clause for clause in clauses if clause) + "."


def _course(trend: Trend) -> str:
    known = _known(trend)
    if not known:
        return f"{trend.subject}: nothing to show yet"
    (begin, first), (end, last) = known[0], known[-1]
    if begin == end:
        return f"{trend.subject}: {first.said} in the week of {day_text(trend.weeks[begin])}"
    change = _change(_value(first), _value(last))
    span = f"over {count_text(end - begin + 1, 'week')}"
    if not change:
        return f"{trend.subject} stayed near {last.said} {span}{_extremes(trend, known)}"
    verb = "rose" if change > 0 else "fell"
    return f"{trend.subject} {verb} from {first.said} to {last.said} {span}{_extremes(trend, known)}"


def _known(trend: Trend) -> list[tuple[int, Point]]:
    """The weeks of the first series: those that are drawn; if none is, those that can be told."""
    told = [(place, point) for place, point in enumerate(trend.series[0].points) if point] if trend.series else []
    return [(place, point) for place, point in told if point.value is not None] or told


def _value(point: Point) -> float:
    if point.value is not None:
        return point.value
    return 100 * (point.count or 0) / point.of if point.of else 0.0


def _change(before: float, after: float) -> int:
    if isclose(before, after, rel_tol=FLAT):
        return 0
    return 1 if after > before else -1


def _extremes(trend: Trend, known: Sequence[tuple[int, Point]]) -> str:
    """Peaks and lows between the two ends, which these do not tell."""
    ends = [_value(known[0][1]), _value(known[-1][1])]
    low, high = min(known, key=lambda each: _value(each[1])), max(known, key=lambda each: _value(each[1]))
    parts = []
    if _change(max(ends), _value(high[1])) > 0:
        parts.append(f"a high of {high[1].said} in the week of {short_day(trend.weeks[high[0]])}")
    if _change(min(ends), _value(low[1])) < 0:
        parts.append(f"a low of {low[1].said} in the week of {short_day(trend.weeks[low[0]])}")
    return f", with {joined(parts)}" if parts else ""


def _sums(trend: Trend) -> str:
    sums = [each for each in trend.series if each.adds_up]
    told = (f"{sum(point.value or 0 for point in each.points if point):g} {each.name}" for each in sums)
    return joined(list(told)) + " in that time" if sums else ""


def _silence(trend: Trend) -> str:
    """Groups that were asked, and of which nobody has answered up to the end."""
    found = [(each.name, weeks) for each in trend.series[1:] if (weeks := _silent_weeks(each))]
    by_weeks: dict[int, list[str]] = {}
    for name, weeks in found:
        by_weeks.setdefault(weeks, []).append(name)
    spans = sorted(by_weeks.items(), reverse=True)
    told = [f"{joined(names)} {'in the last week' if weeks == 1 else f'for {weeks} weeks'}" for weeks, names in spans]
    return f"not heard from: {', '.join(told)}" if told else ""


def _silent_weeks(series: Series) -> int:
    """Weeks at the end in which somebody was asked and nobody answered; those in which nobody was asked are passed
    over."""
    count = 0
    for point in reversed(series.points):
        if point is None or not point.of:
            continue
        if point.count != 0:
            break
        count += 1
    return count


def is_unusual(trend: Trend) -> bool:
    """Whether the last value lies outside of what is usual."""
    known = _known(trend)
    if trend.usual is None or not known:
        return False
    return not trend.usual.low <= _value(known[-1][1]) <= trend.usual.high


def _unusual(trend: Trend) -> str:
    if trend.usual is None or not is_unusual(trend):
        return ""
    where = "above" if _value(_known(trend)[-1][1]) > trend.usual.high else "below"
    return f"that is {where} its usual {number_text(trend.usual.low)} to {number_text(trend.usual.high)}"


def _marked(trend: Trend) -> str:
    told = [f"{short_day(mark.week)} ({mark.said})" for mark in trend.marks]
    when = "alerts in the weeks of" if len(told) > 1 else "alert in the week of"
    return f"{when} {joined(told)}" if told else ""


def as_table(trend: Trend) -> list[list[str]]:
    """A head and a row for each week: everything that is known, drawn or not."""
    marks = {mark.week: mark.said for mark in trend.marks}
    head = ["Week of", *(each.name for each in trend.series), *(["Alert"] if marks else [])]
    rows = [
        [
            short_day(week),
            *(point.said if (point := each.points[place]) else NOTHING for each in trend.series),
            *([marks.get(week, NOTHING)] if marks else []),
        ]
        for place, week in enumerate(trend.weeks)
    ]
    return [head, *rows]


CSV_HEAD = ("week_from", "series", "value", "unit", "count", "of", "alert")


def as_csv(trend: Trend) -> str:
    """A row for each week and series of which anything is known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_HEAD)
    marks = {mark.week: mark.said for mark in trend.marks}
    for place, week in enumerate(trend.weeks):
        for each in trend.series:
            if point := each.points[place]:
                value = "" if point.value is None else f"{point.value:.10g}"
                alert = marks.get(week, "")
                texts = (week.isoformat(), each.name, trend.unit, point.count, point.of, alert)
                day, name, unit, count, of, said = map(cell, texts)
                writer.writerow([day, name, value, unit, count, of, said])
    return out.getvalue()
