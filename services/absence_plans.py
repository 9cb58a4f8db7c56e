"""What becomes of check-ins that are open when somebody's absences change."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from sqlmodel import Session

from domain import windows
from domain.people import Person
from domain.runs import WAITING, Missed, Prompt, PromptState, Run, RunState
from services import closing, digests, owing, replanning
from storage import channels, people, prompts, rituals, sequels
from storage.ending import Last, at_end


def follow(session: Session, person: Person, *, now: datetime) -> None:
    """After the absences of somebody changed without them."""
    current = replan(session, person, now)
    recall_all(session, current, now)
    let_go_all(session, current, now)


def replan(session: Session, person: Person, now: datetime) -> Person:
    """Answers the person with the absences as they are now; their Home shows them."""
    current = people.people(session, workspace_id=person.workspace_id, ids=[person.id])[person.id]
    owing.owe_again(session, person.workspace_id, owing.home_page(person.id), now=now)
    digests.plan(session, workspace_id=person.workspace_id, person_id=person.id, now=now)
    replanning.replan(session, workspace_id=person.workspace_id, person=current, now=now)
    return current


def told(session: Session, found: Iterable[Run], person: Person, *, actor_id: str, now: datetime) -> list[str]:
    """The titles. Somebody else hears only of runs that they may read, and of no anonymous one: whether it waits would
    tell whether the person has answered."""
    if actor_id != person.id:
        places = channels.readable(session, workspace_id=person.workspace_id, person_id=actor_id, now=now)
        named = (run for run in found if not run.template.anonymous)
        found = (run for run in named if places.shows(run.channel_id, run.recorded_at))
    return [run.template.title for run in found]


def let_go_all(session: Session, person: Person, now: datetime) -> list[Run]:
    """The open check-ins that the person was asked, and is now away for, do not wait."""
    found = [
        (prompt, run)
        for prompt, run in _open(session, person, now)
        if prompt.asked
        and (prompt.state in WAITING or prompt.missed is Missed.AWAY)
        and windows.is_missed_away(run.template, prompt, person, now)
    ]
    for prompt, run in found:
        if prompt.state in WAITING:
            closing.miss_at_end(session, run, prompt, Missed.AWAY, now)
            closing.finish(session, run, now=now)
    return [run for _prompt, run in found]


def recall_all(session: Session, person: Person, now: datetime) -> list[Run]:
    """Those that did not wait while the person was away wait again, if their runs are open."""
    found = [each for each in _open(session, person, now) if _may_recall(session, *each, person, now)]
    for prompt, run in found:
        at_end(session, (Last.PROMPTS, prompt.id), partial(_recall, session, person, prompt, run, now))
    return [run for _prompt, run in found]


def _open(session: Session, person: Person, now: datetime) -> list[tuple[Prompt, Run]]:
    """The check-ins whose deadline for this person is to come, without those that the person settled."""
    states = [PromptState.PENDING, PromptState.SENT, PromptState.MISSED]
    found = prompts.of_person(
        session, workspace_id=person.workspace_id, person_id=person.id, states=states, open_at=now
    )
    by_id = rituals.runs(session, workspace_id=person.workspace_id, ids={prompt.run_id for prompt in found})
    return [(prompt, by_id[prompt.run_id]) for prompt in found]


def _may_recall(session: Session, prompt: Prompt, run: Run, person: Person, now: datetime) -> bool:
    if prompt.missed is not Missed.AWAY or run.state is not RunState.OPEN:
        return False
    if prompt.asked:
        return not windows.is_missed_away(run.template, prompt, person, now)
    ritual = rituals.ritual(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id)
    newest = sequels.since(session, found=[(prompt, run)])[prompt.id].newest_id
    window = windows.window_in(run, person)
    is_on = ritual is not None and ritual.ended_at is None
    return is_on and newest == run.id and window is not None and not window.away


def _recall(session: Session, person: Person, found: Prompt, run: Run, now: datetime) -> None:
    prompt = prompts.prompt(session, workspace_id=person.workspace_id, prompt_id=found.id, lock=True)
    if prompt and prompt.missed is Missed.AWAY:
        # Prompts are locked before runs; only then is it certain that the run is still open.
        place = (Last.RUNS, run.id, rituals.RECALL)
        at_end(session, place, partial(_recall_if_open, session, person, prompt, run, now))


def _recall_if_open(session: Session, person: Person, prompt: Prompt, run: Run, now: datetime) -> None:
    current = rituals.run(session, workspace_id=run.workspace_id, run_id=run.id, lock=True)
    if current is None or current.state is not RunState.OPEN:
        return
    if prompt.sent_at:
        later = [moment for moment in prompt.reminders if moment > now]
        next_at = windows.next_moment(later, prompt.deadline)
        prompts.move(session, prompt_id=prompt.id, state=PromptState.SENT, next_at=next_at)
    else:
        window = windows.rest_of(run, person, now)
        if window is None:
            return
        prompts.move_window(session, prompt_id=prompt.id, window=window, at=window.due)
        prompts.recall(session, prompt_id=prompt.id, at=window.due)
    owing.owe_prompt_changed(session, run, prompt, now=now)
