"""What somebody answered themselves. It is theirs to read, also where they may no longer read the channel."""

from collections.abc import Sequence

from sqlmodel import Session

from domain.own_answers import OwnAnswers
from domain.runs import Prompt, Response, Run, shown
from domain.summaries import answer_text
from domain.templates import QuestionType
from services.own_prompts import NotYourPrompt, mine
from storage import answered, people, prompts, rituals
from storage.engine import Database

SHOWN = 3


def latest(session: Session, *, workspace_id: str, person_id: str) -> list[OwnAnswers]:
    """What they answered last comes first. Of an anonymous check-in nobody is told what they said."""
    found = answered.newest(session, workspace_id=workspace_id, person_id=person_id, limit=SHOWN)
    return _told(session, workspace_id, found)


def of_prompt(db: Database, *, workspace_id: str, prompt_id: int, person_id: str) -> OwnAnswers:
    """Raises NotYourPrompt."""
    with db.read() as session:
        prompt, _run = mine(session, workspace_id, prompt_id, person_id)
        found = _told(session, workspace_id, [prompt])
    if not found:
        raise NotYourPrompt
    return found[0]


def _told(session: Session, workspace_id: str, found: Sequence[Prompt]) -> list[OwnAnswers]:
    runs = rituals.runs(session, workspace_id=workspace_id, ids={each.run_id for each in found})
    given = prompts.responses(session, prompt_ids=[each.id for each in found])
    pairs = [(each, runs[each.run_id]) for each in found if each.id in given]
    named = {
        given[prompt.id].answers.get(question.id, "")
        for prompt, run in pairs
        for question in run.template.ask
        if question.type is QuestionType.USER
    }
    known = people.people(session, workspace_id=workspace_id, ids=named)
    names = {person.id: person.name for person in known.values()}
    return [
        OwnAnswers(run, prompt, given[prompt.id], _lines(run, prompt, given[prompt.id], names))
        for prompt, run in pairs
        if not run.template.anonymous
    ]


def _lines(run: Run, prompt: Prompt, response: Response, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    asked = shown(run.template.questions_for(prompt), response.answers)
    return tuple(
        (each.text, answer_text(names, each, response.answers[each.id]))
        for each in asked
        if each.id in response.answers
    )
