"""Whoever comes when a run is open already may answer it until it closes, and is then one more than were asked."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import windows
from domain.errors import UserError
from domain.kept import Filled
from domain.people import Person
from domain.runs import Prompt, PromptState, Run, RunState
from domain.selectors import ME, selectors
from services import early, owing
from services.own_prompts import NotYourPrompt
from services.roster import meant, seats
from storage import joining, observers, people, prompts, rituals


class ClosedAlready(UserError):
    """This check-in has closed, so it takes no more answers. Type `/checkin` to see those that are open."""


def open_for(session: Session, person: Person, now: datetime) -> list[tuple[Prompt, Run]]:
    """What began before they came, and where they would stand."""
    ids = joining.run_ids(session, workspace_id=person.workspace_id, person_id=person.id)
    found = rituals.runs(session, workspace_id=person.workspace_id, ids=ids)
    seats_of = [(_seat(session, run, person, now), run) for _id, run in sorted(found.items())]
    return [(prompt, run) for prompt, run in seats_of if prompt and now <= prompt.deadline]


def to_open(session: Session, *, workspace_id: str, run_id: int, person_id: str, now: datetime) -> tuple[Prompt, Run]:
    """Their prompt, if they have answered already. Raises ClosedAlready."""
    run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
    own = prompts.own(session, run_id=run_id, person_id=person_id) if run else None
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
    if prompts.own(session, run_id=run.id, person_id=person.id):
        return early.begun(session, run, filled)
    found = _seat(session, run, person, now)
    if found is None:
        raise NotYourPrompt
    return found, run


def join(session: Session, run: Run, seat: Prompt, now: datetime) -> Prompt:
    """From now on they have a prompt, about to be answered."""
    prompts.add(session, prompts=[seat])
    found = prompts.own(session, run_id=run.id, person_id=seat.person_id)
    if found is None:
        raise NotYourPrompt
    owing.owe(session, run.workspace_id, owing.prompt_message(found), now=now)
    return found


def _seat(session: Session, run: Run, person: Person, now: datetime) -> Prompt | None:
    """None for whom the run would not have asked. An anonymous one takes nobody: it would show who has answered."""
    if run.template.anonymous or not _is_meant(session, run, person):
        return None
    if windows.window_from(run.template, person, run.day, run.opened_at) is None:
        return None
    last = joining.last_deadline(session, run_id=run.id) if run.state is RunState.OPEN else None
    seat = Prompt(
        id=0,
        workspace_id=run.workspace_id,
        run_id=run.id,
        person_id=person.id,
        function=person.function,
        state=PromptState.PENDING,
        due_at=now,
        deadline=last or run.opened_at,
        asked_at=now,
        joined=True,
    )
    return replace(seat, meant_by=seats(session, run, [person])[person.id])


def _is_meant(session: Session, run: Run, person: Person) -> bool:
    """By more than a turn, which was not theirs."""
    if person.id in observers.of_ritual(session, ritual_id=run.ritual_id):
        return False
    place = {"workspace_id": run.workspace_id, "channel_id": run.channel_id}
    wanted = (each for each in selectors(run.template.who) if not each.count and each.whom != ME)
    return any(person in meant(session, each, **place) for each in wanted)
