"""Who took part in a week, as far as it may be told: what its closed runs count, and how that compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.metrics.participation import OTHER, Count, pooled
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
    late: int = 0
    """Of those who answered, after their own deadline."""
    unreached: int = 0
    """Those to be asked who never got the message in time."""
    stopped: int = 0
    """Those who were asked, and Muster was not running until their deadline."""
    down: int = 0
    """Those who were to be asked when Muster was not running."""


@dataclass(frozen=True)
class RunCount:
    """A run, and how many of those it asked have answered."""

    run_id: int
    ritual_id: int
    channel_id: str
    title: str
    opened_at: datetime
    closed_at: datetime | None
    fewest: int
    """Answers below which an anonymous run tells nothing, nor what function they are of; 0 of any other."""
    tallies: tuple[Tally, ...]

    @property
    def total(self) -> Count:
        return _of(self.tallies)

    @property
    def is_told(self) -> bool:
        return self.total.answered >= self.fewest

    @property
    def came_too_late(self) -> bool:
        """For everybody: Muster was not running when they were to be asked."""
        return 0 < self.total.asked == sum(each.down for each in self.tallies)


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
    total = _of(tally for run in told for tally in run.tallies)
    late = sum(each.late for each in named)
    return WeekCount(
        week=week,
        total=total,
        functions=by_function(named),
        on_time=Count(total.answered - late, total.asked),
        late=late,
        named=_of(named),
    )


def by_function(tallies: Iterable[Tally]) -> tuple[tuple[str, Count], ...]:
    """In the order of FUNCTIONS; the counts add up to the whole."""
    groups: dict[str, list[Tally]] = {}
    for each in tallies:
        groups.setdefault(each.function if each.function in FUNCTIONS else OTHER, []).append(each)
    found = ((name, _of(groups[name])) for name in (*FUNCTIONS, OTHER) if name in groups)
    return tuple((name, count) for name, count in found if count.asked)


def _of(tallies: Iterable[Tally]) -> Count:
    return pooled(Count(each.answered, each.asked) for each in tallies)
