"""Deleting what people answered; what was counted, and records made of answers, stay."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, func, select, update

from domain.people import Person
from domain.runs import Run
from storage import run_briefs, sql
from storage.tables import (
    AnonymousAnswerRow,
    AnswerRow,
    KeptRow,
    PersonRow,
    PromptRow,
    ResponseRow,
    RunRow,
)


def due(session: Session, *, closed_before: datetime, limit: int) -> list[tuple[str, int]]:
    """(workspace, run) of those that closed before then and have answers still, the oldest first. What a round
    answered is part of the record of its decision."""
    query = select(RunRow.workspace_id, RunRow.id).where(
        col(RunRow.closed_at) < closed_before, col(RunRow.emptied_at).is_(None), col(RunRow.subject_id).is_(None)
    )
    found = session.exec(query.order_by(col(RunRow.closed_at)).limit(limit))
    return [(workspace_id, run_id or 0) for workspace_id, run_id in found]


def forget_run(session: Session, *, run: Run, at: datetime) -> None:
    """In the order in which all lock: prompts, what is kept of forms, the run."""
    of_run = select(PromptRow.id).where(PromptRow.run_id == run.id)
    sql.lock(session, of_run.order_by(col(PromptRow.id)))
    session.execute(delete(AnswerRow).where(col(AnswerRow.prompt_id).in_(of_run)))
    session.execute(update(PromptRow).where(col(PromptRow.run_id) == run.id).values(skip_reason=""))
    of_forms = delete(KeptRow).where(col(KeptRow.ritual_id) == run.ritual_id)
    session.execute(of_forms.where(col(KeptRow.occurrence) == run.occurrence))
    session.execute(update(RunRow).where(col(RunRow.id) == run.id).values(forgotten_at=at, emptied_at=at))
    session.execute(delete(AnonymousAnswerRow).where(col(AnonymousAnswerRow.run_id) == run.id))
    run_briefs.forget(session, run_id=run.id)


def keep_again(session: Session, *, run_id: int) -> None:
    """A late answer has come since: it goes the same way the next time."""
    session.execute(update(RunRow).where(col(RunRow.id) == run_id).values(emptied_at=None))


def people_called(session: Session, *, typed: str) -> list[Person]:
    """In all workspaces, also those who have left."""
    wanted = typed.strip().removeprefix("@").casefold()
    rows = session.exec(select(PersonRow).order_by(col(PersonRow.id)))
    return [
        Person(row.workspace_id, row.id, row.name) for row in rows if wanted in (row.id.casefold(), row.name.casefold())
    ]


def of_person(session: Session, *, person: Person) -> list[int]:
    """The prompts for which something they wrote is there."""
    query = select(PromptRow.id).where(PromptRow.workspace_id == person.workspace_id, PromptRow.person_id == person.id)
    wrote = select(ResponseRow.prompt_id).where(ResponseRow.prompt_id == PromptRow.id).exists()
    found = session.exec(query.where(wrote | (col(PromptRow.skip_reason) != "")).order_by(col(PromptRow.id)))
    return [each or 0 for each in found]


def count_answers(session: Session, *, person: Person) -> int:
    query = select(func.count()).select_from(AnswerRow).join(PromptRow, col(PromptRow.id) == col(AnswerRow.prompt_id))
    mine = (PromptRow.workspace_id == person.workspace_id, PromptRow.person_id == person.id)
    return session.exec(query.where(*mine)).one()
