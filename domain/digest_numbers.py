"""What a digest tells beside the records it lists: who took part, what is coming, how things are decided, and what came
of what people said."""

from dataclasses import dataclass
from datetime import date

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.cadence import Cadence, next_date
from domain.decisions import Decision
from domain.engagement import WeekCount
from domain.keeping_up import KeepingUp
from domain.measure_pairs import PairResult
from domain.measures import Measure
from domain.metrics.actions import CloseRate
from domain.metrics.coverage import Coverage, coverage
from domain.metrics.decisions import Reasons
from domain.metrics.direction import Direction
from domain.metrics.participation import Count
from domain.metrics.usual import Usual, arrow, usual
from domain.misalignment import Signal
from domain.pulse import Pulse

STEP = 0.1
"""Participation is compared in steps of ten points."""
DAYS_AHEAD = 7


@dataclass(frozen=True)
class Voices:
    """Who took part in the runs that closed in a week."""

    week: WeekCount
    before: tuple[WeekCount, ...]
    """The weeks before it, the oldest first."""
    half: int | None
    """Within how many seconds half of those asked had answered; None while they have not."""

    @property
    def usual(self) -> Usual | None:
        return usual([each.total for each in self.before])

    @property
    def arrow(self) -> Direction:
        return arrow(self.week.total, self.usual, STEP)

    @property
    def coverage(self) -> Coverage:
        return coverage([each.functions for each in (*self.before, self.week)])


@dataclass(frozen=True)
class Coming:
    """Something of the next days."""

    day: date
    """On the reader's calendar."""
    title: str
    channel_name: str = ""
    decision: Decision | None = None
    """To be looked at again."""
    closes: bool = False
    """A run that is open; else a ritual that asks."""
    count: Count | None = None
    """Who has answered it so far, where that may be told."""


def is_rare(cadence: Cadence | None, day: date) -> bool:
    """Whether what is asked on that day is not asked again within a week: what comes every week is no news."""
    following = next_date(cadence, after=day) if cadence else None
    return following is None or (following - day).days > DAYS_AHEAD


@dataclass(frozen=True)
class Deciding:
    """How decisions and action items went in four weeks."""

    decided: int
    days: float | None
    """Within how many days half of them had their verdict; None while half of them wait for it."""
    days_before: float | None
    """The same of the four weeks before; None if nothing was decided in them."""
    reasons: Reasons | None
    close_rate: CloseRate


@dataclass(frozen=True)
class Slipping:
    """Beside the overdue action items that a digest lists: of how many, and what is usual."""

    others: int = 0
    """Open action items of others that it does not list, and the reader may see."""
    before: tuple[int, ...] = ()
    """How many the digests before it listed, the oldest first; none where one came only if something slipped."""

    @property
    def usual(self) -> Usual | None:
        return usual([float(each) for each in self.before])


@dataclass(frozen=True)
class Numbers:
    voices: Voices | None = None
    coming: tuple[Coming, ...] = ()
    deciding: Deciding | None = None
    keeping: KeepingUp | None = None
    """With the same month."""
    learned: tuple[Decision, ...] = ()
    """Somebody said in that week what came of them."""
    done: tuple[ActionItem, ...] = ()
    """Of what people answered; done in that week."""
    cleared: tuple[Blocker, ...] = ()
    pulse: Pulse | None = None
    signals: tuple[Signal, ...] = ()
    missing: tuple[Measure, ...] = ()
    """Measures that had a value in the weeks before, and none in this one."""
    slipping: Slipping = Slipping()
    settled: Count | None = None
    """Of what needed the reader in the digest before, how much does no longer."""
    together: tuple[PairResult, ...] = ()
    """How people took part against measures; once a quarter."""
