"""When one person is asked, reminded, and no longer heard, for one occurrence of a ritual."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import cadence, hours
from domain.people import Person
from domain.runs import Missed, Prompt, PromptState, Ritual, Run
from domain.templates import Template
from domain.zones import zone

SECOND = timedelta(seconds=1)
LATE = timedelta(minutes=1)
"""A message that leaves within a minute of its moment is on time."""
EMPTY_DATES = 20
"""How many dates in a row may have nobody to ask before Muster stops looking."""


@dataclass(frozen=True)
class Window:
    due: datetime
    deadline: datetime
    """The deadline second itself is on time."""
    reminders: tuple[datetime, ...]
    away: bool = False
    """Away for more than half of the window: not asked and not counted."""


def window(template: Template, person: Person, day: date) -> Window | None:
    """The person's window for the occurrence of a local date; None if it has none for this person."""
    rule = template.cadence
    if rule is None:
        return None
    where = person.zone if rule.zone is None else zone(rule.zone)
    nominal = cadence.moment(day, rule.at, where)
    if nominal is None or (rule.skips_days_off and person.is_off(nominal.astimezone(person.zone).date())):
        return None
    due = hours.next_working(person, nominal)
    return _unless_away(template, person, from_due(template, person, due))


def from_due(template: Template, person: Person, due: datetime) -> Window:
    """The window that begins at `due`: used again when a prompt could only be sent late."""
    deadline = hours.add(person, due, template.closes)
    wanted = (
        hours.last_working(person, hours.subtract(person, deadline, before), after=due) for before in template.remind
    )
    return Window(due, deadline, tuple(sorted({moment for moment in wanted if moment})))


def _unless_away(template: Template, someone: Person, found: Window) -> Window:
    """The prompt waits for the return and is sent if at least half the window is left."""
    person = someone.seen_by(template.id)
    if not person.is_away(found.due.astimezone(person.zone).date()):
        return found
    back = hours.back_at_work(person, found.due)
    if back > _half(found.due, found.deadline):
        return Window(found.due, found.deadline, (), away=True)
    return Window(back, found.deadline, tuple(moment for moment in found.reminders if moment > back))


def _half(due: datetime, deadline: datetime) -> datetime:
    return due + (deadline - due) / 2


def is_missed_away(template: Template, asked: Prompt, someone: Person, now: datetime) -> bool:
    """Whether somebody who has been asked, and is away now, comes back with less than half of the window left."""
    person = someone.seen_by(template.id)
    is_away = person.is_away(now.astimezone(person.zone).date())
    return is_away and hours.back_at_work(person, now) > _half(asked.due_at, asked.deadline)


def window_in(run: Run, person: Person) -> Window | None:
    """The person's window in a run that has opened: what has no date of its own asks from then on."""
    if run.template.cadence:
        return window(run.template, person, run.day)
    return window_from(run.template, person, run.day, run.opened_at)


def rest_of(run: Run, person: Person, now: datetime) -> Window | None:
    """What is left of the window in a run for somebody who came back to work meanwhile."""
    found = window_in(run, person)
    due = max(found.due, hours.next_working(person, now)) if found else now
    if found is None or due > found.deadline:
        return None
    return Window(due, found.deadline, tuple(moment for moment in found.reminders if moment > due))


def window_from(template: Template, person: Person, day: date, begins: datetime) -> Window | None:
    """The window in an occurrence that begins at that moment: if the person's own had passed by then, because something
    changed, they are asked at their next working moment."""
    found = window(template, person, day)
    if template.cadence and (found is None or found.away or found.due >= begins):
        return found
    return _unless_away(template, person, from_due(template, person, hours.next_working(person, begins)))


def first_moment(
    template: Template, people: list[Person], day: date, *, not_before: datetime | None
) -> datetime | None:
    """When the occurrence of a local date begins: its first prompt anywhere.

    With `not_before` it has not begun by then, and waits for the first of those whose own moment is to come.
    """
    dues = {person.id: each.due for person in people if (each := window(template, person, day))}
    if not_before is None:
        return min(dues.values(), default=None)
    coming = [due for due in dues.values() if due >= not_before]
    return min(coming or (hours.next_working(each, not_before) for each in people if each.id in dues), default=None)


def next_occurrence(
    template: Template, people: list[Person], *, after: date, not_before: datetime | None = None
) -> tuple[date, datetime] | None:
    """The first local date later than `after` on which anybody is asked, and when it begins."""
    if template.cadence is None:
        return None
    day: date | None = after
    for _ in range(EMPTY_DATES):
        day = cadence.next_date(template.cadence, after=day) if day else None
        begins = first_moment(template, people, day, not_before=not_before) if day else None
        if day and begins:
            return day, begins
    return None


Begun = tuple[date, datetime]
"""The local date of an occurrence, and when it begins."""


def begun(ritual: Ritual, people: list[Person], now: datetime) -> tuple[list[Begun], Begun | None]:
    """The occurrences of a ritual that have begun, oldest first and none before the one before it, and the one to come.

    Of those that begin at one moment only the newest is asked, as if the others were not there.
    """
    passed: list[Begun] = []
    day, begins = ritual.next_day, ritual.next_at
    coming = (day, begins) if day and begins else None
    while coming and coming[1] <= now:
        if passed and coming[1] <= passed[-1][1]:
            coming = coming[0], passed.pop()[1]
        passed.append(coming)
        coming = next_occurrence(ritual.template, people, after=coming[0])
    return passed, coming


def prompt(run: Run, person: Person, *, begins: datetime, too_old: datetime, at_once: bool = False) -> Prompt | None:
    """The invitation of one person; missed from the start if they are away, or if it was due before `too_old`.
    `at_once`: they are there, whatever their hours."""
    given = from_due(run.template, person, begins) if at_once else None
    found = given or window_from(run.template, person, run.day, begins)
    if found is None:
        return None
    missed = Missed.AWAY if found.away else Missed.DOWN if found.due < too_old else None
    return Prompt(
        id=0,
        workspace_id=run.workspace_id,
        run_id=run.id,
        person_id=person.id,
        function=person.function,
        state=PromptState.MISSED if missed else PromptState.PENDING,
        due_at=found.due,
        deadline=found.deadline,
        reminders=found.reminders,
        missed=missed,
    )


def next_moment(reminders: Iterable[datetime], deadline: datetime) -> datetime:
    """When a prompt that has been asked next matters: the deadline second itself is still on time."""
    return min([*reminders, deadline + SECOND])
