"""The measures of the year, week by week, and what they signal."""

import itertools
from datetime import datetime

from tests.year.diary import Diary, Measured
from tests.year.numbers import against, usual, wilson
from tests.year.runs import Run, reads
from tests.year.team import CHANNELS, MEASURES, WEEK, Human

GOOD = {"Quality": 1, "Usage": 1, "Tickets": -1, "Drift": -1}
Weeks = list[float | None]
HISTORY = 40


def weeks_of(log: Diary, reader: Human, name: str, end: datetime, at: datetime) -> Weeks:
    """The last value of each of the reader's own weeks, the last of which ends then."""
    sunday = reader.today(end)
    bounds = [reader.moment(sunday - n * WEEK, datetime.min.time()) for n in range(HISTORY, -1, -1)]
    found: Weeks = []
    for first, last in itertools.pairwise(bounds):
        told = [each for each in log.of(Measured, at) if each.name == name and first <= each.at < last]
        found.append(max(told, key=lambda each: each.at).value if told else None)
    return found


def noise(before: Weeks) -> float | None:
    """The largest change from one of the last eight weeks to the next, where four are known."""
    last = before[-8:]
    changes = [abs(b - a) for a, b in itertools.pairwise(last) if a is not None and b is not None]
    if len(changes) < 4:
        return None
    return max(*changes, 0.01 * max(abs(each) for each in last if each is not None))


def way(name: str, weeks: Weeks) -> int:
    """1 better, -1 worse, 0 neither, over the last three weeks."""
    first, between, last = weeks[-3:]
    if first is None or between is None or last is None:
        return 0
    own = noise(weeks[:-3])
    least = 0.05 * abs(first) if own is None else own
    if not min(first, last) <= between <= max(first, last) or abs(last - first) - least <= 1e-9:
        return 0
    return GOOD[name] * (1 if last > first else -1)


def lasts(holds: list[bool]) -> int:
    """For how many weeks in a row, the newest last."""
    found = 0
    for each in reversed(holds[-12:]):
        if not each:
            break
        found += 1
    return found


def lasted(weeks: int) -> tuple[str, str]:
    """Longer than twelve weeks nobody looks back."""
    return (str(weeks) if weeks > 1 else "", "or more" if weeks == 12 else "now" if weeks > 1 else "")


def said(value: float) -> str:
    return f"{value:.12g}"


def moved(weeks: Weeks) -> tuple[str, str, str]:
    """(rose or fell, by how many percent, or to what)."""
    before, now = weeks[-3] or 0.0, weeks[-1] or 0.0
    return ("rose" if now > before else "fell"), str(round(abs(now - before) / abs(before) * 100)), ""


def signals(
    log: Diary, reader: Human, channels: set[str], *, end: datetime, at: datetime, titles: list[str]
) -> list[tuple[str, ...]]:
    """`titles`: of the blockers and action items that are open."""
    found: list[tuple[str, ...]] = []
    for channel in sorted(channels):
        if reads(log, reader.id, channel, at):
            found += _of_channel(log, reader, channel, end=end, at=at, titles=titles)
    return found


def _of_channel(
    log: Diary, reader: Human, channel: str, *, end: datetime, at: datetime, titles: list[str]
) -> list[tuple[str, ...]]:
    names = sorted(name for place, name, _by in MEASURES if place == channel)
    series = {name: weeks_of(log, reader, name, end, at) for name in names}
    ways = {name: [way(name, weeks[:n]) for n in range(3, HISTORY + 1)] for name, weeks in series.items()}
    place, told = CHANNELS[channel], set()
    found: list[tuple[str, ...]] = []
    if {"Quality", "Tickets"} <= series.keys():
        apart = [a == 1 and b == -1 for a, b in zip(ways["Quality"], ways["Tickets"], strict=True)]
        if weeks := lasts(apart):
            used_to = "apart" if weeks == 1 and _used_to_move_apart(series) else ""
            one, other = moved(series["Quality"]), moved(series["Tickets"])
            found.append(("apart", "Quality", *one, "Tickets", *other, place, *lasted(weeks), used_to))
            told |= {"Quality", "Tickets"}
    if "Drift" in series:
        weeks = lasts([each == -1 for each in ways["Drift"]])
        if weeks and not any("drift" in each.lower() for each in titles):
            found.append(("drift", "Drift", *moved(series["Drift"]), place, *lasted(weeks)))
            told.add("Drift")
    outside = (_outside(name, series[name], place) for name in names if name not in told)
    return [*found, *filter(None, outside)]


def _used_to_move_apart(series: dict[str, Weeks]) -> bool:
    """In the nine weeks before the last three."""
    pairs = list(zip(series["Quality"][-12:-3], series["Tickets"][-12:-3], strict=True))
    apart = together = 0
    for (a, b), (c, d) in itertools.pairwise(pairs):
        if a is not None and b is not None and c is not None and d is not None:
            apart += (c - a) * (d - b) < 0
            together += (c - a) * (d - b) > 0
    return apart + together >= 4 and apart > together


def _outside(name: str, weeks: Weeks, place: str) -> tuple[str, ...] | None:
    holds = []
    for n in range(1, HISTORY + 1):
        before = usual(weeks[: n - 1])
        holds.append(against(weeks[n - 1], before, 0.05 * abs(before[0]) if before else 0.0) != 0)
    before, long, now = usual(weeks[:-1]), lasts(holds), weeks[-1]
    if not long or before is None or now is None:
        return None
    return ("outside", name, said(now), *map(said, before), place, *lasted(long))


def fewer(
    log: Diary, reader: Human, runs: list[Run], channels: set[str], *, end: datetime, at: datetime
) -> list[tuple[str, ...]]:
    """Channels in which fewer took part, three weeks in a row, by more than chance would say."""
    found = []
    day = reader.today(end)
    bounds = [reader.moment(day - n * WEEK, datetime.min.time()) for n in range(12, -1, -1)]
    for channel in sorted(channels):
        known = []
        for first, last in itertools.pairwise(bounds):
            counts = [
                run.count for run in runs
                if run.checkin.channel == channel and run.closed and first <= run.closed < last and run.is_told
                and reads(log, reader.id, channel, at)
            ]  # fmt: skip
            week = (sum(each[0] for each in counts), sum(each[1] for each in counts))
            known += [week] if week[1] else []
        shares = [a / n for a, n in known[-4:]]
        if len(shares) == 4 and shares[0] > shares[1] > shares[2] > shares[3] and _fell(known):
            found.append(("fewer", CHANNELS[channel], *(str(each) for week in known[-4:] for each in week)))
    return found


def _fell(known: list[tuple[int, int]]) -> bool:
    if wilson(*known[-1])[1] < wilson(*known[-2])[0]:
        return True
    before = known[:-2][-4:]
    answered, asked = sum(each[0] for each in before), sum(each[1] for each in before)
    return bool(asked) and all(answered / asked - a / n >= 0.2 - 1e-9 for a, n in known[-2:])
