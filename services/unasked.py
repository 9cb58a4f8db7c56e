"""What people sent ahead for an occurrence that does not come: they are told, and get their words back."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from domain.cards import UnaskedCard
from domain.deliveries import Delivery, Kind, Subject
from domain.kept import Kept, Slot
from domain.people import GONE
from domain.runs import Ritual
from domain.summaries import answer_text
from domain.templates import QuestionType
from services import audience, owing
from storage import ended, kept, people, rituals
from storage.engine import Database

DAY = timedelta(days=1)
BATCH = 50


def tell(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """When it has been ended or paused. Whoever answered for a run that is there is heard in it."""
    for occurrence, person_id in _unasked(session, ritual):
        subject = Subject(Kind.UNASKED, ritual.id, part=occurrence, person_id=person_id)
        owing.owe(session, ritual.workspace_id, subject, now=now)


def forget_due(db: Database, *, now: datetime) -> int:
    """Clears what was kept of the forms of rituals that ended, once they take no more late answers."""
    with db.read() as session:
        found = ended.due(session, now=now, limit=BATCH)
    for ritual_id in found:
        with db.write() as session:
            if ended.take_due(session, ritual_id=ritual_id, now=now):
                still_open = rituals.open_of(session, ritual_id=ritual_id)
                kept.drop_all(session, ritual_id=ritual_id, but=[run.occurrence for run in still_open])
                ended.set_next(session, ritual_id=ritual_id, at=now + DAY if still_open else None)
    return len(found)


def _unasked(session: Session, ritual: Ritual) -> list[tuple[str, str]]:
    found = kept.all_sent(session, ritual_id=ritual.id)
    return [pair for pair in found if _is_left_out(ritual, pair[0]) and not _has_run(session, ritual, pair[0])]


def _is_left_out(ritual: Ritual, occurrence: str) -> bool:
    until, day = ritual.paused_until, date.fromisoformat(occurrence[:10])
    return ritual.ended_at is not None or (until is not None and day < until)


def _has_run(session: Session, ritual: Ritual, occurrence: str) -> bool:
    return rituals.run_of(session, ritual_id=ritual.id, occurrence=occurrence) is not None


def card(db: Database, delivery: Delivery) -> UnaskedCard | None:
    """None where the occurrence comes after all."""
    subject, workspace_id = delivery.subject, delivery.workspace_id
    with db.read() as session:
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=subject.id)
        found = kept.of(session, slot=Slot(workspace_id, subject.id, subject.part, subject.person_id))
        if ritual is None or found is None or not _is_left_out(ritual, subject.part):
            return None
        known = people.people(session, workspace_id=workspace_id, ids=[ritual.ended_by, subject.person_id])
        ender = known.get(ritual.ended_by)
        return UnaskedCard(
            ritual=ritual,
            day=date.fromisoformat(subject.part[:10]),
            place=audience.place_name(
                session, workspace_id=workspace_id, channel_id=ritual.channel_id, reader_id=subject.person_id
            ),
            reader=known[subject.person_id],
            ender=ender.name if ender else GONE,
            lines=_lines(session, ritual, found),
        )


def _lines(session: Session, ritual: Ritual, found: Kept) -> tuple[tuple[str, str], ...]:
    given = [(each, found.sent[each.id]) for each in ritual.template.ask if found.sent and each.id in found.sent]
    named = {value for question, value in given if question.type is QuestionType.USER}
    known = people.people(session, workspace_id=ritual.workspace_id, ids=named)
    names = {key: each.name for key, each in known.items()}
    return tuple((question.text, answer_text(names, question, value)) for question, value in given)
