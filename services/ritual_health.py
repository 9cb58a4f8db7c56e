"""Asking whoever facilitates a ritual about it, once it no longer suits those it asks. Nothing changes by itself."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import hours
from domain.cards import changed_since
from domain.deliveries import Kind, Subject
from domain.metrics.health import drop_votes
from domain.people import Person
from domain.pulse import DROP
from domain.ritual_health import AGAIN_AFTER, HealthCard, MergeCard, Seen, heard
from domain.runs import Ritual, Run
from services import measuring, owing, ritual_cards, ritual_changes, rituals, summary_readers
from services.isolation import alone
from storage import anonymous, channels, engagement, people, pulses, ritual_health
from storage import rituals as stored
from storage.engine import Database

BATCH = 20
PUT_OFF = timedelta(hours=1)
LOOKS_BACK = 10
"""Runs among which are the last three that had anybody to ask."""


def look_due(db: Database, *, now: datetime) -> int:
    """After each run that has closed, when its facilitator is at work, each alone; answers how many."""
    with db.read() as session:
        found = stored.closed_due(session, now=now, limit=BATCH)
    for run in found:
        alone(partial(_look, db, run, now), partial(_put_off, db, run, now + PUT_OFF), f"looking at run {run.id}")
    return len(found)


def _put_off(db: Database, run: Run, until: datetime) -> None:
    with db.write() as session:
        stored.set_next_of_run(session, run_id=run.id, at=until)


def _look(db: Database, run: Run, now: datetime) -> bool:
    """Once, whoever comes first: the ritual is locked, and knows when it was last asked about."""
    with db.write() as session:
        ritual = stored.take(session, ritual_id=run.ritual_id)
        reader = _reader(session, ritual) if ritual else None
        at = _tells_at(session, reader, run, now) if reader else now
        stored.set_next_of_run(session, run_id=run.id, at=at if at > now else None)
        if ritual and reader and at == now and _is_to_ask(session, ritual, run, reader, now):
            ritual_health.set_asked(session, ritual_id=ritual.id, at=now)
            subject = Subject(Kind.HEALTH, ritual.id, part=str(run.id), person_id=reader.id)
            owing.owe(session, ritual.workspace_id, subject, now=now)
    return True


def _reader(session: Session, ritual: Ritual) -> Person | None:
    found = people.person(session, workspace_id=ritual.workspace_id, person_id=ritual.facilitator_id)
    return None if found is None or found.left else found


def _tells_at(session: Session, reader: Person, run: Run, now: datetime) -> datetime:
    """Where nobody at all answered they are told that first: then the day after, if nothing is done till then."""
    count = engagement.by_id(session, workspace_id=run.workspace_id, run_ids=[run.id])[run.id].total
    if run.closed_at and not (run.template.anonymous or count.answered):
        told = hours.back_at_work(reader, run.closed_at)
        return max(hours.back_at_work(reader, now), hours.next_day_at_work(reader, told))
    return hours.back_at_work(reader, now)


def _is_to_ask(session: Session, ritual: Ritual, run: Run, reader: Person, now: datetime) -> bool:
    """Not about one that is paused, or was changed since: what comes of that is still to be seen."""
    is_newest = ritual_health.last_closed(session, ritual_id=ritual.id, limit=1) == [run.id]
    if not is_newest or ritual.paused_until or changed_since(ritual, run):
        return False
    is_time = ritual_health.asked(session, ritual_id=ritual.id).may_ask(now)
    return is_time and bool(_seen(session, run, reader, now).signs)


def _seen(session: Session, run: Run, reader: Person, now: datetime) -> Seen:
    """As it stood when that run had closed, as far as the reader may know."""
    ids = ritual_health.last_closed(session, ritual_id=run.ritual_id, until=run.id, limit=LOOKS_BACK)
    counts = engagement.by_id(session, workspace_id=run.workspace_id, run_ids=ids)
    runs = stored.runs(session, workspace_id=run.workspace_id, ids=ids)
    took = measuring.took(session, runs.values(), run.template)
    return Seen(heard([counts[each] for each in ids]), took, _votes(session, run, reader, now))


def _votes(session: Session, run: Run, reader: Person, now: datetime) -> int:
    """In the pulse of its channel that closed last before it, if that is not long ago and the reader may read it."""
    end = run.closed_at or now
    place = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
    found = pulses.newest_in(session, **place, start=end - AGAIN_AFTER, end=end)
    of_pulse = stored.run(session, workspace_id=run.workspace_id, run_id=found) if found else None
    if of_pulse is None or not summary_readers.readable(session, [of_pulse], reader, now):
        return 0
    return drop_votes(run.template.title, anonymous.words(session, run_id=of_pulse.id, question_id=DROP))


def card(
    db: Database, *, workspace_id: str, ritual_id: int, run_id: int, reader_id: str, now: datetime
) -> HealthCard | None:
    with db.read() as session:
        ritual = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
        run = stored.run(session, workspace_id=workspace_id, run_id=run_id)
        reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
        if ritual is None or run is None or reader is None:
            return None
        asked, seen = ritual_health.asked(session, ritual_id=ritual_id), _seen(session, run, reader, now)
        return HealthCard(ritual_cards.of(session, ritual, reader_id), run, reader, seen, asked)


def leave(db: Database, *, workspace_id: str, ritual_id: int, person_id: str, now: datetime) -> None:
    """It stays as it is; pressed again it changes nothing. Raises NotOn and NotYours."""
    with db.write() as session:
        ritual, _actor = ritual_changes.mine(
            session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id
        )
        if not ritual_health.asked(session, ritual_id=ritual_id).is_left:
            ritual_health.set_left(session, ritual_id=ritual_id, at=now)
        owing.owe_health_again(session, ritual, now=now)


def merging(db: Database, *, workspace_id: str, ritual_id: int, person_id: str) -> MergeCard:
    """What else its channel has on, for whoever may change it and is there. Raises NotOn and NotYours."""
    with db.write() as session:
        ritual, actor = ritual_changes.mine(
            session, workspace_id=workspace_id, ritual_id=ritual_id, person_id=person_id
        )
        place = {"workspace_id": workspace_id, "channel_id": ritual.channel_id}
        is_there = channels.is_member(session, **place, person_id=person_id)
        found = stored.active(session, **place) if is_there else []
        others = [each for each in found if each.id != ritual_id]
        cards = tuple(
            (ritual_cards.of(session, each, person_id), rituals.may_be_changed_by(each, actor)) for each in others
        )
        return MergeCard(ritual_cards.of(session, ritual, person_id), cards)
