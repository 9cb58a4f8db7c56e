"""Switching rituals on and off for a channel."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.errors import NotSetUp, UserError
from domain.people import Person
from domain.runs import Ritual
from domain.templates import Template, whom_to_add
from services import runs
from services.roster import roster, roster_of
from storage import channels, journal, people, rituals
from storage.channels import Channel
from storage.engine import Database


class NotInChannel(UserError):
    """Muster is not in this channel. Type `/invite @Muster` here, then type the same again."""


class OnlyMembers(UserError):
    """Only people in the channel can change what is on there. Join it first, or ask somebody who is in it."""


class AlreadyOn(UserError):
    """{title} is already on in this channel. Type `/ritual list` to see what is on."""


class NotOn(UserError):
    """{name} is not on in this channel. Type `/ritual list` to see what is on."""


class NobodyToAsk(UserError):
    """{title} would ask nobody here yet. Add {whom} with `/muster people`, invite them, then type the same again."""


def switch_on(
    db: Database, *, workspace_id: str, channel_id: str, person_id: str, template: Template, now: datetime
) -> tuple[Ritual, list[Person]]:
    """Switches a template on for a channel; answers the ritual and whom it asks."""
    with db.write() as session:
        _may_change(session, workspace_id, channel_id, person_id)
        on = rituals.active(session, workspace_id=workspace_id, channel_id=channel_id, template_id=template.id)
        if on:
            raise AlreadyOn(title=template.title)
        asked = roster(session, workspace_id=workspace_id, channel_id=channel_id, template=template)
        if not asked:
            raise NobodyToAsk(title=template.title, whom=whom_to_add(template.who))
        host = template.facilitator or person_id
        ritual = Ritual(0, workspace_id, channel_id, _counted_from(template, now), host, None, None)
        ritual = rituals.add(session, ritual=ritual, started_by=person_id, at=now)
        _schedule_first(session, ritual, asked, now)
        journal.audit(
            session,
            workspace_id=workspace_id,
            at=now,
            actor_id=person_id,
            what="ritual on",
            subject=template.id,
            details={"channel": channel_id, "ritual": ritual.id},
        )
        current = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual.id)
        return current or ritual, asked


def _counted_from(template: Template, now: datetime) -> Template:
    """`every N weeks` without `from` counts from the week it is switched on."""
    rule = template.cadence
    if rule.every_weeks == 1 or rule.start is not None:
        return template
    return replace(template, cadence=replace(rule, start=now.date() - timedelta(days=now.weekday())))


def _schedule_first(session: Session, ritual: Ritual, asked: list[Person], now: datetime) -> None:
    """The first occurrence that nobody has to be asked late for."""
    day = now.date() - timedelta(days=2)
    runs.schedule(session, ritual, after=day, asked=asked)
    current = rituals.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id)
    while current and current.next_day and current.next_at and current.next_at <= now:
        runs.schedule(session, ritual, after=current.next_day, asked=asked)
        current = rituals.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id)


def switch_off(
    db: Database, *, workspace_id: str, channel_id: str, person_id: str, template_id: str, now: datetime
) -> Ritual:
    """Ends a ritual; a run that is open is still collected and closed."""
    with db.write() as session:
        _may_change(session, workspace_id, channel_id, person_id)
        found = rituals.active(session, workspace_id=workspace_id, channel_id=channel_id, template_id=template_id)
        if not found:
            raise NotOn(name=template_id)
        rituals.end(session, ritual_id=found[0].id, at=now)
        journal.audit(
            session,
            workspace_id=workspace_id,
            at=now,
            actor_id=person_id,
            what="ritual off",
            subject=template_id,
            details={"channel": channel_id, "ritual": found[0].id},
        )
        return found[0]


def listing(db: Database, *, workspace_id: str, channel_id: str) -> list[tuple[Ritual, Person | None, list[Person]]]:
    """What is on in a channel, with who facilitates it and whom it asks."""
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id)
        found = rituals.active(session, workspace_id=workspace_id, channel_id=channel_id)
        return [(ritual, known.get(ritual.facilitator_id), roster_of(session, ritual)) for ritual in found]


def _may_change(session: Session, workspace_id: str, channel_id: str, person_id: str) -> Channel:
    channel = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id)
    if channel is None or not channel.has_bot:
        raise NotInChannel
    if person_id not in channels.member_ids(session, workspace_id=workspace_id, channel_id=channel_id):
        raise OnlyMembers
    if people.person(session, workspace_id=workspace_id, person_id=person_id) is None:
        raise NotSetUp
    return channel
