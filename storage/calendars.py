"""The calendars that people follow, and the absences that come from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select, update

from domain.calendars import REASON, Calendar, Changes, Counts, Found, Trouble
from domain.people import Absence, Source
from storage import absences, sql
from storage.tables import AbsenceRow, CalendarRow

KEYS = ("workspace_id", "person_id")


@dataclass(frozen=True)
class Kept:
    """A calendar as it is kept for reading it."""

    workspace_id: str
    calendar: Calendar
    sealed: str
    """Its address, encrypted."""
    etag: str
    changed: str
    whole_at: datetime | None
    failures: int
    is_told: bool


def of(session: Session, *, workspace_id: str, person_id: str, lock: bool = False) -> Kept | None:
    row = session.get(CalendarRow, (workspace_id, person_id), with_for_update=sql.LOCK if lock else None)
    return _kept(row) if row else None


def follow(session: Session, *, workspace_id: str, calendar: Calendar, sealed: str, now: datetime) -> None:
    """In the place of any other. It is due at once."""
    row = {
        "workspace_id": workspace_id,
        "person_id": calendar.person_id,
        "address": sealed,
        "host": calendar.host,
        "counts": calendar.counts.value,
        "version": 1,
        "next_at": now,
        **_UNREAD,
    }
    otherwise = {**{name: value for name, value in row.items() if name not in KEYS}, "version": CalendarRow.version + 1}
    sql.add_or(session, CalendarRow, [row], keys=KEYS, otherwise=otherwise)


_UNREAD: dict[str, Any] = {
    "etag": "",
    "changed": "",
    "whole_at": None,
    "read_at": None,
    "trouble": "",
    "failures": 0,
    "failing_since": None,
    "is_told": False,
}


def change(session: Session, *, workspace_id: str, person_id: str, **values: Any) -> None:
    session.execute(update(CalendarRow).where(*_is(workspace_id, person_id)).values(**values))


def look_again(session: Session, *, workspace_id: str, person_id: str, counts: Counts, now: datetime) -> None:
    """The whole of it, at once."""
    values = {"counts": counts.value, "version": CalendarRow.version + 1, "whole_at": None, "next_at": now}
    change(session, workspace_id=workspace_id, person_id=person_id, **values)


def forget(session: Session, *, workspace_id: str, person_id: str) -> None:
    session.execute(delete(CalendarRow).where(*_is(workspace_id, person_id)))


def claim(session: Session, *, now: datetime, until: datetime, limit: int) -> list[Kept]:
    """Some of those due; until then nobody else claims them."""
    due = select(CalendarRow).where(col(CalendarRow.next_at) <= now).order_by(col(CalendarRow.next_at)).limit(limit)
    rows = session.exec(sql.locked_if_free(due)).all()
    for row in rows:
        row.next_at = until
        session.add(row)
    return [_kept(row) for row in rows]


def all_sealed(session: Session, *, workspace_id: str) -> list[str]:
    return list(session.exec(select(CalendarRow.address).where(CalendarRow.workspace_id == workspace_id)))


def found(session: Session, *, workspace_id: str, person_id: str, today: date) -> list[Found]:
    """What is known from it and not over, be it that the person has ended it."""
    not_over = or_(col(AbsenceRow.last) >= today, col(AbsenceRow.said_last) >= today)
    query = select(AbsenceRow).where(*_absences(workspace_id, person_id), not_over).order_by(col(AbsenceRow.first))
    return [Found(row.id or 0, row.first, row.last, row.said_last or row.last) for row in session.exec(query)]


def save(session: Session, *, workspace_id: str, person_id: str, changes: Changes) -> None:
    """Makes the absences those that the calendar says now."""
    theirs = _absences(workspace_id, person_id)
    for absence_id, (last, said_last) in changes.moved.items():
        moved = update(AbsenceRow).where(*theirs, col(AbsenceRow.id) == absence_id)
        session.execute(moved.values(last=last, said_last=said_last))
    session.execute(delete(AbsenceRow).where(*theirs, col(AbsenceRow.id).in_(changes.dropped)))
    for span in changes.added:
        absence = Absence(span.first, span.last, REASON)
        absences.add(session, workspace_id=workspace_id, person_id=person_id, absence=absence, source=Source.CALENDAR)


def _is(workspace_id: str, person_id: str) -> tuple[Any, Any]:
    return col(CalendarRow.workspace_id) == workspace_id, col(CalendarRow.person_id) == person_id


def _absences(workspace_id: str, person_id: str) -> Collection[Any]:
    return (
        col(AbsenceRow.workspace_id) == workspace_id,
        col(AbsenceRow.person_id) == person_id,
        col(AbsenceRow.source) == Source.CALENDAR.value,
    )


def _kept(row: CalendarRow) -> Kept:
    calendar = Calendar(
        row.person_id,
        row.host,
        Counts(row.counts),
        version=row.version,
        read_at=row.read_at,
        trouble=Trouble(row.trouble) if row.trouble else None,
        failing_since=row.failing_since,
    )
    return Kept(
        row.workspace_id,
        calendar,
        row.address,
        etag=row.etag,
        changed=row.changed,
        whole_at=row.whole_at,
        failures=row.failures,
        is_told=row.is_told,
    )
