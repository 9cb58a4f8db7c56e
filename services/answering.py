"""What an answer does: it is kept with its blockers and action items, and whoever sees it is told."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain import windows
from domain.answers import check
from domain.errors import FieldErrors
from domain.runs import Prompt, PromptState, Response, Run
from domain.said import named
from domain.templates import Question
from services import action_answers, blockers, closing, owing
from storage import forgetting, people, prompts, rituals
from storage.ending import Last, at_end


def save(session: Session, run: Run, prompt: Prompt, response: Response, now: datetime) -> None:
    prompts.save_response(session, workspace_id=run.workspace_id, response=response)
    if run.forgotten_at:
        keep = partial(forgetting.keep_again, session, run_id=run.id)
        at_end(session, (Last.RUNS, run.id, rituals.KEEP), keep)
    blockers.raised(session, run, prompt, response.answers, now=now)
    action_answers.record(session, run, prompt, response, now=now)
    prompts.move(session, prompt_id=prompt.id, state=PromptState.ANSWERED, next_at=seal_at(prompt, now))
    if prompt.state is PromptState.PENDING and not prompt.asked:
        owing.owe(session, run.workspace_id, owing.prompt_message(prompt), now=now)
    owing.owe_prompt_changed(session, run, prompt, now=now)
    closing.finish(session, run, now=now)


def seal_at(prompt: Prompt, now: datetime) -> datetime | None:
    """When its message loses its buttons."""
    return windows.next_moment((), prompt.deadline) if now <= prompt.deadline else None


def checked(
    session: Session, run: Run, prompt: Prompt, given: dict[str, str], *, before: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """The answers to keep; `before` is what was answered until now. Raises FieldErrors."""
    questions = run.template.questions_for(prompt)
    answers = check(questions, given, _present(session, run.workspace_id, questions, given))
    mistakes = action_answers.mistakes(session, run, prompt, answers, before=before, now=now)
    mistakes |= blockers.mistakes(session, run, prompt, answers, before=before)
    if mistakes:
        raise FieldErrors(mistakes)
    return answers


def _present(session: Session, workspace_id: str, questions: tuple[Question, ...], given: dict[str, str]) -> set[str]:
    """Of the people named in the answers, those who are still here."""
    found = people.people(session, workspace_id=workspace_id, ids=named(questions, given))
    return {each.id for each in found.values() if not each.left}
