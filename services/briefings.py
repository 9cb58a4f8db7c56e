"""The briefs that people ask for: who may, how far each is, and what it says."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.briefings import (
    GOING_ON,
    PASSING,
    TRIES,
    Asked,
    BetweenPeople,
    Briefing,
    BriefingCard,
    NoThread,
    NotYours,
    Progress,
    Trouble,
)
from domain.briefs import Brief
from domain.channels import is_direct
from domain.deliveries import Kind, Subject
from domain.people import Person
from domain.posted import link_in
from services import audience, owing
from storage import briefs, channels, people
from storage.ending import makes_nothing_due
from storage.engine import Database

LEASE = timedelta(minutes=10)
"""Without news of a reading for so long another one begins: this one died."""


def ask(db: Database, *, asked: Asked, now: datetime) -> None:
    """A message tells how far it is, and then what it says; pressed twice it is read once.

    Raises BetweenPeople, NotInChannel and NotSetUp.
    """
    if is_direct(asked.channel_id):
        raise BetweenPeople
    with db.write() as session:
        # Whoever is being erased meanwhile leaves nothing behind.
        people.workspace(session, workspace_id=asked.workspace_id, lock=True)
        audience.actor(session, workspace_id=asked.workspace_id, person_id=asked.person_id)
        audience.place(session, workspace_id=asked.workspace_id, channel_id=asked.channel_id)
        if briefing := briefs.ask(session, asked=asked, now=now):
            owing.owe(session, asked.workspace_id, message(briefing), now=now)
            if briefing.turn > 1:
                before = replace(briefing, turn=briefing.turn - 1)
                owing.owe_again(session, asked.workspace_id, message(before), now=now)


def ask_for_linked(db: Database, *, workspace_id: str, person_id: str, link: str, now: datetime) -> None:
    """The thread of the message at that address. Raises NoThread, also where the person may not read it."""
    with db.read() as session:
        url = people.workspace(session, workspace_id=workspace_id).url
        readable = channels.readable(session, workspace_id=workspace_id, person_id=person_id, now=now)
    found = link_in(link, url)
    if found is None or not readable.shows(found.channel_id, now):
        raise NoThread
    ask(db, asked=Asked(workspace_id, person_id, *found), now=now)


def claim(db: Database, *, now: datetime, limit: int) -> list[Briefing]:
    with db.write() as session:
        claimed = briefs.claim(session, now=now, until=now + LEASE, limit=limit)
        if not claimed:
            makes_nothing_due(session)
        return claimed


def has_read(db: Database, *, briefing: Briefing, read: int, total: int, now: datetime) -> bool:
    """How far it is; whether it is still wanted."""
    with db.write() as session:
        current = wanted(session, briefing)
        if current is None:
            return False
        reading = replace(current, progress=Progress.READING, read=read, total=max(read, total))
        keep(session, reading, now, next_at=now + LEASE)
        return True


def drafted(db: Database, *, briefing: Briefing, brief: Brief, read: int, last_ts: str, now: datetime) -> None:
    with db.write() as session:
        if current := wanted(session, briefing):
            done = replace(current, progress=Progress.DRAFTED, brief=brief, read=read, last_ts=last_ts, tries=0)
            keep(session, replace(done, total=max(current.total, read)), now, drafted_at=now)


def failed(db: Database, *, briefing: Briefing, trouble: Trouble, now: datetime) -> None:
    """What may be over later is tried again; after the last try its person is told."""
    with db.write() as session:
        current = wanted(session, briefing)
        if current is None:
            return
        if trouble in PASSING and current.tries < len(TRIES):
            again = now + TRIES[current.tries]
            keep(session, replace(current, tries=current.tries + 1), now, next_at=again)
        else:
            keep(session, replace(current, progress=Progress.FAILED, trouble=trouble), now)


def put_off(db: Database, *, briefing: Briefing, until: datetime, now: datetime) -> None:
    """Slack asked to wait: that is no failure."""
    with db.write() as session:
        if current := wanted(session, briefing):
            keep(session, current, now, next_at=until)


def discard(db: Database, *, workspace_id: str, brief_id: int, person_id: str, now: datetime) -> None:
    """Raises NotYours."""
    with db.write() as session:
        found = briefs.briefing(session, workspace_id=workspace_id, brief_id=brief_id, lock=True)
        if found is None or found.person_id != person_id:
            raise NotYours
        keep(session, replace(found, progress=Progress.DISCARDED, brief=None, trouble=None), now)


def change(
    db: Database,
    *,
    workspace_id: str,
    brief_id: int,
    person_id: str,
    change: Callable[[Brief], Brief],
    owner_id: str = "",
    now: datetime,
) -> None:
    """By whoever asked for it, of the draft as it stands. `owner_id`: whom the change names as an owner.

    Raises NotYours, FieldErrors where the owner cannot be one, and what `change` raises.
    """
    with db.write() as session:
        if owner_id:
            audience.check_named(session, workspace_id=workspace_id, fields={"owner": [owner_id]})
        found = briefs.briefing(session, workspace_id=workspace_id, brief_id=brief_id, lock=True)
        if found is None or found.person_id != person_id or found.brief is None:
            raise NotYours
        keep(session, replace(found, brief=change(found.brief)), now, drafted_at=now)


def readable(db: Database, *, workspace_id: str, brief_id: int, person_id: str) -> BriefingCard:
    """For whoever asked for it and presses a button of it, as long as they may read the thread. Raises NotYours."""
    with db.read() as session:
        found = briefs.briefing(session, workspace_id=workspace_id, brief_id=brief_id)
        if found is None or found.person_id != person_id or found.brief is None:
            raise NotYours
        if not audience.may_press(session, record=found, person_id=person_id):
            raise NotYours
        return card_of(session, found, reader_id=person_id)


def card(db: Database, *, workspace_id: str, brief_id: int, person_id: str, now: datetime) -> BriefingCard | None:
    """None where its person may not read the thread any more."""
    with db.read() as session:
        found = briefs.briefing(session, workspace_id=workspace_id, brief_id=brief_id)
        if found is None or found.person_id != person_id:
            return None
        here = channels.readable(session, workspace_id=workspace_id, person_id=person_id, now=now)
        if not here.shows(found.channel_id, found.at):
            return None
        return card_of(session, found, reader_id=person_id)


def card_of(session: Session, briefing: Briefing, *, reader_id: str = "") -> BriefingCard:
    """Without a reader its channel is the reader."""
    workspace = people.workspace(session, workspace_id=briefing.workspace_id)
    ids = {*_named(briefing.brief), briefing.person_id}
    known = people.people(session, workspace_id=workspace.id, ids=ids)
    return BriefingCard(
        briefing,
        audience.place_name(session, workspace_id=workspace.id, channel_id=briefing.channel_id, reader_id=reader_id),
        workspace.url,
        {each.id: each.name for each in known.values()},
        known[briefing.person_id].zone,
    )


def people_of(db: Database, *, briefing: Briefing, ids: Collection[str]) -> tuple[dict[str, Person], Person]:
    """Those of a thread whom Muster knows, by id, and whoever asked for its brief."""
    with db.read() as session:
        wanted = {*ids, briefing.person_id}
        known = people.people(session, workspace_id=briefing.workspace_id, ids=wanted)
        return known, known[briefing.person_id]


def names_there(db: Database, *, briefing: Briefing) -> dict[str, str]:
    """How those in the channel are called, by id."""
    with db.read() as session:
        here = people.members(session, workspace_id=briefing.workspace_id, channel_id=briefing.channel_id)
        return {each.id: each.name for each in here}


def _named(brief: Brief | None) -> set[str]:
    if brief is None:
        return set()
    return (
        {*brief.hints.people}
        | {each.by for each in brief.dissent}
        | {each.owner_id for each in brief.tasks if each.owner_id}
    )


def wanted(session: Session, briefing: Briefing) -> Briefing | None:
    """None if it is no longer wanted, or is asked for anew."""
    found = briefs.briefing(session, workspace_id=briefing.workspace_id, brief_id=briefing.id, lock=True)
    is_same = found is not None and found.turn == briefing.turn and found.progress in GOING_ON
    return found if is_same else None


def keep(
    session: Session,
    briefing: Briefing,
    now: datetime,
    *,
    next_at: datetime | None = None,
    drafted_at: datetime | None = None,
) -> None:
    briefs.save(session, briefing=briefing, next_at=next_at, drafted_at=drafted_at)
    owing.owe_again(session, briefing.workspace_id, message(briefing), now=now)


def message(briefing: Briefing) -> Subject:
    return Subject(Kind.BRIEF, briefing.id, part=str(briefing.turn), person_id=briefing.person_id)
