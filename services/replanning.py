"""What is worked out again when people, their channels or the zone data change: prompts that are not out yet, and the
occurrences to come."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import windows
from domain.channels import Channel
from domain.people import Person
from domain.runs import Missed, Prompt, PromptState, Ritual, Run
from domain.windows import Window
from services import ahead, closing, facilitators, opening, owing, planning, together
from services.isolation import alone
from services.roster import roster_of, seats, still_asks
from storage import owed, people, planned, prompts, rituals
from storage.ending import Last, at_end
from storage.engine import Database
from storage.owed import Want


def replan(session: Session, *, workspace_id: str, person: Person, now: datetime) -> None:
    """After a person's zone, hours or absences changed: moves prompts that are not out yet, and what is to come."""
    move_prompts(session, person=person, now=now)
    planned.look_again(session, workspace_id=workspace_id, person_ids=[person.id], at=now)


def move_prompts(session: Session, *, person: Person, now: datetime) -> None:
    """Of this person, those that are not out yet; they ask what the person's function is asked."""
    for prompt_id in _not_out(session, person):
        at_end(session, (Last.PROMPTS, prompt_id), partial(_move_prompt, session, person, prompt_id, now))


def change_questions(session: Session, *, person: Person, now: datetime) -> None:
    """After a person's function or role alone changed: prompts that are not out yet keep their moments."""
    for prompt_id in _not_out(session, person):
        at_end(session, (Last.PROMPTS, prompt_id), partial(_change_questions, session, person, prompt_id, now))


def _not_out(session: Session, person: Person) -> list[int]:
    waiting = [PromptState.PENDING]
    found = prompts.of_person(session, workspace_id=person.workspace_id, person_id=person.id, states=waiting)
    return [prompt.id for prompt in found]


def _change_questions(session: Session, person: Person, prompt_id: int, now: datetime) -> None:
    found = _still_pending(session, person, prompt_id)
    if found is None:
        return
    prompt, run = found
    if not still_asks(session, run, person):
        _release(session, run, prompt, now)
    elif not prompt.asked:
        _set_questions(session, run, prompt, person)


def _set_questions(session: Session, run: Run, prompt: Prompt, person: Person) -> None:
    meant_by = seats(session, run, [person])[person.id]
    prompts.set_questions(session, prompt_id=prompt.id, function=person.function, meant_by=meant_by)


def _still_pending(session: Session, person: Person, prompt_id: int) -> tuple[Prompt, Run] | None:
    prompt = prompts.prompt(session, workspace_id=person.workspace_id, prompt_id=prompt_id, lock=True)
    run = rituals.run(session, workspace_id=person.workspace_id, run_id=prompt.run_id) if prompt else None
    return (prompt, run) if prompt and run and prompt.state is PromptState.PENDING else None


def _release(session: Session, run: Run, prompt: Prompt, now: datetime) -> None:
    closing.miss(session, run, prompt, Missed.RELEASED, now)
    closing.finish(session, run, now=now)


def release_members(session: Session, ritual: Ritual, gone: Collection[str], *, now: datetime) -> None:
    """They have left the channel: whom it has not reached yet, it does not ask."""
    for run in rituals.open_of(session, ritual_id=ritual.id):
        for prompt in prompts.of_run(session, run_id=run.id):
            if prompt.person_id in gone and prompt.state is PromptState.PENDING and not _is_asked(session, run, prompt):
                at_end(session, (Last.PROMPTS, prompt.id), partial(_release, session, run, prompt, now))


def _is_asked(session: Session, run: Run, prompt: Prompt) -> bool:
    """Whether they are meant wherever they are."""
    person = people.person(session, workspace_id=prompt.workspace_id, person_id=prompt.person_id)
    return person is not None and still_asks(session, run, person)


