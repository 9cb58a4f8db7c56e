"""A prompt and the one person who may act on it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from domain.errors import TooLate, UserError
from domain.kept import Slot
from domain.runs import Late, Prompt, PromptState, Run, late
from services import anonymous
from storage import actions, prompts, rituals, sequels


class NotYourPrompt(UserError):
    """This check-in is not open for you. Type `/checkin` to see those that are."""


class TooLateToEdit(TooLate):
    """The deadline has passed, so your answers stay as they are. Tell the facilitator if something must change."""


class ClosedMeanwhile(TooLate):
    """This check-in has closed meanwhile. You joined after it began, so it did not wait for you, and takes no late
    answers of yours."""


class TooLateToAnswer(TooLate):
    """The next check-in has begun, so this one takes no more answers. Type `/checkin` to see those that are open."""


class EndedSince(TooLate):
    """This check-in was switched off a while ago, so it takes no more answers. Type `/checkin` to see those that are
    open."""


class RoundOver(TooLate):
    """This round is over, so it takes no more answers. Tell whoever approves the decision what they should know."""


def mine(
    session: Session, workspace_id: str, prompt_id: int, person_id: str, *, lock: bool = False
) -> tuple[Prompt, Run]:
    if lock:
        actions.lock_of_prompt(session, prompt_id=prompt_id)
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=prompt_id, lock=lock)
    run = rituals.run(session, workspace_id=workspace_id, run_id=prompt.run_id) if prompt else None
    if prompt is None or run is None or prompt.person_id != person_id:
        raise NotYourPrompt
    return prompt, run


def check_in_time(
    session: Session, run: Run, prompt: Prompt, now: datetime, typed: Sequence[tuple[str, str]] = ()
) -> None:
    """After the deadline nothing is edited; a first answer is late until the next run of the ritual. Without
    a name it is given once, and in time.

    `typed` is handed back to whoever comes too late: questions and what was typed.
    """
    if run.is_over or (run.subject_id and now > prompt.deadline):
        raise RoundOver(typed)
    if run.template.anonymous:
        anonymous.check_open(run, prompt, now, typed)
    if now <= prompt.deadline:
        return
    if prompt.joined and not prompt.id:
        raise ClosedMeanwhile(typed)
    if prompt.state is PromptState.ANSWERED:
        raise TooLateToEdit(typed)
    since = sequels.since(session, found=[(prompt, run)])
    match late(run, since[prompt.id], now):
        case Late.ASKED_ANEW:
            raise TooLateToAnswer(typed)
        case Late.ENDED:
            raise EndedSince(typed)


def slot_of(run: Run, prompt: Prompt) -> Slot:
    return Slot(run.workspace_id, run.ritual_id, run.occurrence, prompt.person_id)
