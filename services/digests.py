"""The weekly digest: planned for each manager, and written when it is due."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from domain import digest_times, heard
from domain.deliveries import Kind, Subject
from domain.digests import Listed
from domain.people import Person
from services import needs, owing
from services.isolation import apart
from storage import blockers, decisions, digests, engagement, people, rituals
from storage.ending import makes_nothing_due
from storage.engine import Database

BATCH = 20
PUT_OFF = timedelta(hours=1)
A_MOMENT = timedelta(seconds=1)
"""What began at this very moment counts, too."""


def plan(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """After assignments, zone, hours or absences changed: works out when the person's next digest comes, if ever."""
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    at = None
    if person and needs.team(session, person):
        before = digests.planned(session, workspace_id=workspace_id, person_id=person_id)
        at = digest_times.planned_again(person, before, now)
    people.set_next_digest(session, workspace_id=workspace_id, person_id=person_id, at=at)


def digests_due(db: Database, *, now: datetime) -> int:
    """Writes the digests that are due; answers how many people it moved on."""
    with db.write() as session:
        found = people.due_managers(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
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
    team = needs.team(session, reader) if reader else []
    if reader is None or not team:
        return None
    week = digest_times.newest_due(reader, now)
    comes = digest_times.comes_at(reader, week) if week else None
    planned = digests.planned(session, workspace_id=workspace_id, person_id=person_id)
    # A plan for a later week than the newest that is due was for one that is now to come on a later day.
    if week and comes and planned and week >= digest_times.week_of(reader, planned):
        grace = timedelta(hours=people.workspace(session, workspace_id=workspace_id).grace_hours)
        listed = _list(session, reader, team, week=week, now=now)
        missed = (week - digest_times.week_of(reader, planned)) // digest_times.WEEK
        is_late = now - max(comes, planned) > grace
        _write(session, reader, week, replace(listed, is_late=is_late, missed=missed), now)
    return digest_times.next_moment(reader, after=now)


def _write(session: Session, reader: Person, week: date, listed: Listed, now: datetime) -> None:
    place = {"workspace_id": reader.workspace_id, "person_id": reader.id}
    digest_id = digests.add(session, **place, week=week, listed=listed, at=now)
    if digest_id is not None:
        owing.owe(session, reader.workspace_id, Subject(Kind.DIGEST, digest_id, person_id=reader.id), now=now)


def _list(session: Session, reader: Person, team: list[Person], *, week: date, now: datetime) -> Listed:
    """Everything of the channels of the reader and their people; what the reader may see is asked when it is shown."""
    workspace_id = reader.workspace_id
    start, end = digest_times.bounds(week, reader.zone)
    place = needs.around(reader, team)
    closed = digests.closed_runs(session, workspace_id=workspace_id, channels=place, start=start, end=end)
    still_open = digests.open_runs(session, workspace_id=workspace_id, channels=place, at=end)
    overdue = needs.overdue(session, reader, place, now)
    return Listed(
        approvals=tuple(
            each.id for each in decisions.awaiting(session, workspace_id=workspace_id, person_id=reader.id)
        ),
        own=tuple(item.id for item in overdue if item.owner_id == reader.id),
        blockers=tuple(blockers.unsettled(session, workspace_id=workspace_id, channels=place)),
        slipped=tuple(item.id for item in overdue if item.owner_id != reader.id),
        decided=tuple(
            digests.decided(
                session, workspace_id=workspace_id, person_id=reader.id, channels=place, start=start, end=end
            )
        ),
        closed=tuple(closed),
        open=tuple(still_open),
        caught_up=tuple(_caught_up(session, reader, place, week=week, now=now)),
    )


def _caught_up(session: Session, reader: Person, place: Any, *, week: date, now: datetime) -> list[int]:
    workspace_id, (start, _) = reader.workspace_id, digest_times.bounds(week, reader.zone)
    over = digests.closed_runs(session, workspace_id=workspace_id, channels=place, start=start, end=now + A_MOMENT)
    going_on = digests.open_runs(session, workspace_id=workspace_id, channels=place, at=now + A_MOMENT)
    runs = rituals.runs(session, workspace_id=workspace_id, ids={*over, *going_on})
    found = [run for run in runs.values() if heard.tells_of_gap(run, week, reader.zone)]
    counts = engagement.by_id(session, workspace_id=workspace_id, run_ids=[run.id for run in found])
    return [run.id for run in found if heard.times_not_asked(run, counts.get(run.id))]
