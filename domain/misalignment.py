"""Signals: measures that go apart, drift that nobody has taken up, what lies outside its usual, and fewer taking part.

They say what was seen in numbers, and never why.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise, product

from domain.measures import GOOD, Good, Measure, Role
from domain.metrics.direction import WEEKS, Direction, direction
from domain.metrics.participation import Count, fell
from domain.metrics.usual import Usual, arrow, usual

LOOKED_AT = 12
"""Weeks, this one included."""
NOISY_WEEKS = 8
"""Before the three that are judged."""
KNOWN = LOOKED_AT + NOISY_WEEKS + WEEKS - 1
"""Weeks by which each of those looked at is judged as it was when it was the last."""
LEAST_CHANGES = 4
"""Of fewer a measure's own noise is not known."""
LEAST_NOISE = 0.01
"""Of the level: a measure that hardly ever changes is not up because of its last digit."""
STEP = 0.05
"""Of the usual: what lies outside by less is not worth a word."""
MOST_TIMES = 10
"""What it was before: of what moved by as much, where it went says more than a percentage."""


class Kind(StrEnum):
    APART = "apart"
    """Two measures, one better and one worse."""
    UNATTENDED = "unattended"
    """Drift that got worse, with nothing open about it."""
    OUTSIDE = "outside"
    """Outside its usual."""
    FEWER = "fewer"
    """Fewer take part."""


class Relation(StrEnum):
    APART = "apart"
    TOGETHER = "together"


@dataclass(frozen=True)
class Rule:
    """Two measures of a channel that disagree: the first got better, and the second worse."""

    first: Role
    second: Role
    used_to: Relation
    """How their numbers moved while they agreed."""


RULES = (
    Rule(Role.QUALITY, Role.TICKETS, Relation.APART),
    Rule(Role.QUALITY, Role.USAGE, Relation.TOGETHER),
)


@dataclass(frozen=True)
class Series:
    """A measure and the last value of each week; the oldest comes first, and the last is this week's."""

    measure: Measure
    weeks: tuple[float | None, ...]

    @property
    def good(self) -> Good:
        return self.measure.good if self.measure.good is not Good.NEITHER else GOOD.get(self.measure.role, Good.NEITHER)


@dataclass(frozen=True)
class Moved:
    """A measure as a signal tells of it."""

    measure: Measure
    now: float
    before: float
    """Two weeks ago; of what lies outside its usual, the median of the four weeks before."""
    usual: Usual | None = None

    @property
    def percent(self) -> int | None:
        """By how much it moved, without its sign; None from so little that it says nothing, as from nought."""
        by, of = abs(self.now - self.before), abs(self.before)
        return round(by / of * 100) if by < of * MOST_TIMES else None


@dataclass(frozen=True)
class Signal:
    kind: Kind
    channel_id: str
    moved: tuple[Moved, ...] = ()
    counts: tuple[Count, ...] = ()
    """Of FEWER: the weeks that fell, and before them the one they are compared with."""
    weeks: int = 1
    """For so many it has been so, or for longer than is looked at."""
    used_to: Relation | None = None
    """How the two moved before, if they did."""
    place: str = ""

    @property
    def ritual_id(self) -> str:
        """Of the template that answers it, if there is one."""
        return {Kind.APART: "metrics-translation", Kind.UNATTENDED: "edge-case-triage"}.get(self.kind, "")


def signals(found: Sequence[Series], *, attended: Callable[[Measure], bool]) -> list[Signal]:
    """Of the measures of one channel. `attended`: whether a blocker or action item about it is open."""
    apart = [signal for rule in RULES for signal in _apart(rule, found)]
    drifting = [signal for each in found if (signal := _unattended(each)) and not attended(each.measure)]
    told = {moved.measure.id for signal in (*apart, *drifting) for moved in signal.moved}
    outside = (_outside(each) for each in found if each.measure.id not in told)
    return [*apart, *drifting, *filter(None, outside)]


