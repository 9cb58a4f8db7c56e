"""The days off of a whole workspace: shown to all, changed by those who set up others."""

from datetime import date, datetime

from sqlmodel import Session

from domain import regions
from domain.days_off import NAME_LIMIT, SHOWN_HOLIDAYS, DaysOff, NoDay, NoRegion, NotADayOff
from domain.errors import LAST_YEAR, NotAllowed, NotSetUp
from domain.people import Person
from domain.region_names import read_region
from domain.setting_up import LEADERS
from domain.words import day_text, quoted
from services import digests, replanning
from storage import days_off, people, planned, prompts, trail
from storage.engine import Database


def shown(db: Database, *, workspace_id: str, actor_id: str, now: datetime) -> DaysOff:
    with db.read() as session:
        actor = people.person(session, workspace_id=workspace_id, person_id=actor_id)
        if actor is None:
            raise NotSetUp
        return _shown(session, actor, now)


def add(db: Database, *, workspace_id: str, actor_id: str, day: str, name: str, now: datetime) -> DaysOff:
    """The same day again only gets another name. Raises NoDay."""
    with db.write() as session:
        actor = _leader(session, workspace_id, actor_id)
        found, name = _read_day(day), " ".join(name.split())[:NAME_LIMIT]
        if found < _today(actor, now):
            raise NoDay(typed=quoted(day), why="it is over")
        known = days_off.days(session, workspace_id=workspace_id)
        if known.get(found) != name:
            days_off.save(session, workspace_id=workspace_id, day=found, name=name)
            _audit(session, actor, "day off added", str(found), now=now, details={"name": name})
        if found not in known:
            _replan(session, workspace_id, now)
        return _shown(session, actor, now)


def remove(db: Database, *, workspace_id: str, actor_id: str, day: str, now: datetime) -> DaysOff:
    """Raises NoDay and NotADayOff."""
    with db.write() as session:
        actor = _leader(session, workspace_id, actor_id)
        found = _read_day(day)
        known = days_off.days(session, workspace_id=workspace_id)
        if found not in known:
            raise NotADayOff(day=day_text(found))
        days_off.remove(session, workspace_id=workspace_id, day=found)
        _audit(session, actor, "day off removed", str(found), now=now, details={"name": known[found]})
        _replan(session, workspace_id, now)
        return _shown(session, actor, now)


def set_region(db: Database, *, workspace_id: str, actor_id: str, region: str, now: datetime) -> DaysOff:
    """An empty region takes it away. Raises NoRegion."""
    with db.write() as session:
        actor = _leader(session, workspace_id, actor_id)
        row = people.workspace(session, workspace_id=workspace_id)
        before, after = row.region, _read_region(region)
        if after != before:
            row.region = after
            _audit(session, actor, "region set", workspace_id, now=now, details={"before": before, "after": after})
            _replan(session, workspace_id, now)
        return _shown(session, actor, now)


def _leader(session: Session, workspace_id: str, actor_id: str) -> Person:
    people.workspace(session, workspace_id=workspace_id, lock=True)
    actor = people.person(session, workspace_id=workspace_id, person_id=actor_id)
    if actor is None:
        raise NotSetUp
    if not actor.leads:
        raise NotAllowed(who=LEADERS)
    return actor


def _read_day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise NoDay(typed=quoted(text), why="it is not understood") from None
    if found.year > LAST_YEAR:
        raise NoDay(typed=quoted(text), why=f"Muster plans no further than the year {LAST_YEAR}")
    return found


def _read_region(text: str) -> str:
    try:
        return read_region(text) if text else ""
    except ValueError as error:
        raise NoRegion(why=str(error)) from None


def _shown(session: Session, actor: Person, now: datetime) -> DaysOff:
    today = _today(actor, now)
    region = people.workspace(session, workspace_id=actor.workspace_id).region
    own = days_off.days(session, workspace_id=actor.workspace_id)
    return DaysOff(
        region=region,
        holidays=tuple(regions.coming(region, after=today, count=SHOWN_HOLIDAYS)),
        own=tuple((day, name) for day, name in own.items() if day >= today),
        may_change=actor.leads,
    )


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(person.zone).date()


def _audit(session: Session, actor: Person, what: str, subject: str, *, now: datetime, details: dict[str, str]) -> None:
    trail.note(
        session,
        workspace_id=actor.workspace_id,
        at=now,
        actor_id=actor.id,
        what=what,
        subject=subject,
        details=dict(details),
    )


def _replan(session: Session, workspace_id: str, now: datetime) -> None:
    """Everybody's calendar changed: what has not been sent moves, and so does what is to come."""
    session.flush()
    waiting = prompts.people_to_ask(session, workspace_id=workspace_id)
    for person in people.people(session, workspace_id=workspace_id, ids=waiting).values():
        replanning.move_prompts(session, person=person, now=now)
    for person_id in people.readers_of_digests(session, workspace_id=workspace_id):
        digests.plan(session, workspace_id=workspace_id, person_id=person_id, now=now)
    everybody = people.people(session, workspace_id=workspace_id)
    planned.look_again(session, workspace_id=workspace_id, person_ids=everybody, at=now)
