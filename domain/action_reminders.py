"""When the owner of an action item hears of it, and how they put that off."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain import hours
from domain.action_states import Move
from domain.actions import ActionItem
from domain.cadence import moment
from domain.people import Person

WEEK = 7
ORPHAN = hours.Duration(days=2)
"""As long nobody is told that it has no owner or no day yet."""
LATE_DAYS = 5
"""So many days at work after it was due, somebody else hears of what is still open."""
WARNED_DAYS = 2
"""And so many at least after its owner was told so."""


class Reminder(StrEnum):
    SOON = "soon"
    OVERDUE = "overdue"
    ORPHAN = "orphan"
    """To whoever asked for it: it has no owner or no day yet."""


class Snooze(StrEnum):
    DAY = "day"
    DAYS = "days"
    WEEK = "week"


WORDS = {Snooze.DAY: "Next working day", Snooze.DAYS: "In 3 working days", Snooze.WEEK: "Next week"}
COUNTS = {Snooze.DAY: 1, Snooze.DAYS: 3}


def reminders(owner: Person, due: date) -> dict[Reminder, datetime]:
    """When the owner hears of it: the working day before it is due, and the first working moment after that day."""
    day = moment(due, owner.hours.start, owner.zone)
    after = moment(due + timedelta(days=1), owner.hours.start, owner.zone)
    found: dict[Reminder, datetime] = {}
    if day:
        found[Reminder.SOON] = hours.subtract(owner, day, hours.Duration(days=1))
    if after:
        found[Reminder.OVERDUE] = hours.next_working(owner, after)
    return found


def next_reminder(owner: Person, item: ActionItem, *, after: datetime) -> datetime | None:
    """Of one that was put off, not before the day until which it was. When it is too late for all of them, as for a new
    owner or after it was opened again, on the next day at work, unless its owner has been told. `owner`: on whose
    calendar it is."""
    if item.is_orphan or item.due is None:
        once = hours.add(owner, item.recorded_at, ORPHAN)
        return once if once > after else None
    moments = list(reminders(owner, item.due).values())
    again = moment(item.snoozed_until, owner.hours.start, owner.zone) if item.snoozed_until else None
    if again:
        again = hours.next_working(owner, again)
        moments = [again, *(at for at in moments if at > again)]
    coming = [at for at in moments if at > after]
    if coming or item.warned_on or not moments:
        return min(coming, default=None)
    return hours.next_day_at_work(owner, after)


def which_now(item: ActionItem, *, is_overdue: bool) -> Reminder:
    if item.is_orphan:
        return Reminder.ORPHAN
    return Reminder.OVERDUE if is_overdue else Reminder.SOON


def part_of(which: Reminder, item: ActionItem) -> str:
    """Names one reminder: which, for which day, after which snooze, and how often all of them have begun anew. That
    there is no owner or day is said once, whoever it is handed over to meanwhile."""
    if which is Reminder.ORPHAN:
        return which
    return f"{which}:{item.due}:{item.snoozed_until or ''}{_again(item)}"


def late_part(item: ActionItem) -> str:
    """Names what is told of one that is late: once for each day, but anew after it was opened again or handed over."""
    return f"{item.due}{_again(item)}"


def _again(item: ActionItem) -> str:
    times = sum(each.move in (Move.REOPEN, Move.HAND_OVER) for each in item.steps)
    return f":{times}" if times else ""


def snoozed(owner: Person, item: ActionItem, choice: Snooze, today: date) -> ActionItem:
    """`today` is the owner's own. Raises AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
    return replace(item.moved(Move.SNOOZE), snoozed_until=_until(owner, choice, today))


def _until(owner: Person, choice: Snooze, today: date) -> date:
    if choice is Snooze.WEEK:
        return hours.first_day_back(owner, today + timedelta(days=WEEK - 1 - today.weekday()))
    return _days_at_work(owner, today, COUNTS[choice])


def open_until(owner: Person, due: date, warned_on: date) -> date:
    """After that day somebody else hears of it. Absences and days off do not count."""
    return max(_days_at_work(owner, due, LATE_DAYS), _days_at_work(owner, warned_on, WARNED_DAYS))


def _days_at_work(owner: Person, day: date, count: int) -> date:
    for _ in range(count):
        day = hours.first_day_back(owner, day)
    return day