def _move_prompt(session: Session, person: Person, prompt_id: int, now: datetime) -> None:
    found = _still_pending(session, person, prompt_id)
    if found is None:
        return
    prompt, run = found
    window = windows.window_from(run.template, person, run.day, now) if still_asks(session, run, person) else None
    if window is None:
        _release(session, run, prompt, now)
    elif not prompt.asked:
        _move_window(session, person, found, window, now)
    else:
        _draw_again(session, person, found, now)


def _draw_again(session: Session, person: Person, found: tuple[Prompt, Run], now: datetime) -> None:
    """What is not out yet may wait for its person. Who is away from this ritual alone gets the others without it."""
    prompt, run = found
    today = now.astimezone(person.zone).date()
    is_away = any(each.rituals for each in person.absences) and person.seen_by(run.template.id).is_away(today)
    if prompt.with_id and is_away:
        together.leave(session, prompt, now=now)
        alone_now = Want(owing.prompt_message(replace(prompt, with_id=None)), not_after=prompt.deadline)
        owed.want(session, workspace_id=run.workspace_id, wants=[alone_now], now=now)
    else:
        owing.owe_again(session, run.workspace_id, owing.prompt_message(prompt), now=now)


def _move_window(session: Session, person: Person, found: tuple[Prompt, Run], window: Window, now: datetime) -> None:
    prompt, run = found
    if window.away and not ahead.is_answered(session, run, prompt):
        closing.miss(session, run, prompt, Missed.AWAY, now)
        closing.finish(session, run, now=now)
    else:
        prompts.move_window(session, prompt_id=prompt.id, window=window, at=window.due)
        _set_questions(session, run, prompt, person)
        owing.owe_again(session, run.workspace_id, owing.run_message(run), now=now)


def look_again_due(db: Database, *, now: datetime) -> int:
    """Works out again the rituals whose people changed; answers how many.

    Each alone, and not with the change: many people may change at once, and nobody waits until all is worked out.
    """
    with db.read() as session:
        found = planned.to_look_at(session, now=now, limit=opening.BATCH)
    for workspace_id, ritual_id in found:
        put_off = partial(opening.put_off_ritual, db, ritual_id, now + opening.PUT_OFF)
        alone(partial(_look_again, db, workspace_id, ritual_id, now), put_off, f"working out ritual {ritual_id}")
    return len(found)


def _look_again(db: Database, workspace_id: str, ritual_id: int, now: datetime) -> bool:
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        reschedule(session, ritual_id, now=now)
    return True


def reschedule(session: Session, ritual_id: int, *, now: datetime) -> None:
    """Works out anew when the occurrence to come begins; one that has begun is left to be opened.

    Who is asked is read when the ritual is locked: of two who work it out at once, the second knows what the first did.
    """
    current = rituals.take(session, ritual_id=ritual_id)
    if current and (current.next_at is None or current.next_at > now):
        day = current.next_day or now.date() + timedelta(days=1)
        asked = roster_of(session, current)
        planning.schedule(session, current, after=day - timedelta(days=1), asked=asked, not_before=now)
        if current.next_at is not None and not asked:
            facilitators.tell_of_nobody(session, current, day, now=now)


def resume(session: Session, channel: Channel, *, now: datetime) -> None:
    """Muster can post in the channel again: whoever was to be asked meanwhile is asked now, if it is not too late."""
    for ritual in rituals.active(session, workspace_id=channel.workspace_id, channel_id=channel.id):
        newest = rituals.newest_run(session, ritual_id=ritual.id)
        if newest:
            owing.owe_again(session, newest.workspace_id, owing.unposted_message(newest), now=now)
        for run in rituals.open_of(session, ritual_id=ritual.id):
            _wake(session, run, now)


def _wake(session: Session, run: Run, now: datetime) -> None:
    for prompt in prompts.of_run(session, run_id=run.id):
        if prompt.state is PromptState.PENDING and not prompt.asked and prompt.due_at <= now:
            at_end(session, (Last.PROMPTS, prompt.id), partial(prompts.wake, session, prompt_id=prompt.id, at=now))
