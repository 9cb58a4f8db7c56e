"""How many functions were heard from, and which were silent."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.metrics.participation import OTHER, Functions


@dataclass(frozen=True)
class Silent:
    function: str
    weeks: int
    """For how many periods in which it was asked, this one included, nobody of it has answered."""


@dataclass(frozen=True)
class Coverage:
    heard: int
    invited: int
    silent: tuple[Silent, ...] = ()
    """In the order of FUNCTIONS."""

    @property
    def is_ratio(self) -> bool:
        """With a single function, or none, a ratio says nothing."""
        return self.invited > 1


def coverage(weeks: Sequence[Functions]) -> Coverage:
    """Functions of which somebody answered / functions of which somebody was asked, in the last of these periods.

    The oldest comes first: the earlier ones only say for how long a silent function has been so. A period that did not
    ask it neither ends its silence nor makes it longer. People without a function are no function.
    """
    asked = {name: count for name, count in (weeks[-1] if weeks else ()) if name != OTHER and count.asked}
    silent = tuple(Silent(name, _weeks_silent(name, weeks)) for name, count in asked.items() if not count.answered)
    return Coverage(heard=len(asked) - len(silent), invited=len(asked), silent=silent)


def _weeks_silent(function: str, weeks: Sequence[Functions]) -> int:
    found = 0
    for week in reversed(weeks):
        count = dict(week).get(function)
        if count and count.answered:
            break
        found += bool(count and count.asked)
    return found
