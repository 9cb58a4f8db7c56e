"""Action items that come again: when, and what the next one is."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from domain.action_states import ActionState
from domain.actions import ActionItem
from domain.hours import first_day_back
from domain.people import Person

YEAR = 12
DAY = timedelta(days=1)


class Every(StrEnum):
    WEEK = "week"
    TWO_WEEKS = "2 weeks"
    MONTH = "month"
    QUARTER = "quarter"


WORDS = {
    Every.WEEK: "every week",
    Every.TWO_WEEKS: "every two weeks",
    Every.MONTH: "every month",
    Every.QUARTER: "every quarter",
}
WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2}
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}


class Ends(StrEnum):
    """What somebody means who drops one."""

    ONCE = "once"
    FOR_GOOD = "good"


def following(item: ActionItem, owner: Person, *, number: int, now: datetime) -> ActionItem:
    """The next one, as its owner and whoever asked for it have agreed to it already."""
    due = next_due(item, owner, now.astimezone(owner.zone).date())
    again = replace(item, id=0, number=number, follows=item.number, due=due, first_due=due, created_at=now)
    again = replace(again, state=ActionState.OPEN, done_at=None, dropped_by="", dropped_why="", dates_moved=0)
    return replace(again.unwarned(), by_hand=True, steps=(), source=None, blocker_id=None)


def next_due(item: ActionItem, owner: Person, today: date) -> date:
    """The first turn of its rhythm that is still to come, on a day on which its owner is at work. A moved date does not
    change the rhythm."""
    start = item.series_from or item.first_due or today
    after = max(each for each in (item.first_due, item.due, today) if each)
    turns = (_turn(start, Every(item.every), which) for which in count(1))
    turn = next(day for day in turns if day > after)
    return first_day_back(owner, turn - DAY)


def _turn(start: date, every: Every, which: int) -> date:
    if every in WEEKS:
        return start + timedelta(weeks=WEEKS[every] * which)
    months = start.month - 1 + MONTHS[every] * which
    year, month = start.year + months // YEAR, months % YEAR + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
