"""Pairs of how people take part and a measure, chosen before anybody looks, and set against each other week by week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from domain.digest_times import monday
from domain.engagement import WeekCount
from domain.errors import FieldErrors, UserError
from domain.measures import Measure
from domain.metrics.correlation import LAG, MOST_PAIRS, Together
from domain.metrics.coverage import coverage

MOST_LAG = 4
MOST_WEEKS = 104
"""So far back it looks at most."""
WEEK = timedelta(weeks=1)


class TooManyPairs(UserError):
    """This channel has {most} pairs already: with more of them, one would go together by chance. End one first."""


class NoPair(UserError):
    """There is no such pair here any more. Type `/muster measures` in its channel to see those there are."""


class Engagement(StrEnum):
    """How people take part, as a share of each week."""

    PARTICIPATION = "participation"
    COVERAGE = "coverage"
    ON_TIME = "on_time"


@dataclass(frozen=True)
class Pair:
    id: int
    workspace_id: str
    channel_id: str
    measure_id: int
    engagement: Engagement
    lag: int
    """Weeks from taking part to the measure."""
    chosen_by: str
    chosen_at: datetime
    ended_at: datetime | None = None

    @property
    def begins(self) -> datetime:
        """The week it was chosen in: what was before might have been looked at."""
        day = monday(self.chosen_at.astimezone(UTC).date())
        return datetime.combine(day, time(tzinfo=UTC))


@dataclass(frozen=True)
class PairResult:
    pair: Pair
    measure: Measure
    place: str
    together: Together


@dataclass(frozen=True)
class PairsCard:
    """The pairs of a channel, for one reader."""

    draft_id: str
    channel_id: str
    place: str
    results: tuple[PairResult, ...]
    measures: tuple[Measure, ...]
    """Of which one can be chosen."""
    may_choose: bool


def weeks_of(begins: datetime, until: datetime) -> list[datetime]:
    """The first moments of the whole weeks between, and the end of the last."""
    count = min(max((until - begins) // WEEK, 0), MOST_WEEKS)
    last = begins + WEEK * ((until - begins) // WEEK)
    return [last - WEEK * ago for ago in range(count, -1, -1)]


def share(engagement: Engagement, week: WeekCount) -> float | None:
    """None for a week that asked nobody."""
    match engagement:
        case Engagement.PARTICIPATION:
            return week.total.share
        case Engagement.ON_TIME:
            return week.on_time.share
        case Engagement.COVERAGE:
            found = coverage([week.functions])
            return found.heard / found.invited if found.is_ratio else None


def read_pair(
    given: Mapping[str, str], *, measures: Sequence[Measure], others: Sequence[Pair]
) -> tuple[int, Engagement, int]:
    """(measure, engagement, lag). Raises FieldErrors and TooManyPairs."""
    measure_id = int(given.get("measure") or 0)
    if measure_id not in {each.id for each in measures}:
        raise FieldErrors({"measure": "Choose a measure of this channel."})
    if given.get("engagement") not in [*Engagement]:
        raise FieldErrors({"engagement": "Choose what of taking part it is set against."})
    engagement, lag = Engagement(given["engagement"]), int(given.get("lag") or LAG)
    if not 0 <= lag <= MOST_LAG:
        raise FieldErrors({"lag": f"Choose from 0 to {MOST_LAG} weeks."})
    if any((each.measure_id, each.engagement) == (measure_id, engagement) for each in others):
        raise FieldErrors({"measure": "These two are a pair already. To choose another lag, end it first."})
    if len(others) >= MOST_PAIRS:
        raise TooManyPairs(most=MOST_PAIRS)
    return measure_id, engagement, lag
