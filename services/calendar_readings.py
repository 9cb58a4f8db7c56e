"""Reading the calendars that people follow: which are due, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from domain import hours
from domain.calendars import TOLD_AFTER, WHOLE_AFTER, Calendar, Span, Trouble, next_reading, next_try, window
from domain.people import Person
from services import calendars as of_person
from services import owing
from storage import calendars, people
from storage.calendars import Kept
from storage.ending import makes_nothing_due
from storage.engine import Database

LEASE = timedelta(minutes=10)
"""Much longer than a reading takes. After it another one begins: this one died."""


@dataclass(frozen=True)
class Due:
    """A calendar that whoever got it reads, and nobody else until `LEASE` is over."""

    kept: Kept
    person: Person
    seen: Span
    etag: str = ""
    changed: str = ""
    """What its server said of the text that was read last, if it need not be read again unless it has changed."""


@dataclass(frozen=True)
class Reading:
    """What came of it, and what the server said of the text. Without spans it has not changed."""

    sealed: str
    """The address, encrypted with the newest key."""
    spans: Sequence[Span] | None
    etag: str = ""
    changed: str = ""


def claim(db: Database, *, now: datetime, limit: int) -> list[Due]:
    """Those due. Of people who have left, calendars are forgotten instead."""
    with db.write() as session:
        claimed = calendars.claim(session, now=now, until=now + LEASE, limit=limit)
        if not claimed:
            makes_nothing_due(session)
        return [due for kept in claimed if (due := _due(session, kept, now))]


def _due(session: Session, kept: Kept, now: datetime) -> Due | None:
    who = {"workspace_id": kept.workspace_id, "person_id": kept.calendar.person_id}
    person = people.person(session, **who)
    if person is None or person.left:
        calendars.forget(session, **who)
        return None
    due = Due(kept, person, window(person, now))
    is_whole = kept.whole_at is not None and abs(now - kept.whole_at) < WHOLE_AFTER
    return replace(due, etag=kept.etag, changed=kept.changed) if is_whole else due


def read(db: Database, *, due: Due, reading: Reading, now: datetime) -> None:
    """It was read, or found unchanged."""
    with db.write() as session:
        people.workspace(session, workspace_id=due.kept.workspace_id, lock=True)
        kept = _current(session, due)
        person = _person(session, due)
        if kept is None or person is None:
            return
        values = {"address": reading.sealed, "read_at": now, "next_at": next_reading(person.id, now), **FINE}
        if reading.spans is not None:
            values |= {"etag": reading.etag, "changed": reading.changed, "whole_at": now}
        calendars.change(session, workspace_id=person.workspace_id, person_id=person.id, **values)
        if kept.is_told:
            owing.owe_again(session, person.workspace_id, of_person.told(kept.calendar), now=now)
        if reading.spans is not None:
            of_person.set_days(session, person, reading.spans, now=now)
        elif kept.calendar.trouble:
            owing.owe_again(session, person.workspace_id, owing.home_page(person.id), now=now)


FINE: dict[str, Any] = {"trouble": "", "failures": 0, "failing_since": None, "is_told": False}


def not_read(db: Database, *, due: Due, trouble: Trouble, now: datetime) -> None:
    """It is tried again, less and less often. After days of it the person is told once, when they are at work."""
    with db.write() as session:
        kept = _current(session, due)
        person = _person(session, due)
        if kept is None or person is None:
            return
        calendar = replace(kept.calendar, trouble=trouble, failing_since=kept.calendar.failing_since or now)
        values = {"trouble": trouble.value, "failing_since": calendar.failing_since, "failures": kept.failures + 1}
        again = next_try(kept.failures + 1, now)
        if _is_to_tell(calendar, kept, now):
            at_work = hours.back_at_work(person, now)
            again, values["is_told"] = min(again, at_work) if at_work > now else again, at_work == now
        calendars.change(session, workspace_id=person.workspace_id, person_id=person.id, next_at=again, **values)
        if values.get("is_told"):
            owing.owe(session, person.workspace_id, of_person.told(calendar), now=now)
        if calendar.trouble is not kept.calendar.trouble:
            owing.owe_again(session, person.workspace_id, owing.home_page(person.id), now=now)


def _is_to_tell(calendar: Calendar, kept: Kept, now: datetime) -> bool:
    return not kept.is_told and calendar.failing_since is not None and now - calendar.failing_since >= TOLD_AFTER


def _current(session: Session, due: Due) -> Kept | None:
    """None if its person has changed or left it meanwhile."""
    who = {"workspace_id": due.kept.workspace_id, "person_id": due.person.id}
    kept = calendars.of(session, **who, lock=True)
    if kept is None or kept.sealed != due.kept.sealed or kept.calendar.version != due.kept.calendar.version:
        return None
    return kept


def _person(session: Session, due: Due) -> Person | None:
    return people.person(session, workspace_id=due.kept.workspace_id, person_id=due.person.id)
