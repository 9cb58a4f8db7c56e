"""Whether a ritual still suits the people it asks. It only ever leads to a question to whoever facilitates it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from domain.answering_time import MOST_SECONDS
from domain.metrics.participation import Count

RUNS = 3
LEAST_VOTES = 2


class Sign(StrEnum):
    FEW = "few"
    """Fewer than half answered, each of the last three times."""
    LONG = "long"
    """Half of the forms took more than three minutes."""
    DROPPED = "dropped"
    """Two or more people named it in the pulse as one to shorten or stop."""


def signs(runs: Sequence[Count], seconds: float | None = None, drop_votes: int = 0) -> tuple[Sign, ...]:
    """What speaks for shortening, merging, moving or stopping a ritual; empty if nothing does.

    The runs are its closed ones, the newest last; those with nobody to ask do not count. The seconds are the median
    that its form takes, None if too few answered to tell. Half is not fewer than half, three minutes are not more.
    """
    last = [each for each in runs if each.asked][-RUNS:]
    is_few = len(last) == RUNS and all(2 * each.answered < each.asked for each in last)
    is_long = seconds is not None and seconds > MOST_SECONDS
    found = {Sign.FEW: is_few, Sign.LONG: is_long, Sign.DROPPED: drop_votes >= LEAST_VOTES}
    return tuple(sign for sign, is_seen in found.items() if is_seen)


def drop_votes(title: str, answers: Iterable[str]) -> int:
    """How many answers to "Which check-in or meeting should we shorten or stop?" name the ritual by its title."""
    return sum(title.casefold() in " ".join(each.split()).casefold() for each in answers)
