"""What a person does with a prompt besides answering: put it off for later, and say why they skipped it."""

from datetime import datetime

from sqlmodel import Session

from domain import later as rules
from domain import windows
from domain.errors import FieldErrors, UserError, too_long
from domain.later import WORDS, Later
from domain.runs import WAITING, Prompt, PromptState, Run
from services import closing, owing
from services.own_prompts import mine
from storage import people, prompts
from storage.engine import Database

REASON_LIMIT = 100


class NotThen(UserError):
    """“{when}” does not work here: it would be outside your working hours, or too close to the deadline. Answer now, or
    choose another time."""


class NotSkipped(UserError):
    """You have answered this one meanwhile, so no reason is needed."""


def ask_later(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, later: Later, now: datetime) -> None:
    """Asks again at that moment, once, and says nothing before. What is settled, or put off already, stays so."""
    with db.write() as session:
        prompt, run = mine(session, workspace_id, prompt_id, person_id, lock=True)
        if prompt.state not in WAITING or not prompt.asked or prompt.later_at is not None:
            return
        person = people.people(session, workspace_id=workspace_id, ids=[person_id])[person_id]
        at = rules.offered(person, prompt, now).get(later)
        if at is None:
            raise NotThen(when=WORDS[later])
        reminders = [moment for moment in prompt.reminders if moment > at]
        prompts.put_off(session, prompt_id=prompt.id, later_at=at, reminders=reminders)
        owing.owe_again(session, run.workspace_id, *owing.own_messages(prompt), now=now)


def ask_again(session: Session, prompt: Prompt, now: datetime) -> None:
    """The moment has come: a new message, as the person wished."""
    reminders = [moment for moment in prompt.reminders if moment > now]
    at = windows.next_moment(reminders, prompt.deadline)
    prompts.asked_again(session, prompt_id=prompt.id, reminders=reminders, at=at)
    owing.owe_asked_again(session, prompt, now=now)


def open_reason(db: Database, *, workspace_id: str, prompt_id: int, person_id: str) -> tuple[Prompt, Run]:
    with db.read() as session:
        return _skipped(session, workspace_id, prompt_id, person_id)


def give_reason(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, reason: str, now: datetime) -> None:
    """The summary says it beside their name; an empty one takes it back."""
    words = " ".join(reason.split())
    if mistakes := too_long({"reason": words}, {"reason": REASON_LIMIT}):
        raise FieldErrors(mistakes)
    with db.write() as session:
        prompt, run = _skipped(session, workspace_id, prompt_id, person_id, lock=True)
        if prompt.skip_reason != words:
            prompts.set_skip_reason(session, prompt_id=prompt.id, reason=words)
            owing.owe_prompt_changed(session, run, prompt, now=now)
            closing.finish(session, run, now=now)


def _skipped(
    session: Session, workspace_id: str, prompt_id: int, person_id: str, *, lock: bool = False
) -> tuple[Prompt, Run]:
    prompt, run = mine(session, workspace_id, prompt_id, person_id, lock=lock)
    if prompt.state is not PromptState.SKIPPED:
        raise NotSkipped
    return prompt, run
