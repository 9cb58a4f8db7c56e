"""What time does to prompts: they fall due, people are reminded, deadlines pass."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from domain import hours, windows
from domain.people import Person
from domain.runs import WAITING, Missed, Prompt, PromptState, Run
from domain.selectors import asks_starter
from services import closing, early, owing, planning, putting_off, together, unreached
from services.isolation import alone
from storage import owed, people, prompts, rituals
from storage.ending import makes_nothing_due
from storage.engine import Database, DatabaseBusy

log = logging.getLogger(__name__)
PUT_OFF = timedelta(hours=1)
BATCH = 100


def ask_due(db: Database, *, now: datetime) -> int:
    """Asks, reminds, and lets deadlines pass; answers how many prompts it moved.

    All at once; if that fails, each alone, so that only what is broken is put off.
    """
    found: list[Prompt] = []
    try:
        with db.write() as session:
            found = prompts.due(session, now=now, limit=BATCH)
            if not found:
                makes_nothing_due(session)
            _turn(session, found, now)
    except (DatabaseBusy, OperationalError):
        raise
    except Exception:
        log.exception("Prompts could not be moved together.", extra={"action": "not_moved"})
        for prompt in found:
            put_off = partial(_put_off, db, prompt, now + PUT_OFF)
            alone(partial(_turn_alone, db, prompt.id, now), put_off, f"moving prompt {prompt.id}")
    return len(found)


def _turn_alone(db: Database, prompt_id: int, now: datetime) -> bool:
    with db.write() as session:
        prompt = prompts.take_due(session, prompt_id=prompt_id, now=now)
        if prompt is not None:
            _turn(session, [prompt], now)
        return prompt is not None


def _put_off(db: Database, prompt: Prompt, until: datetime) -> None:
    with db.write() as session:
        prompts.set_next(session, prompt_id=prompt.id, reminders=prompt.reminders, at=until)


def _turn(session: Session, found: list[Prompt], now: datetime) -> None:
    of_prompts = _runs(session, found)
    new = [prompt for prompt in found if prompt.state is PromptState.PENDING and not prompt.asked]
    unanswered = early.take_over(session, new, now)
    in_time = {prompt.id: prompt for prompt in unanswered if now <= _last_moment(session, prompt)}
    open_runs = {run.id for run in of_prompts.values() if planning.channel_is_open(session, run)}
    _ask(session, [prompt for prompt in in_time.values() if prompt.run_id in open_runs], now)
    _hold(session, [prompt for prompt in in_time.values() if prompt.run_id not in open_runs])
    rest = [prompt for prompt in found if prompt.id not in in_time and (prompt not in new or prompt in unanswered)]
    reminded = [prompt for prompt in rest if _move(session, of_prompts[prompt.run_id], prompt, now)]
    together.remind(session, [_without_passed(prompt, now) for prompt in reminded], now)
    for run_id in {prompt.run_id for prompt in rest if _is_over(of_prompts[prompt.run_id], prompt, now)}:
        closing.finish(session, of_prompts[run_id], now=now)


def _is_over(run: Run, prompt: Prompt, now: datetime) -> bool:
    """Nobody waits for it any longer. An anonymous run waits until every window has ended."""
    is_late = not prompt.asked or now > prompt.deadline
    return is_late if run.template.anonymous else prompt.state in WAITING and is_late


def _runs(session: Session, found: list[Prompt]) -> dict[int, Run]:
    ids: dict[str, set[int]] = {}
    for prompt in found:
        ids.setdefault(prompt.workspace_id, set()).add(prompt.run_id)
    known: dict[int, Run] = {}
    for workspace_id, run_ids in ids.items():
        known |= rituals.runs(session, workspace_id=workspace_id, ids=run_ids)
    return known


def _last_moment(session: Session, prompt: Prompt) -> datetime:
    """Until when somebody may still be asked."""
    return min(prompt.deadline, prompt.due_at + planning.grace(session, prompt.workspace_id))


def _hold(session: Session, waiting: Iterable[Prompt]) -> None:
    """Nobody is asked for a channel where Muster cannot post; when it can again in time, they are."""
    for prompt in waiting:
        at = _last_moment(session, prompt) + windows.SECOND
        prompts.set_next(session, prompt_id=prompt.id, reminders=prompt.reminders, at=at)


def _ask(session: Session, due: list[Prompt], now: datetime) -> None:
    by_workspace: dict[str, list[Prompt]] = {}
    for prompt in due:
        by_workspace.setdefault(prompt.workspace_id, []).append(prompt)
    for workspace_id, asked in by_workspace.items():
        invitations = together.invitations(together.put(session, asked, workspace_id=workspace_id))
        owed.want(session, workspace_id=workspace_id, wants=invitations, now=now)
        prompts.asked(session, due=asked, at=now)
        owing.owe_again(session, workspace_id, *(owing.home_page(prompt.person_id) for prompt in asked), now=now)


def ask_starter(session: Session, run: Run, starter_id: str, *, now: datetime) -> None:
    """Whoever has just started a run that asks them is asked with it."""
    found = prompts.own(session, run_id=run.id, person_id=starter_id) if asks_starter(run.template.who) else None
    if found and found.state is PromptState.PENDING and planning.channel_is_open(session, run):
        _ask(session, [found], now)


def _move(session: Session, run: Run, prompt: Prompt, now: datetime) -> bool:
    """Whether its person is to be reminded."""
    if prompt.state not in WAITING:
        _seal(session, prompt, now)
    elif not prompt.asked:
        closing.miss(session, run, prompt, Missed.DOWN if planning.channel_is_open(session, run) else Missed.SHUT, now)
    elif now > prompt.deadline:
        closing.miss(session, run, prompt, unreached.why(session, prompt), now)
    elif prompt.later_at and prompt.later_at <= now:
        putting_off.ask_again(session, prompt, now)
    else:
        return _pass_reminder(session, run, prompt, now)
    return False


def _pass_reminder(session: Session, run: Run, prompt: Prompt, now: datetime) -> bool:
    later = _without_passed(prompt, now).reminders
    prompts.set_next(session, prompt_id=prompt.id, reminders=later, at=windows.next_moment(later, prompt.deadline))
    person = people.person(session, workspace_id=prompt.workspace_id, person_id=prompt.person_id)
    is_at_work = person is not None and hours.is_at_work(person.seen_by(run.template.id), now)
    return prompt.state is PromptState.SENT and is_at_work


def _without_passed(prompt: Prompt, now: datetime) -> Prompt:
    return replace(prompt, reminders=tuple(moment for moment in prompt.reminders if moment > now))


def _seal(session: Session, prompt: Prompt, now: datetime) -> None:
    """The deadline of a prompt that was answered or skipped: its message loses its buttons."""
    prompts.set_next(session, prompt_id=prompt.id, reminders=(), at=None)
    owing.owe_again(session, prompt.workspace_id, *owing.own_messages(prompt), now=now)


def sent_late(session: Session, *, prompt: Prompt, run: Run, person: Person, at: datetime) -> None:
    """A prompt that left late gives its person the whole window from then on; the channel reads when the last ends."""
    window = replace(windows.from_due(run.template, person, at), due=prompt.due_at)
    next_at = windows.next_moment(window.reminders, window.deadline)
    prompts.move_window(session, prompt_id=prompt.id, window=window, at=next_at)
    owing.owe_again(session, run.workspace_id, owing.run_message(run), now=at)
