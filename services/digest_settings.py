"""What people choose about their digest."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from domain.digest_choices import Choice
from domain.digest_settings import DigestSheet, read
from domain.errors import NotSetUp
from domain.people import Person
from services import delegates, digest_readers, digests, owing
from storage import digest_choices, people, trail
from storage import digests as stored
from storage.engine import Database


def sheet(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> DigestSheet:
    """The form as it stands."""
    with db.read() as session:
        return _sheet(session, workspace_id, person_id, now)


def choose(db: Database, *, workspace_id: str, person_id: str, given: Mapping[str, str], now: datetime) -> DigestSheet:
    """Keeps what was filled in, and plans the next digest by it. The same again changes nothing. Raises FieldErrors."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        known = people.people(session, workspace_id=workspace_id, ids={person_id, given.get("delegate") or person_id})
        if person_id not in known:
            raise NotSetUp
        reader = known[person_id]
        before = digest_choices.choice(session, workspace_id=workspace_id, person_id=person_id)
        after = read(given, reader, known)
        if after != before:
            digest_choices.choose(session, workspace_id=workspace_id, person_id=person_id, choice=after)
            _name_delegate(session, reader, before, after, now)
            digests.plan(session, workspace_id=workspace_id, person_id=person_id, now=now)
        return _sheet(session, workspace_id, person_id, now)


def _name_delegate(session: Session, reader: Person, before: Choice, after: Choice, now: datetime) -> None:
    if after.delegate_id == before.delegate_id:
        return
    told = [delegates.message(reader.id, each) for each in (before.delegate_id, after.delegate_id) if each]
    owing.owe_again(session, reader.workspace_id, *told, now=now)
    if after.delegate_id:
        owing.owe(session, reader.workspace_id, told[-1], now=now)
    trail.note(
        session,
        workspace_id=reader.workspace_id,
        at=now,
        actor_id=reader.id,
        what="digest delegate named",
        subject=reader.id,
        details={"before": before.delegate_id, "after": after.delegate_id},
    )


def _sheet(session: Session, workspace_id: str, person_id: str, now: datetime) -> DigestSheet:
    choice = digest_choices.choice(session, workspace_id=workspace_id, person_id=person_id)
    known = people.people(session, workspace_id=workspace_id, ids={person_id, choice.delegate_id or person_id})
    if person_id not in known:
        raise NotSetUp
    reader = digest_readers.reader(session, workspace_id=workspace_id, person_id=person_id)
    planned = stored.planned(session, workspace_id=workspace_id, person_id=person_id)
    return DigestSheet(
        reader=known[person_id],
        choice=choice,
        shape=reader.shape if reader else None,
        next_at=planned.at if planned else None,
        now=now,
        delegate=known.get(choice.delegate_id),
    )
