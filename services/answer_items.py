"""Action items that people make of answers: each leads to the other, as far as its reader may see it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from domain.actions import WHAT_LIMIT, ActionItem, ActionSheet, Source
from domain.clock import new_id
from domain.errors import UserError
from domain.people import Person, has_left
from domain.runs import Prompt, Run
from domain.submissions import Submission
from domain.words import day_text
from services import action_forms, audience, summary_readers
from storage import channels, people, prompts, rituals
from storage.engine import Database


class NoSuchAnswer(UserError):
    """There is no such answer that you can see. Type `/action` to add an action item of your own."""


def form(db: Database, *, workspace_id: str, person_id: str, answer: Source, now: datetime) -> ActionSheet:
    """A form for something to do because of an answer, for whoever gave it. Raises NoSuchAnswer."""
    with db.read() as session:
        run, prompt = behind(session, workspace_id, answer, person_id, now)
        given = prompts.responses(session, prompt_ids=[prompt.id])
        known = people.people(session, workspace_id=workspace_id, ids=[prompt.person_id])
    owner = person_id if has_left(known, prompt.person_id) else prompt.person_id
    said = given[prompt.id].answers.get(answer.key, "") if prompt.id in given else ""
    sent = Submission(workspace_id, person_id, new_id(), {"what": _cut(said), "owner": owner})
    return action_forms.sheet(db, sent=sent, channel_id=run.channel_id, answer=answer)


def _cut(said: str) -> str:
    words = " ".join(said.split())
    return words if len(words) <= WHAT_LIMIT else f"{words[: WHAT_LIMIT - 1].rstrip()}…"


def behind(session: Session, workspace_id: str, answer: Source, reader_id: str, now: datetime) -> tuple[Run, Prompt]:
    """For whoever pressed its button, also where Slack has to be asked first. Raises NoSuchAnswer."""
    run = rituals.run(session, workspace_id=workspace_id, run_id=answer.run_id)
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=answer.prompt_id)
    reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
    if run is None or prompt is None or prompt.run_id != run.id or not run.takes_items:
        raise NoSuchAnswer
    if not _was_shown(session, run, reader, now) and not summary_readers.readable(session, [run], reader, now):
        raise NoSuchAnswer
    return run, prompt


def _was_shown(session: Session, run: Run, reader: Person, now: datetime) -> bool:
    """They were in the channel when Slack last said who is, however long ago."""
    goes_to = run.template.post.is_in_channel or reader.id == run.facilitator_id
    stale = channels.stale_for(session, workspace_id=run.workspace_id, person_id=reader.id, now=now)
    return goes_to and not reader.left and run.channel_id in stale


def told(session: Session, items: Sequence[ActionItem], *, reader_id: str, now: datetime) -> Mapping[int, str]:
    """By item, the check-in whose answer it was made of, for those who may read that."""
    made_of = {each.answer.run_id for each in items if each.answer}
    if not made_of:
        return {}
    workspace_id = items[0].workspace_id
    reader = people.person(session, workspace_id=workspace_id, person_id=reader_id)
    runs = rituals.runs(session, workspace_id=workspace_id, ids=made_of)
    seen = summary_readers.readable(session, list(runs.values()), reader, now) if reader else []
    titles = {run.id: f"{run.template.title}, {day_text(run.day)}" for run in seen}
    return {each.id: titles[each.answer.run_id] for each in items if each.answer and each.answer.run_id in titles}
