"""Whom a ritual asks, and whose turn it is to facilitate it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from domain.people import FUNCTIONS, Person, Role
from domain.runs import Ritual, Run
from domain.selectors import ME, PERSON, USER_GROUP, Selector, in_turn, read_selector, selectors
from domain.templates import Template
from services.belonging import belonging_of
from storage import channels, groups, observers, people, rituals, turns


def roster(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str,
    template: Template,
    ritual_id: int = 0,
    day: date | None = None,
    starter_id: str = "",
) -> list[Person]:
    """Whom `who` means, by name; those who observe the ritual read, and are not asked.

    Of those it asks in turn, whose turn it is in that ritual on that day; `me` means the starter of a run.
    """
    wanted = selectors(template.who)
    last = turns.asked_in(session, ritual_id=ritual_id) if any(each.count for each in wanted) else {}
    reading = observers.of_ritual(session, ritual_id=ritual_id) if ritual_id else ()
    found: dict[str, Person] = {}
    for selector in wanted:
        everybody = meant(session, selector, workspace_id=workspace_id, channel_id=channel_id, starter_id=starter_id)
        pool = [each for each in everybody if each.id not in found and each.id not in reading]
        if selector.count:
            pool = in_turn((each.seen_by(template.id) for each in pool), selector.count, last, day)
        found |= {each.id: each for each in pool}
    return sorted(found.values(), key=lambda person: person.name)


def roster_of(session: Session, ritual: Ritual, *, starter_id: str = "") -> list[Person]:
    """Whom the coming occurrence asks, or the run that somebody starts."""
    return roster(
        session,
        workspace_id=ritual.workspace_id,
        channel_id=ritual.channel_id,
        template=ritual.template,
        ritual_id=ritual.id,
        day=ritual.next_day,
        starter_id=starter_id,
    )


def everybody_in_turn(session: Session, ritual: Ritual) -> list[Person]:
    """Whom it asks and who facilitates it, whoever's turn it is; those who observe it among them."""
    place = {"workspace_id": ritual.workspace_id, "channel_id": ritual.channel_id}
    wanted = selectors(ritual.template.who)
    facilitator = read_selector(ritual.template.facilitator or "")
    if facilitator and facilitator.count:
        wanted.append(facilitator)
    found = {each.id: each for selector in wanted for each in meant(session, selector, **place)}
    return sorted(found.values(), key=lambda person: person.name)


def still_asks(session: Session, run: Run, person: Person) -> bool:
    """Whether `who` still means somebody who has a prompt; whose turn it was stays so, and who started it."""
    wanted = selectors(run.template.who)
    own = belonging_of(session, person)
    is_starter = not person.left and any(each.whom == ME for each in wanted)
    return is_starter or any(own.is_meant(each, run.channel_id) for each in wanted)


def meant(
    session: Session, selector: Selector, *, workspace_id: str, channel_id: str, starter_id: str = ""
) -> list[Person]:
    """Everybody a selector means, in no order."""
    if selector.whom == ME or PERSON.fullmatch(selector.whom):
        person_id = starter_id if selector.whom == ME else selector.whom.removeprefix("@")
        found = people.person(session, workspace_id=workspace_id, person_id=person_id)
        return [found] if found and not found.left else []
    if USER_GROUP.fullmatch(selector.whom):
        pool = groups.members(session, workspace_id=workspace_id, group_id=selector.whom.removeprefix("@"))
    else:
        named = selector.whom.removeprefix("#") if selector.is_elsewhere else ""
        place = channels.named(session, workspace_id=workspace_id, name=named) if named else channel_id
        pool = people.members(session, workspace_id=workspace_id, channel_id=place) if place else []
    return [each for each in pool if selector.picks(each)]


def seats(session: Session, run: Run, asked: Sequence[Person]) -> dict[str, tuple[str, ...]]:
    """By person: the selectors, functions aside, that questions are for and that mean them now."""
    found: dict[str, tuple[str, ...]] = {each.id: () for each in asked}
    place = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
    for text in run.template.audiences:
        selector = read_selector(text)
        if selector is None or text in FUNCTIONS:
            continue
        # A lead is one wherever they are; only what names people or places has to be looked up.
        pool = meant(session, selector, **place) if selector.is_elsewhere else filter(selector.picks, asked)
        for each in pool:
            if each.id in found:
                found[each.id] += (text,)
    return found


def facilitators_of(session: Session, template: Template, *, workspace_id: str, channel_id: str) -> list[Person]:
    """Whom `facilitator` means, by name."""
    selector = read_selector(template.facilitator or "")
    found = meant(session, selector, workspace_id=workspace_id, channel_id=channel_id) if selector else []
    return in_turn(found, len(found), {}, None)


def next_facilitator(session: Session, ritual: Ritual, day: date) -> Person | None:
    """Whose turn it is to facilitate the run of that day; None if nobody's turn follows another's."""
    template = ritual.template
    selector = read_selector(template.facilitator or "")
    last = rituals.last_facilitated(session, ritual_id=ritual.id) if selector and selector.count else {}
    if not last:
        return None
    place = {"workspace_id": ritual.workspace_id, "channel_id": ritual.channel_id}
    return next(iter(in_turn(facilitators_of(session, template, **place), 1, last, day)), None)


def successor(session: Session, ritual: Ritual, now: datetime, *, predecessor_id: str = "") -> Person | None:
    """To whom it can be handed over: whose turn it is next, or the lead of the channel who follows its facilitator by
    name. Who is away is passed over, whoever has just handed it over comes last; None if nobody is left."""
    place = {"workspace_id": ritual.workspace_id, "channel_id": ritual.channel_id}
    selector = read_selector(ritual.template.facilitator or "")
    if selector and selector.count:
        found = facilitators_of(session, ritual.template, **place)
        in_order = in_turn(found, len(found), rituals.last_facilitated(session, ritual_id=ritual.id), None)
    else:
        leads = [each for each in people.members(session, **place) if each.role is Role.LEAD]
        in_order = _after(ritual.facilitator_id, in_turn(leads, len(leads), {}, None))
    others = (each for each in in_order if each.id != ritual.facilitator_id)
    free = [each for each in others if not each.left and not is_away(ritual, each, now)]
    return next(iter(sorted(free, key=lambda each: each.id == predecessor_id)), None)


def _after(person_id: str, listed: list[Person]) -> list[Person]:
    """Those who follow in the list, then those who come before."""
    ids = [each.id for each in listed]
    at = ids.index(person_id) + 1 if person_id in ids else 0
    return listed[at:] + listed[:at]


def is_away(ritual: Ritual, person: Person, now: datetime) -> bool:
    """On the day it is where they are."""
    return person.seen_by(ritual.template.id).is_away(now.astimezone(person.zone).date())
