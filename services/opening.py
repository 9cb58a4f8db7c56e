"""Occurrences that have begun open as runs, and ask their people."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import windows
from domain.people import Person
from domain.runs import Missed, Prompt, PromptState, Ritual, Run
from domain.runs import occurrence as occurrence_of
from domain.selectors import asks_starter, selectors
from services import ahead, closing, facilitators, late_answers, owing, planning, unasked
from services.isolation import alone
from services.roster import next_facilitator, roster_of, seats
from storage import kept, people, planned, prompts, rituals
from storage.engine import Database

PUT_OFF = timedelta(hours=1)
BATCH = 20


def open_due(db: Database, *, now: datetime) -> int:
    """Opens the runs of rituals whose next occurrence begins, each alone; answers how many it moved."""
    with db.read() as session:
        found = planned.due(session, now=now, limit=BATCH)
    moved = 0
    for workspace_id, ritual_id in found:
        put_off = partial(put_off_ritual, db, ritual_id, now + PUT_OFF)
        moved += alone(partial(_open_due, db, workspace_id, ritual_id, now), put_off, f"opening ritual {ritual_id}")
    return moved


def _open_due(db: Database, workspace_id: str, ritual_id: int, now: datetime) -> bool:
    """Whether it was this one's turn: another replica may have opened it meanwhile.

    Nobody goes away or moves while it opens: they find their prompt there, or it knows where they are.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        ritual = planned.take_due(session, ritual_id=ritual_id, now=now)
        if ritual is not None:
            _open(session, ritual, now)
            unasked.tell(session, ritual, now=now)
        return ritual is not None


def put_off_ritual(db: Database, ritual_id: int, until: datetime) -> None:
    with db.write() as session:
        planned.put_off(session, ritual_id=ritual_id, until=until)


def start(session: Session, ritual: Ritual, occurrence: str, asked: list[Person], *, by: str, now: datetime) -> Run:
    """A run of its own, whatever is planned; `by` is who starts it."""
    turn = _with_facilitator(session, ritual, date.fromisoformat(occurrence[:10]), now)
    run = rituals.open_run(session, ritual=turn, occurrence=occurrence, at=now, skipped=0, skipped_since=None)
    if run is None:
        raise AssertionError("Whoever starts it has looked for it, and holds the ritual.")
    invite(session, run, asked, now, now, starter_id=by if asks_starter(run.template.who) else "")
    if run.facilitator_id != by:
        facilitators.tell_turn(session, run, before=ritual, now=now)
    return run


def _open(session: Session, ritual: Ritual, now: datetime) -> None:
    asked = roster_of(session, ritual)
    passed, coming = windows.begun(ritual, asked, now)
    next_day, next_at = coming or (None, None)
    planned.set_next(session, ritual_id=ritual.id, day=next_day, at=next_at)
    rule = ritual.template.cadence
    if rule is None or not passed or not planning.channel_is_open(session, ritual):
        return
    day, begins = passed[-1]
    if not asked:
        facilitators.tell_of_nobody(session, ritual, day, now=now)
        return
    run = rituals.open_run(
        session,
        ritual=_with_facilitator(session, ritual, day, now),
        occurrence=occurrence_of(day, rule.at),
        at=now,
        skipped=len(passed) - 1,
        skipped_since=passed[0][0] if len(passed) > 1 else None,
    )
    if run is not None:
        invite(session, run, asked, begins, now)
        facilitators.tell_turn(session, run, before=ritual, now=now)
        _end_pause(session, ritual, now)
        _plan_turns(session, ritual, after=day, coming=next_day)


def _with_facilitator(session: Session, ritual: Ritual, day: date, now: datetime) -> Ritual:
    """Whose turn it is takes over with the run."""
    person = next_facilitator(session, ritual, day)
    if person is None or person.id == ritual.facilitator_id:
        return ritual
    facilitators.pass_turn(session, ritual, person.id, now=now)
    return replace(ritual, facilitator_id=person.id)


def _plan_turns(session: Session, ritual: Ritual, *, after: date, coming: date | None) -> None:
    """Where people are asked in turn, the occurrence to come asks others, and may begin at another moment."""
    if any(each.count for each in selectors(ritual.template.who)):
        planning.schedule(session, ritual, after=after, asked=roster_of(session, replace(ritual, next_day=coming)))


def _end_pause(session: Session, ritual: Ritual, now: datetime) -> None:
    if ritual.paused_until:
        rituals.pause(session, ritual_id=ritual.id, until=None)
        owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)


def invite(
    session: Session, run: Run, asked: Sequence[Person], begins: datetime, now: datetime, *, starter_id: str = ""
) -> None:
    """Makes the prompts of a run that has just opened. `starter_id`: whoever has started it, if it asks them."""
    meant_by = seats(session, run, asked)
    moments = {"begins": begins, "too_old": now - planning.grace(session, run.workspace_id)}
    made = (windows.prompt(run, each, **moments, at_once=each.id == starter_id) for each in asked)
    found = [prompt for prompt in made if prompt]
    found = [_unless_missed(session, run, replace(each, meant_by=meant_by[each.person_id])) for each in found]
    if not asks_starter(run.template.who):  # Such a run is its starter's own, and ends nobody else's.
        _give_way(session, run, {prompt.person_id: prompt.due_at for prompt in found}, now)
    prompts.add(session, prompts=found)
    late_answers.end(session, run, [each.person_id for each in found], now=now)
    before = rituals.newest_run(session, ritual_id=run.ritual_id, before=run.id)
    facilitators.show_note_again(session, before, now=now)
    if run.template.anonymous:
        kept.drop_all(session, ritual_id=run.ritual_id, but=[*unasked.handed_back(session, run)])
    else:
        _drop_older(session, run, [each.person_id for each in found])
    owing.owe(session, run.workspace_id, owing.run_message(run), now=now)
    closing.finish(session, run, now=now)


def _unless_missed(session: Session, run: Run, prompt: Prompt) -> Prompt:
    """Who is away, or was not asked in time, is heard all the same if they have answered ahead."""
    if prompt.missed and ahead.is_answered(session, run, prompt):
        return replace(prompt, state=PromptState.PENDING, missed=None)
    return prompt


def _drop_older(session: Session, run: Run, asked: Collection[str]) -> None:
    """What a run that is open still takes stays, and what is to be handed back; so does, at one started by hand, what
    is planned, and at its starter's own, what others typed who can still answer theirs."""
    spared = [each.occurrence for each in rituals.open_of(session, ritual_id=run.ritual_id)]
    spared += unasked.handed_back(session, run)
    kept.drop_before(
        session,
        ritual_id=run.ritual_id,
        occurrence=run.occurrence,
        but=spared,
        only_by_hand=run.is_by_hand,
        people=asked if asks_starter(run.template.who) else None,
    )


def _give_way(session: Session, newer: Run, due: dict[str, datetime], now: datetime) -> None:
    """Two prompts of one ritual that would meet become the newer one; `due` is when it asks whom."""
    for run in rituals.open_of(session, ritual_id=newer.ritual_id, before=newer.id):
        for prompt in prompts.of_run(session, run_id=run.id):
            meets = prompt.person_id in due and prompt.due_at >= due[prompt.person_id]
            if prompt.state is PromptState.PENDING and meets:
                closing.let_go(session, run, prompt, Missed.NEWER, now)
        closing.finish(session, run, now=now)
