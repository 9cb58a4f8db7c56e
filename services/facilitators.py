"""Who facilitates a ritual when its facilitator has left, and what a facilitator hears."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from domain import hours
from domain.blockers import next_nudge
from domain.deliveries import Kind, Subject
from domain.errors import UserError
from domain.people import Person, Role
from domain.runs import Ritual, Run
from domain.selectors import PERSON
from domain.templates import Template
from services import owing, roster
from storage import owed, people, rituals, trail
from storage.owed import Want

MUSTER = "muster"
"""Who acts in the audit trail when nobody did."""


class CannotFacilitate(UserError):
    """{title} names {whom}. So nothing was switched on. Put the member ID of somebody else after the key `facilitator`
    in its file, or take the line out: then whoever switches it on facilitates. After that, start Muster again; one that
    was written in Slack is changed by `/ritual edit`, *As text*."""


def chosen(session: Session, template: Template, channel_id: str, starter: Person) -> Person:
    """Whom the file means, the first in turn, else whoever switches it on. Raises CannotFacilitate."""
    if template.facilitator is None:
        return starter
    place = {"workspace_id": starter.workspace_id, "channel_id": channel_id}
    found = roster.facilitators_of(session, template, **place)
    if not found:
        raise CannotFacilitate(title=template.title, whom=_why(session, template.facilitator, starter.workspace_id))
    return found[0]


def _why(session: Session, selector: str, workspace_id: str) -> str:
    if not PERSON.fullmatch(selector):
        return f"`{selector}` as its facilitator, which is nobody here at present"
    named_id = selector.removeprefix("@")
    named = people.person(session, workspace_id=workspace_id, person_id=named_id)
    if named:
        return f"{named.name} as its facilitator, who has left"
    knows = "but Muster knows no such person: bots, and people of other workspaces, cannot facilitate"
    return f"`{named_id}` as its facilitator, {knows}"


def hand_on(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """The next lead of the channel, else whoever switched it on; if there is neither, the channel reads so."""
    members = people.members(session, workspace_id=ritual.workspace_id, channel_id=ritual.channel_id)
    starter = people.person(session, workspace_id=ritual.workspace_id, person_id=ritual.started_by)
    facilitator = next_facilitator(members, starter)
    if facilitator is None:
        owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)
        return
    rituals.set_facilitator(session, ritual_id=ritual.id, person_id=facilitator.id)
    trail.note(
        session,
        workspace_id=ritual.workspace_id,
        at=now,
        actor_id=MUSTER,
        what="ritual handed on",
        subject=ritual.template.id,
        details={"ritual": ritual.id, "before": ritual.facilitator_id, "after": facilitator.id},
    )
    for run in rituals.open_of(session, ritual_id=ritual.id):
        owing.owe(session, ritual.workspace_id, owing.run_message(run), now=now)
    handed = replace(ritual, facilitator_id=facilitator.id)
    owing.owe(session, ritual.workspace_id, owing.facilitator_message(handed, after=ritual.facilitator_id), now=now)
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)


def hand_over(session: Session, ritual: Ritual, person_id: str, *, now: datetime) -> None:
    """From now on, and of what is open; they are told each time, however often it goes round."""
    rituals.set_facilitator(session, ritual_id=ritual.id, person_id=person_id)
    for run in rituals.open_of(session, ritual_id=ritual.id):
        owing.owe(session, ritual.workspace_id, owing.run_message(run), now=now)
    _show_passed_on(session, ritual, now)
    part = f"{ritual.facilitator_id}.{now.isoformat()}"
    told = owing.facilitator_message(replace(ritual, facilitator_id=person_id), after=part)
    owing.owe(session, ritual.workspace_id, told, now=now)


def pass_turn(session: Session, ritual: Ritual, person_id: str, *, now: datetime) -> None:
    """With the run that begins; what is open stays with whoever had the turn."""
    rituals.take_turn(session, ritual_id=ritual.id, person_id=person_id)
    _show_passed_on(session, ritual, now)


def _show_passed_on(session: Session, before: Ritual, now: datetime) -> None:
    """What offers whoever facilitated it to hand it over offers that no longer."""
    turns = (owing.turn_message(run) for run in rituals.open_of(session, ritual_id=before.id))
    owing.owe_again(session, before.workspace_id, *turns, now=now)
    owing.owe_facilitator_again(session, before, before.facilitator_id, now=now)


def next_facilitator(members: Iterable[Person], starter: Person | None) -> Person | None:
    leads = sorted((each for each in members if each.role is Role.LEAD and not each.left), key=lambda each: each.name)
    if leads:
        return leads[0]
    return starter if starter and not starter.left else None


def tell(session: Session, workspace_id: str, subject: Subject, *, now: datetime) -> None:
    """Of what time brought about, and nobody did: it can wait until its reader is at work."""
    reader = people.person(session, workspace_id=workspace_id, person_id=subject.person_id)
    at_work = hours.back_at_work(reader, now) if reader else now
    owed.want(session, workspace_id=workspace_id, wants=[Want(subject, not_before=at_work)], now=now)


def tell_turn(session: Session, run: Run, *, before: Ritual, now: datetime) -> None:
    """A run has begun with another facilitator than the ritual had before: their turn has come."""
    if run.facilitator_id != before.facilitator_id:
        tell(session, run.workspace_id, owing.turn_message(run), now=now)


def show_note_again(session: Session, run: Run | None, *, now: datetime) -> None:
    """That nobody answered it, once something has come of that."""
    if run:
        owing.owe_again(session, run.workspace_id, owing.note_message(run), now=now)


def tell_of_nobody(session: Session, ritual: Ritual, day: date, *, now: datetime) -> None:
    """A ritual has nobody to ask on that day."""
    nobody = Subject(Kind.NOBODY, ritual.id, part=day.isoformat(), person_id=ritual.facilitator_id)
    tell(session, ritual.workspace_id, nobody, now=now)


def hears_of_blockers_at(session: Session, run: Run, now: datetime) -> datetime | None:
    """When they hear of those that answers raise now, and nobody has taken up by then."""
    facilitator = people.person(session, workspace_id=run.workspace_id, person_id=run.facilitator_id)
    return next_nudge(facilitator, now) if facilitator else None
