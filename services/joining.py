"""Whoever comes when a run is open already may answer it until it closes, and is then one more than were asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from domain import windows
from domain.belonging import Belonging
from domain.errors import UserError
from domain.kept import Filled
from domain.people import Person
from domain.runs import Missed, Prompt, PromptState, Run, RunState
from domain.selectors import selectors
from services import early, owing
from services.belonging import belonging_of
from services.own_prompts import NotYourPrompt
from storage import joining, observers, people, prompts, rituals


class ClosedAlready(UserError):
    """This check-in has closed, so it takes no more answers. Type `/checkin` to see those that are open."""


def open_for(session: Session, person: Person, now: datetime) -> list[tuple[Prompt, Run]]:
    """What began before they came, or came back, and where they would stand."""
    ids = joining.run_ids(session, workspace_id=person.workspace_id, person_id=person.id)
    found = rituals.runs(session, workspace_id=person.workspace_id, ids=ids)
    seats = _seats(session, [run for _id, run in sorted(found.items())], person, now)
    return [(prompt, run) for prompt, run in seats if now <= prompt.deadline]


def to_open(session: Session, *, workspace_id: str, run_id: int, person_id: str, now: datetime) -> tuple[Prompt, Run]:
    """Their prompt, if they have answered already. Raises ClosedAlready."""
    run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
    own = _own(session, run, person_id) if run else None
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    found = own or (run and person and _seat(session, run, person, now))
    if run is None or not found or now > found.deadline:
        raise ClosedAlready
    return found, run


def place(session: Session, filled: Filled, now: datetime) -> tuple[Prompt, Run]:
    """Where a form belongs that they have filled in. The ritual is locked, so that they have one prompt at most. Raises
    NotYourPrompt."""
    run = rituals.run(session, workspace_id=filled.workspace_id, run_id=filled.run_id)
    person = people.person(session, workspace_id=filled.workspace_id, person_id=filled.person_id)
    if run is None or person is None:
        raise NotYourPrompt
    rituals.take(session, ritual_id=run.ritual_id)
    if _own(session, run, person.id):
        return early.begun(session, run, filled)
    found = _seat(session, run, person, now)
    if found is None:
        raise NotYourPrompt
    return found, run


def join(session: Session, run: Run, seat: Prompt, now: datetime) -> Prompt:
    """From now on they have a prompt, about to be answered."""
    joining.take(session, seat=seat)
    found = _own(session, run, seat.person_id)
    if found is None:
        raise NotYourPrompt
    owing.owe(session, run.workspace_id, owing.prompt_message(found), now=now)
    return found


def _own(session: Session, run: Run, person_id: str) -> Prompt | None:
    """None also for whoever it did not ask after all: once they are meant again, they may join."""
    found = prompts.own(session, run_id=run.id, person_id=person_id)
    return found if found and found.missed is not Missed.RELEASED else None


def _seat(session: Session, run: Run, person: Person, now: datetime) -> Prompt | None:
    return next((seat for seat, _run in _seats(session, [run], person, now)), None)


def _seats(session: Session, runs: Sequence[Run], person: Person, now: datetime) -> list[tuple[Prompt, Run]]:
    """In those that would have asked them. Each look at the database is one for all runs: Home is often drawn."""
    own = belonging_of(session, person)
    meant = [each for each in runs if _is_meant(own, each)]
    reading = observers.ritual_ids(session, workspace_id=person.workspace_id, person_id=person.id) if meant else ()
    asking = [each for each in meant if each.ritual_id not in reading]
    still_open = {each.id for each in asking if each.state is RunState.OPEN}
    last = joining.last_deadlines(session, run_ids=still_open) if still_open else {}
    return [(_seat_in(each, own, last.get(each.id, each.opened_at), now), each) for each in asking]


def _is_meant(own: Belonging, run: Run) -> bool:
    """By more than a turn, which was not theirs. An anonymous run takes nobody: it would show who has answered."""
    wanted = [each for each in selectors(run.template.who) if not each.count]
    if run.template.anonymous or not any(own.is_meant(each, run.channel_id) for each in wanted):
        return False
    return windows.window_from(run.template, own.person, run.day, run.opened_at) is not None


def _seat_in(run: Run, own: Belonging, deadline: datetime, now: datetime) -> Prompt:
    return Prompt(
        id=0,
        workspace_id=run.workspace_id,
        run_id=run.id,
        person_id=own.person.id,
        function=own.person.function,
        meant_by=own.seats(run.template, run.channel_id),
        state=PromptState.PENDING,
        due_at=now,
        deadline=deadline,
        asked_at=now,
        joined=True,
    )
