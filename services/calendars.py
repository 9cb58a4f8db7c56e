"""Following one's own calendar: giving its address, looking at what was found, and leaving it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.calendars import Address, BadAddress, Calendar, CalendarSheet, Counts, Span, changes, read_address, window
from domain.deliveries import Kind, Subject
from domain.errors import FieldErrors, NotSetUp, UserError
from domain.people import Absence, Person
from services import absence_plans, owing
from services.secrets import Secrets
from storage import calendars, people
from storage.engine import Database

NOT_AGAIN = timedelta(minutes=1)
"""Somebody else's server answers this."""


class NoKey(UserError):
    """Muster cannot keep an address safe yet: ask whoever runs it to set MUSTER_SECRET_KEY."""


def open_sheet(db: Database, *, secrets: Secrets, workspace_id: str, person_id: str, now: datetime) -> CalendarSheet:
    """Raises NotSetUp."""
    with db.read() as session:
        person = _person(session, workspace_id, person_id)
        kept = calendars.of(session, workspace_id=workspace_id, person_id=person_id)
        today = now.astimezone(person.zone).date()
        found = calendars.found(session, workspace_id=workspace_id, person_id=person_id, today=today)
    days = tuple(Absence(each.first, each.last) for each in found if each.last >= today)
    return CalendarSheet(person, now, kept.calendar if kept else None, days, can_keep=secrets.can_keep)


def followed(db: Database, *, workspace_id: str, person_id: str) -> Calendar | None:
    with db.read() as session:
        kept = calendars.of(session, workspace_id=workspace_id, person_id=person_id)
    return kept.calendar if kept else None


def follow(
    db: Database,
    *,
    secrets: Secrets,
    own_hosts: Collection[str],
    workspace_id: str,
    person_id: str,
    address: str,
    counts: str,
    now: datetime,
) -> None:
    """Without an address, the one followed already is read anew. Raises FieldErrors, NoKey and NotSetUp."""
    if not secrets.can_keep:
        raise NoKey
    wanted = Counts.NAMED if counts == Counts.NAMED.value else Counts.BUSY
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        person = _person(session, workspace_id, person_id)
        if address.strip():
            found = _address(address, own_hosts)
            calendar = Calendar(person.id, found.host, wanted)
            calendars.follow(
                session, workspace_id=workspace_id, calendar=calendar, sealed=secrets.seal(found.url), now=now
            )
        elif calendars.of(session, workspace_id=workspace_id, person_id=person_id):
            calendars.look_again(session, workspace_id=workspace_id, person_id=person_id, counts=wanted, now=now)
        else:
            raise FieldErrors({"address": "Please paste the address of your calendar."})
        owing.owe_again(session, workspace_id, owing.home_page(person_id), now=now)


def look_again(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """Reads it now, unless that has just been done."""
    with db.write() as session:
        kept = calendars.of(session, workspace_id=workspace_id, person_id=person_id, lock=True)
        read_at = kept.calendar.read_at if kept else None
        if kept and (kept.calendar.trouble or read_at is None or abs(now - read_at) >= NOT_AGAIN):
            counts = kept.calendar.counts
            calendars.look_again(session, workspace_id=workspace_id, person_id=person_id, counts=counts, now=now)


def leave(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """Forgets the address, and the days found in it that are to come."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        person = _person(session, workspace_id, person_id)
        kept = calendars.of(session, workspace_id=workspace_id, person_id=person_id)
        if kept is None:
            return
        calendars.forget(session, workspace_id=workspace_id, person_id=person_id)
        if kept.is_told:
            owing.owe_again(session, workspace_id, told(kept.calendar), now=now)
        set_days(session, person, (), now=now)


def told(calendar: Calendar) -> Subject:
    """The message that it has not been read for days."""
    since = calendar.failing_since
    return Subject(Kind.CALENDAR, part=f"{since:%Y-%m-%d}" if since else "", person_id=calendar.person_id)


def unreadable(db: Database, *, secrets: Secrets, workspace_id: str) -> int:
    """How many addresses no key opens."""
    with db.read() as session:
        sealed = calendars.all_sealed(session, workspace_id=workspace_id)
    return sum(not secrets.can_open(each) for each in sealed)


def set_days(session: Session, person: Person, spans: Collection[Span], *, now: datetime) -> None:
    """The person is away on those days, and no longer on others that came from the calendar; what is over stays."""
    workspace_id, today = person.workspace_id, now.astimezone(person.zone).date()
    known = calendars.found(session, workspace_id=workspace_id, person_id=person.id, today=today)
    found = changes(known, spans, seen=window(person, now), today=today)
    calendars.save(session, workspace_id=workspace_id, person_id=person.id, changes=found)
    if found.moved or found.added or found.dropped:
        absence_plans.follow(session, person, now=now)
    else:
        owing.owe_again(session, workspace_id, owing.home_page(person.id), now=now)


def _person(session: Session, workspace_id: str, person_id: str) -> Person:
    found = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if found is None or found.left:
        raise NotSetUp
    return found


def _address(text: str, own_hosts: Collection[str]) -> Address:
    try:
        return read_address(text, own_hosts)
    except BadAddress as error:
        raise FieldErrors({"address": str(error)}) from error
