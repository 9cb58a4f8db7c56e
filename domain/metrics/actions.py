"""How action items end, how old those are that did not, and which nobody looks after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.due import days_over, today_of
from domain.metrics.participation import Count
from domain.people import Person


@dataclass(frozen=True)
class CloseRate:
    count: Count
    """Closed by the day first agreed / due in the period. With none due it is shown as "-"."""
    moved: int
    """How many of those due were given another day since."""


def close_rate(items: Iterable[ActionItem], people: Mapping[str, Person]) -> CloseRate:
    """Action items done by their first day / action items whose first day lay in the period.

    The items are those whose `first_due` lies in a period that is over. A day moved later changes nothing: the first
    one counts. Those without an owner or a day are orphans, not late. One that was dropped with a reason leaves the
    denominator, without one it counts as late; one that its answer took back was never agreed. Days are of the owner's
    own calendar.
    """
    due = [each for each in items if _is_due(each)]
    closed = sum(_is_in_time(each, people) for each in due)
    return CloseRate(Count(closed, len(due)), sum(each.dates_moved > 0 for each in due))


def _is_due(item: ActionItem) -> bool:
    is_agreed = item.owner_id != "" and item.first_due is not None and not item.is_withdrawn
    return is_agreed and not (item.state is ActionState.DROPPED and item.dropped_why)


def _is_in_time(item: ActionItem, people: Mapping[str, Person]) -> bool:
    done = item.done_at if item.state is ActionState.DONE else None
    return bool(done and item.first_due and today_of(people.get(item.owner_id), done) <= item.first_due)


@dataclass(frozen=True)
class Overdue:
    count: int
    median_days: float
    oldest: ActionItem
    oldest_days: int


def overdue(items: Iterable[ActionItem], people: Mapping[str, Person], now: datetime) -> Overdue | None:
    """How many open items are past their present day, and for how many working days (Monday to Friday): the median, and
    the one that has waited longest. Today is that of each owner's calendar. None if none is."""
    todays = [(each, today_of(people.get(each.keeper_id), now)) for each in items]
    found = [(days_over(_day(each), today), each) for each, today in todays if each.is_overdue(today)]
    if not found:
        return None
    days, oldest = max(found, key=lambda one: (one[0], -_day(one[1]).toordinal(), -one[1].number))
    return Overdue(len(found), median(one for one, _item in found), oldest, days)


def _day(item: ActionItem) -> date:
    return item.due or date.max


def orphans(items: Iterable[ActionItem]) -> int:
    """Open action items without an owner or without a day."""
    return sum(each.is_orphan for each in items)
