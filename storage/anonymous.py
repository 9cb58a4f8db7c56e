"""Answers to anonymous check-ins."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from domain.anonymous import Unnamed
from domain.pulse import Chosen
from domain.runs import Run
from storage import sql
from storage.tables import AnonymousAnswerRow, PromptRow


def is_open(session: Session, *, run_id: int) -> bool:
    """Whether the window of anybody who was asked is open, whatever they have done in it."""
    query = select(PromptRow.id).where(PromptRow.run_id == run_id, col(PromptRow.next_at).is_not(None)).limit(1)
    return session.exec(query).first() is not None


def ends(session: Session, *, run_ids: Collection[int]) -> dict[int, datetime]:
    """By run that is open, when the last of those windows ends."""
    query = select(PromptRow.run_id, func.max(PromptRow.deadline)).where(col(PromptRow.next_at).is_not(None))
    found = session.exec(query.where(col(PromptRow.run_id).in_(run_ids)).group_by(col(PromptRow.run_id)))
    return {run_id: at for run_id, at in found if at}


def of_run(session: Session, *, run_id: int) -> list[Unnamed]:
    """By their ids, which is no order: they are chance."""
    row = AnonymousAnswerRow
    query = select(row.response_id, row.question_id, row.value, row.function).where(row.run_id == run_id)
    return [Unnamed(*found) for found in session.exec(query.order_by(row.response_id, row.question_id))]


def chosen(session: Session, *, run_id: int, question_ids: Collection[str]) -> list[Chosen]:
    """What was chosen in answer to those scales, added up."""
    row = AnonymousAnswerRow
    what = (col(row.question_id), col(row.function), col(row.value))
    query = select(*what, func.count()).where(row.run_id == run_id, col(row.question_id).in_(question_ids))
    found = session.exec(query.group_by(*what).order_by(*what))
    return [Chosen(question, function, int(value), people) for question, function, value, people in found]


def words(session: Session, *, run_id: int, question_id: str) -> list[str]:
    """What was written in answer to one question."""
    row = AnonymousAnswerRow
    return list(session.exec(select(row.value).where(row.run_id == run_id, row.question_id == question_id)))


def set_of_run(session: Session, *, run: Run, answers: Iterable[Unnamed]) -> None:
    """Writes all of a run anew. A row that stayed as it was would tell when it was written: PostgreSQL keeps with each
    row the transaction that wrote it, which also moved the prompt of one person. The run is to be locked."""
    session.execute(delete(AnonymousAnswerRow).where(col(AnonymousAnswerRow.run_id) == run.id))
    rows = [
        {
            "run_id": run.id,
            "response_id": each.id,
            "question_id": each.question_id,
            "workspace_id": run.workspace_id,
            "function": each.function,
            "value": each.value,
        }
        for each in sorted(answers, key=lambda each: (each.id, each.question_id))
    ]
    sql.add_missing(session, AnonymousAnswerRow, rows)
