"""Changing a ritual that is on: its form, a pause, another facilitator, its end."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from domain import ritual_form
from domain.clock import new_id
from domain.errors import LAST_YEAR, FieldErrors, NotSetUp, UserError
from domain.people import GONE, Person
from domain.ritual_form import RitualChange, RitualSheet
from domain.runs import Ritual
from domain.selectors import asks_starter
from domain.submissions import Submission
from services import (
    audience,
    drafts,
    facilitators,
    owing,
    planning,
    ritual_forms,
    rituals,
    roster,
    summary_readers,
    unasked,
)
from services.roster import everybody_in_turn, roster_of
from storage import channels, observers, people, trail
from storage import rituals as stored
from storage.engine import Database


class AwayNow(UserError):
    """{name} is away now, so nothing was handed over. Press Somebody else to choose who facilitates it."""


class OutsideNow(UserError):
    """{name} is not in {place}, so nothing was handed over. Press Somebody else to choose who facilitates it."""


class TakenOver(UserError):
    """{name} facilitates {title} by now, so nothing was handed over. `/ritual` in its channel shows it; Details there
    hands it over."""


def mine(session: Session, *, workspace_id: str, ritual_id: int, person_id: str) -> tuple[Ritual, Person]:
    """The ritual, locked, for somebody who may change it. Raises NotOn and NotYours."""
    ritual, person = _taken(session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id)
    rituals.check_may_change(session, ritual, person)
    return ritual, person


def _taken(session: Session, *, workspace_id: str, ritual_id: int, person_id: str) -> tuple[Ritual, Person]:
    """The ritual, locked. Raises NotOn."""
    known = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    if known:
        channels.channel(session, workspace_id=workspace_id, channel_id=known.channel_id, lock=True)
    ritual = stored.take(session, ritual_id=ritual_id) if known else None
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if known is None or ritual is None:
        raise rituals.NotOn(name=known.template.title if known else "That ritual")
    if person is None:
        raise NotSetUp
    return ritual, person


def open_form(db: Database, *, workspace_id: str, ritual_id: int, person_id: str) -> RitualSheet:
    with db.write() as session:
        ritual, _person = mine(session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id)
        place = audience.place_name(
            session, workspace_id=workspace_id, channel_id=ritual.channel_id, reader_id=person_id
        )
        given = _as_given(session, ritual)
        seen = ritual_form.marks(given)
        hidden = summary_readers.unnamed(session, workspace_id, ritual.template.post)
        return RitualSheet(
            ritual.template, ritual.channel_id, place, new_id(), given, ritual.id, seen=seen, unnamed=hidden
        )


def _as_given(session: Session, ritual: Ritual) -> dict[str, str]:
    reading = observers.of_ritual(session, ritual_id=ritual.id)
    return ritual_form.as_given(ritual.template, facilitator_id=ritual.facilitator_id, observers=reading)


def change(db: Database, *, sent: Submission, ritual_id: int, seen: str, now: datetime) -> RitualChange | RitualSheet:
    """From the next run on; what is open goes on as it began. The same form again changes nothing, and a field that
    holds what was `seen` when it was opened takes back nothing that somebody else has changed since. Raises
    FieldErrors.

    Answers the form to show again when it has not warned of people outside a private channel yet.
    """
    with db.write() as session:
        ritual, actor = mine(session, workspace_id=sent.workspace_id, ritual_id=ritual_id, person_id=sent.person_id)
        if drafts.is_repeat(session, sent):
            return RitualChange(ritual)
        wanted = replace(sent, given=ritual_form.merged(sent.given, seen, _as_given(session, ritual)))
        after = _changed(session, wanted, ritual, actor, now)
        reading = ritual_form.ids(wanted.given, "observers")
        new = ritual_forms.outsiders(session, after, reading, now=now, known=_reached(session, ritual))
        if not sent.confirms(new):
            place = audience.place_name(
                session, workspace_id=sent.workspace_id, channel_id=ritual.channel_id, reader_id=actor.id
            )
            hidden = summary_readers.unnamed(session, sent.workspace_id, ritual.template.post)
            return RitualSheet(
                ritual.template, ritual.channel_id, place, sent.draft_id, dict(sent.given), ritual.id, new, seen, hidden
            )
        differences = _keep(session, ritual, after, reading=reading, actor=actor, now=now)
        ritual_forms.audit_outsiders(session, after, new, actor_id=actor.id, now=now)
        drafts.keep(session, sent, result_id=ritual.id)
        current = stored.ritual(session, workspace_id=sent.workspace_id, ritual_id=ritual_id) or after
        return _told(session, current, {name: each["after"] for name, each in differences.items()})


def _told(session: Session, ritual: Ritual, after: dict[str, str]) -> RitualChange:
    named = [each for name in ritual_form.PEOPLE_FIELDS for each in ritual_form.ids(after, name)]
    known = people.people(session, workspace_id=ritual.workspace_id, ids=named)
    return RitualChange(ritual, after, {person.id: person.name for person in known.values()})


def _changed(session: Session, sent: Submission, before: Ritual, actor: Person, now: datetime) -> Ritual:
    template = ritual_forms.wanted(session, sent, before.template, otherwise=before.facilitator_id)
    if template.when != before.template.when:
        template = ritual_form.counted_from(template, now.astimezone(actor.zone).date())
    facilitator_id = sent.given.get("facilitator") or before.facilitator_id
    return replace(before, template=template, facilitator_id=facilitator_id)


def _reached(session: Session, ritual: Ritual) -> set[str]:
    """Whom it shows its questions or answers already."""
    asked = {person.id for person in everybody_in_turn(session, ritual)}
    return asked | {ritual.facilitator_id} | observers.of_ritual(session, ritual_id=ritual.id)


def _keep(
    session: Session, before: Ritual, after: Ritual, *, reading: list[str], actor: Person, now: datetime
) -> dict[str, dict[str, str]]:
    was = _as_given(session, before)
    stored.set_template(session, ritual_id=after.id, template=after.template, version=after.version)
    observers.put(session, workspace_id=after.workspace_id, ritual_id=after.id, person_ids=reading, now=now)
    if not roster_of(session, after) and not asks_starter(after.template.who):
        raise rituals.nobody_to_ask(after.template)
    if after.facilitator_id != before.facilitator_id:
        facilitators.hand_over(session, before, after.facilitator_id, now=now)
    plan_again(session, after, now=now)
    unasked.plan_changed(session, before, now=now)
    differences = ritual_form.differences(was, _as_given(session, after))
    facilitators.show_note_again(session, stored.newest_run(session, ritual_id=after.id), now=now)
    owing.owe_health_again(session, after, now=now)
    audit(session, after, "ritual changed", actor.id, now, changed=differences)
    owing.owe_again(session, after.workspace_id, owing.ritual_message(after), now=now)
    return differences


def plan_again(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """Its next occurrence by what holds now: none of a day that has been asked, and none that has begun."""
    after = now.date() - timedelta(days=2)
    asked_on = [run.day for run in stored.newest_runs(session, ritual_id=ritual.id, limit=10) if not run.is_by_hand]
    planning.schedule_first(session, ritual, roster_of(session, ritual), after=max([after, *asked_on[:1]]), now=now)


def pause(db: Database, *, workspace_id: str, ritual_id: int, person_id: str, until: date, now: datetime) -> Ritual:
    """Nothing opens before that day; what is open goes on. Raises FieldErrors."""
    with db.write() as session:
        ritual, actor = mine(session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id)
        if until <= now.astimezone(actor.zone).date():
            raise FieldErrors({"until": "Choose a day to come: on it, the ritual asks again."})
        if until.year > LAST_YEAR:
            raise FieldErrors({"until": f"Muster plans no further than the year {LAST_YEAR}. Choose an earlier day."})
        return _pause(session, ritual, until, actor, now)


def resume(db: Database, *, workspace_id: str, ritual_id: int, person_id: str, now: datetime) -> Ritual:
    """Pressed again it changes nothing."""
    with db.write() as session:
        ritual, actor = mine(session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id)
        return _pause(session, ritual, None, actor, now)


def _pause(session: Session, ritual: Ritual, until: date | None, actor: Person, now: datetime) -> Ritual:
    if until == ritual.paused_until:
        return ritual
    stored.pause(session, ritual_id=ritual.id, until=until)
    paused = replace(ritual, paused_until=until)
    plan_again(session, paused, now=now)
    unasked.tell(session, paused, now=now)
    facilitators.show_note_again(session, stored.newest_run(session, ritual_id=ritual.id), now=now)
    owing.owe_health_again(session, ritual, now=now)
    what = "ritual paused" if until else "ritual resumed"
    audit(session, ritual, what, actor.id, now, until=until.isoformat() if until else "")
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)
    return stored.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id) or paused


def hand_over(
    db: Database, *, workspace_id: str, ritual_id: int, person_id: str, to: str, now: datetime
) -> tuple[Ritual, Person]:
    """The new facilitator hears of it, and need do nothing. Raises FieldErrors for somebody who is not here."""
    with db.write() as session:
        ritual, actor = mine(session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id)
        known = audience.check_named(session, workspace_id=workspace_id, fields={"to": [to]})
        if to != ritual.facilitator_id:
            _hand_over(session, ritual, actor, to, now)
        return replace(ritual, facilitator_id=to), known[to]


def hand_to(
    db: Database, *, workspace_id: str, ritual_id: int, person_id: str, to: str, seen: str, now: datetime
) -> tuple[Ritual, Person]:
    """The same with one click, to whoever was next when the button was drawn; `seen` is who facilitated it then.
    Pressed again it changes nothing, though whoever pressed it may change the ritual no longer. Raises TakenOver,
    AwayNow and OutsideNow."""
    with db.write() as session:
        about = {"workspace_id": workspace_id, "ritual_id": ritual_id, "person_id": person_id}
        ritual, actor = _taken(session, **about)  # type: ignore[arg-type] # by name
        known = audience.check_named(session, workspace_id=workspace_id, fields={"to": [to]})
        if to != ritual.facilitator_id:
            _check_facilitates(session, ritual, seen)
            rituals.check_may_change(session, ritual, actor)
            _check_can_take(session, ritual, known[to], actor, now)
            _hand_over(session, ritual, actor, to, now)
        return replace(ritual, facilitator_id=to), known[to]


def _check_facilitates(session: Session, ritual: Ritual, person_id: str) -> None:
    """Raises TakenOver."""
    if ritual.facilitator_id != person_id:
        now = people.person(session, workspace_id=ritual.workspace_id, person_id=ritual.facilitator_id)
        raise TakenOver(name=now.name if now else GONE, title=ritual.template.title)


def _check_can_take(session: Session, ritual: Ritual, person: Person, actor: Person, now: datetime) -> None:
    """Raises AwayNow, and OutsideNow: one click names nobody to whom it would show a private channel anew."""
    if roster.is_away(ritual, person, now):
        raise AwayNow(name=person.name)
    if _newly_outside(session, ritual, person.id, now):
        place = {"workspace_id": ritual.workspace_id, "channel_id": ritual.channel_id}
        raise OutsideNow(name=person.name, place=audience.place_name(session, **place, reader_id=actor.id))


def _hand_over(session: Session, ritual: Ritual, actor: Person, to: str, now: datetime) -> None:
    new = _newly_outside(session, ritual, to, now)
    facilitators.hand_over(session, ritual, to, now=now)
    audit(session, ritual, "ritual handed on", actor.id, now, before=ritual.facilitator_id, after=to)
    owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)
    ritual_forms.audit_outsiders(session, ritual, new, actor_id=actor.id, now=now)


def _newly_outside(session: Session, ritual: Ritual, to: str, now: datetime) -> tuple[Person, ...]:
    """Who would facilitate it without being in its channel, and has not been shown its answers before."""
    handed = replace(ritual, facilitator_id=to)
    return ritual_forms.outsiders(session, handed, [], now=now, known=_reached(session, ritual))


def audit(session: Session, ritual: Ritual, what: str, actor_id: str, now: datetime, **details: Any) -> None:
    trail.note(
        session,
        workspace_id=ritual.workspace_id,
        at=now,
        actor_id=actor_id,
        what=what,
        subject=ritual.template.id,
        details={"ritual": ritual.id, **details},
    )


def end(db: Database, *, workspace_id: str, ritual_id: int, person_id: str, now: datetime) -> Ritual:
    with db.write() as session:
        ritual, actor = mine(session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id)
        rituals.end(session, ritual, actor, now=now)
        return ritual
