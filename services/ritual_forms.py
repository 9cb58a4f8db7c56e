"""Setting a ritual up with a form."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import ritual_form
from domain.channels import Channel
from domain.clock import new_id
from domain.people import Person
from domain.ritual_form import PERSON, RitualSheet
from domain.runs import Ritual
from domain.submissions import Submission
from domain.templates import Template
from services import audience, drafts, rituals
from services.roster import everybody_in_turn, roster_of
from storage import people
from storage import rituals as stored
from storage.engine import Database

Begun = tuple[Ritual, list[Person]]
"""What is on now, and whom it asks."""


def open_form(db: Database, *, workspace_id: str, channel_id: str, person_id: str, template: Template) -> RitualSheet:
    """To switch it on, filled in with what its file says. Raises AlreadyOn, and what keeps the person from it."""
    with db.write() as session:
        starter = rituals.may_change(session, workspace_id, channel_id, person_id)
        rituals.check_off(session, workspace_id, channel_id, template)
        named = PERSON.fullmatch(template.facilitator or "")
        facilitator = people.person(session, workspace_id=workspace_id, person_id=named[1]) if named else starter
        is_here = facilitator is not None and not facilitator.left
        given = ritual_form.as_given(
            template, facilitator_id=facilitator.id if facilitator and is_here else "", observers=()
        )
        return _sheet(session, starter, channel_id, template, given)


def _sheet(session: Session, actor: Person, channel_id: str, template: Template, given: dict[str, str]) -> RitualSheet:
    place = audience.place_name(session, workspace_id=actor.workspace_id, channel_id=channel_id, reader_id=actor.id)
    return RitualSheet(template, channel_id, place, new_id(), given)


def submit(
    db: Database, *, sent: Submission, channel_id: str, template: Template, now: datetime
) -> Begun | RitualSheet:
    """Switches it on. The same form again answers the same. Raises FieldErrors.

    Answers the form to show again, when people outside a private channel would see what it asks and the form has not
    warned of them yet; then nothing is switched on.
    """
    with db.write() as session:
        starter = rituals.may_change(session, sent.workspace_id, channel_id, sent.person_id)
        if made := drafts.made(session, sent):
            return _made(session, sent.workspace_id, made)
        template_wanted = wanted(session, sent, template, otherwise=starter.id)
        plan = rituals.planned(session, channel_id, template_wanted, starter, now=now)
        observers = ritual_form.ids(sent.given, "observers")
        out = outsiders(session, plan, observers, now=now)
        if not sent.confirms(out):
            sheet = _sheet(session, starter, channel_id, template, dict(sent.given))
            return replace(sheet, draft_id=sent.draft_id, outsiders=out)
        begun = rituals.begin(session, starter, plan, observers=observers, now=now)
        audit_outsiders(session, plan, out, actor_id=starter.id, now=now)
        drafts.keep(session, sent, result_id=begun[0].id)
        return begun


def _made(session: Session, workspace_id: str, ritual_id: int) -> Begun:
    ritual = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    if ritual is None:
        raise rituals.NotOn(name="What this form switched on")
    return ritual, roster_of(session, ritual)


def wanted(session: Session, sent: Submission, template: Template, *, otherwise: str) -> Template:
    named = {name: ritual_form.ids(sent.given, name) for name in ("people", "facilitator", "observers")}
    audience.check_named(session, workspace_id=sent.workspace_id, fields=named)
    return ritual_form.changed(template, sent.given, otherwise=otherwise)


def outsiders(
    session: Session, plan: Ritual, observers: Collection[str], *, now: datetime, known: Collection[str] = ()
) -> tuple[Person, ...]:
    """Of those who are asked, facilitate or observe, now or in turn, and are not `known` to do so already."""
    named = {each.id: each for each in everybody_in_turn(session, plan)}
    named |= people.people(session, workspace_id=plan.workspace_id, ids=[plan.facilitator_id, *observers])
    new = [each for each in named.values() if each.id not in known]
    return audience.outsiders(session, channel=_channel(session, plan), named=new, recorded_at=now)


def audit_outsiders(session: Session, plan: Ritual, found: Collection[Person], *, actor_id: str, now: datetime) -> None:
    channel, subject = _channel(session, plan), plan.template.id
    audience.audit_outsiders(session, channel=channel, found=found, actor_id=actor_id, subject=subject, now=now)


def _channel(session: Session, plan: Ritual) -> Channel:
    return audience.recorded_in(session, workspace_id=plan.workspace_id, channel_id=plan.channel_id)
