"""What is usual for a number, and whether this week's lies outside of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from domain.metrics.direction import Direction
from domain.metrics.participation import LEAST_FOR_PERCENT, USUAL_WEEKS, Count

LEAST_WEEKS = 3
"""Of fewer nobody can say what is usual: of one or two, almost any week lies outside."""

Value = Count | float
"""A Count stands for its share, 0 to 1."""


@dataclass(frozen=True)
class Usual:
    middle: float
    """The median."""
    low: float
    high: float

    @property
    def percent(self) -> int:
        """Of a share, as people read it: 100 only of all, 0 only of nobody."""
        half_up = int(100 * self.middle + 0.5)
        return min(max(half_up, 1), 99) if 0 < self.middle < 1 else half_up


def as_number(value: Value | None) -> float | None:
    """The share of a Count, None with fewer than five asked: of so few no percent is told, so none is compared."""
    if isinstance(value, Count):
        return value.share if value.asked >= LEAST_FOR_PERCENT else None
    return value


def usual(before: Sequence[Value | None]) -> Usual | None:
    """Median, minimum and maximum of the previous four weeks; the oldest comes first, and this week is not among them.

    Weeks that are not known are left out, and so are Counts of fewer than five. None if fewer than three are left.
    """
    known = [found for each in before[-USUAL_WEEKS:] if (found := as_number(each)) is not None]
    return Usual(median(known), min(known), max(known)) if len(known) >= LEAST_WEEKS else None


def arrow(value: Value | None, before: Usual | None, step: float) -> Direction:
    """UP or DOWN only if the value lies outside the minimum and maximum of the weeks before and differs from their
    median by at least the step (in its unit; of a share, 0.1 is 10 points); else FLAT, which is no arrow."""
    number = as_number(value)
    if number is None or before is None or round(abs(number - before.middle) - step, 9) < 0:
        return Direction.FLAT
    if number > before.high:
        return Direction.UP
    return Direction.DOWN if number < before.low else Direction.FLAT
