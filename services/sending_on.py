"""Where else a summary goes: to people, and to other channels, as its ritual says; never to who may not read it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import hours
from domain.cards import Reason, RunCard, SentOn
from domain.deliveries import Delivery, Kind, Subject
from domain.runs import Run
from domain.templates import CHANNEL
from services import audience, checkin_cards, owing, summary_readers
from services.anonymous import is_told
from storage import channels, deliveries, observers, owed
from storage.engine import Database
from storage.owed import Want


def send_on(session: Session, run: Run, *, pages: int, now: datetime) -> None:
    """When a run has closed, and whenever its summary changes; to nobody new once it has been sent."""
    workspace_id = run.workspace_id
    if not _goes_on(session, run) or not is_told(session, run):
        return
    known = deliveries.keys_about(session, workspace_id=workspace_id, kinds=[Kind.SUMMARY], subject_id=run.id)
    for want in [*_to_people(session, run, now), *_to_channels(session, run)]:
        if not known or want.subject.key in known:
            owed.want(session, workspace_id=workspace_id, wants=[want], now=now)
            owing.owe_run_parts(session, run, pages=pages, now=now, of=want.subject)


def _goes_on(session: Session, run: Run) -> bool:
    return run.template.post.to != (CHANNEL,) or bool(observers.of_run(session, run=run))


def _to_people(session: Session, run: Run, now: datetime) -> Iterable[Want]:
    """Each once, when they are at work. Whoever only observes reads it in the channel, if they are in it."""
    is_here = run.template.post.is_in_channel
    where = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
    for person, why in summary_readers.people_of(session, run).values():
        only_observes = is_here and why is Reason.OBSERVES
        if not (only_observes and channels.is_member(session, **where, person_id=person.id)):
            subject = Subject(Kind.SUMMARY, run.id, person_id=person.id)
            yield Want(subject, not_before=hours.back_at_work(person, now))


def _to_channels(session: Session, run: Run) -> Iterable[Want]:
    for place in summary_readers.elsewhere(session, run):
        if not (place == run.channel_id and run.template.post.is_in_channel):
            yield Want(Subject(Kind.SUMMARY, run.id, channel_id=place))


def sent_on(db: Database, due: Delivery, *, now: datetime) -> SentOn | None:
    """As its reader may see it; without a reader, another channel reads it. None for those who may not."""
    card = checkin_cards.run_card(db, workspace_id=due.workspace_id, run_id=due.subject.id)
    if card is None:
        return None
    with db.read() as session:
        if due.subject.person_id:
            return _for_person(session, card, due.subject.person_id, now)
        place = audience.recorded_in(session, workspace_id=due.workspace_id, channel_id=card.run.channel_id)
        is_hidden = place.is_for_members(card.run.recorded_at)
        return None if is_hidden else SentOn(card, _place_name(session, card.run, reader_id=""))


def _for_person(session: Session, card: RunCard, reader_id: str, now: datetime) -> SentOn | None:
    """Of what earlier runs left standing, only what they may read."""
    run, meant = card.run, summary_readers.people_of(session, card.run)
    if reader_id not in meant:
        return None
    reader, why = meant[reader_id]
    places = channels.readable(session, workspace_id=run.workspace_id, person_id=reader_id, now=now)
    if not summary_readers.may_read(session, run, reader, places, now):
        return None
    earlier = summary_readers.blockers_for(session, card.earlier, reader, places, now)
    return SentOn(replace(card, earlier=earlier), _place_name(session, run, reader_id=reader_id), why)


def _place_name(session: Session, run: Run, *, reader_id: str) -> str:
    return audience.place_name(session, workspace_id=run.workspace_id, channel_id=run.channel_id, reader_id=reader_id)
