"""Where else a summary goes: to people, and to other channels, as its ritual says; never to who may not read it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from domain import hours
from domain.cards import SentOn
from domain.deliveries import Delivery, Kind, Subject
from domain.runs import Run
from domain.templates import CHANNEL
from services import audience, checkin_cards, owing, summary_readers
from services.anonymous import is_told
from storage import deliveries, owed
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
    for person in summary_readers.people_of(session, run).values():
        subject = Subject(Kind.SUMMARY, run.id, person_id=person.id)
        yield Want(subject, not_before=hours.back_at_work(person, now))


def _to_channels(session: Session, run: Run) -> Iterable[Want]:
    for place in summary_readers.elsewhere(session, run):
        if not (place == run.channel_id and run.template.post.is_in_channel):
            yield Want(Subject(Kind.SUMMARY, run.id, channel_id=place))


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
        is_meant = reader_id in summary_readers.people_of(session, run)
        return is_meant and audience.may_read(session, record=run, person_id=reader_id, now=now)
    place = audience.recorded_in(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    return not place.is_for_members(run.recorded_at)
