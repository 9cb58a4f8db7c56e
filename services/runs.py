"""What time does to rituals: their occurrences open as runs, and runs close when nobody is waited for."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import summary_pages, windows
from domain.people import Person
from domain.runs import WAITING, Missed, Prompt, PromptState, Ritual, Run, RunState
from domain.runs import occurrence as occurrence_of
from domain.selectors import asks_starter, selectors
from services import (
    ahead,
    checkin_cards,
    digest_changes,
    facilitators,
    late_answers,
    offered,
    owing,
    sending_on,
    telling,
    together,
    unasked,
)
from services.anonymous import is_told, settle
from services.isolation import alone
from services.roster import next_facilitator, roster_of, seats
from storage import anonymous, channels, delivery_queries, kept, people, prompts, rituals
from storage.ending import Last, at_end
from storage.engine import Database

PUT_OFF = timedelta(hours=1)
BATCH = 20


def open_due(db: Database, *, now: datetime) -> int:
    """Opens the runs of rituals whose next occurrence begins, each alone; answers how many it moved."""
    with db.read() as session:
        found = rituals.due(session, now=now, limit=BATCH)
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
        ritual = rituals.take_due(session, ritual_id=ritual_id, now=now)
        if ritual is not None:
            _open(session, ritual, now)
            unasked.tell(session, ritual, now=now)
        return ritual is not None


def put_off_ritual(db: Database, ritual_id: int, until: datetime) -> None:
    with db.write() as session:
        rituals.put_off(session, ritual_id=ritual_id, until=until)


def schedule(
    session: Session, ritual: Ritual, *, after: date, asked: list[Person], not_before: datetime | None = None
) -> None:
    """Works out the first occurrence later than a local date, and none while it is paused."""
    if ritual.paused_until:
        after = max(after, ritual.paused_until - timedelta(days=1))
    found = windows.next_occurrence(ritual.template, asked, after=after, not_before=not_before)
    day, at = found or (None, None)
    rituals.set_next(session, ritual_id=ritual.id, day=day, at=at)


def schedule_first(session: Session, ritual: Ritual, asked: list[Person], *, after: date, now: datetime) -> None:
    """The first occurrence later than a local date that nobody has to be asked late for."""
    schedule(session, ritual, after=after, asked=asked)
    current = rituals.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id)
    while current and current.next_day and current.next_at and current.next_at <= now:
        schedule(session, ritual, after=current.next_day, asked=asked)
        current = rituals.ritual(session, workspace_id=ritual.workspace_id, ritual_id=ritual.id)


def start(session: Session, ritual: Ritual, occurrence: str, asked: list[Person], *, by: str, now: datetime) -> Run:
    """A run of its own, whatever is planned; `by` is who starts it."""
    turn = _with_facilitator(session, ritual, date.fromisoformat(occurrence[:10]), now)
    run = rituals.open_run(session, ritual=turn, occurrence=occurrence, at=now, skipped=0, skipped_since=None)
    if run is None:
        raise AssertionError("Whoever starts it has looked for it, and holds the ritual.")
    _invite(session, run, asked, now, now, starter_id=by if asks_starter(run.template.who) else "")
    if run.facilitator_id != by:
        facilitators.tell_turn(session, run, before=ritual, now=now)
    return run


def _open(session: Session, ritual: Ritual, now: datetime) -> None:
    asked = roster_of(session, ritual)
    passed, coming = windows.begun(ritual, asked, now)
    next_day, next_at = coming or (None, None)
    rituals.set_next(session, ritual_id=ritual.id, day=next_day, at=next_at)
    rule = ritual.template.cadence
    if rule is None or not passed or not channel_is_open(session, ritual):
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
        _invite(session, run, asked, begins, now)
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
        schedule(session, ritual, after=after, asked=roster_of(session, replace(ritual, next_day=coming)))


def _end_pause(session: Session, ritual: Ritual, now: datetime) -> None:
    if ritual.paused_until:
        rituals.pause(session, ritual_id=ritual.id, until=None)
        owing.owe_again(session, ritual.workspace_id, owing.ritual_message(ritual), now=now)


def channel_is_open(session: Session, place: Ritual | Run) -> bool:
    """The facilitator was told when the channel closed to Muster; it goes on by itself when it opens again."""
    channel = channels.channel(session, workspace_id=place.workspace_id, channel_id=place.channel_id)
    return channel is not None and channel.is_open


def _invite(
    session: Session, run: Run, asked: Sequence[Person], begins: datetime, now: datetime, *, starter_id: str = ""
) -> None:
    """`starter_id`: whoever has just started a run that asks them."""
    meant_by = seats(session, run, asked)
    moments = {"begins": begins, "too_old": now - grace(session, run.workspace_id)}
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
    finish(session, run, now=now)


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
                _let_go(session, run, prompt, Missed.NEWER, now)
        finish(session, run, now=now)


def _let_go(session: Session, run: Run, prompt: Prompt, why: Missed, now: datetime) -> None:
    at_end(session, (Last.PROMPTS, prompt.id), partial(_miss_unheard, session, run, prompt, why, now))


def _miss_unheard(session: Session, run: Run, prompt: Prompt, why: Missed, now: datetime) -> None:
    """Whoever has answered ahead is heard when they would be asked."""
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


def fit(session: Session, run: Run, *, now: datetime) -> None:
    """The same where no answer has changed, but the summary may have become longer or shorter."""
    at_end(session, (Last.RUNS, run.id, rituals.FINISH), partial(_finish, session, run, now))


def _finish(session: Session, run: Run, now: datetime) -> None:
    current = rituals.run(session, workspace_id=run.workspace_id, run_id=run.id, lock=True)
    is_waiting = current and current.state is RunState.OPEN and _is_waited_for(session, current)
    if current is None or (is_waiting and not current.template.post.early):
        return
    if is_waiting or current.state is RunState.CLOSED:
        _owe_pages(session, current, now)
        again = owing.unposted_message(current), owing.note_message(current)
        owing.owe_again(session, run.workspace_id, *again, now=now)
        return
    rituals.close_run(session, run_id=run.id, at=now)
    if run.template.anonymous:
        settle(session, run, now=now)
    closed = replace(current, state=RunState.CLOSED, closed_at=now)
    owing.owe_summary(session, run, now=now)
    offered.show_again(session, run, now=now)
    _owe_pages(session, closed, now)
    _tell_facilitator(session, closed, now)


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
    not told of an anonymous run."""
    ritual = rituals.ritual(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id)
    if is_told(session, run):
        if run.template.post.is_in_channel and not channel_is_open(session, run):
            owing.owe(session, run.workspace_id, owing.unposted_message(run), now=now)
    elif ritual and ritual.ended_at is None and not run.template.anonymous:
        facilitators.tell(session, run.workspace_id, owing.note_message(run), now=now)


def ask_nobody_else(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """A ritual has been switched off: what is open goes on with those who have been asked."""
    still_open = rituals.open_of(session, ritual_id=ritual.id)
    for run in still_open:
        for prompt in prompts.of_run(session, run_id=run.id):
            if prompt.state is PromptState.PENDING:
                _let_go(session, run, prompt, Missed.ENDED, now)
        offered.show_again(session, run, now=now)
        finish(session, run, now=now)


def channel_closed(session: Session, ritual: Ritual, *, now: datetime) -> None:
    """A summary that Slack no longer took goes to the facilitator."""
    run = rituals.newest_run(session, ritual_id=ritual.id)
    if run is None or run.state is RunState.OPEN or not run.template.post.is_in_channel:
        return
    key = owing.run_message(run).key
    standing = delivery_queries.standing(session, workspace_id=run.workspace_id, key=key)
    if is_told(session, run) and not (standing and standing.is_shown):
        owing.owe(session, run.workspace_id, owing.unposted_message(run), now=now)


def grace(session: Session, workspace_id: str) -> timedelta:
    return timedelta(hours=people.workspace(session, workspace_id=workspace_id).grace_hours)
