"""Switching rituals on and off for a channel."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.cards import RitualCard
from domain.channels import is_direct
from domain.errors import NotInChannel, NotSetUp, UserError
from domain.library import plain
from domain.people import Person
from domain.ritual_form import as_given, counted_from
from domain.runs import Ritual
from domain.selectors import asks_starter, whom_to_add
from domain.setting_up import LEADERS
from domain.templates import Template
from domain.words import quoted
from services import closing, facilitators, late_answers, owing, planning, ritual_cards, unasked
from services.roster import roster_of
from storage import channels, origins, people, rituals, trail
from storage import observers as stored_observers
from storage.engine import Database


class OnlyInChannels(UserError):
    """A ritual belongs to a channel. Type this in the channel whose people it should ask."""


class OnlyMembers(UserError):
    """Only people in the channel can change what is on there. Join it first, or ask somebody who is in it."""


class AlreadyOn(UserError):
    """{title} is already on in this channel. Type `/ritual list` to see what is on."""


class NotOn(UserError):
    """{name} is not on in this channel. Type `/ritual list` to see what is on."""


class NotYours(UserError):
    """Only {who} may change {title} or switch it off. Ask one of them."""


class NotThere(UserError):
    """{title} sends its summary to {name}, which is no public channel Muster is in. Type `/invite @Muster` there, then
    the same again here."""


class StaysHere(UserError):
    """{title} sends its summary to {name}, and what a private channel answers stays with its members. Switch it on in a
    public channel."""


class NobodyToAsk(UserError):
    """{title} would ask nobody here yet. Add {whom} with `/muster people`, invite them, then type the same again."""


def switch_on(
    db: Database, *, workspace_id: str, channel_id: str, person_id: str, template: Template, now: datetime
) -> tuple[Ritual, list[Person]]:
    """Switches a template on for a channel as its file says; answers the ritual and whom it asks."""
    with db.write() as session:
        starter = may_change(session, workspace_id, channel_id, person_id)
        return begin(session, starter, planned(session, channel_id, template, starter, now=now), now=now)


def planned(session: Session, channel_id: str, template: Template, starter: Person, *, now: datetime) -> Ritual:
    """The ritual that would be switched on; it is not there yet. Raises CannotFacilitate."""
    facilitator = facilitators.chosen(session, template, channel_id, starter)
    counted = counted_from(template, now.astimezone(starter.zone).date())
    return Ritual(0, starter.workspace_id, channel_id, counted, facilitator.id, None, None, started_by=starter.id)


def begin(
    session: Session, starter: Person, plan: Ritual, *, observers: Collection[str] = (), now: datetime
) -> tuple[Ritual, list[Person]]:
    """Raises AlreadyOn, and NobodyToAsk."""
    workspace_id, template = plan.workspace_id, plan.template
    check_off(session, workspace_id, plan.channel_id, template)
    _check_places(session, plan)
    ritual = rituals.add(session, ritual=plan, at=now)
    origins.keep(session, ritual=ritual, template=template)
    stored_observers.put(session, workspace_id=workspace_id, ritual_id=ritual.id, person_ids=observers, now=now)
    asked = roster_of(session, ritual)
    if not asked and not asks_starter(template.who):
        raise nobody_to_ask(template)
    planning.schedule_first(session, ritual, asked, after=now.date() - timedelta(days=2), now=now)
    trail.note(
        session,
        workspace_id=workspace_id,
        at=now,
        actor_id=starter.id,
        what="ritual on",
        subject=template.id,
        details={
            "channel": ritual.channel_id,
            "ritual": ritual.id,
            **as_given(template, facilitator_id=ritual.facilitator_id, observers=observers),
        },
    )
    owing.owe(session, workspace_id, owing.ritual_message(ritual), now=now)
    if ritual.facilitator_id != starter.id:
        owing.owe(session, workspace_id, owing.facilitator_message(ritual), now=now)
    return rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual.id) or ritual, asked


def check_off(session: Session, workspace_id: str, channel_id: str, template: Template) -> None:
    """Raises AlreadyOn."""
    if rituals.active(session, workspace_id=workspace_id, channel_id=channel_id, template_id=template.id):
        raise AlreadyOn(title=template.title)


def _check_places(session: Session, plan: Ritual) -> None:
    """Raises NotThere, or StaysHere."""
    place = channels.channel(session, workspace_id=plan.workspace_id, channel_id=plan.channel_id)
    for name in plan.template.post.elsewhere:
        if place and place.is_private:
            raise StaysHere(title=plan.template.title, name=f"#{name}")
        if channels.named(session, workspace_id=plan.workspace_id, name=name) is None:
            raise NotThere(title=plan.template.title, name=f"#{name}")


def nobody_to_ask(template: Template) -> NobodyToAsk:
    return NobodyToAsk(title=template.title, whom=whom_to_add(template.who))


def on_here(db: Database, *, workspace_id: str, channel_id: str, name: str) -> int | None:
    """The id of the ritual that is on in the channel under that id or title, if there is one."""
    with db.read() as session:
        found = _named(session, workspace_id, channel_id, name)
        return found.id if found else None


def _named(session: Session, workspace_id: str, channel_id: str, name: str) -> Ritual | None:
    on = rituals.active(session, workspace_id=workspace_id, channel_id=channel_id)
    known = (each for each in on if plain(name) in (plain(each.template.id), plain(each.template.title)))
    return next(known, None)


def switch_off(db: Database, *, workspace_id: str, channel_id: str, person_id: str, name: str, now: datetime) -> Ritual:
    """Ends the ritual of that id or title."""
    with db.write() as session:
        person = may_change(session, workspace_id, channel_id, person_id)
        found = _named(session, workspace_id, channel_id, name)
        if found is None:
            raise NotOn(name=quoted(name))
        end(session, found, person, now=now)
        return found


def end(session: Session, ritual: Ritual, person: Person, *, now: datetime) -> None:
    """Whoever has been asked can still answer; nobody else is asked. Raises NotYours."""
    check_may_change(session, ritual, person)
    rituals.end(session, ritual_id=ritual.id, at=now, by=person.id)
    closing.ask_nobody_else(session, ritual, now=now)
    newest = rituals.newest_run(session, ritual_id=ritual.id)
    late_answers.show_again(session, ritual.id, now=now)
    facilitators.show_note_again(session, newest, now=now)
    unasked.tell(session, replace(ritual, ended_at=now), now=now)
    owing.owe(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)
    owing.owe_facilitator_again(session, ritual, ritual.facilitator_id, now=now)
    facilitator = people.person(session, workspace_id=ritual.workspace_id, person_id=ritual.facilitator_id)
    if facilitator and not facilitator.left and facilitator.id != person.id:
        owing.owe(session, ritual.workspace_id, owing.ended_message(ritual), now=now)
    trail.note(
        session,
        workspace_id=ritual.workspace_id,
        at=now,
        actor_id=person.id,
        what="ritual off",
        subject=ritual.template.id,
        details={"channel": ritual.channel_id, "ritual": ritual.id},
    )


def is_open(db: Database, ritual: Ritual) -> bool:
    """Whether a run of it still waits for somebody."""
    with db.read() as session:
        return bool(rituals.open_of(session, ritual_id=ritual.id))


def may_be_changed_by(ritual: Ritual, person: Person) -> bool:
    return person.leads or person.id in (ritual.facilitator_id, ritual.started_by)


def check_may_change(session: Session, ritual: Ritual, person: Person) -> None:
    """Raises NotYours."""
    if may_be_changed_by(ritual, person):
        return
    concerned = list(dict.fromkeys([ritual.facilitator_id, ritual.started_by]))
    known = people.people(session, workspace_id=ritual.workspace_id, ids=concerned)
    here = [known[each].name for each in concerned if each in known and not known[each].left]
    raise NotYours(who=", ".join([*here, LEADERS]), title=ritual.template.title)


def listing(db: Database, *, workspace_id: str, channel_id: str) -> list[RitualCard]:
    """What is on in a channel."""
    with db.read() as session:
        _channel_with_bot(session, workspace_id, channel_id)
        return [
            ritual_cards.of(session, each)
            for each in rituals.active(session, workspace_id=workspace_id, channel_id=channel_id)
        ]


def _channel_with_bot(session: Session, workspace_id: str, channel_id: str, *, lock: bool = False) -> None:
    if is_direct(channel_id):
        raise OnlyInChannels
    channel = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id, lock=lock)
    if channel is None or not channel.is_open:
        raise NotInChannel


def may_change(session: Session, workspace_id: str, channel_id: str, person_id: str) -> Person:
    """Whoever asks for it. Raises OnlyMembers, or NotSetUp."""
    _channel_with_bot(session, workspace_id, channel_id, lock=True)
    if not channels.is_member(session, workspace_id=workspace_id, channel_id=channel_id, person_id=person_id):
        raise OnlyMembers
    found = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if found is None:
        raise NotSetUp
    return found
