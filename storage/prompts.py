"""Prompts, and the responses to them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, delete, or_
from sqlmodel import Session, col, func, select, update

from domain.runs import UNREACHED, WAITING, Missed, Prompt, PromptState, Response
from domain.windows import Window, next_moment
from storage import sql
from storage.tables import AnswerRow, PromptRow, ResponseRow, RunRow

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ANSWERS = select(AnswerRow).where(col(AnswerRow.prompt_id).in_(_IDS))
_RESPONSES = select(ResponseRow).where(col(ResponseRow.prompt_id).in_(_IDS))
_PROMPT = select(PromptRow).where(PromptRow.workspace_id == bindparam("workspace_id"), PromptRow.id == bindparam("id"))
_PROMPT_LOCKED = sql.locked(_PROMPT)
_OF_RUN = select(PromptRow).where(PromptRow.run_id == bindparam("run_id")).order_by(col(PromptRow.id))
_DUE = select(PromptRow).where(col(PromptRow.next_at) <= bindparam("now"))
_DUE_IN_TURN = sql.locked_if_free(
    _DUE.order_by(col(PromptRow.next_at), col(PromptRow.person_id)).limit(bindparam("limit", type_=Integer))
)
"""What is asked for all the time is made once."""


def add(session: Session, *, prompts: Sequence[Prompt]) -> None:
    """Adds the prompts of a run; their ids are given here."""
    sql.add_missing(session, PromptRow, [new_row(prompt) for prompt in prompts])


def new_row(prompt: Prompt) -> dict[str, Any]:
    return {
        "workspace_id": prompt.workspace_id,
        "run_id": prompt.run_id,
        "person_id": prompt.person_id,
        "function": prompt.function,
        "meant_by": list(prompt.meant_by),
        "state": prompt.state.value,
        "missed": prompt.missed.value if prompt.missed else None,
        "due_at": prompt.due_at,
        "deadline": prompt.deadline,
        "reminders": _as_text(prompt.reminders),
        "asked_at": prompt.asked_at,
        "joined": prompt.joined,
        "next_at": prompt.due_at if prompt.state is PromptState.PENDING else None,
    }


def due(session: Session, *, now: datetime, limit: int) -> list[Prompt]:
    """Prompts that matter now, those of one person at one moment all at once; locked until the transaction ends."""
    found = list(session.exec(_DUE_IN_TURN, params={"now": now, "limit": limit}))
    if len(found) == limit:
        last, known = found[-1], [row.id for row in found]
        rest = _DUE.where(PromptRow.next_at == last.next_at, PromptRow.person_id == last.person_id)
        found += session.exec(sql.locked_if_free(rest.where(col(PromptRow.id).not_in(known))), params={"now": now})
    return [as_prompt(row) for row in found]


def take_due(session: Session, *, prompt_id: int, now: datetime) -> Prompt | None:
    """That prompt, locked until the transaction ends; None when somebody else has it, or it has moved on."""
    query = select(PromptRow).where(PromptRow.id == prompt_id, col(PromptRow.next_at) <= now)
    row = session.exec(sql.locked_if_free(query)).first()
    return as_prompt(row) if row else None


def prompt(session: Session, *, workspace_id: str, prompt_id: int, lock: bool = False) -> Prompt | None:
    params = {"workspace_id": workspace_id, "id": prompt_id}
    row = session.exec(_PROMPT_LOCKED if lock else _PROMPT, params=params).first()
    return as_prompt(row) if row else None


def prompts(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, Prompt]:
    return {found.id: found for found in map(as_prompt, sql.by_id(session, PromptRow, workspace_id, ids))}


def of_run(session: Session, *, run_id: int) -> list[Prompt]:
    return [as_prompt(row) for row in session.exec(_OF_RUN, params={"run_id": run_id})]


def own(session: Session, *, run_id: int, person_id: str) -> Prompt | None:
    query = select(PromptRow).where(PromptRow.run_id == run_id, PromptRow.person_id == person_id)
    row = session.exec(query).first()
    return as_prompt(row) if row else None


def of_runs(session: Session, *, run_ids: Collection[int]) -> list[Prompt]:
    return [as_prompt(row) for row in session.exec(select(PromptRow).where(col(PromptRow.run_id).in_(run_ids)))]


def not_reached(session: Session, *, workspace_id: str, since: datetime) -> list[Prompt]:
    """Prompts due since then whose people never got them in time, run by run."""
    missed = col(PromptRow.missed).in_([each.value for each in UNREACHED])
    query = select(PromptRow).where(
        PromptRow.workspace_id == workspace_id,
        PromptRow.due_at >= since,
        or_(missed, col(PromptRow.state) == PromptState.FAILED.value),
    )
    return [as_prompt(row) for row in session.exec(query.order_by(col(PromptRow.run_id), col(PromptRow.id)))]


def of_person(
    session: Session,
    *,
    workspace_id: str,
    person_id: str,
    states: Collection[PromptState],
    open_at: datetime | None = None,
) -> list[Prompt]:
    """Soonest deadline first; with `open_at` only those whose deadline is not over by then."""
    query = (
        select(PromptRow)
        .where(PromptRow.workspace_id == workspace_id, PromptRow.person_id == person_id)
        .where(col(PromptRow.state).in_([state.value for state in states]))
        .order_by(col(PromptRow.deadline))
    )
    if open_at is not None:
        query = query.where(col(PromptRow.deadline) >= open_at)
    return [as_prompt(row) for row in session.exec(query)]


def is_waiting(session: Session, *, run_id: int) -> bool:
    """Whether anybody may still answer in time."""
    states = [state.value for state in WAITING]
    query = select(PromptRow.id).where(PromptRow.run_id == run_id, col(PromptRow.state).in_(states)).limit(1)
    return session.exec(query).first() is not None


def count(session: Session, *, run_id: int, state: PromptState) -> int:
    query = select(func.count()).select_from(PromptRow)
    return session.exec(query.where(PromptRow.run_id == run_id, PromptRow.state == state.value)).one()


def asked(session: Session, *, due: Sequence[Prompt], at: datetime) -> None:
    """Their deliveries are written; from now on their reminders and deadlines matter."""
    if not due:
        return
    statement = (
        update(PromptRow)
        .where(col(PromptRow.id) == bindparam("prompt"))
        .values(asked_at=at, next_at=bindparam("moment"))
    )
    rows = [{"prompt": each.id, "moment": next_moment(each.reminders, each.deadline)} for each in due]
    session.connection().execute(statement, rows)


def wake(session: Session, *, prompt_id: int, at: datetime) -> None:
    """One that has not been asked yet, though it was due, matters at that moment."""
    pending = (col(PromptRow.state) == PromptState.PENDING.value, col(PromptRow.asked_at).is_(None))
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id, *pending).values(next_at=at))


def recall(session: Session, *, prompt_id: int, at: datetime) -> None:
    """It is asked anew at that moment, as if it had never been."""
    values = {"state": PromptState.PENDING.value, "missed": None, "asked_at": None, "next_at": at, "with_id": None}
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def set_next(session: Session, *, prompt_id: int, reminders: Sequence[datetime], at: datetime | None) -> None:
    values = {"reminders": _as_text(reminders), "next_at": at}
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def put_off(session: Session, *, prompt_id: int, later_at: datetime, reminders: Sequence[datetime]) -> None:
    values = {"later_at": later_at, "reminders": _as_text(reminders), "next_at": later_at}
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def asked_again(session: Session, *, prompt_id: int, reminders: Sequence[datetime], at: datetime) -> None:
    """What was put off has come back; it next matters at that moment."""
    values = {"later_at": None, "laters": PromptRow.laters + 1, "reminders": _as_text(reminders), "next_at": at}
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def set_skip_reason(session: Session, *, prompt_id: int, reason: str) -> None:
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(skip_reason=reason))


def set_questions(session: Session, *, prompt_id: int, function: str | None, meant_by: Sequence[str]) -> None:
    """Before a prompt is out: what its person is, and with it their questions, have changed."""
    values = {"function": function, "meant_by": list(meant_by)}
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def move_window(session: Session, *, prompt_id: int, window: Window, at: datetime | None) -> None:
    values = {
        "due_at": window.due,
        "deadline": window.deadline,
        "reminders": _as_text(window.reminders),
        "next_at": at,
    }
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def move(
    session: Session,
    *,
    prompt_id: int,
    state: PromptState,
    missed: Missed | None = None,
    next_at: datetime | None = None,
) -> None:
    """Puts a prompt into a state in which nobody is waited for; at `next_at` its messages are shown anew."""
    values: dict[str, Any] = {
        "state": state.value,
        "missed": missed.value if missed else None,
        "next_at": next_at,
        "later_at": None,
    }
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(**values))


def save_response(session: Session, *, workspace_id: str, response: Response) -> None:
    """Writes a response over the one the person gave before."""
    row = {
        "prompt_id": response.prompt_id,
        "workspace_id": workspace_id,
        "submitted_at": response.submitted_at,
        "edited_at": response.edited_at,
        "late": response.late,
        "waited": response.waited,
        "seconds": response.seconds,
    }
    sql.add_or_update(session, ResponseRow, [row], keys=["prompt_id"])
    session.execute(delete(AnswerRow).where(col(AnswerRow.prompt_id) == response.prompt_id))
    answers = [
        {
            "prompt_id": response.prompt_id,
            "question_id": question_id,
            "workspace_id": workspace_id,
            "value": value,
        }
        for question_id, value in response.answers.items()
    ]
    sql.add_missing(session, AnswerRow, answers)


def response(session: Session, *, prompt_id: int) -> Response | None:
    return responses(session, prompt_ids=[prompt_id]).get(prompt_id)


def responses(session: Session, *, prompt_ids: Collection[int]) -> dict[int, Response]:
    answers: dict[int, dict[str, str]] = {}
    params = {"ids": list(prompt_ids)}
    for row in session.exec(_ANSWERS, params=params):
        answers.setdefault(row.prompt_id, {})[row.question_id] = row.value
    found = session.exec(_RESPONSES, params=params)
    return {
        row.prompt_id: Response(
            row.prompt_id,
            answers.get(row.prompt_id, {}),
            row.submitted_at,
            row.edited_at,
            row.late,
            row.waited,
            row.seconds,
        )
        for row in found
    }


def last_answer(
    session: Session, *, ritual_id: int, before: str, person_id: str, question_id: str
) -> tuple[int, str] | None:
    """(run, value) of the newest answer of a person to a question, in an occurrence before that one."""
    query = (
        select(RunRow.id, AnswerRow.value)
        .join(PromptRow, col(PromptRow.run_id) == col(RunRow.id))
        .join(AnswerRow, col(AnswerRow.prompt_id) == col(PromptRow.id))
        .where(RunRow.ritual_id == ritual_id, col(RunRow.occurrence) < before)
        .where(PromptRow.person_id == person_id, AnswerRow.question_id == question_id)
        .order_by(col(RunRow.occurrence).desc())
    )
    found = session.exec(query.limit(1)).first()
    return (found[0] or 0, found[1]) if found else None


def _as_text(moments: Sequence[datetime]) -> list[str]:
    return [moment.isoformat() for moment in moments]


def as_prompt(row: PromptRow) -> Prompt:
    return Prompt(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        run_id=row.run_id,
        person_id=row.person_id,
        function=row.function,
        meant_by=tuple(row.meant_by),
        state=PromptState(row.state),
        due_at=row.due_at,
        deadline=row.deadline,
        reminders=tuple(map(datetime.fromisoformat, row.reminders)),
        missed=Missed(row.missed) if row.missed else None,
        asked_at=row.asked_at,
        sent_at=row.sent_at,
        skip_reason=row.skip_reason,
        later_at=row.later_at,
        laters=row.laters,
        with_id=row.with_id,
        reminded_together=row.reminded_together,
        joined=row.joined,
    )


def people_to_ask(session: Session, *, workspace_id: str) -> set[str]:
    """Those with a prompt that is not out yet."""
    query = select(PromptRow.person_id).where(
        PromptRow.workspace_id == workspace_id,
        PromptRow.state == PromptState.PENDING.value,
        col(PromptRow.next_at).is_not(None),
    )
    return set(session.exec(query))
