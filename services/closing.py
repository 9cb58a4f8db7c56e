"""Runs close when nobody is waited for any longer, and their summaries go out."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain import summary_pages, windows
from domain.runs import WAITING, Missed, Prompt, PromptState, Ritual, Run, RunState
from domain.selectors import asks_starter
from services import (
    ahead,
    checkin_cards,
    digest_changes,
    facilitators,
    measure_answers,
    offered,
    owing,
    planning,
    sending_on,
    telling,
    together,
)
from services.anonymous import is_told, settle
from storage import anonymous, delivery_queries, prompts, rituals, run_briefs
from storage.ending import Last, at_end


def ask_nobody_else(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """A ritual has been switched off: what is open goes on with those who have been asked."""
    still_open = rituals.open_of(session, ritual_id=ritual.id)
    for run in still_open:
        for prompt in prompts.of_run(session, run_id=run.id):
            if prompt.state is PromptState.PENDING:
                let_go(session, run, prompt, Missed.ENDED, now)
        offered.show_again(session, run, now=now)
        finish(session, run, now=now)


def let_go(session: Session, run: Run, prompt: Prompt, why: Missed, now: datetime) -> None:
    """As `miss_at_end`, but whoever has answered ahead is heard when they would be asked."""
    at_end(session, (Last.PROMPTS, prompt.id), partial(_miss_unheard, session, run, prompt, why, now))


def _miss_unheard(session: Session, run: Run, prompt: Prompt, why: Missed, now: datetime) -> None:
    current = prompts.prompt(session, workspace_id=prompt.workspace_id, prompt_id=prompt.id, lock=True)
    if current and (current.asked or not ahead.is_answered(session, run, current)):
        miss(session, run, current, why, now)


def miss_at_end(session: Session, run: Run, prompt: Prompt, why: Missed, now: datetime) -> None:
    at_end(session, (Last.PROMPTS, prompt.id), partial(miss, session, run, prompt, why, now))


def miss(session: Session, run: Run, prompt: Prompt, why: Missed, now: datetime) -> None:
    """Nothing, if the person has answered since the prompt was read."""
    current = prompts.prompt(session, workspace_id=prompt.workspace_id, prompt_id=prompt.id, lock=True)
    if current is None or current.state not in WAITING:
        return
    # Somebody away may still answer, so their message changes at the deadline.
    is_open = why is Missed.AWAY and current.asked and now <= current.deadline
    next_at = windows.next_moment((), current.deadline) if is_open else None
    prompts.move(session, prompt_id=prompt.id, state=PromptState.MISSED, missed=why, next_at=next_at)
    if together.is_released(why, current):
        together.leave(session, current, now=now)
    owing.owe_prompt_changed(session, run, prompt, now=now)


def finish(session: Session, run: Run, *, now: datetime) -> None:
    """Closes the run if nobody may still answer in time; its summary is posted at once. Call it with each change."""
    digest_changes.run_changed(session, run, now=now)
    fit(session, run, now=now)
    if run.template.post.brief:
        at_end(session, (Last.RUNS, run.id, rituals.BRIEF), partial(_brief_due, session, run, now))


def fit(session: Session, run: Run, *, now: datetime) -> None:
    """The same where no answer has changed, but the summary may have become longer or shorter."""
    at_end(session, (Last.RUNS, run.id, rituals.FINISH), partial(_finish, session, run, now))


def _finish(session: Session, run: Run, now: datetime) -> None:
    current = rituals.run(session, workspace_id=run.workspace_id, run_id=run.id, lock=True)
    is_waiting = current and current.state is RunState.OPEN and _is_waited_for(session, current)
    if current is None or (is_waiting and not current.template.post.early):
        return
    if is_waiting or current.state is RunState.CLOSED:
        if not is_waiting:
            measure_answers.record(session, current, now=now)
        _owe_pages(session, current, now)
        again = owing.unposted_message(current), owing.note_message(current)
        owing.owe_again(session, run.workspace_id, *again, now=now)
        return
    rituals.close_run(session, run_id=run.id, at=now)
    if run.subject_id or not asks_starter(run.template.who):  # What people start for themselves they may leave.
        rituals.set_next_of_run(session, run_id=run.id, at=now)
    if run.subject_id:
        _close_round(session, run, now)
        return
    if run.template.anonymous:
        settle(session, run, now=now)
    closed = replace(current, state=RunState.CLOSED, closed_at=now)
    measure_answers.record(session, closed, now=now)
    owing.owe_summary(session, run, now=now)
    offered.show_again(session, run, now=now)
    _owe_pages(session, closed, now)
    _tell_facilitator(session, closed, now)


def _brief_due(session: Session, run: Run, now: datetime) -> None:
    """What the answers of a closed run come to, or came to until one changed. The summary waits for nothing of it."""
    current = rituals.run(session, workspace_id=run.workspace_id, run_id=run.id, lock=True)
    if current and current.state is RunState.CLOSED and current.subject_id is None and is_told(session, current):
        run_briefs.fall_due(session, workspace_id=run.workspace_id, run_id=run.id, now=now)


def _close_round(session: Session, run: Run, now: datetime) -> None:
    """What came of it is settled in a transaction of its own, as decisions are locked before runs. What was answered is
    changed no more, and its messages say so."""
    for prompt in prompts.of_run(session, run_id=run.id):
        owing.owe_again(session, run.workspace_id, *owing.own_messages(prompt), now=now)
    owing.owe(session, run.workspace_id, owing.run_message(run), now=now)


def _is_waited_for(session: Session, run: Run) -> bool:
    """For answers; of an anonymous run also until the last window ends, so that its end tells nothing."""
    return (anonymous.is_open if run.template.anonymous else prompts.is_waiting)(session, run_id=run.id)


def _owe_pages(session: Session, run: Run, now: datetime) -> None:
    """In the channel, and wherever else a closed one goes."""
    pages = len(summary_pages.pages(checkin_cards.card_of(session, run)))
    if run.template.post.is_in_channel:
        owing.owe_run_parts(session, run, pages=pages, now=now)
    if run.state is RunState.CLOSED:
        sending_on.send_on(session, run, pages=pages, now=now)
        telling.tell(session, run, now=now)


def _tell_facilitator(session: Session, run: Run, now: datetime) -> None:
    """When nobody answered, or when the answers have nowhere to be posted. That nobody did tells of everybody, so it is
    not told of an anonymous run; and what somebody starts for themselves they may leave."""
    ritual = rituals.ritual(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id)
    if is_told(session, run):
        if run.template.post.is_in_channel and not planning.channel_is_open(session, run):
            owing.owe(session, run.workspace_id, owing.unposted_message(run), now=now)
    elif ritual and ritual.ended_at is None and not (run.template.anonymous or asks_starter(run.template.who)):
        facilitators.tell(session, run.workspace_id, owing.note_message(run), now=now)


def channel_closed(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """A summary that Slack no longer took goes to the facilitator."""
    run = rituals.newest_run(session, ritual_id=ritual.id)
    if run is None or run.state is RunState.OPEN or not run.template.post.is_in_channel:
        return
    key = owing.run_message(run).key
    standing = delivery_queries.standing(session, workspace_id=run.workspace_id, key=key)
    if is_told(session, run) and not (standing and standing.is_shown):
        owing.owe(session, run.workspace_id, owing.unposted_message(run), now=now)
