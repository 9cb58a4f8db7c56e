"""Those who read somebody's digest while they are away: chosen, told, and brought it."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import digest_times
from domain.deliveries import Kind, Subject
from domain.digest_choices import Rhythm
from domain.digest_times import StandIn
from domain.digests import Digest
from domain.people import Person
from services import digest_readers, digests
from services.digest_readers import Reader
from services.isolation import apart
from storage import digest_choices, people
from storage import digests as stored
from storage.ending import makes_nothing_due
from storage.engine import Database

BATCH = 20
PUT_OFF = timedelta(hours=1)


def message(manager_id: str, delegate_id: str) -> Subject:
    """Tells somebody that they were named; once, however often they are."""
    return Subject(Kind.DELEGATE, part=manager_id, person_id=delegate_id)


def named_by(db: Database, *, workspace_id: str, manager_id: str, delegate_id: str) -> tuple[Person, bool] | None:
    """Who named them, and whether that still stands."""
    with db.read() as session:
        manager = people.person(session, workspace_id=workspace_id, person_id=manager_id)
        choice = digest_choices.choice(session, workspace_id=workspace_id, person_id=manager_id)
    return (manager, choice.delegate_id == delegate_id) if manager else None


def may_stand_in(delegate: Person | None) -> bool:
    return delegate is not None and not delegate.left and not delegate.is_guest


def stand_ins_due(db: Database, *, now: datetime) -> int:
    """Writes what is due to delegates, and works out what comes next; answers how many managers it looked at."""
    with db.write() as session:
        found = digest_choices.due_delegates(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for workspace_id, person_id in found:
            put_off = partial(digest_choices.put_off_delegate, session, workspace_id=workspace_id, person_id=person_id)
            apart(
                session,
                partial(_write_and_plan, session, workspace_id, person_id, now),
                partial(put_off, at=now + PUT_OFF),
                f"the digest of the delegate of {person_id}",
            )
    return len(found)


def _write_and_plan(session: Session, workspace_id: str, person_id: str, now: datetime) -> None:
    who = {"workspace_id": workspace_id, "person_id": person_id}
    manager = digest_readers.reader(session, **who)
    own = stored.planned(session, **who)
    delegate = _delegate(session, manager) if manager else None
    planned, told = digest_choices.stood_in(session, **who)
    coming = None
    if manager and own and delegate:
        since = min(own.untold, planned or own.untold)
        away = digest_times.stand_ins(manager.person, delegate, manager.choice, own.untold, now)
        found = [each for each in away if (each.at > now or each.week >= since) and (not told or each.week > told)]
        if due := [each for each in found if each.at <= now]:
            _write(session, manager, delegate, due[-1], now)
            told = due[-1].week
        coming = next((each for each in found if each.at > now), None)
    digest_choices.plan_delegate(session, **who, coming=coming, told=told)


def _delegate(session: Session, manager: Reader) -> Person | None:
    found = people.person(session, workspace_id=manager.workspace_id, person_id=manager.choice.delegate_id)
    return found if may_stand_in(found) else None


def _write(session: Session, manager: Reader, delegate: Person, due: StandIn, now: datetime) -> None:
    """It lists what the manager's own would; when it is shown, its reader is the delegate."""
    weeks = manager.choice.rhythm.span
    digest = Digest(
        id=0,
        workspace_id=manager.workspace_id,
        person_id=delegate.id,
        about_id=manager.person.id,
        week=due.week,
        weeks=weeks,
        listed=digests.listed(session, manager, week=due.week, weeks=weeks, now=now),
        written_at=now,
        shape=manager.shape,
        only_if_needed=manager.choice.rhythm is Rhythm.NEEDED,
    )
    digests.write(session, digest, now)
