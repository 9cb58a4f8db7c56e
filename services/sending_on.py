"""Where else a summary goes: to people, and to other channels, as its ritual says; never to who may not read it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from domain import hours
from domain.cards import SentOn
from domain.channels import Readable
from domain.deliveries import Delivery, Kind, Subject
from domain.people import Person
from domain.runs import Run
from domain.templates import CHANNEL, FACILITATOR, MANAGERS, PARTICIPANTS
from services import audience, checkin_cards, owing
from services.anonymous import is_told
from storage import channels, deliveries, owed, people, prompts
from storage.engine import Database
from storage.owed import Want

ONLY_HERE = (CHANNEL,)


def send_on(session: Session, run: Run, *, pages: int, now: datetime) -> None:
    """When a run has closed, and whenever its summary changes; to nobody new once it has been sent."""
    post, workspace_id = run.template.post, run.workspace_id
    if post.to == ONLY_HERE or not is_told(session, run):
        return
    known = deliveries.keys_about(session, workspace_id=workspace_id, kinds=[Kind.SUMMARY], subject_id=run.id)
    for want in [*_to_people(session, run, now), *_to_channels(session, run)]:
        if not known or want.subject.key in known:
            owed.want(session, workspace_id=workspace_id, wants=[want], now=now)
            owing.owe_run_parts(session, run, pages=pages, now=now, of=want.subject)


def _to_people(session: Session, run: Run, now: datetime) -> Iterable[Want]:
    """Each once, when they are at work."""
    for person in readers(session, run).values():
        subject = Subject(Kind.SUMMARY, run.id, person_id=person.id)
        yield Want(subject, not_before=hours.back_at_work(person, now))


def readers(session: Session, run: Run) -> dict[str, Person]:
    """Whoever has left gets nothing; who may not read it is found out when it is drawn."""
    to, workspace_id = run.template.post.to, run.workspace_id
    asked = {prompt.person_id for prompt in prompts.of_run(session, run_id=run.id)}
    wanted = {run.facilitator_id} if FACILITATOR in to else set()
    if PARTICIPANTS in to:
        wanted |= asked
    if MANAGERS in to:
        known = people.people(session, workspace_id=workspace_id, ids=asked)
        wanted |= {person.manager_id for person in known.values() if person.manager_id}
    found = people.people(session, workspace_id=workspace_id, ids=wanted)
    return {key: found[key] for key in sorted(found) if not found[key].left}


def is_for(session: Session, run: Run, reader: Person, places: Readable, now: datetime) -> bool:
    """Whether somebody may read the answers as far as the ritual goes, besides what they may see of its channel: what
    is kept from the channel is for those it is sent to, and for the facilitator."""
    if run.template.post.is_in_channel or reader.id == run.facilitator_id:
        return True
    return reader.id in readers(session, run) or any(places.shows(each, now) for each in _elsewhere(session, run))


def _to_channels(session: Session, run: Run) -> Iterable[Want]:
    for place in _elsewhere(session, run):
        if not (place == run.channel_id and run.template.post.is_in_channel):
            yield Want(Subject(Kind.SUMMARY, run.id, channel_id=place))


def _elsewhere(session: Session, run: Run) -> list[str]:
    names = run.template.post.elsewhere
    found = (channels.named(session, workspace_id=run.workspace_id, name=name) for name in names)
    return [place for place in found if place]


def sent_on(db: Database, due: Delivery, *, now: datetime) -> SentOn | None:
    """As its reader may see it; without a reader, another channel reads it. None for those who may not."""
    workspace_id, reader_id = due.workspace_id, due.subject.person_id
    card = checkin_cards.run_card(db, workspace_id=workspace_id, run_id=due.subject.id)
    with db.read() as session:
        if card is None or not _may_read(session, card.run, reader_id, now):
            return None
        place = audience.place_name(
            session, workspace_id=workspace_id, channel_id=card.run.channel_id, reader_id=reader_id
        )
    return SentOn(card, place, reader_id)


def _may_read(session: Session, run: Run, reader_id: str, now: datetime) -> bool:
    if reader_id:
        is_meant = reader_id in readers(session, run)
        return is_meant and audience.may_read(session, record=run, person_id=reader_id, now=now)
    place = audience.recorded_in(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    return not place.is_for_members(run.recorded_at)
