"""When the occurrences of a ritual begin, and what they need for that."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from domain import windows
from domain.people import Person
from domain.runs import Ritual, Run
from storage import channels, people, planned, rituals


def schedule(
    session: Session, ritual: Ritual, *, after: date, asked: list[Person], not_before: datetime | None = None
) -> None:
    """Works out the first occurrence later than a local date, and none while it is paused."""
    if ritual.paused_until:
        after = max(after, ritual.paused_until - timedelta(days=1))
    found = windows.next_occurrence(ritual.template, asked, after=after, not_before=not_before)
    day, at = found or (None, None)
    planned.set_next(session, ritual_id=ritual.id, day=day, at=at)


def schedule_first(session: Session, ritual: Ritual, asked: list[Person], *, after: date, now: datetime) -> None:
    """The first occurrence later than a local date that nobody has to be asked late for."""
    schedule(session, ritual, after=after, asked=asked)
    current = rituals.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id)
    while current and current.next_day and current.next_at and current.next_at <= now:
        schedule(session, ritual, after=current.next_day, asked=asked)
        current = rituals.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id)


def grace(session: Session, workspace_id: str) -> timedelta:
    return timedelta(hours=people.workspace(session, workspace_id=workspace_id).grace_hours)


def channel_is_open(session: Session, place: Ritual | Run) -> bool:
    """The facilitator was told when the channel closed to Muster; it goes on by itself when it opens again. A round
    asks people in direct messages alone."""
    if isinstance(place, Run) and place.subject_id:
        return True
    channel = channels.channel(session, workspace_id=place.workspace_id, channel_id=place.channel_id)
    return channel is not None and channel.is_open
