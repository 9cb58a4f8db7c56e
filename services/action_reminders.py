"""Reminding of action items: the working day before, and once when overdue; and who hears when their owner leaves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain.action_reminders import Reminder, part_of, which_now
from domain.actions import ActionItem
from domain.deliveries import Kind, Subject
from domain.hours import back_at_work, next_day_at_work
from domain.people import Person, has_left
from services import action_escalation as escalation
from services import nudges, owing
from services.action_cards import caretakers_of
from services.isolation import apart
from storage import actions, deliveries, people
from storage.ending import makes_nothing_due
from storage.engine import Database
from storage.owed import Want

BATCH = 100
PUT_OFF = timedelta(hours=1)


def remind_due(db: Database, *, now: datetime) -> int:
    """Reminds owners in their working hours, and escalates; answers how many items it moved."""
    with db.write() as session:
        found = actions.due(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for item in found:
            apart(
                session,
                partial(_remind_or_escalate, session, item, now),
                partial(actions.save, session, item=item, next_at=now + PUT_OFF),
                f"reminding of {item.name}",
            )
    return len(found)


def _remind_or_escalate(session: Session, item: ActionItem, now: datetime) -> None:
    known = people.people(session, workspace_id=item.workspace_id, ids=item.named)
    owner = known[item.keeper_id]
    escalated = escalation.at(session, item, owner, now)
    if escalated and escalated[1] <= now:
        escalation.escalate(session, item, owner, escalated[0], now)
    else:
        _remind(session, item, known, now)


def _who_hears(session: Session, item: ActionItem, known: Mapping[str, Person]) -> Person | None:
    """Its owner; after they left whoever asked for it, and if they have left too, whoever looks after the channel.
    Of an orphan whoever asked for it hears first."""
    order = (item.asked_by, item.owner_id) if item.is_orphan else (item.owner_id, item.asked_by)
    named = (known[each] for each in order if not has_left(known, each))
    return next(named, None) or next(iter(caretakers_of(session, item, known)), None)


def _is_told(session: Session, item: ActionItem, reminder: Subject) -> bool:
    """It waits for something else now, as that whoever it is escalated to is at work."""
    told = deliveries.keys_about(session, workspace_id=item.workspace_id, kinds=[reminder.kind], subject_id=reminder.id)
    return reminder.key in told


def left_or_returned(session: Session, person: Person, *, now: datetime) -> None:
    """What shows their open items says so, or that they are back. Who is offered them: `services/leavers.py`."""
    place = {"workspace_id": person.workspace_id}
    back = [] if person.left else actions.open_of(session, **place, owner_ids=[person.id])
    for item in back:
        actions.set_next(session, item_id=item.id, at=escalation.next_at(session, item, person, now))
        owing.owe_action_changed(session, item, now=now)
    for item in actions.left_behind(session, **place, person_id=person.id):
        owing.owe_action_changed(session, item, now=now)


def _remind(session: Session, item: ActionItem, known: Mapping[str, Person], now: datetime) -> None:
    owner, reader = known[item.keeper_id], _who_hears(session, item, known)
    if reader is None:
        actions.save(session, item=item, next_at=None, now=now)
        return
    # Their zone, hours or absences may have changed since, or Muster was not running.
    at = back_at_work(reader, now)
    if at > now:
        actions.save(session, item=item, next_at=at, now=now)
        return
    today = now.astimezone(owner.zone).date()
    is_overdue = item.is_overdue(today)
    which = which_now(item, is_overdue=is_overdue)
    is_warning = which is Reminder.OVERDUE and reader is owner and escalation.hears(session, item, owner)
    told = replace(item, warned_on=item.warned_on or today) if is_warning else item
    # Where nobody else would hear of it, no day is kept, but it is said all the same.
    said = replace(told, warned_on=told.warned_on or today) if is_overdue else told
    actions.save(session, item=told, next_at=escalation.next_at(session, said, owner, now), now=now)
    owing.owe_action_changed(session, item, now=now)
    due = Want(Subject(Kind.ACTION_DUE, item.id, part=part_of(which, item), person_id=reader.id))
    if _is_told(session, item, due.subject):
        return
    # The last one comes on another day if this one has no room for it; whoever wants no reminders gets none.
    next_day = next_day_at_work(reader, now) if reader.nudges.a_day else None
    put_off = partial(actions.save, session, item=item, next_at=next_day, now=now)
    nudges.nudge(session, reader, due, now=now, is_last=is_overdue, otherwise=put_off if is_overdue else None)
