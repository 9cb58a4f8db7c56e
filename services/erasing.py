"""Erasing a person who asks for it: what they wrote goes, and what the team keeps no longer names them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from domain.errors import UserError
from domain.people import Person
from services import owing, sync
from storage import erasing, forgetting, people, traces, trail
from storage.engine import Database
from storage.traces import Kept


class NoSuchPerson(UserError):
    """Nobody in this database is called {typed}. Write a name as Slack shows it, or an id such as U024BE7LH."""


class SeveralPeople(UserError):
    """{typed} is the name of several people: {known}. Write the id of one of them."""


@dataclass(frozen=True)
class Traces:
    """What there is of somebody."""

    person: Person
    answers: int
    prompts: int
    kept: Kept
    """What stays, as it is the team's."""


def look(db: Database, *, typed: str) -> Traces:
    """Raises NoSuchPerson and SeveralPeople."""
    with db.read() as session:
        found = forgetting.people_called(session, typed=typed)
        if not found:
            raise NoSuchPerson(typed=typed)
        if len(found) > 1:
            raise SeveralPeople(typed=typed, known=", ".join(f"{each.id} in {each.workspace_id}" for each in found))
        (person,) = found
        return Traces(
            person,
            answers=forgetting.count_answers(session, person=person),
            prompts=len(forgetting.of_person(session, person=person)),
            kept=traces.kept(session, person=person),
        )


def mentions(db: Database, person: Person) -> Mapping[str, int]:
    """In how many rows of each table words hold their name."""
    with db.read() as session:
        return traces.mentions(session, workspace_id=person.workspace_id, name=person.name)


def erase(db: Database, person: Person, *, now: datetime) -> None:
    """In one transaction, after they have left as anybody leaves: so nothing goes on waiting for them. The Muster that
    runs then changes its messages in Slack. Nobody can tell which anonymous answers are theirs."""
    with db.read() as session:
        known = people.person(session, workspace_id=person.workspace_id, person_id=person.id)
    if known and not known.left:
        sync.save_person(db, person=replace(known, left=True), now=now)
    with db.write() as session:
        people.workspace(session, workspace_id=person.workspace_id, lock=True)
        everybody = people.people(session, workspace_id=person.workspace_id)
        if person.id in everybody:
            owing.owe_homes(session, person.workspace_id, everybody, now=now)
            _erase(session, person, now)


def _erase(session: Session, person: Person, now: datetime) -> None:
    answers = forgetting.count_answers(session, person=person)
    found = erasing.stand_in(session, person=person)
    erasing.erase(session, found=found, now=now)
    trail.note(
        session,
        workspace_id=person.workspace_id,
        at=now,
        actor_id=trail.COMMAND_LINE,
        what="person erased",
        subject=found.id,
        details={"answers": answers},
    )
