"""Who hears of an action item that stays open long after it was due: its owner's manager, or whoever asked for it. Its
owner is told so days before."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from sqlmodel import Session

from domain.action_reminders import late_part, next_reminder, open_until
from domain.actions import ActionItem, Escalation
from domain.cadence import moment
from domain.deliveries import Kind, Subject
from domain.digest_times import AFTER_DIGEST
from domain.hours import back_at_work, next_day_at_work
from domain.people import Person
from services import audience, nudges
from services.summary_readers import listed_by_digest
from storage import actions, digests, people
from storage.owed import Want

NEXT_DAY = timedelta(days=1)


def hears(session: Session, item: ActionItem, owner: Person) -> Person | None:
    """Only somebody who may see it."""
    wanted = [each for each in (owner.manager_id, item.asked_by) if each and each != owner.id]
    known = people.people(session, workspace_id=item.workspace_id, ids=wanted)
    found = (known[each] for each in wanted if each in known and not known[each].left)
    return next((each for each in found if audience.may_press(session, record=item, person_id=each.id)), None)


def coming(session: Session, item: ActionItem, owner: Person) -> Escalation | None:
    if not item.is_open or item.is_orphan or item.escalated_on or owner.left or not (item.due and item.warned_on):
        return None
    person = hears(session, item, owner)
    return Escalation(person, open_until(owner, item.due, item.warned_on)) if person else None


def at(session: Session, item: ActionItem, owner: Person, now: datetime) -> tuple[Person, datetime] | None:
    """Whom it is escalated to, and when: now, or later in their working hours."""
    found = coming(session, item, owner)
    day = moment(found.after + NEXT_DAY, time(), owner.zone) if found else None
    return (found.person, back_at_work(found.person, max(day, now))) if found and day else None


def next_at(session: Session, item: ActionItem, owner: Person, now: datetime) -> datetime | None:
    """When it next matters."""
    escalated = at(session, item, owner, now)
    moments = (next_reminder(owner, item, after=now), escalated[1] if escalated else None)
    return min((each for each in moments if each), default=None)


def escalate(session: Session, item: ActionItem, owner: Person, reader: Person, now: datetime) -> None:
    """Tells the reader, once, but of what their digest lists that day nothing more."""
    today = now.astimezone(reader.zone).date()
    planned = digests.planned(session, workspace_id=reader.workspace_id, person_id=reader.id)
    if planned and planned.at.astimezone(reader.zone).date() == today:
        actions.save(session, item=item, next_at=max(planned.at, now) + AFTER_DIGEST, now=now)
        return
    told = replace(item, escalated_on=now.astimezone(owner.zone).date())
    actions.save(session, item=told, next_at=next_reminder(owner, item, after=now), now=now)
    listed = listed_by_digest(session, reader, today)
    if listed is None or item.id not in listed.slipped:
        late = Want(Subject(Kind.ACTION_LATE, item.id, part=late_part(item), person_id=reader.id))
        # It comes on another day if this one has no room for it; whoever wants no reminders reads it in their digest.
        put_off = partial(actions.save, session, item=item, next_at=next_day_at_work(reader, now), now=now)
        nudges.nudge(session, reader, late, now=now, is_last=True, otherwise=put_off if reader.nudges.a_day else None)
