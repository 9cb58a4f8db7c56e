"""One limit of reminders for each person and day, over all check-ins and action items.

What people asked for themselves, invitations and summaries are no nudges.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain.people import Person
from storage import nudges, owed
from storage.ending import Last, at_end
from storage.owed import Want

Otherwise = Callable[[], object]


def nudge(
    session: Session,
    person: Person,
    want: Want,
    *,
    now: datetime,
    is_last: bool,
    otherwise: Otherwise | None = None,
) -> None:
    """Owes a reminder if the person's day has room for it, else drops it, or does what `otherwise` does. Of several at
    one moment those go first after which there is no other.
    """
    place = (Last.NUDGES, person.workspace_id, person.id, 0 if is_last else 1, want.subject.key)
    at_end(session, place, partial(_nudge, session, person, want, now, otherwise))


def _nudge(session: Session, person: Person, want: Want, now: datetime, otherwise: Otherwise | None) -> None:
    if may_nudge(session, person, now):
        owed.want(session, workspace_id=person.workspace_id, wants=[want], now=now)
    elif otherwise:
        otherwise()


def may_nudge(session: Session, person: Person, now: datetime) -> bool:
    """Whether there is room on the person's own day; takes it."""
    return nudges.take(
        session,
        workspace_id=person.workspace_id,
        person_id=person.id,
        day=now.astimezone(person.zone).date(),
        most=person.nudges.a_day,
    )
