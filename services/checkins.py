"""What a person does with a prompt: open its form, answer, edit, skip."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import windows
from domain.answers import check
from domain.cards import CheckinForm, OpenCheckins
from domain.clock import new_id
from domain.errors import NotSetUp, UserError
from domain.runs import MOVES, Missed, Prompt, PromptState, Response, Run, counts, shown
from domain.submissions import Submission
from domain.templates import Question, QuestionType
from services import blockers, drafts, owing, runs
from storage import people, prompts, rituals
from storage.engine import Database


class NotYourPrompt(UserError):
    """This check-in is not open for you. Type `/checkin` to see those that are."""


class TooLateToEdit(UserError):
    """The deadline has passed, so your answers stay as they are. Tell the facilitator if something must change."""


class TooLateToAnswer(UserError):
    """The next check-in has begun, so this one takes no more answers. Type `/checkin` to see those that are open."""


class AlreadyAnswered(UserError):
    """You have answered this one already, so there is nothing to skip. Use Edit to change your answers."""


def open_form(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, now: datetime) -> CheckinForm:
    with db.read() as session:
        prompt, run = _mine(session, workspace_id, prompt_id, person_id)
        given = prompts.response(session, prompt_id=prompt.id)
        _may_answer(session, run, prompt, now)
        person = people.people(session, workspace_id=workspace_id, ids=[person_id])[person_id]
        answers = given.answers if given else {}
        still = blockers.fields(session, run, person_id)
        return CheckinForm(prompt, run, new_id(), answers, person, is_late=now > prompt.deadline, still=still)


def redraw_form(
    db: Database,
    *,
    workspace_id: str,
    prompt_id: int,
    person_id: str,
    draft_id: str,
    answers: dict[str, str],
    now: datetime,
) -> CheckinForm:
    """The same form with what has been filled in so far: a choice may bring or take away questions."""
    form = open_form(db, workspace_id=workspace_id, prompt_id=prompt_id, person_id=person_id, now=now)
    return replace(form, draft_id=draft_id, answers=answers)


def submit(
    db: Database,
    *,
    workspace_id: str,
    prompt_id: int,
    person_id: str,
    draft_id: str,
    given: dict[str, str],
    now: datetime,
    on_form: Collection[str] | None = None,
) -> CheckinForm | None:
    """Keeps a response, or the edit of one. The same answers again change nothing, nor does the same form again, even
    if another has been sent since. Raises FieldErrors.

    `on_form` names the questions the person saw; None means all. When an answer brings one they did not see, because
    they were faster than the form, nothing is kept and the form to show is returned.
    """
    with db.write() as session:
        prompt, run = _mine(session, workspace_id, prompt_id, person_id, lock=True)
        sent = Submission(workspace_id, person_id, draft_id, given)
        if drafts.is_repeat(session, sent):
            return None
        questions = run.template.questions_for(prompt.function)
        if on_form is not None and any(question.id not in on_form for question in shown(questions, given)):
            person = people.people(session, workspace_id=workspace_id, ids=[person_id])[person_id]
            still = blockers.fields(session, run, person_id)
            return CheckinForm(prompt, run, draft_id, given, person, is_late=now > prompt.deadline, still=still)
        known = _present(session, workspace_id, questions, given)
        answers = check(questions, given, known)
        before = prompts.response(session, prompt_id=prompt.id)
        if before is None or before.answers != answers:
            _may_answer(session, run, prompt, now)
            _answer(session, run, prompt, _response(prompt, before, answers, now), now)
        blockers.answered(session, run, prompt, given, now=now)
        drafts.keep(session, sent, result_id=prompt.id)
        return None


def _answer(session: Session, run: Run, prompt: Prompt, response: Response, now: datetime) -> None:
    prompts.save_response(session, workspace_id=run.workspace_id, response=response)
    blockers.raised(session, run, prompt, response.answers, now=now)
    prompts.move(session, prompt_id=prompt.id, state=PromptState.ANSWERED, next_at=_seal_at(prompt, now))
    owing.owe_prompt_changed(session, run, prompt, now=now)
    runs.finish(session, run, now=now)


def skip(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, now: datetime) -> None:
    """Skips once; pressed again it changes nothing."""
    with db.write() as session:
        prompt, run = _mine(session, workspace_id, prompt_id, person_id, lock=True)
        if prompt.state is PromptState.ANSWERED:
            raise AlreadyAnswered
        if PromptState.SKIPPED in MOVES[prompt.state]:
            prompts.move(session, prompt_id=prompt.id, state=PromptState.SKIPPED, next_at=_seal_at(prompt, now))
            owing.owe_prompt_changed(session, run, prompt, now=now)
            runs.finish(session, run, now=now)


def open_prompts(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> OpenCheckins:
    """With what the person skipped or was away for, while its window is open and after."""
    states = [PromptState.SENT, PromptState.PENDING, PromptState.SKIPPED, PromptState.MISSED]
    with db.read() as session:
        found = prompts.of_person(session, workspace_id=workspace_id, person_id=person_id, states=states, open_at=now)
        late = prompts.open_late(session, workspace_id=workspace_id, person_id=person_id, at=now)
        by_id = rituals.runs(session, workspace_id=workspace_id, ids={prompt.run_id for prompt in found + late})
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if person is None:
        raise NotSetUp
    asked = [each for each in found if each.asked and each.missed in (None, Missed.AWAY)]
    meant = [each for each in late if counts(each) or each.missed is Missed.AWAY]
    return OpenCheckins(_with_runs(asked, by_id), _with_runs(meant, by_id), person.zone)


def _with_runs(found: Iterable[Prompt], by_id: Mapping[int, Run]) -> list[tuple[Prompt, Run]]:
    return [(prompt, by_id[prompt.run_id]) for prompt in found]


def _mine(
    session: Session, workspace_id: str, prompt_id: int, person_id: str, *, lock: bool = False
) -> tuple[Prompt, Run]:
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=prompt_id, lock=lock)
    run = rituals.run(session, workspace_id=workspace_id, run_id=prompt.run_id) if prompt else None
    if prompt is None or run is None or prompt.person_id != person_id:
        raise NotYourPrompt
    return prompt, run


def _present(session: Session, workspace_id: str, questions: tuple[Question, ...], given: dict[str, str]) -> set[str]:
    """Of the people named in the answers, those who are still here."""
    named = {given[each.id] for each in questions if each.type is QuestionType.USER and each.id in given}
    found = people.people(session, workspace_id=workspace_id, ids=named) if named else {}
    return {each.id for each in found.values() if not each.left}


def _may_answer(session: Session, run: Run, prompt: Prompt, now: datetime) -> None:
    """After the deadline nothing is edited; a first answer is late until the next run of the ritual."""
    if now <= prompt.deadline:
        return
    if prompt.state is PromptState.ANSWERED:
        raise TooLateToEdit
    newest = rituals.newest_run(session, ritual_id=run.ritual_id)
    if newest is not None and newest.id != run.id:
        raise TooLateToAnswer


def _seal_at(prompt: Prompt, now: datetime) -> datetime | None:
    return windows.next_moment((), prompt.deadline) if now <= prompt.deadline else None


def _response(prompt: Prompt, before: Response | None, answers: dict[str, str], now: datetime) -> Response:
    if before is None:
        return Response(prompt.id, answers, submitted_at=now, late=now > prompt.deadline)
    return replace(before, answers=answers, edited_at=now)
