"""Workspaces, people and their absences.

Nearly everything asks for people, so the statements that find them are made once.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, select, update

from domain.digest_times import Planned
from domain.people import Absence, Hours, Nudges, Person, Role, parse_hours, parse_span
from storage import sql
from storage.absences import absence_of
from storage.tables import AbsenceRow, DayOffRow, MemberRow, PersonRow, WorkspaceRow

MOST_NAMED = 1000
"""Of more people at once all absences of the workspace are read: databases limit the parameters of a statement."""

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_WORKSPACE: BindParameter[Any] = bindparam("workspace_id")
_WORKSPACES = select(WorkspaceRow.id)
_EVERYBODY = select(PersonRow).where(PersonRow.workspace_id == _WORKSPACE).order_by(col(PersonRow.name))
_NAMED = _EVERYBODY.where(col(PersonRow.id).in_(_IDS))
_MEMBERS = (
    select(PersonRow)
    .join(
        MemberRow, (col(MemberRow.workspace_id) == PersonRow.workspace_id) & (col(MemberRow.person_id) == PersonRow.id)
    )
    .where(
        PersonRow.workspace_id == _WORKSPACE,
        MemberRow.channel_id == bindparam("channel_id"),
        col(PersonRow.left).is_(False),
    )
)
_ABSENCES = (
    select(AbsenceRow)
    .where(AbsenceRow.workspace_id == _WORKSPACE, col(AbsenceRow.first) <= col(AbsenceRow.last))
    .order_by(col(AbsenceRow.first), col(AbsenceRow.last))
)
_ABSENCES_OF_NAMED = _ABSENCES.where(col(AbsenceRow.person_id).in_(_IDS))
_REGION_AND_DAYS_OFF = (
    select(col(WorkspaceRow.region), col(DayOffRow.day))
    .outerjoin(DayOffRow, col(DayOffRow.workspace_id) == WorkspaceRow.id)
    .where(WorkspaceRow.id == _WORKSPACE)
)


def save_workspace(session: Session, *, workspace_id: str, name: str, url: str) -> None:
    row = {"id": workspace_id, "name": name, "url": url}
    sql.add_or_update(session, WorkspaceRow, [row], keys=["id"])


def workspace(session: Session, *, workspace_id: str, lock: bool = False) -> WorkspaceRow:
    """The row itself: settings that only services change. Raises KeyError.

    A lock makes those who record something take turns: the same form submitted twice at once makes one record.
    """
    found = session.get(WorkspaceRow, workspace_id, with_for_update=sql.LOCK if lock else None)
    if found is None:
        raise KeyError(workspace_id)
    return found


def workspace_ids(session: Session) -> list[str]:
    return list(session.exec(_WORKSPACES))


def save_person(session: Session, *, person: Person) -> None:
    """Writes what Slack says of a person; what was set up in Muster stays, and so does what is newer."""
    known = session.get(PersonRow, (person.workspace_id, person.id), with_for_update=sql.LOCK)
    if known and person.updated < known.updated:
        return
    row = known or PersonRow(workspace_id=person.workspace_id, id=person.id, name=person.name)
    row.name, row.zone_name, row.email = person.name, person.zone_name, person.email
    row.leavings += person.left and not row.left
    row.is_admin, row.is_guest, row.left = person.is_admin, person.is_guest, person.left
    row.updated, row.status_until = person.updated, person.status_until
    session.add(row)


def set_up_person(session: Session, *, person: Person) -> None:
    """Writes what was set up in Muster: function, role, manager, hours, and what people chose for themselves."""
    values = {
        "function": person.function,
        "role": person.role.value,
        "manager_id": person.manager_id,
        "manager_by_profile": person.manager_by_profile,
        "hours": str(person.hours),
        "own_zone": person.own_zone,
        "quiet": str(person.quiet or ""),
        "nudges": person.nudges.value,
        "region": person.region,
    }
    session.execute(update(PersonRow).where(*_is(person.workspace_id, person.id)).values(values))


def _is(workspace_id: str, person_id: str) -> tuple[Any, Any]:
    return col(PersonRow.workspace_id) == workspace_id, col(PersonRow.id) == person_id


def person(session: Session, *, workspace_id: str, person_id: str) -> Person | None:
    return people(session, workspace_id=workspace_id, ids=[person_id]).get(person_id)


def people(session: Session, *, workspace_id: str, ids: Collection[str] | None = None) -> dict[str, Person]:
    """Those of a workspace by id, or only the given ones; people who left are included."""
    if ids is None:
        rows = session.exec(_EVERYBODY, params={"workspace_id": workspace_id})
    elif ids:
        rows = session.exec(_NAMED, params={"workspace_id": workspace_id, "ids": list(ids)})
    else:
        return {}
    return _with_absences(session, workspace_id, rows)


def managers(session: Session, *, workspace_id: str) -> dict[str, str | None]:
    """Of everybody, by id."""
    query = select(PersonRow.id, PersonRow.manager_id).where(PersonRow.workspace_id == workspace_id)
    return dict(session.exec(query).all())


def members(session: Session, *, workspace_id: str, channel_id: str) -> list[Person]:
    """The people in a channel who are still in the workspace."""
    found = session.exec(_MEMBERS, params={"workspace_id": workspace_id, "channel_id": channel_id})
    return list(_with_absences(session, workspace_id, found).values())


def reports_of(session: Session, *, workspace_id: str, manager_id: str) -> list[Person]:
    """The people assigned to a manager who are still in the workspace."""
    query = select(PersonRow).where(
        PersonRow.workspace_id == workspace_id, PersonRow.manager_id == manager_id, col(PersonRow.left).is_(False)
    )
    return list(_with_absences(session, workspace_id, session.exec(query)).values())


def direct_channels(session: Session, *, workspace_id: str, ids: Collection[str]) -> dict[str, str]:
    """The direct message Muster has with each of those people, where one has been opened."""
    query = select(PersonRow.id, PersonRow.direct_channel).where(
        PersonRow.workspace_id == workspace_id, col(PersonRow.id).in_(ids)
    )
    return {person_id: channel for person_id, channel in session.exec(query) if channel}


def save_direct_channels(session: Session, *, workspace_id: str, channels: dict[str, str]) -> None:
    """`channels` maps person ids to the direct message Muster has with them.

    Of people whom others are writing just now it is left out: Slack answers the same when it is asked again.
    """
    mine = (col(PersonRow.workspace_id) == workspace_id, col(PersonRow.id).in_(channels))
    for person_id in session.exec(sql.locked_if_free(select(PersonRow.id).where(*mine))).all():
        changed = update(PersonRow).where(*_is(workspace_id, person_id))
        session.execute(changed.values(direct_channel=channels[person_id]))


def due_readers(session: Session, *, now: datetime, limit: int) -> list[tuple[str, str]]:
    """(workspace, person) of those whose digest is due."""
    query = select(PersonRow.workspace_id, PersonRow.id).where(col(PersonRow.next_at) <= now)
    query = query.order_by(col(PersonRow.next_at)).limit(limit)
    return list(session.exec(sql.locked_if_free(query)))


def readers_of_digests(session: Session, *, workspace_id: str) -> list[str]:
    query = select(PersonRow.id).where(PersonRow.workspace_id == workspace_id, col(PersonRow.next_at).is_not(None))
    return list(session.exec(query.order_by(col(PersonRow.id))))


def set_next_digest(session: Session, *, workspace_id: str, person_id: str, planned: Planned | None) -> None:
    values = {"next_at": planned.at if planned else None, "untold_from": planned.untold if planned else None}
    session.execute(update(PersonRow).where(*_is(workspace_id, person_id)).values(values))


def put_off_digest(session: Session, *, workspace_id: str, person_id: str, at: datetime) -> None:
    session.execute(update(PersonRow).where(*_is(workspace_id, person_id)).values(next_at=at))


def _with_absences(session: Session, workspace_id: str, rows: Iterable[PersonRow]) -> dict[str, Person]:
    found = {row.id: row for row in rows}
    if not found:
        return {}
    absences: dict[str, list[Absence]] = {}
    of_named = len(found) <= MOST_NAMED
    params = {"workspace_id": workspace_id, **({"ids": list(found)} if of_named else {})}
    for row in session.exec(_ABSENCES_OF_NAMED if of_named else _ABSENCES, params=params):
        absences.setdefault(row.person_id, []).append(absence_of(row))
    whole = session.exec(_REGION_AND_DAYS_OFF, params={"workspace_id": workspace_id}).all()
    region = next((region for region, _day in whole), "")
    days = frozenset(day for _region, day in whole if day)
    return {key: _person(row, absences.get(key, []), region, days) for key, row in found.items()}


def _person(row: PersonRow, absences: list[Absence], region: str, days: frozenset[date]) -> Person:
    return Person(
        workspace_id=row.workspace_id,
        id=row.id,
        name=row.name,
        zone_name=row.zone_name,
        own_zone=row.own_zone,
        function=row.function,
        role=Role(row.role),
        manager_id=row.manager_id,
        manager_by_profile=row.manager_by_profile,
        hours=parse_hours(row.hours) or Hours(),
        quiet=parse_span(row.quiet),
        nudges=Nudges(row.nudges),
        region=row.region,
        workspace_region=region,
        workspace_days_off=days,
        is_admin=row.is_admin,
        is_guest=row.is_guest,
        left=row.left,
        email=row.email,
        leavings=row.leavings,
        absences=tuple(absences),
        status_until=row.status_until,
        updated=row.updated,
    )
