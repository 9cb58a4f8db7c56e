"""The weekly digest: planned for each manager, and written when it is due."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from domain import digests as rules
from domain.actions import ActionItem
from domain.deliveries import Kind, Subject
from domain.digests import Listed
from domain.people import Person
from services import owing
from services.isolation import apart
from storage import actions, decisions, digests, people
from storage.engine import Database

BATCH = 20
PUT_OFF = timedelta(hours=1)
EARLIEST = timedelta(days=2)
"""East of UTC it may be a day later already, so action items due before the day after tomorrow are looked at."""
SAME_WEEK = timedelta(days=3)


def plan(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """After assignments, zone, hours or absences changed: works out when the person's next digest comes, if ever."""
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    at = None
    if person and _team(session, person):
        before = digests.planned(session, workspace_id=workspace_id, person_id=person_id)
        at = rules.planned_again(person, before, now)
    people.set_next_digest(session, workspace_id=workspace_id, person_id=person_id, at=at)


def _team(session: Session, person: Person) -> list[Person]:
    """Those assigned to the person; nobody for somebody who left."""
    if person.left:
        return []
    found = people.reports_of(session, workspace_id=person.workspace_id, manager_id=person.id)
    return [each for each in found if each.id != person.id]


def digests_due(db: Database, *, now: datetime) -> int:
    """Writes the digests that are due; answers how many people it moved on."""
    with db.write() as session:
        found = people.due_managers(session, now=now, limit=BATCH)
        for workspace_id, person_id in found:
            plan_again = partial(people.set_next_digest, session, workspace_id=workspace_id, person_id=person_id)
            apart(
                session,
                partial(_write_and_plan, session, workspace_id, person_id, now),
                partial(plan_again, at=now + PUT_OFF),
                f"the digest of {person_id}",
            )
    return len(found)


def _write_and_plan(session: Session, workspace_id: str, person_id: str, now: datetime) -> None:
    at = _write_due(session, workspace_id, person_id, now)
    people.set_next_digest(session, workspace_id=workspace_id, person_id=person_id, at=at)


def _write_due(session: Session, workspace_id: str, person_id: str, now: datetime) -> datetime | None:
    """Writes the newest digest that should have come by now, and answers when the next one comes."""
    reader = people.person(session, workspace_id=workspace_id, person_id=person_id)
    team = _team(session, reader) if reader else []
    if reader is None or not team:
        return None
    week = rules.newest_due(reader, now)
    comes = rules.comes_at(reader, week) if week else None
    planned = digests.planned(session, workspace_id=workspace_id, person_id=person_id)
    # A plan that lies later than the newest digest's moment was for one that is now to come on a later day.
    if week and comes and planned and comes > planned - SAME_WEEK:
        grace = timedelta(hours=people.workspace(session, workspace_id=workspace_id).grace_hours)
        listed = _list(session, reader, team, week=week, is_late=now - comes > grace, now=now)
        _write(session, reader, week, listed, now)
    return rules.next_moment(reader, after=now)


def _write(session: Session, reader: Person, week: date, listed: Listed, now: datetime) -> None:
    place = {"workspace_id": reader.workspace_id, "person_id": reader.id}
    digest_id = digests.add(session, **place, week=week, listed=listed, at=now)
    if digest_id is not None:
        owing.owe(session, reader.workspace_id, Subject(Kind.DIGEST, digest_id, person_id=reader.id), now=now)


def _list(session: Session, reader: Person, team: list[Person], *, week: date, is_late: bool, now: datetime) -> Listed:
    """Everything of the channels of the reader and their people; what the reader may see is asked when it is shown."""
    workspace_id = reader.workspace_id
    start, end = rules.bounds(week, reader.zone)
    place = digests.channels_of(workspace_id=workspace_id, people=[reader.id, *(each.id for each in team)])
    closed = digests.closed_runs(session, workspace_id=workspace_id, channels=place, start=start, end=end)
    still_open = digests.open_runs(session, workspace_id=workspace_id, channels=place, at=end)
    overdue = _overdue(session, reader, place, now)
    return Listed(
        approvals=tuple(
            each.id for each in decisions.awaiting(session, workspace_id=workspace_id, approver_id=reader.id)
        ),
        own=tuple(item.id for item in overdue if item.owner_id == reader.id),
        blockers=tuple(digests.unsettled_blockers(session, run_ids=[*closed, *still_open])),
        slipped=tuple(item.id for item in overdue if item.owner_id != reader.id),
        decided=tuple(
            digests.decided(
                session, workspace_id=workspace_id, person_id=reader.id, channels=place, start=start, end=end
            )
        ),
        closed=tuple(closed),
        open=tuple(still_open),
        is_late=is_late,
    )


def _overdue(session: Session, reader: Person, place: Any, now: datetime) -> list[ActionItem]:
    ids = digests.open_actions(
        session,
        workspace_id=reader.workspace_id,
        person_id=reader.id,
        channels=place,
        due_before=(now + EARLIEST).date(),
    )
    found = actions.items(session, workspace_id=reader.workspace_id, ids=ids)
    owners = people.people(session, workspace_id=reader.workspace_id, ids={item.owner_id for item in found.values()})
    items = [found[item_id] for item_id in ids]
    return [item for item in items if item.is_overdue(rules.today_of(owners.get(item.owner_id), now))]
