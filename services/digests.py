"""The weekly digest: planned for each manager, and written when it is due."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from domain import digest_times, heard
from domain.digest_choices import Rhythm
from domain.digest_times import Due, Planned
from domain.digests import Digest, Listed, message_of
from domain.people import Person
from services import digest_readers, needs, owing
from services.digest_readers import Reader
from services.isolation import apart
from storage import blockers, decisions, digest_choices, digests, engagement, people, rituals
from storage.ending import makes_nothing_due
from storage.engine import Database

BATCH = 5
"""In a transaction: while these are written, whoever presses a button waits."""
PUT_OFF = timedelta(hours=1)
A_MOMENT = timedelta(seconds=1)
"""What began at this very moment counts, too."""


def plan(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """After assignments, choices, role, zone, hours or absences changed: works out when the person's next digest comes,
    if ever."""
    reader = digest_readers.reader(session, workspace_id=workspace_id, person_id=person_id)
    before = digests.planned(session, workspace_id=workspace_id, person_id=person_id)
    planned = digest_times.planned_again(reader.person, reader.choice, before, now) if reader else None
    people.set_next_digest(session, workspace_id=workspace_id, person_id=person_id, planned=planned)
    digest_choices.look_again(session, workspace_id=workspace_id, person_id=person_id, at=now)


def digests_due(db: Database, *, now: datetime) -> int:
    """Writes the digests that are due; answers how many people it moved on."""
    with db.write() as session:
        found = people.due_readers(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for workspace_id, person_id in found:
            who = {"workspace_id": workspace_id, "person_id": person_id}
            apart(
                session,
                partial(_write_and_plan, session, workspace_id, person_id, now),
                partial(people.put_off_digest, session, **who, at=now + PUT_OFF),
                f"the digest of {person_id}",
            )
    return len(found)


def _write_and_plan(session: Session, workspace_id: str, person_id: str, now: datetime) -> None:
    reader = digest_readers.reader(session, workspace_id=workspace_id, person_id=person_id)
    planned = digests.planned(session, workspace_id=workspace_id, person_id=person_id)
    after = _write_due(session, reader, planned, now) if reader and planned else None
    people.set_next_digest(session, workspace_id=workspace_id, person_id=person_id, planned=after)
    digest_choices.look_again(session, workspace_id=workspace_id, person_id=person_id, at=now)


def _write_due(session: Session, reader: Reader, planned: Planned, now: datetime) -> Planned | None:
    """Writes the newest digest that should have come by now, and answers the next one."""
    untold = planned.untold
    if due := digest_times.due(reader.person, reader.choice, planned, now):
        grace = timedelta(hours=people.workspace(session, workspace_id=reader.workspace_id).grace_hours)
        content = listed(session, reader, week=due.week, weeks=due.weeks, now=now)
        _write(session, reader, due, replace(content, is_late=now - due.since > grace, missed=due.missed), now)
        untold = due.week + digest_times.WEEK
    return digest_times.next_planned(reader.person, reader.choice, untold, after=now)


def _write(session: Session, reader: Reader, due: Due, content: Listed, now: datetime) -> None:
    digest = Digest(
        id=0,
        workspace_id=reader.workspace_id,
        person_id=reader.person.id,
        about_id=reader.person.id,
        week=due.week,
        weeks=due.weeks,
        listed=content,
        written_at=now,
        shape=reader.shape,
        only_if_needed=reader.choice.rhythm is Rhythm.NEEDED,
    )
    write(session, digest, now)


def write(session: Session, digest: Digest, now: datetime) -> None:
    """Keeps it and owes its message, unless it was written before, or nobody needs it."""
    if digest.only_if_needed and not digest.listed.asks_something:
        return
    digest_id = digests.add(session, digest=digest)
    if digest_id is not None:
        owing.owe(session, digest.workspace_id, message_of(digest_id, digest.person_id), now=now)


def listed(session: Session, found: Reader, *, week: date, weeks: int, now: datetime) -> Listed:
    """Everything of the channels of the reader and their people; what the reader may see is asked when it is shown."""
    reader, workspace_id = found.person, found.workspace_id
    start, end = digest_times.bounds(week, reader.zone, weeks=weeks)
    place = needs.around(reader, found.team)
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
        caught_up=tuple(_caught_up(session, reader, place, week=week, weeks=weeks, now=now)),
    )


def _caught_up(session: Session, reader: Person, place: Any, *, week: date, weeks: int, now: datetime) -> list[int]:
    workspace_id, (start, _) = reader.workspace_id, digest_times.bounds(week, reader.zone, weeks=weeks)
    over = digests.closed_runs(session, workspace_id=workspace_id, channels=place, start=start, end=now + A_MOMENT)
    going_on = digests.open_runs(session, workspace_id=workspace_id, channels=place, at=now + A_MOMENT)
    runs = rituals.runs(session, workspace_id=workspace_id, ids={*over, *going_on})
    found = [run for run in runs.values() if heard.tells_of_gap(run, week, reader.zone, weeks=weeks)]
    counts = engagement.by_id(session, workspace_id=workspace_id, run_ids=[run.id for run in found])
    return [run.id for run in found if heard.times_not_asked(run, counts.get(run.id))]
