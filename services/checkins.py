"""What a person does with a prompt: answer, edit, skip."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from domain import pages
from domain.cards import CheckinForm, OpenCheckins
from domain.engagement import waited
from domain.errors import FieldErrors, NotSetUp, UserError
from domain.kept import Filled
from domain.runs import MOVES, Missed, Prompt, PromptState, Response, Run, shown
from domain.submissions import Submission
from services import anonymous, answering, blockers, checkin_forms, closing, drafts, early, joining, owing, own_answers
from services.checkin_forms import Sheet
from services.late_answers import still_late
from services.own_prompts import check_in_time, mine, slot_of
from storage import kept, people, prompts, rituals
from storage.engine import Database


class AlreadyAnswered(UserError):
    """You have answered this one already, so there is nothing to skip. Use Edit to change your answers."""


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
    """The same, of a form in one page and by what it holds."""
    filled = Filled(workspace_id, person_id, prompt_id, draft_id, given, on_form)
    return submit_filled(db, filled=filled, now=now)


def submit_filled(db: Database, *, filled: Filled, now: datetime) -> CheckinForm | None:
    """Keeps a response, or the edit of one. The same answers again change nothing, nor does the same form again, even
    if another has been sent since. Raises FieldErrors, and then keeps what was typed.

    The form to show is returned, and no response kept,
    when another page comes after this one, when one before it needs another look, and when an answer brings a question
    they did not see, because they were faster than the form.
    """
    with db.write() as session:
        found = _submit(checkin_forms.take(session, filled, now))
    if isinstance(found, FieldErrors):
        raise found
    return found


def _submit(sheet: Sheet) -> CheckinForm | FieldErrors | None:
    session, run, prompt, now = sheet.session, sheet.run, sheet.prompt, sheet.now
    sent = Submission(run.workspace_id, prompt.person_id, sheet.filled.draft_id, sheet.values).fingerprint
    if drafts.is_repeat(session, sent):
        return None
    if sheet.is_early and run.template.anonymous:
        raise early.TakesNothingAhead
    answers: dict[str, str] = {}
    mistakes: dict[str, str] = {}
    try:
        given_before = sheet.before.answers if sheet.before else {}
        answers = answering.checked(session, run, prompt, sheet.values, before=given_before, now=now)
    except FieldErrors as error:
        mistakes = error.fields
    if mistakes or sheet.before is None or sheet.before.answers != answers:
        check_in_time(session, run, prompt, now, sheet.in_words())
    if unfinished := _unfinished(sheet, mistakes):
        return unfinished
    if run.template.anonymous:
        anonymous.take(session, run, prompt, answers, now=now)
        return None
    if sheet.is_early:
        early.keep_sent(session, run, prompt, answers, seconds=sheet.seconds, now=now)
        blockers.answered(session, run, prompt, sheet.values, now=now)
        drafts.keep(session, sent, result_id=0)
        return None
    if not prompt.id:
        prompt = joining.join(session, run, prompt, now)
        sheet = replace(sheet, prompt=prompt)
    if sheet.before is None or sheet.before.answers != answers:
        answering.save(session, run, prompt, _response(sheet, answers), now)
    blockers.answered(session, run, prompt, sheet.values, now=now)
    kept.drop(session, slot=slot_of(run, prompt))
    drafts.keep(session, sent, result_id=0)
    return None


def _unfinished(sheet: Sheet, mistakes: dict[str, str]) -> CheckinForm | FieldErrors | None:
    """What was typed is kept, and the person goes on with this page, if it has questions they did not see, or with its
    mistakes, with the next page, or with the first one that has mistakes. None when the form is complete."""
    found, values, page = sheet.pages, sheet.values, sheet.filled.page
    here = {question.id for question in shown(found[page], values)} if page < len(found) else set()
    if sheet.filled.on_form is None:
        here |= mistakes.keys()
    elif here - set(sheet.filled.on_form):
        return sheet.turn_to(page)
    if here & mistakes.keys():
        sheet.keep(page)
        return FieldErrors({name: text for name, text in mistakes.items() if name in here})
    following = pages.after(found, values, page) if sheet.filled.on_form is not None else None
    if following is not None:
        return sheet.turn_to(following)
    return sheet.turn_to(pages.page_of(found, next(iter(mistakes))), mistakes) if mistakes else None


def skip(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, now: datetime) -> None:
    """Skips once; pressed again it changes nothing."""
    with db.write() as session:
        prompt, run = mine(session, workspace_id, prompt_id, person_id, lock=True)
        if prompt.state is PromptState.ANSWERED:
            raise AlreadyAnswered
        if PromptState.SKIPPED in MOVES[prompt.state]:
            prompts.move(
                session, prompt_id=prompt.id, state=PromptState.SKIPPED, next_at=answering.seal_at(prompt, now)
            )
            owing.owe_prompt_changed(session, run, prompt, now=now)
            closing.finish(session, run, now=now)


def open_prompts(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> OpenCheckins:
    """With what the person skipped or was away for, while its window is open and after."""
    states = [PromptState.SENT, PromptState.PENDING, PromptState.SKIPPED, PromptState.MISSED]
    with db.read() as session:
        found = prompts.of_person(session, workspace_id=workspace_id, person_id=person_id, states=states, open_at=now)
        late = still_late(session, workspace_id=workspace_id, person_id=person_id, now=now)
        by_id = rituals.runs(session, workspace_id=workspace_id, ids={prompt.run_id for prompt in found})
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        coming = early.coming(session, person, now) if person else []
        joined = joining.open_for(session, person, now) if person else []
        last = own_answers.latest(session, workspace_id=workspace_id, person_id=person_id)
    if person is None:
        raise NotSetUp
    asked = [each for each in found if each.asked and each.missed in (None, Missed.AWAY)]
    waiting = [each for each in found if each.state is PromptState.PENDING and not each.asked]
    begun = [
        (prompt, run, False) for prompt, run in _with_runs(waiting, by_id) if early.is_soon(person, prompt, run, now)
    ]
    return OpenCheckins(_with_runs(asked, by_id), late, person, coming=[*begun, *coming], joined=joined, last=last)


def _with_runs(found: Iterable[Prompt], by_id: Mapping[int, Run]) -> list[tuple[Prompt, Run]]:
    return [(prompt, by_id[prompt.run_id]) for prompt in found]


def _response(sheet: Sheet, answers: dict[str, str]) -> Response:
    if sheet.before is not None:
        return replace(sheet.before, answers=answers, edited_at=sheet.now)
    prompt, now = sheet.prompt, sheet.now
    late = now > prompt.deadline
    return Response(prompt.id, answers, submitted_at=now, late=late, waited=waited(prompt, now), seconds=sheet.seconds)
