"""Which way a series goes."""

from collections.abc import Sequence
from enum import StrEnum

WEEKS = 3
FLAT_WITHIN = 0.05
"""Of the first value, where the noise of a measure is not known."""


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    FLAT = "flat"


def direction(values: Sequence[float | None], noise: float | None = None) -> Direction | None:
    """Where the last three weeks went; the oldest comes first.

    The last value against the first of the three: flat if they differ by no more than the measure's own noise (in its
    unit) or, where that is not known, by 5 % of the first; flat also if the week between lies outside the two, as that
    is a wobble. None if one of the three is not known.
    """
    last = values[-WEEKS:]
    known = [each for each in last if each is not None]
    if len(known) < WEEKS:
        return None
    first, between, newest = known
    margin = FLAT_WITHIN * abs(first) if noise is None else noise
    is_wobble = not min(first, newest) <= between <= max(first, newest)
    if is_wobble or round(abs(newest - first) - margin, 9) <= 0:
        return Direction.FLAT
    return Direction.UP if newest > first else Direction.DOWN
