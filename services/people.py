"""Setting people up, and when they are away."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.errors import FieldErrors, NotAllowed, NotSetUp, UserError, too_far
from domain.people import Absence, AwayForm, Person
from domain.people_list import read
from domain.setting_up import LEADERS, UNKNOWN, PersonSheet, changed, fields_for, summary
from services import digests, owing, runs
from storage import channels, journal, people
from storage.engine import Database

AWAY_LIMIT_DAYS = 366


class PeopleUsage(UserError):
    """Muster does not know `/muster people {typed}`.
    Type `/muster people`, `/muster people csv`, `/muster people list`, or `/muster people @name`.
    """


def open_sheet(db: Database, *, workspace_id: str, actor_id: str, person_id: str, saved_id: str = "") -> PersonSheet:
    """The form for a person, for those who do not lead always themselves; `saved_id` was set up with it just now."""
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id)
    actor = _known(known, actor_id)
    person = known.get(person_id) if actor.leads else actor
    manager = known.get(person.manager_id or "") if person else None
    return PersonSheet(
        actor=actor,
        person=person if person and not person.left else None,
        manager_name=manager.name if manager else "",
        problem=UNKNOWN if person_id and (person is None or person.left) else "",
        saved=known.get(saved_id),
    )


def set_up(
    db: Database, *, workspace_id: str, actor_id: str, person_id: str, given: Mapping[str, str], now: datetime
) -> Person:
    """Writes what was given for a person. The same again changes nothing. Raises FieldErrors."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = people.people(session, workspace_id=workspace_id)
        actor = _known(known, actor_id)
        person = known.get(person_id)
        if not actor.leads and (person_id != actor_id or not set(given) <= set(fields_for(actor))):
            raise NotAllowed(who=LEADERS)
        if person is None or person.left:
            raise FieldErrors({"person": UNKNOWN})
        if not given:
            raise FieldErrors({"person": "Choose somebody; then their fields appear."})
        after = changed(person, given, known)
        _keep(session, actor, known, [after], now)
        return after


def set_up_list(db: Database, *, workspace_id: str, actor_id: str, text: str, now: datetime) -> tuple[int, int]:
    """Sets up everybody in the list, or nobody. Answers how many it changed, and how many were so already."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = people.people(session, workspace_id=workspace_id)
        actor = _known(known, actor_id)
        if not actor.leads:
            raise NotAllowed(who=LEADERS)
        found = read(text, known)
        count = _keep(session, actor, known, found, now)
        return count, len(found) - count


def may_set_up_others(db: Database, *, workspace_id: str, actor_id: str) -> None:
    """Raises NotAllowed for those who may only set up themselves."""
    with db.read() as session:
        actor = people.person(session, workspace_id=workspace_id, person_id=actor_id)
    if actor is None:
        raise NotSetUp
    if not actor.leads:
        raise NotAllowed(who=LEADERS)


def _known(known: Mapping[str, Person], person_id: str) -> Person:
    if person_id not in known:
        raise NotSetUp
    return known[person_id]


def _keep(session: Session, actor: Person, known: Mapping[str, Person], wanted: Iterable[Person], now: datetime) -> int:
    """Writes those that differ, with a line each in the audit trail; answers how many did."""
    moved = [(known[after.id], after) for after in wanted if after != known[after.id]]
    for before, after in moved:
        people.set_up_person(session, person=after)
        journal.audit(
            session,
            workspace_id=actor.workspace_id,
            at=now,
            actor_id=actor.id,
            what="person set up",
            subject=after.id,
            details={"before": summary(before), "after": summary(after)},
        )
        if after.hours != before.hours:
            runs.move_prompts(session, person=after, now=now)
    _plan_digests(session, moved, now)
    if moved:
        runs.reschedule_all(session, workspace_id=actor.workspace_id, now=now)
        owing.owe_homes(session, actor.workspace_id, [after.id for _, after in moved], now=now)
    return len(moved)


def _plan_digests(session: Session, moved: Iterable[tuple[Person, Person]], now: datetime) -> None:
    """A manager is whoever people are assigned to; their digest comes in their own working week."""
    touched: set[tuple[str, str]] = set()
    for before, after in moved:
        if before.manager_id != after.manager_id:
            managers = (before.manager_id, after.manager_id)
            touched |= {(after.workspace_id, manager_id) for manager_id in managers if manager_id}
        if before.hours != after.hours:
            touched.add((after.workspace_id, after.id))
    for workspace_id, person_id in touched:
        digests.plan(session, workspace_id=workspace_id, person_id=person_id, now=now)


def listing(db: Database, *, workspace_id: str, actor_id: str) -> tuple[list[Person], list[Person], dict[str, str]]:
    """Those who have a function, those in Muster's channels who have none yet, and the names of managers by id.

    Raises NotAllowed for guests: Slack shows them only the people they share a channel with.
    """
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id)
        if _known(known, actor_id).is_guest:
            raise NotAllowed(who="full members of this workspace")
        near = channels.ids_near_bot(session, workspace_id=workspace_id)
    present = [person for person in known.values() if not person.left]
    missing = [person for person in present if not person.function and person.id in near]
    return [person for person in present if person.function], missing, {each.id: each.name for each in known.values()}


def open_away(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> AwayForm:
    person = _person(db, workspace_id, person_id)
    today = _today(person, now)
    return AwayForm(new_id(), today, person.absences_from(today))


def away(
    db: Database, *, workspace_id: str, person_id: str, first: str, last: str, draft_id: str, now: datetime
) -> Absence:
    """Away from the first day to the last, both included. The same form again with other days moves them."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        if person is None:
            raise NotSetUp
        absence = _absence(first, last, _today(person, now))
        before = journal.given_to(session, workspace_id=workspace_id, draft_id=draft_id)
        if before != _as_given(absence):
            _keep_absence(session, person, absence, draft_id, before)
            _replan(session, person, now)
        return absence


