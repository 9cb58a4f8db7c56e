"""Answers to a check-in before it asks: kept, and taken over when it would."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from domain import hours, windows
from domain.belonging import Belonging
from domain.errors import FieldErrors, UserError
from domain.kept import Filled, Kept
from domain.people import Person
from domain.runs import Prompt, PromptState, Response, Ritual, Run, RunState
from domain.selectors import selectors
from services import ahead, answering
from services.belonging import belonging_of
from services.own_prompts import NotYourPrompt, slot_of
from services.roster import roster_of, seats
from storage import actions, kept, people, prompts, rituals

BEGINNING = datetime.min.replace(tzinfo=UTC)


class NotComing(UserError):
    """This check-in cannot be answered ahead any more. Type `/checkin` to see those that are open."""


class TakesNothingAhead(UserError):
    """This check-in asks without names from now on, so it takes nothing ahead. Copy what you wrote, and answer when
    it asks you."""


def coming(session: Session, person: Person, now: datetime) -> list[tuple[Prompt, Run, bool]]:
    """What asks this person soon and has not begun, and whether they have answered it already."""
    workspace_id, found = person.workspace_id, []
    until = hours.end_of_next_day_at_work(person, now)
    own = belonging_of(session, person)
    for ritual in rituals.coming_for(session, workspace_id=workspace_id, person_id=person.id, until=until):
        planned = _planned(session, ritual, person.id) if _may_ask(own, ritual) else None
        if planned and is_soon(person, *planned, now):
            prompt, run = planned
            before = kept.of(session, slot=slot_of(run, prompt))
            found.append((prompt, run, before is not None and before.sent is not None))
    return found


def _may_ask(own: Belonging, ritual: Ritual) -> bool:
    """Before everybody it asks is looked up, to know whose turn it is."""
    return any(own.is_meant(each, ritual.channel_id) for each in selectors(ritual.template.who))


def is_soon(person: Person, prompt: Prompt, run: Run, now: datetime) -> bool:
    """Up to the end of their next day at work, so that Friday offers what Monday asks. Of an anonymous one nothing is
    kept, so it waits until it asks."""
    until = hours.end_of_next_day_at_work(person, now)
    return now < prompt.due_at <= until and not run.template.anonymous


def _planned(session: Session, ritual: Ritual, person_id: str) -> tuple[Prompt, Run] | None:
    """The occurrence to come, as it would ask that person now; None if it would not."""
    occurrence, begins = ritual.next_occurrence, ritual.next_at
    person = next((each for each in roster_of(session, ritual) if each.id == person_id), None)
    if occurrence is None or begins is None or person is None:
        return None
    run = Run(
        id=0,
        workspace_id=ritual.workspace_id,
        ritual_id=ritual.id,
        channel_id=ritual.channel_id,
        occurrence=occurrence,
        template=ritual.template,
        facilitator_id=ritual.facilitator_id,
        state=RunState.OPEN,
        opened_at=begins,
        version=ritual.version,
    )
    prompt = windows.prompt(run, person, begins=begins, too_old=BEGINNING)
    if prompt is None or prompt.state is not PromptState.PENDING:
        return None
    return replace(prompt, meant_by=seats(session, run, [person])[person.id]), run


def next_of(session: Session, workspace_id: str, ritual_id: int, person_id: str, now: datetime) -> tuple[Prompt, Run]:
    """Raises NotComing."""
    ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=ritual_id)
    found = _planned(session, ritual, person_id) if ritual and ritual.ended_at is None else None
    person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if found is None or person is None or not is_soon(person, *found, now):
        raise NotComing
    return found


def place(session: Session, filled: Filled) -> tuple[Prompt, Run]:
    """Where a form belongs that was opened before its occurrence began: to the prompt, once that is there. Until then
    the ritual is locked, so that it does not begin meanwhile. Raises NotComing."""
    ritual = rituals.take(session, ritual_id=filled.ritual_id)
    run = rituals.run_of(session, ritual_id=filled.ritual_id, occurrence=filled.occurrence)
    if run is not None:
        return begun(session, run, filled)
    found = _planned(session, ritual, filled.person_id) if ritual else None
    if found is None or (found[1].workspace_id, found[1].occurrence) != (filled.workspace_id, filled.occurrence):
        raise NotComing
    return found


def begun(session: Session, run: Run, filled: Filled) -> tuple[Prompt, Run]:
    """The prompt of whoever has filled in a form that was opened before they had one, locked. Raises NotYourPrompt."""
    own = prompts.own(session, run_id=run.id, person_id=filled.person_id)
    if own:
        actions.lock_of_prompt(session, prompt_id=own.id)
    prompt = own and prompts.prompt(session, workspace_id=filled.workspace_id, prompt_id=own.id, lock=True)
    if prompt is None:
        raise NotYourPrompt
    return prompt, run


def sent(found: Kept | None) -> Response | None:
    """What somebody has sent early, as if it were the answer already."""
    return Response(0, found.sent, found.at, seconds=found.seconds) if found and found.sent is not None else None


def keep_sent(
    session: Session, run: Run, prompt: Prompt, answers: dict[str, str], *, seconds: int | None, now: datetime
) -> None:
    to = tuple(ahead.readers(session, run))
    sent = Kept(answers, now, sent=answers, sent_to=to, version=run.version, seconds=seconds)
    kept.keep(session, slot=slot_of(run, prompt), kept=sent)


def take_over(session: Session, due: Iterable[Prompt], now: datetime) -> list[Prompt]:
    """Of the prompts that fall due, those whose people have not answered ahead. Where the questions have changed since,
    or others would read it, the answers stand in the form, not sent."""
    by_run: dict[tuple[str, int], list[Prompt]] = {}
    for prompt in due:
        by_run.setdefault((prompt.workspace_id, prompt.run_id), []).append(prompt)
    left: list[Prompt] = []
    for (workspace_id, run_id), asked in by_run.items():
        run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
        given = _given(session, run) if run and not run.template.anonymous else {}
        left += [each for each in asked if not run or not _taken_over(session, run, each, given, now)]
    return left


def _given(session: Session, run: Run) -> dict[str, Kept]:
    return kept.sent_early(session, workspace_id=run.workspace_id, ritual_id=run.ritual_id, occurrence=run.occurrence)


def _taken_over(session: Session, run: Run, prompt: Prompt, sent_ahead: dict[str, Kept], now: datetime) -> bool:
    found = sent_ahead.get(prompt.person_id)
    if found is None or found.sent is None or not _still_fits(session, run, prompt, found, now):
        return False
    given = Response(prompt.id, found.sent, submitted_at=found.at, seconds=found.seconds)
    answering.save(session, run, prompt, given, now)
    kept.drop(session, slot=slot_of(run, prompt))
    return True


def _still_fits(session: Session, run: Run, prompt: Prompt, found: Kept, now: datetime) -> bool:
    values = found.sent or {}
    try:
        answers = answering.checked(session, run, prompt, values, before={}, now=now)
    except FieldErrors:
        return False
    return answers == values and ahead.stands(session, run, found)
