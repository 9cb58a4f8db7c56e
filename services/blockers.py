"""Blockers: raised by answers, taken up and cleared by people, asked about next time, and brought to the facilitator
while nobody has taken them up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import hours
from domain.blockers import ASKED_ABOUT, MOVES, Blocker, Move, NoBlocker, made_of, next_nudge
from domain.deliveries import Kind, Subject
from domain.digest_times import AFTER_DIGEST
from domain.into import made_by
from domain.people import Person
from domain.runs import Prompt, Run
from services import audience, blocker_trail, caretakers, closing, digest_changes, facilitators, nudges, owing
from services.isolation import apart
from services.summary_readers import blockers_for, told_by_digest
from storage import blockers, channels, deliveries, digests, owed, people, rituals
from storage.ending import makes_nothing_due
from storage.engine import Database
from storage.owed import Want

BATCH = 100
PUT_OFF = timedelta(hours=1)
STILL, CLEARED = "still", "cleared"
"""What whoever raised it answers to "Still?"."""
OUTSIDE = "{name} is not in this channel and may not read it. Choose somebody who may, or tell them yourself."


def readable(session: Session, *, workspace_id: str, blocker_id: int, reader_id: str, now: datetime) -> Blocker:
    """Raises NoBlocker for those who may not read it: an old message keeps its buttons."""
    found = blockers.blocker(session, workspace_id=workspace_id, blocker_id=blocker_id)
    if found is None or not _may_read(session, found, reader_id, now):
        raise NoBlocker
    return found


def _may_read(session: Session, blocker: Blocker, reader_id: str, now: datetime) -> bool:
    reader = people.person(session, workspace_id=blocker.workspace_id, person_id=reader_id)
    if reader is None:
        return False
    places = channels.readable(session, workspace_id=blocker.workspace_id, person_id=reader_id, now=now)
    return bool(blockers_for(session, [blocker], reader, places, now))


def take(db: Database, *, workspace_id: str, blocker_id: int, person_id: str, now: datetime) -> None:
    """Whoever takes it up owns it from then on."""
    _by_hand(db, Move.TAKE, workspace_id=workspace_id, blocker_id=blocker_id, person_id=person_id, now=now)


def clear(db: Database, *, workspace_id: str, blocker_id: int, person_id: str, now: datetime) -> None:
    _by_hand(db, Move.CLEAR, workspace_id=workspace_id, blocker_id=blocker_id, person_id=person_id, now=now)


def still(db: Database, *, workspace_id: str, blocker_id: int, person_id: str, now: datetime) -> None:
    """Whoever raised it objects to its having been cleared: it waits again, as old as it is."""
    _by_hand(db, Move.STILL, workspace_id=workspace_id, blocker_id=blocker_id, person_id=person_id, now=now)


def _by_hand(db: Database, move: Move, *, workspace_id: str, blocker_id: int, person_id: str, now: datetime) -> None:
    with db.write() as session:
        audience.actor(session, workspace_id=workspace_id, person_id=person_id)
        blockers.lock(session, blocker_id=blocker_id)
        found = readable(session, workspace_id=workspace_id, blocker_id=blocker_id, reader_id=person_id, now=now)
        known = people.people(session, workspace_id=workspace_id, ids=found.named)
        if move is Move.STILL:
            found.check_raiser(person_id, known)
        if move is Move.CLEAR:
            look_after = caretakers.of_channel(session, workspace_id=workspace_id, channel_id=found.channel_id)
            found.check_clearer(person_id, known, look_after)
        _move(session, found, move, person_id, now)


def _move(session: Session, blocker: Blocker, move: Move, person_id: str, now: datetime) -> None:
    moved = blocker.moved(move, by=person_id, at=now)
    if moved != blocker:
        blockers.save(session, blocker=moved, next_at=now if moved.waits else None)
        changed(session, moved, now=now)
        tell_raiser(session, moved, by=person_id, now=now)
        if moved.is_open_again:
            owing.owe(session, moved.workspace_id, *owing.open_again_messages(moved), now=now)
        blocker_trail.note(session, blocker_trail.MOVED[move], before=blocker, after=moved, by=person_id, now=now)


def tell_raiser(session: Session, blocker: Blocker, *, by: str, now: datetime) -> None:
    """Once, of what others do about it: what they do later stands in the same message."""
    if blocker.raised_by not in ("", by):
        owing.owe(session, blocker.workspace_id, owing.blocker_news(blocker), now=now)


def mistakes(
    session: Session, run: Run, prompt: Prompt, answers: Mapping[str, str], *, before: Mapping[str, str]
) -> dict[str, str]:
    """By question: somebody who could clear it, and could not read it. What was answered `before` stays as it is."""
    made = made_by("blocker", run.template.questions_for(prompt), answers)
    named = [each.others["owner"] for each in made if each.value("owner") not in ("", prompt.person_id)]
    known = people.people(session, workspace_id=run.workspace_id, ids={each.value for each in named})
    found = {
        each.question_id: OUTSIDE.format(name=known[each.value].name)
        for each in named
        if audience.is_outside(session, record=run, person=known[each.value])
    }
    return {name: text for name, text in found.items() if before.get(name) != answers[name]}


def raised(session: Session, run: Run, prompt: Prompt, answers: Mapping[str, str], *, now: datetime) -> None:
    """What the answers of a prompt say stands in the way takes the place of what they said before."""
    before = _of_person(session, run, prompt)
    made = made_of(run, run.template.questions_for(prompt), answers, by=prompt.person_id)
    if not before and not made:
        return
    hears_at = facilitators.hears_of_blockers_at(session, run, now)
    blockers.set_of_prompt(session, prompt_id=prompt.id, blockers=made, next_at=hears_at)
    if before != (after := _of_person(session, run, prompt)):
        blocker_trail.note_answer(session, before, after, by=prompt.person_id, now=now)
        for blocker in {each.id: each for each in (*before, *after)}.values():
            changed(session, blocker, now=now)
        owing.owe(session, run.workspace_id, *owing.clearer_messages(after), now=now)


def _of_person(session: Session, run: Run, prompt: Prompt) -> list[Blocker]:
    return [each for each in blockers.of_run(session, run_id=run.id) if each.raised_by == prompt.person_id]


def changed(session: Session, blocker: Blocker, *, now: datetime) -> None:
    """Everything that shows it: the summary it stands in, and the newest, digests, Homes, and what people got about
    it."""
    workspace_id = blocker.workspace_id
    digest_changes.blocker_changed(session, blocker, now=now)
    if run := rituals.run(session, workspace_id=workspace_id, run_id=blocker.run_id):
        newest = rituals.newest_run(session, ritual_id=run.ritual_id) or run
        owing.owe_again(session, workspace_id, owing.run_message(run), owing.run_message(newest), now=now)
        for shows_it in {run.id: run, newest.id: newest}.values():
            owing.owe_others_of_run(session, shows_it, now=now)
            closing.fit(session, shows_it, now=now)
        told = deliveries.keys_about(session, workspace_id=workspace_id, kinds=[Kind.BLOCKED], subject_id=run.ritual_id)
        owed.want_again(session, workspace_id=workspace_id, keys=told, now=now)
    _owe_own(session, blocker, now)
    person = people.person(session, workspace_id=workspace_id, person_id=blocker.raised_by)
    if person and person.manager_id:
        owing.owe_again(session, workspace_id, owing.home_page(person.manager_id), now=now)


def _owe_own(session: Session, blocker: Blocker, now: datetime) -> None:
    """Also to those whom its answer named before, and who have passed it on."""
    workspace_id = blocker.workspace_id
    told = deliveries.keys_about(session, workspace_id=workspace_id, kinds=[Kind.CLEARER], subject_id=blocker.run_id)
    named_by = Subject(Kind.CLEARER, blocker.run_id, part=blocker.raised_by).key
    keys = [key for key in told if key.startswith(named_by)]
    keys += deliveries.keys_about(session, workspace_id=workspace_id, kinds=[Kind.HANDED], subject_id=blocker.id)
    owed.want_again(session, workspace_id=workspace_id, keys=keys, now=now)
    owing.owe_again(session, workspace_id, owing.blocker_news(blocker), now=now)


def asked_about(session: Session, run: Run, person_id: str) -> tuple[Blocker, ...]:
    """What this person raised before and nobody had settled when this run opened: the newest of them, oldest first."""
    found = [each for each in blockers.before(session, run=run, raised_by=person_id) if not each.action_number]
    return tuple(found[-ASKED_ABOUT:])


def fields(session: Session, run: Run, person_id: str) -> tuple[tuple[str, Blocker], ...]:
    """The same, each with the name of the field that asks about it. An anonymous form asks about nothing."""
    if run.template.anonymous:
        return ()
    return tuple((f"still-{blocker.id}", blocker) for blocker in asked_about(session, run, person_id))


def answered(session: Session, run: Run, prompt: Prompt, given: Mapping[str, str], *, now: datetime) -> None:
    """What whoever raised them says of older blockers; not answering changes nothing."""
    moves = {STILL: Move.STILL, CLEARED: Move.CLEAR}
    for name, blocker in fields(session, run, prompt.person_id):
        if move := moves.get(given.get(name, "")):
            blockers.lock(session, blocker_id=blocker.id)
            current = blockers.blocker(session, workspace_id=run.workspace_id, blocker_id=blocker.id)
            if current and not current.action_number and (current.state, move) in MOVES:
                _move(session, current, move, prompt.person_id, now)


def nudge_due(db: Database, *, now: datetime) -> int:
    """Brings to facilitators what nobody has taken up, once a working day; answers how many blockers it moved."""
    with db.write() as session:
        found = blockers.due(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for workspace_id, blocker_id in found:
            apart(
                session,
                partial(_nudge, session, workspace_id, blocker_id, now),
                partial(blockers.set_next, session, ids=[blocker_id], at=now + PUT_OFF),
                f"telling of blocker {blocker_id}",
            )
    return len(found)


def _nudge(session: Session, workspace_id: str, blocker_id: int, now: datetime) -> None:
    blocker = blockers.blocker(session, workspace_id=workspace_id, blocker_id=blocker_id)
    run = rituals.run(session, workspace_id=workspace_id, run_id=blocker.run_id) if blocker else None
    ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=run.ritual_id) if run else None
    next_at = None
    if blocker and blocker.waits and ritual and ritual.ended_at is None:
        facilitator = people.person(session, workspace_id=workspace_id, person_id=ritual.facilitator_id)
        next_at = _tell(session, ritual.id, blocker, facilitator, now) if facilitator else None
    blockers.set_next(session, ids=[blocker_id], at=next_at)


def _tell(session: Session, ritual_id: int, blocker: Blocker, facilitator: Person, now: datetime) -> datetime:
    """When it next matters. A message a day holds all of a ritual's but what the reader's digest lists that day."""
    at = hours.back_at_work(facilitator, now)
    if facilitator.left or at > now:
        return at if at > now else now + timedelta(days=1)
    today = now.astimezone(facilitator.zone).date()
    mine = {"workspace_id": facilitator.workspace_id, "person_id": facilitator.id}
    planned = digests.planned(session, **mine)
    if planned and planned.at.astimezone(facilitator.zone).date() == today:
        return max(planned.at, now) + AFTER_DIGEST
    if blocker.id in told_by_digest(session, facilitator, today):
        return next_nudge(facilitator, now)
    subject = Subject(Kind.BLOCKED, ritual_id, part=today.isoformat(), person_id=facilitator.id)
    told = deliveries.keys_about(
        session, workspace_id=facilitator.workspace_id, kinds=[Kind.BLOCKED], subject_id=ritual_id
    )
    if subject.key in told:
        owed.want(session, workspace_id=facilitator.workspace_id, wants=[Want(subject)], now=now)
    else:
        nudges.nudge(session, facilitator, Want(subject), now=now, is_last=False)
    return next_nudge(facilitator, now)
