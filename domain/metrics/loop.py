"""Whether what people say leads somewhere, in time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.hours import Duration
from domain.metrics.participation import Count

LOOP = timedelta(days=14)
CLOCK = Duration(days=3)
"""Within so many working days of whoever is to answer, somebody has taken up a blocker."""


@dataclass(frozen=True)
class Raised:
    """Something that an answer brought up."""

    at: datetime
    settled_at: datetime | None
    """When a decision, an action item or a "no" with its reason came of it."""


def loop_closed(raised: Iterable[Raised], now: datetime) -> Count:
    """Items raised in answers that were settled within 14 days / items raised at least 14 days ago.

    Younger ones are left out, settled or not, as the rest of them may still be.
    """
    old = [each for each in raised if now - each.at >= LOOP]
    return Count(sum(each.settled_at is not None and each.settled_at - each.at <= LOOP for each in old), len(old))


def rhythm(summed_up: Collection[bool], passed_over: int) -> Count:
    """Runs closed with a summary on time / runs planned.

    One truth for each run that closed: whether somebody answered, and the summary stood when its last window ended.
    What was planned and never asked, because Muster was not running, was planned all the same.
    """
    return Count(sum(summed_up), len(summed_up) + passed_over)


@dataclass(frozen=True)
class Clocked:
    """Something that somebody was to answer by a moment: the end of the clock, in their own working hours and without
    the time in which whoever asked was to answer."""

    until: datetime
    answered_at: datetime | None
    """When it was first taken up or cleared, whichever came first."""


def clock_attainment(items: Iterable[Clocked], now: datetime) -> Count:
    """Answered within the clock / answered, or open past the clock: those count as missed. What is open within the
    clock is left out. Of fewer than five no percent is told."""
    over = [each for each in items if each.answered_at is not None or each.until < now]
    return Count(sum(each.answered_at is not None and each.answered_at <= each.until for each in over), len(over))
