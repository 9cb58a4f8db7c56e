"""A ritual that no longer suits the people it asks, as whoever facilitates it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.answering_time import Measured
from domain.cards import RitualCard, changed_since
from domain.engagement import RunCount
from domain.metrics.health import RUNS, Sign, signs
from domain.metrics.participation import Count
from domain.people import Person
from domain.runs import Run

AGAIN_AFTER = timedelta(days=31)
"""No sooner is anybody asked about the same ritual again."""


@dataclass(frozen=True)
class Asked:
    """When whoever facilitated a ritual was asked about it last, and when they said that it stays as it is."""

    at: datetime | None = None
    left_at: datetime | None = None

    def may_ask(self, now: datetime) -> bool:
        return self.at is None or now - self.at >= AGAIN_AFTER

    @property
    def is_left(self) -> bool:
        return self.at is not None and self.left_at is not None and self.left_at >= self.at


@dataclass(frozen=True)
class Heard:
    """Who answered one run, as far as it may be told."""

    count: Count
    fewest: int = 0
    """Of an anonymous run that fewer answered: nothing else is told of it."""

    @property
    def text(self) -> str:
        """ "4 of 11", "fewer than 5"."""
        return f"fewer than {self.fewest}" if self.fewest else f"{self.count.answered} of {self.count.asked}"


def heard(runs: Sequence[RunCount]) -> tuple[Heard, ...]:
    """The last of those that asked anybody. What may not be told counts as the most that it could be: whether
    something is said then tells nothing either."""
    asked = [run for run in runs if run.total.asked][-RUNS:]
    return tuple(Heard(run.total) if run.is_told else Heard(_most(run), run.fewest) for run in asked)


def _most(run: RunCount) -> Count:
    return Count(min(run.fewest - 1, run.total.asked), run.total.asked)


@dataclass(frozen=True)
class Seen:
    """What is known of a ritual when one of its runs has closed."""

    heard: tuple[Heard, ...]
    """The oldest first."""
    took: Measured | None = None
    votes: int = 0
    """How many named it in the pulse as one to shorten or stop."""

    @property
    def signs(self) -> tuple[Sign, ...]:
        return signs([each.count for each in self.heard], self.took.seconds if self.took else None, self.votes)


@dataclass(frozen=True)
class HealthCard:
    """For whoever facilitated it when they were asked."""

    ritual: RitualCard
    run: Run
    """The last one that had closed then."""
    reader: Person
    seen: Seen
    asked: Asked

    @property
    def is_changed(self) -> bool:
        return changed_since(self.ritual.ritual, self.run)


@dataclass(frozen=True)
class MergeCard:
    """A ritual, and what else its channel has on that it might join."""

    ritual: RitualCard
    others: tuple[tuple[RitualCard, bool], ...]
    """Each with whether the reader may change its questions."""
