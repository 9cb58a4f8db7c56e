"""Setting people up."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from domain.errors import FieldErrors, NotAllowed, NotSetUp, UserError
from domain.people import Person
from domain.people_columns import FIELD
from domain.people_list import ListSheet, from_the_top, read
from domain.setting_up import (
    LEADERS,
    ONLY_YOURSELF,
    UNKNOWN,
    PersonSheet,
    changed,
    check_circle,
    fields_for,
    in_circles,
    summary,
)
from domain.tables import told
from services import digests, owing, replanning
from storage import channels, people, planned, trail
from storage.engine import Database

AT_ONCE = 100
"""Rows of a file that are saved in one transaction."""


class PeopleUsage(UserError):
    """`/muster people` does not know {typed}.
    Type `/muster people`, `/muster people csv`, `/muster people list`, `/muster people field`, or
    `/muster people @name`.
    """


class NoSuchWorkspace(UserError):
    """Say with --workspace which workspace the table is about: its name, or its id. There are: {known}."""


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
        known = _turn(session, workspace_id)
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
        keep(session, (workspace_id, actor_id), known, [after], now)
        return after


def look_at_list(db: Database, *, workspace_id: str, actor_id: str, text: str) -> ListSheet:
    """What it would change. Raises FieldErrors if that is nothing, as no line is understood."""
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id)
    _check_leads(_known(known, actor_id))
    found = read(text, known)
    if not found.understood:
        raise FieldErrors({FIELD: told(found.problems)})
    return ListSheet(found, text, known)


def set_up_list(db: Database, *, workspace_id: str, actor_id: str, text: str, now: datetime) -> ListSheet:
    """Sets up those of whom the list is understood; the same again changes nothing. Raises FieldErrors."""
    with db.write() as session:
        known = _turn(session, workspace_id)
        _check_leads(_known(known, actor_id))
        found = read(text, known)
        keep(session, (workspace_id, actor_id), known, [after for _, after in found.changes], now)
        return ListSheet(found, text, known)


def bring(db: Database, *, workspace: str, text: str, now: datetime, is_sure: bool) -> ListSheet:
    """By whoever runs Muster. Unless they are sure nobody changes. Raises FieldErrors and NoSuchWorkspace.

    It is saved in parts, so that nobody who submits a form waits for all; broken off, the same again brings the rest.
    """
    with db.read() as session:
        workspace_id = _workspace(session, workspace)
        known = people.people(session, workspace_id=workspace_id)
    found = read(text, known)
    changes = from_the_top(found.changes, known) if is_sure else []
    late: set[str] = set()
    for start in range(0, len(changes), AT_ONCE):
        late |= _bring(db, workspace_id, changes[start : start + AT_ONCE], now)
    return ListSheet(found.without(late), text, known)


def _bring(db: Database, workspace_id: str, changes: Collection[tuple[Person, Person]], now: datetime) -> set[str]:
    """The ids of those whom somebody else has set up since: that stays."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = people.people(session, workspace_id=workspace_id, ids=[before.id for before, _ in changes])
        after = {after.id: after for before, after in changes if summary(before) == summary(known[before.id])}
        managers = people.managers(session, workspace_id=workspace_id)
        for caught in in_circles(after, {**managers, **{each: person.manager_id for each, person in after.items()}}):
            del after[caught]
        keep(session, (workspace_id, trail.COMMAND_LINE), known, after.values(), now)
        return {before.id for before, _ in changes} - after.keys()


def _workspace(session: Session, typed: str) -> str:
    """By id or name; the only one there is need not be named."""
    known = {each: people.workspace(session, workspace_id=each).name for each in people.workspace_ids(session)}
    same = [each for each, name in known.items() if typed in ("", each, name)]
    if len(same) != 1:
        raise NoSuchWorkspace(known=", ".join(f"{name} ({each})" for each, name in known.items()) or "none yet")
    return same[0]


def _turn(session: Session, workspace_id: str) -> dict[str, Person]:
    """Everybody, while nobody else sets anybody up."""
    people.workspace(session, workspace_id=workspace_id, lock=True)
    return people.people(session, workspace_id=workspace_id)


def _check_leads(actor: Person) -> None:
    if not actor.leads:
        raise NotAllowed(who=LEADERS)


def may_set_up_others(db: Database, *, workspace_id: str, actor_id: str) -> None:
    """Raises NotAllowed for those who may only set up themselves."""
    with db.read() as session:
        actor = people.person(session, workspace_id=workspace_id, person_id=actor_id)
    if actor is None:
        raise NotSetUp
    _check_leads(actor)


def _known(known: Mapping[str, Person], person_id: str) -> Person:
    if person_id not in known:
        raise NotSetUp
    return known[person_id]


def keep(
    session: Session, by: tuple[str, str], known: Mapping[str, Person], wanted: Iterable[Person], now: datetime
) -> None:
    """Writes those that differ, with a line each in the audit trail. `by`: the workspace, and who says so."""
    workspace_id, actor_id = by
    moved = [(known[after.id], after) for after in wanted if after != known[after.id]]
    for before, after in moved:
        people.set_up_person(session, person=after)
        trail.note(
            session,
            workspace_id=workspace_id,
            at=now,
            actor_id=actor_id,
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
        planned.look_again(session, workspace_id=workspace_id, person_ids=ids, at=now)
        owing.owe_homes(session, workspace_id, ids, now=now)


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
