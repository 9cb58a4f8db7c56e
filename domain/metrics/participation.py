"""How many of those asked have answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEAST_FOR_PERCENT = 5
"""With fewer asked, a percentage says more than is known."""
OTHER = "other"
"""Those whose function nobody has set."""
Z = NormalDist().inv_cdf(0.975)
"""Standard deviations to each side, for an interval of 95 %: 1.96."""
FALL = 0.2
"""A fall of a share by 20 points is looked at."""
LASTS = 2
"""For so many periods it has to last, unless it is too large for chance."""
USUAL_WEEKS = 4
"""With how many weeks before it a week is compared."""


@dataclass(frozen=True)
class Count:
    answered: int
    asked: int

    @property
    def percent(self) -> int | None:
        """100 * answered / asked, None below 5 asked; 100 only when all answered, 0 only when nobody did."""
        if self.asked < LEAST_FOR_PERCENT:
            return None
        if self.answered in (0, self.asked):
            return 100 * self.answered // self.asked
        half_up = (200 * self.answered + self.asked) // (2 * self.asked)
        return min(max(half_up, 1), 99)

    @property
    def share(self) -> float | None:
        """answered / asked, 0 to 1; None if nobody was asked."""
        return self.answered / self.asked if self.asked else None


Functions = Sequence[tuple[str, Count]]
"""One period by function: each that was asked, with people without a function as OTHER."""


def pooled(counts: Iterable[Count]) -> Count:
    """Over several runs: sum R / sum I, and not the mean of their shares."""
    found = list(counts)
    return Count(sum(each.answered for each in found), sum(each.asked for each in found))


def wilson(count: Count) -> tuple[float, float]:
    """The interval of 95 % of a share, (low, high) within 0 to 1.

    [(p + z^2/2n) -+ z sqrt(p(1-p)/n + z^2/4n^2)] / (1 + z^2/n) with p = R/I, n = I (Wilson 1927). 4 of 5 is 0.38 to
    0.96, 16 of 20 is 0.58 to 0.92. If nobody was asked nothing is known: 0 to 1.
    """
    n = count.asked
    if not n:
        return 0.0, 1.0
    p = count.answered / n
    middle = p + Z**2 / (2 * n)
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    whole = 1 + Z**2 / n
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)


def fell(weeks: Sequence[Count]) -> bool:
    """Whether a fall is worth a word; the oldest comes first, and the last one is judged.

    Flagged if both of the last two lie 20 points or more below the four before them, pooled, or if the interval of the
    last lies wholly below that of the one before it. Periods in which nobody was asked do not count.
    """
    known = [each for each in weeks if each.asked]
    *earlier, newest = known or [Count(0, 0)]
    if earlier and wilson(newest)[1] < wilson(earlier[-1])[0]:
        return True
    last, before = known[-LASTS:], pooled(known[:-LASTS][-USUAL_WEEKS:])
    return bool(before.asked) and all(_points(before, each) >= FALL for each in last)


def _points(before: Count, after: Count) -> float:
    """By how much the share fell; rounded, as 0.8 - 0.6 is a little less than 0.2 to a computer."""
    return round(before.answered / before.asked - after.answered / after.asked, 9)
