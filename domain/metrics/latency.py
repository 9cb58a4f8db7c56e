"""How long it takes until people have answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from domain.metrics.participation import Count

HALF = 0.5
MOST = 0.9
LEAST_FOR_MOST = 10
"""With fewer asked, nine in ten is one person or none."""


def place(asked: int, share: float) -> int:
    """At which place, from 1 on, the sorted list of all who were asked holds that quantile: ceil(share * asked), at
    least 1 (nearest rank, Hyndman-Fan type 1: the kinds that interpolate cannot hold whoever never answered)."""
    return max(ceil(round(share * asked, 9)), 1)


def quantile(hours: Iterable[float], asked: int, share: float) -> float | None:
    """Within how many hours that share of all who were asked had answered; None if so many never did.

    The hours are of those who answered, from their first sending back to their prompt; whoever did not counts as
    infinity. 4 of 7 answered at 1, 3, 5 and 20 h: half took up to 20 h, not 4 h. With 3 of 7 half is not reached.
    """
    found, at = sorted(hours), place(asked, share)
    return found[at - 1] if asked and at <= len(found) else None


def slow(hours: Iterable[float], asked: int) -> float | None:
    """How long the slow ones took: within so many hours nine in ten had answered, None if they never did; with fewer
    than ten asked, the slowest answer, None if there was none."""
    found = list(hours)
    if asked >= LEAST_FOR_MOST:
        return quantile(found, asked, MOST)
    return max(found, default=None)


@dataclass(frozen=True)
class OnTime:
    """Answered by the deadline / asked. An extension moves the deadline of all; what came after it stands beside."""

    in_time: Count
    late: int = 0

    @property
    def text(self) -> str:
        """ "7 of 9, +2 late"."""
        late = f", +{self.late} late" if self.late else ""
        return f"{self.in_time.answered} of {self.in_time.asked}{late}"
