"""Who took part in a week, as far as it may be told: what its closed runs count, and how that compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.metrics.participation import OTHER, Count
from domain.people import FUNCTIONS
from domain.runs import Prompt


def waited(prompt: Prompt, at: datetime) -> int:
    """Seconds from the invitation to an answer of that moment, which may come before the invitation is known to be
    out."""
    begin = prompt.sent_at or prompt.asked_at or prompt.due_at
    return max(0, round((at - begin).total_seconds()))


@dataclass(frozen=True)
class Tally:
    """Of those of one function whom one run asked."""

    function: str
    asked: int
    answered: int
    late: int
    """Of those who answered, after their own deadline."""


@dataclass(frozen=True)
class RunCount:
    """A run that has closed, and how many of those it asked have answered."""

    run_id: int
    ritual_id: int
    channel_id: str
    opened_at: datetime
    closed_at: datetime
    fewest: int
    """Answers below which an anonymous run tells nothing, nor what function they are of; 0 of any other."""
    tallies: tuple[Tally, ...]

    @property
    def total(self) -> Count:
        return Count(sum(each.answered for each in self.tallies), sum(each.asked for each in self.tallies))

    @property
    def is_told(self) -> bool:
        return self.total.answered >= self.fewest


@dataclass(frozen=True)
class WeekCount:
    """Of all runs that closed in a week, pooled: sum R over sum I, not the mean of their shares."""

    week: date
    """Its first day."""
    total: Count
    functions: tuple[tuple[str, Count], ...]
    """Of runs with names only."""
    on_time: Count
    late: int
    named: Count
    """Of runs with names: whose answers have a moment."""


def week_of(week: date, runs: Iterable[RunCount]) -> WeekCount:
    told = [run for run in runs if run.is_told]
    named = [tally for run in told if not run.fewest for tally in run.tallies]
    total = _pooled(tally for run in told for tally in run.tallies)
    late = sum(each.late for each in named)
    return WeekCount(
        week=week,
        total=total,
        functions=_by_function(named),
        on_time=Count(total.answered - late, total.asked),
        late=late,
        named=_pooled(named),
    )


def _by_function(tallies: Iterable[Tally]) -> tuple[tuple[str, Count], ...]:
    """In the order of FUNCTIONS."""
    groups: dict[str, list[Tally]] = {}
    for each in tallies:
        groups.setdefault(each.function if each.function in FUNCTIONS else OTHER, []).append(each)
    found = ((name, _pooled(groups[name])) for name in (*FUNCTIONS, OTHER) if name in groups)
    return tuple((name, count) for name, count in found if count.asked)


def _pooled(tallies: Iterable[Tally]) -> Count:
    found = list(tallies)
    return Count(sum(each.answered for each in found), sum(each.asked for each in found))
