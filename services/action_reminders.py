"""Reminding the owners of action items: the working day before, and once when overdue."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain.actions import ActionItem, Reminder, next_reminder
from domain.deliveries import Kind, Subject
from domain.hours import back_at_work
from services import owing
from services.isolation import apart
from storage import actions, people
from storage.engine import Database

BATCH = 100
PUT_OFF = timedelta(hours=1)


def remind_due(db: Database, *, now: datetime) -> int:
    """Reminds owners in their working hours; answers how many items it moved."""
    with db.write() as session:
        found = actions.due(session, now=now, limit=BATCH)
        for item in found:
            apart(
                session,
                partial(_remind_and_plan, session, item, now),
                partial(actions.save, session, item=item, next_at=now + PUT_OFF),
                f"reminding of {item.name}",
            )
    return len(found)


def _remind_and_plan(session: Session, item: ActionItem, now: datetime) -> None:
    actions.save(session, item=item, next_at=_remind(session, item, now))


def _remind(session: Session, item: ActionItem, now: datetime) -> datetime | None:
    """When it next matters. Of an owner who left, whoever asked for it hears."""
    known = people.people(session, workspace_id=item.workspace_id, ids=item.named)
    owner = known[item.owner_id]
    reader = known[item.asked_by] if owner.left else owner
    if reader.left:
        return None
    # Their zone, hours or absences may have changed since, or Muster was not running.
    at = back_at_work(reader, now)
    if at > now:
        return at
    is_overdue = item.is_overdue(now.astimezone(owner.zone).date())
    part = f"{Reminder.OVERDUE if is_overdue else Reminder.SOON}:{item.due}"
    owing.owe_action_changed(session, item, now=now)
    owing.owe(session, item.workspace_id, Subject(Kind.ACTION_DUE, item.id, part=part, person_id=reader.id), now=now)
    return next_reminder(owner, item.due, after=now)
