"""What the messages about blockers show."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from domain.blocker_cards import BlockedCard, BlockerNews, ClearerCard, HandedCard
from domain.blockers import Blocker
from domain.deliveries import Delivery
from domain.people import Person
from domain.runs import Run
from services import audience
from services.summary_readers import blockers_for, told_by_digest
from storage import blockers, channels, people, rituals
from storage.engine import Database


def clearer_card(db: Database, due: Delivery) -> ClearerCard | None:
    """None for somebody who has left."""
    workspace_id, reader_id, raised_by = due.workspace_id, due.subject.person_id, due.subject.part
    with db.read() as session:
        run = rituals.run(session, workspace_id=workspace_id, run_id=due.subject.id)
        if run is None:
            return None
        found = [
            each
            for each in blockers.of_run(session, run_id=run.id)
            if (each.raised_by, each.clearer_id) == (raised_by, reader_id)
        ]
        known = _people(session, found, workspace_id, reader_id, raised_by)
        reader = known.get(reader_id)
        if reader is None or reader.left:
            return None
        return ClearerCard(run.template.title, _place(session, run, reader_id), reader, raised_by, tuple(found), known)


def handed(db: Database, due: Delivery, now: datetime) -> HandedCard | None:
    """None for somebody who may not read it, and when it no longer stands in its answer or is no longer passed on to
    them."""
    workspace_id, subject = due.workspace_id, due.subject
    with db.read() as session:
        found = blockers.blocker(session, workspace_id=workspace_id, blocker_id=subject.id)
        run = rituals.run(session, workspace_id=workspace_id, run_id=found.run_id) if found else None
        known = _people(session, [found] if found else [], workspace_id, subject.person_id)
        reader = known.get(subject.person_id)
        if found is None or run is None or reader is None or reader.left:
            return None
        places = channels.readable(session, workspace_id=workspace_id, person_id=reader.id, now=now)
        is_theirs = (each for each in found.passed if (each.form, each.to) == (subject.part, reader.id))
        passed = next(is_theirs, None)
        if not blockers_for(session, [found], reader, places, now) or (subject.part and passed is None):
            return None
        return HandedCard(run.template.title, _place(session, run, reader.id), reader, found, known, passed)


def news(db: Database, due: Delivery) -> BlockerNews | None:
    """None for somebody who has left, and when it no longer stands in their answer."""
    workspace_id, reader_id = due.workspace_id, due.subject.person_id
    with db.read() as session:
        found = blockers.blocker(session, workspace_id=workspace_id, blocker_id=due.subject.id)
        run = rituals.run(session, workspace_id=workspace_id, run_id=found.run_id) if found else None
        known = _people(session, [found] if found else [], workspace_id, reader_id)
        reader = known.get(reader_id)
        if found is None or run is None or reader is None or reader.left:
            return None
        return BlockerNews(run.template.title, _place(session, run, reader_id), reader, found, known)


def _people(session: Session, found: Iterable[Blocker], workspace_id: str, *others: str) -> dict[str, Person]:
    named = {each for blocker in found for each in blocker.concerned}
    return people.people(session, workspace_id=workspace_id, ids=named | {*others})


def _place(session: Session, run: Run, reader_id: str) -> str:
    return audience.place_name(session, workspace_id=run.workspace_id, channel_id=run.channel_id, reader_id=reader_id)


def blocked_card(
    db: Database, *, workspace_id: str, ritual_id: int, reader_id: str, day: date, is_out: bool, now: datetime
) -> BlockedCard | None:
    """`day` is the reader's, of the message. One that is out goes on listing what their digest of that day has, too:
    left out, it would seem settled."""
    with db.read() as session:
        reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        if reader is None or ritual is None:
            return None
        places = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
        ids = blockers.unsettled(session, workspace_id=workspace_id, channels=[ritual.channel_id])
        told = () if is_out else told_by_digest(session, reader, day)
        found = _waiting(session, workspace_id, ritual_id, [each for each in ids if each not in told])
        seen = blockers_for(session, found, reader, places, now)
        named = {each for blocker in seen for each in blocker.concerned}
        pairs = {(ritual.channel_id, reader_id)}
        known = audience.place_names(session, workspace_id=workspace_id, pairs=pairs)
        return BlockedCard(
            ritual=ritual.template.title,
            reader=reader,
            today=now.astimezone(reader.zone).date(),
            waiting=tuple(seen),
            place=known[ritual.channel_id, reader_id],
            people=people.people(session, workspace_id=workspace_id, ids=named),
        )


def _waiting(session: Session, workspace_id: str, ritual_id: int, ids: Iterable[int]) -> list[Blocker]:
    found = blockers.by_id(session, workspace_id=workspace_id, ids=list(ids))
    raised_in = rituals.runs(session, workspace_id=workspace_id, ids={each.run_id for each in found.values()})
    waits = (each for each in found.values() if each.waits and raised_in[each.run_id].ritual_id == ritual_id)
    return sorted(waits, key=lambda each: each.id)
