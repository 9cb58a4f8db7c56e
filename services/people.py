"""Setting people up."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from domain.errors import FieldErrors, NotAllowed, NotSetUp, UserError
from domain.people import Person
from domain.people_list import read
from domain.setting_up import LEADERS, ONLY_YOURSELF, UNKNOWN, PersonSheet, changed, check_circle, fields_for, summary
from services import digests, owing, replanning
from storage import channels, people, planned, trail
from storage.engine import Database


class PeopleUsage(UserError):
    """`/muster people` does not know {typed}.
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
        problem=_problem(actor, person, person_id),
        saved=known.get(saved_id),
    )


def _problem(actor: Person, person: Person | None, wanted_id: str) -> str:
    if not actor.leads:
        return ONLY_YOURSELF if wanted_id not in ("", actor.id) else ""
    return UNKNOWN if wanted_id and (person is None or person.left) else ""


def set_up(
    db: Database,
    *,
    workspace_id: str,
    actor_id: str,
    person_id: str,
    given: Mapping[str, str],
    shown: Mapping[str, str],
    now: datetime,
) -> Person:
    """Writes what was given for a person, where it is not what the form had `shown`: that may have been changed by
    somebody else meanwhile, and stays. The same again changes nothing. Raises FieldErrors.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = people.people(session, workspace_id=workspace_id)
        actor = _known(known, actor_id)
        person = known.get(person_id)
        if not set(given) <= set(fields_for(actor, person_id)) or not (actor.leads or person_id == actor_id):
            raise NotAllowed(who=LEADERS)
        if person is None or person.left:
            raise FieldErrors({"person": UNKNOWN})
        if not given:
            raise FieldErrors({"person": "Choose somebody; then their fields appear."})
        after = changed(person, {name: text for name, text in given.items() if text != shown.get(name)}, known)
        if after.manager_id != person.manager_id:
            check_circle(after, {**known, after.id: after})
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
        trail.note(
            session,
            workspace_id=actor.workspace_id,
            at=now,
            actor_id=actor.id,
            what="person set up",
            subject=after.id,
            details={"before": summary(before), "after": summary(after)},
        )
        if after.calendar != before.calendar:
            replanning.move_prompts(session, person=after, now=now)
        elif (after.function, after.role) != (before.function, before.role):
            replanning.change_questions(session, person=after, now=now)
    _plan_digests(session, moved, now)
    if moved:
        ids = [after.id for _, after in moved]
        planned.look_again(session, workspace_id=actor.workspace_id, person_ids=ids, at=now)
        owing.owe_homes(session, actor.workspace_id, ids, now=now)
    return len(moved)


def _plan_digests(session: Session, moved: Iterable[tuple[Person, Person]], now: datetime) -> None:
    """A manager is whoever people are assigned to; their digest comes in their own working week."""
    touched: set[tuple[str, str]] = set()
    for before, after in moved:
        if before.manager_id != after.manager_id:
            managers = (before.manager_id, after.manager_id)
            touched |= {(after.workspace_id, manager_id) for manager_id in managers if manager_id}
        if (before.calendar, before.role) != (after.calendar, after.role):
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
