"""Taking along the answers of a ritual: those of its closed runs, each a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain.chain import Head
from domain.errors import UserError
from domain.export import Format, Row, table
from domain.people import Person, name_of
from domain.runs import Prompt, Response, Ritual, Run
from domain.said import answer_text, named, said
from services import audience, checkin_cards, rituals, summary_readers
from storage import answered, channels, people, prompts, trail
from storage import rituals as stored
from storage.engine import Database

AT_ONCE = 50
"""Runs; databases limit the parameters."""


class NoSuchRitual(UserError):
    """There is no ritual {ritual_id} in this database. Choose one of these: {known}."""


class NothingPublic(UserError):
    """What was answered in that ritual is not for the whole workspace. Add --include-private to export it all the same;
    the audit trail keeps that.
    """


@dataclass(frozen=True)
class Export:
    name: str
    """Of the file."""
    title: str
    content: str
    rows: int
    forgotten: int
    """Check-ins whose answers are no longer kept."""
    head: Head
    """Of the audit trail by then: beside the file it is a copy outside of the database."""


def may_export(session: Session, person: Person, ritual_id: int) -> bool:
    """Whether they are offered it; also of a ritual that has ended."""
    ritual = stored.ritual(session, workspace_id=person.workspace_id, ritual_id=ritual_id)
    return ritual is not None and rituals.may_be_changed_by(ritual, person) and _is_near(session, ritual, person)


def _is_near(session: Session, ritual: Ritual, person: Person) -> bool:
    place = {"workspace_id": ritual.workspace_id, "channel_id": ritual.channel_id}
    return person.id == ritual.facilitator_id or channels.is_member(session, **place, person_id=person.id)


def check_may_export(db: Database, *, workspace_id: str, ritual_id: int, person_id: str) -> None:
    """Raises NotOn, OnlyMembers and NotYours."""
    with db.read() as session:
        _exportable(session, workspace_id, ritual_id, person_id)


def of_ritual(
    db: Database, *, workspace_id: str, ritual_id: int, person_id: str, wanted: Format, now: datetime
) -> Export:
    """For those who may change the ritual, or might before it ended, as far as they may read it; the audit trail keeps
    who asked. Slow. Let Slack say first what they may read (`freshen`).

    Raises NotOn, OnlyMembers and NotYours.
    """
    with db.read() as session:
        ritual, person = _exportable(session, workspace_id, ritual_id, person_id)
        closed = answered.closed_runs(session, ritual_id=ritual.id)
        runs = summary_readers.readable(session, closed, person, now)
        found = _rows(session, runs)
    head = _audit(db, ritual, found, wanted, actor_id=person_id, now=now)
    return _export(ritual, runs, found, wanted, head)


def _exportable(session: Session, workspace_id: str, ritual_id: int, person_id: str) -> tuple[Ritual, Person]:
    ritual = stored.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if ritual is None or person is None:
        raise rituals.NotOn(name="That ritual")
    if not _is_near(session, ritual, person):
        raise rituals.OnlyMembers
    rituals.check_may_change(session, ritual, person)
    return ritual, person


def public(db: Database, *, ritual_id: int, wanted: Format) -> Export:
    """Without a reader: only what the whole workspace may read. Raises NoSuchRitual and NothingPublic."""
    with db.read() as session:
        ritual = _any(session, ritual_id)
        closed = answered.closed_runs(session, ritual_id=ritual.id)
        runs = [run for run in closed if _is_public(session, run)]
        found = _rows(session, runs)
        if not found and _rows(session, closed):
            raise NothingPublic
        head = trail.head(session, workspace_id=ritual.workspace_id)
    return _export(ritual, runs, found, wanted, head)


def _is_public(session: Session, run: Run) -> bool:
    place = audience.recorded_in(session, workspace_id=run.workspace_id, channel_id=run.channel_id)
    return run.template.post.is_in_channel and not place.is_for_members(run.recorded_at)


def everything(db: Database, *, ritual_id: int, wanted: Format, now: datetime) -> Export:
    """Private records, too; the audit trail keeps that. Raises NoSuchRitual."""
    with db.read() as session:
        ritual = _any(session, ritual_id)
        runs = answered.closed_runs(session, ritual_id=ritual.id)
        found = _rows(session, runs)
    head = _audit(db, ritual, found, wanted, actor_id=trail.COMMAND_LINE, now=now)
    return _export(ritual, runs, found, wanted, head)


def _any(session: Session, ritual_id: int) -> Ritual:
    ritual = answered.ritual_anywhere(session, ritual_id=ritual_id)
    if ritual is None:
        known = answered.all_rituals(session)
        listed = ", ".join(f"{each.id} ({each.template.title})" for each in known)
        raise NoSuchRitual(ritual_id=ritual_id, known=listed or "there is none yet")
    return ritual


def _export(ritual: Ritual, runs: Sequence[Run], found: Sequence[Row], wanted: Format, head: Head) -> Export:
    name = f"{ritual.template.id}-{ritual.id}.{wanted}"
    forgotten = sum(run.forgotten_at is not None for run in runs)
    return Export(name, ritual.template.title, table(found, wanted), len(found), forgotten, head)


def _audit(db: Database, ritual: Ritual, found: Sequence[Row], wanted: Format, *, actor_id: str, now: datetime) -> Head:
    """Before anybody gets it. A transaction of its own, as reading takes long. Answers the head with this line."""
    with db.write() as session:
        trail.note(
            session,
            workspace_id=ritual.workspace_id,
            at=now,
            actor_id=actor_id,
            what="answers exported",
            subject=ritual.template.id,
            details={"ritual": ritual.id, "channel": ritual.channel_id, "format": str(wanted), "rows": len(found)},
        )
    with db.read() as session:
        return trail.head(session, workspace_id=ritual.workspace_id)


def _rows(session: Session, runs: Sequence[Run]) -> list[Row]:
    """Of the oldest first."""
    starts = range(0, len(runs), AT_ONCE)
    return [row for start in starts for row in _of_runs(session, runs[start : start + AT_ONCE])]


def _of_runs(session: Session, runs: Sequence[Run]) -> list[Row]:
    asked = prompts.of_runs(session, run_ids=[run.id for run in runs])
    given = prompts.responses(session, prompt_ids=[prompt.id for prompt in asked])
    questions = {run.id: run.template.ask for run in runs}
    ids = {prompt.person_id for prompt in asked}
    ids.update(*(named(questions[each.run_id], given[each.id].answers) for each in asked if each.id in given))
    known = people.people(session, workspace_id=runs[0].workspace_id, ids=ids)
    names = {person_id: name_of(known, person_id) for person_id in ids}
    rows: list[Row] = []
    for run in runs:
        mine = [(prompt, given[prompt.id]) for prompt in asked if prompt.run_id == run.id and prompt.id in given]
        mine.sort(key=lambda pair: names[pair[0].person_id])
        rows += _unnamed(session, run) if run.template.anonymous else _named(run, mine, names)
    return rows


def _named(run: Run, mine: Sequence[tuple[Prompt, Response]], names: dict[str, str]) -> list[Row]:
    return [
        Row(
            run.day,
            run.template.title,
            run.version,
            question.id,
            question.text,
            answer,
            prompt.function or "",
            names[prompt.person_id],
            response.late,
            response.edited_at is not None,
        )
        for prompt, response in mine
        for question, answer in said(run, prompt, response, names)
    ]


def _unnamed(session: Session, run: Run) -> list[Row]:
    """Each question in an order of its own, so that no two answers can be told to be one person's."""
    card = checkin_cards.card_of(session, run)
    names = card.names
    answers = [
        (question, answer)
        for question in run.template.ask
        for answer in sorted(
            answer_text(names, question, each.value) for each in card.unnamed if each.question_id == question.id
        )
    ]
    return [
        Row(run.day, run.template.title, run.version, question.id, question.text, answer)
        for question, answer in answers
    ]
