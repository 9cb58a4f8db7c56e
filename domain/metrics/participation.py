"""How many of those asked have answered."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAST_FOR_PERCENT = 5
"""With fewer asked, a percentage says more than is known."""
OTHER = "other"
"""Those whose function nobody has set."""


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


def pooled(counts: Iterable[Count]) -> Count:
    """Over several runs: sum R / sum I, and not the mean of their shares."""
    found = list(counts)
    return Count(sum(each.answered for each in found), sum(each.asked for each in found))