def _keep_absence(
    session: Session, person: Person, absence: Absence, draft_id: str, before: Mapping[str, str] | None
) -> None:
    """What the form made before gets the new days, unless the person has come back from it: that stays as it is."""
    workspace_id = person.workspace_id
    made = journal.result_of(session, workspace_id=workspace_id, draft_id=draft_id)
    if (
        made is None
        or before is None
        or not people.move_absence(
            session,
            workspace_id=workspace_id,
            person_id=person.id,
            absence_id=made,
            before=_from_given(before),
            after=absence,
        )
    ):
        if absence in person.absences:
            return
        made = people.add_absence(session, workspace_id=workspace_id, person_id=person.id, absence=absence)
    journal.keep_result(session, workspace_id=workspace_id, draft_id=draft_id, result_id=made, given=_as_given(absence))


def _as_given(absence: Absence) -> dict[str, str]:
    return {"first": str(absence.first), "last": str(absence.last)}


def _from_given(given: Mapping[str, str]) -> Absence:
    return Absence(date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))


def back(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> bool:
    """At work again from today on; whether the person was away at all."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        if person is None:
            raise NotSetUp
        day = _today(person, now)
        ended = people.end_absences(session, workspace_id=workspace_id, person_id=person_id, day=day)
        if ended:
            _replan(session, person, now)
        return bool(ended)


def _replan(session: Session, person: Person, now: datetime) -> None:
    current = people.person(session, workspace_id=person.workspace_id, person_id=person.id)
    if current:
        runs.replan(session, workspace_id=person.workspace_id, person=current, now=now)


def _person(db: Database, workspace_id: str, person_id: str) -> Person:
    with db.read() as session:
        found = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if found is None:
        raise NotSetUp
    return found


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(person.zone).date()


def _absence(first: str, last: str, today: date) -> Absence:
    """Raises FieldErrors for days that cannot be meant."""
    mistakes: dict[str, str] = {}
    days: dict[str, date] = {}
    for name, text in (("first", first), ("last", last)):
        try:
            days[name] = date.fromisoformat(text)
        except ValueError:
            typed = f"“{text}”" if text else "An empty day"
            mistakes[name] = f"{typed} is not understood; write the day as 2026-12-01."
    mistakes |= too_far(days)
    if not mistakes and days["last"] < days["first"]:
        mistakes["last"] = "The last day is before the first. Choose a later one."
    elif not mistakes and days["last"] < today:
        mistakes["last"] = "That is over already. Choose days to come."
    elif not mistakes and (days["last"] - days["first"]).days > AWAY_LIMIT_DAYS:
        mistakes["last"] = "That is more than a year. Choose an earlier last day."
    if mistakes:
        raise FieldErrors(mistakes)
    return Absence(days["first"], days["last"])
