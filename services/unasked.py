"""What people sent ahead for an occurrence that does not come, or asks without names: they are told, and get their
words back."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from domain.cards import UnaskedCard
from domain.deliveries import Delivery, Kind, Subject
from domain.kept import Kept, Slot
from domain.people import GONE, Person
from domain.runs import Ritual, Run
from domain.said import answer_text
from domain.templates import Question, QuestionType
from services import audience, late_answers, owing
from storage import delivery_queries, ended, kept, people, prompts, rituals
from storage.engine import Database

DAY = timedelta(days=1)
HANDED_BACK = timedelta(days=14)
"""So long what nobody was asked is kept for those who come back to work only then."""
DATE = len("2026-11-23")
BATCH = 50
LOOKED_AT = 10
NO_LONGER_ASKED = "No longer asked:"


def tell(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """Once, when it has been ended, paused or changed, or has not asked. Whoever answered for a run that is there is
    heard in it."""
    for occurrence, person_id in _unasked(session, ritual.workspace_id, ritual.id):
        subject = _message(ritual.id, occurrence, person_id)
        if not _is_shown(session, ritual.workspace_id, subject):
            owing.owe(session, ritual.workspace_id, subject, now=now)


def tell_returned(session: Session, person: Person, *, now: datetime) -> None:
    """Nothing reaches those who have left: somebody who is back gets what could not be handed back meanwhile."""
    for ritual_id in kept.sent_to_rituals(session, workspace_id=person.workspace_id, person_id=person.id):
        ritual = rituals.ritual(session, workspace_id=person.workspace_id, ritual_id=ritual_id)
        if ritual:
            tell(session, ritual, now=now)


def _message(ritual_id: int, occurrence: str, person_id: str) -> Subject:
    return Subject(Kind.UNASKED, ritual_id, part=occurrence, person_id=person_id)


def _is_shown(session: Session, workspace_id: str, subject: Subject) -> bool:
    standing = delivery_queries.standing(session, workspace_id=workspace_id, key=subject.key)
    return standing is not None and standing.is_shown


def plan_changed(session: Session, before: Ritual, *, now: datetime) -> None:
    """Another time on the same day is the same occurrence."""
    after = rituals.ritual(session, workspace_id=before.workspace_id, ritual_id=before.id)
    old, new = before.next_occurrence, after.next_occurrence if after else None
    if old and new and old != new and old[:DATE] == new[:DATE]:
        kept.move(session, ritual_id=before.id, occurrence=old, to=new)
    tell(session, before, now=now)


def handed_back(session: Session, run: Run) -> set[str]:
    """The occurrences of which people still are to read what they wrote."""
    found = _unasked(session, run.workspace_id, run.ritual_id)
    return {
        occurrence
        for occurrence, person_id in found
        if _day(occurrence) > run.day - HANDED_BACK
        and not _is_shown(session, run.workspace_id, _message(run.ritual_id, occurrence, person_id))
    }


def forget_due(db: Database, *, now: datetime) -> int:
    """Clears what was kept of the forms of rituals that ended, once they take no more late answers."""
    with db.read() as session:
        found = ended.due(session, now=now, limit=BATCH)
    for ritual_id in found:
        with db.write() as session:
            if ended.take_due(session, ritual_id=ritual_id, now=now):
                still_open = rituals.open_of(session, ritual_id=ritual_id)
                kept.drop_all(session, ritual_id=ritual_id, but=[run.occurrence for run in still_open])
                late_answers.show_again(session, ritual_id, now=now)
                ended.set_next(session, ritual_id=ritual_id, at=now + DAY if still_open else None)
    return len(found)


def _unasked(session: Session, workspace_id: str, ritual_id: int) -> list[tuple[str, str]]:
    ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    found = kept.all_sent(session, ritual_id=ritual_id)
    return [pair for pair in found if ritual and _is_left_out(session, ritual, *pair)]


def _is_left_out(session: Session, ritual: Ritual, occurrence: str, person_id: str) -> bool:
    """It neither has begun nor comes next, or has begun without asking them, or nothing with a name is taken there."""
    if occurrence == ritual.next_occurrence:
        return ritual.template.anonymous is not None
    run = rituals.run_of(session, ritual_id=ritual.id, occurrence=occurrence)
    if run is None or run.template.anonymous is not None:
        return True
    return prompts.own(session, run_id=run.id, person_id=person_id) is None


def _day(occurrence: str) -> date:
    return date.fromisoformat(occurrence[:DATE])


def card(db: Database, delivery: Delivery) -> UnaskedCard | None:
    """None where the occurrence comes after all."""
    subject, workspace_id = delivery.subject, delivery.workspace_id
    with db.read() as session:
        ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=subject.id)
        found = kept.of(session, slot=Slot(workspace_id, subject.id, subject.part, subject.person_id))
        if ritual is None or found is None or not _is_left_out(session, ritual, subject.part, subject.person_id):
            return None
        known = people.people(session, workspace_id=workspace_id, ids=[ritual.ended_by, subject.person_id])
        ender = known.get(ritual.ended_by)
        return UnaskedCard(
            ritual=ritual,
            day=_day(subject.part),
            place=audience.place_name(
                session, workspace_id=workspace_id, channel_id=ritual.channel_id, reader_id=subject.person_id
            ),
            reader=known[subject.person_id],
            ender=ender.name if ender else GONE,
            lines=_lines(session, ritual, found),
            asked_others=rituals.run_of(session, ritual_id=ritual.id, occurrence=subject.part) is not None,
        )


def _lines(session: Session, ritual: Ritual, found: Kept) -> tuple[tuple[str, str], ...]:
    """With the questions as they were asked, as far as they are known still: no words are left out."""
    asked = {each.id: each for each in (*ritual.template.ask, *_as_asked(session, ritual, found))}
    given = [(asked.get(name), value) for name, value in (found.sent or {}).items()]
    named = {value for question, value in given if _may_name(question, value)}
    known = people.people(session, workspace_id=ritual.workspace_id, ids=named)
    names = {key: each.name for key, each in known.items()}
    return tuple(
        (question.text, answer_text(names, question, value)) if question else (NO_LONGER_ASKED, names.get(value, value))
        for question, value in given
    )


def _may_name(question: Question | None, value: str) -> bool:
    if question is None:  # What looks like the id of a person and is none matches nobody.
        return value[:1] in ("U", "W") and value.isalnum() and value.isupper()
    return question.type is QuestionType.USER


def _as_asked(session: Session, ritual: Ritual, found: Kept) -> tuple[Question, ...]:
    """By the newest runs of that version."""
    newest = rituals.newest_runs(session, ritual_id=ritual.id, limit=LOOKED_AT)
    return next((run.template.ask for run in newest if run.version == found.version), ())