def _apart(rule: Rule, found: Sequence[Series]) -> Iterable[Signal]:
    firsts = [each for each in found if each.measure.role is rule.first]
    seconds = [each for each in found if each.measure.role is rule.second]
    for first, second in product(firsts, seconds):
        if weeks := _lasts(partial(_disagree, first, second), first):
            moved = (_moved(first), _moved(second))
            used_to = rule.used_to if relation(first, second) is rule.used_to else None
            yield Signal(Kind.APART, first.measure.channel_id, moved, weeks=weeks, used_to=used_to)


def _disagree(first: Series, second: Series, end: int) -> bool:
    return better(first, end) is True and better(second, end) is False


def _unattended(found: Series) -> Signal | None:
    if found.measure.role is not Role.DRIFT:
        return None
    weeks = _lasts(lambda end: better(found, end) is False, found)
    return Signal(Kind.UNATTENDED, found.measure.channel_id, (_moved(found),), weeks=weeks) if weeks else None


def _outside(found: Series) -> Signal | None:
    def is_outside(end: int) -> bool:
        before = usual(found.weeks[: end - 1])
        step = STEP * abs(before.middle) if before else 0.0
        return arrow(found.weeks[end - 1], before, step) is not Direction.FLAT

    weeks = _lasts(is_outside, found)
    now, before = found.weeks[-1], usual(found.weeks[:-1])
    if not weeks or now is None or before is None:
        return None
    moved = Moved(found.measure, now, before.middle, before)
    return Signal(Kind.OUTSIDE, found.measure.channel_id, (moved,), weeks=weeks)


def fewer(channel_id: str, weeks: Sequence[Count]) -> Signal | None:
    """Of who took part in a channel week by week: three weeks of it going down, far enough for chance not to say it."""
    known = [each for each in weeks if each.asked]
    shares = [each.answered / each.asked for each in known[-WEEKS - 1 :]]
    is_down = len(shares) > WEEKS and all(later < earlier for earlier, later in pairwise(shares))
    if not is_down or not fell(known):
        return None
    return Signal(Kind.FEWER, channel_id, counts=tuple(known[-WEEKS - 1 :]), weeks=WEEKS)


def better(found: Series, end: int) -> bool | None:
    """Whether it got better in the three weeks before that place, or worse; None if neither."""
    way = direction(found.weeks[:end], noise(found.weeks[: max(end - WEEKS, 0)]))
    if way in (None, Direction.FLAT) or found.good is Good.NEITHER:
        return None
    return (way is Direction.UP) == (found.good is Good.UP)


def noise(before: Sequence[float | None]) -> float | None:
    """By how much it changes from week to week at most; None while that is not known."""
    weeks = before[-NOISY_WEEKS:]
    changes = [abs(b - a) for a, b in pairwise(weeks) if a is not None and b is not None]
    if len(changes) < LEAST_CHANGES:
        return None
    level = max(abs(each) for each in weeks if each is not None)
    return max(*changes, LEAST_NOISE * level)


def relation(first: Series, second: Series) -> Relation | None:
    """How two moved from week to week before the last three; None while too little is known, or if it was neither."""
    before = slice(-LOOKED_AT, -WEEKS)
    pairs = list(zip(first.weeks[before], second.weeks[before], strict=False))
    found = []
    for (a, b), (after_a, after_b) in pairwise(pairs):
        if a is not None and b is not None and after_a is not None and after_b is not None:
            found.append((after_a - a) * (after_b - b))
    apart, together = sum(each < 0 for each in found), sum(each > 0 for each in found)
    if apart + together < LEAST_CHANGES or apart == together:
        return None
    return Relation.APART if apart > together else Relation.TOGETHER


def _lasts(holds: Callable[[int], bool], found: Series) -> int:
    """For how many of the weeks looked at it holds in a row, this one included."""
    count = 0
    while count < min(len(found.weeks), LOOKED_AT) and holds(len(found.weeks) - count):
        count += 1
    return count


def _moved(found: Series) -> Moved:
    first, now = found.weeks[-WEEKS], found.weeks[-1]
    return Moved(found.measure, now or 0.0, first or 0.0)
