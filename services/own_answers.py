"""What somebody answered themselves. It is theirs to read, also where they may no longer read the channel."""

from collections.abc import Sequence

from sqlmodel import Session

from domain.own_answers import OwnAnswers
from domain.runs import Prompt
from domain.said import named, said
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
    ids = set[str]().union(*(named(run.template.ask, given[prompt.id].answers) for prompt, run in pairs))
    known = people.people(session, workspace_id=workspace_id, ids=ids)
    names = {person.id: person.name for person in known.values()}
    told = [(run, prompt, given[prompt.id]) for prompt, run in pairs if not run.template.anonymous]
    return [OwnAnswers(*each, tuple((asked.text, text) for asked, text in said(*each, names))) for each in told]
