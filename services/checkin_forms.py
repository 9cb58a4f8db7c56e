"""The form of a check-in before it is sent: opened, redrawn, and what is typed into it kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain import pages
from domain.cards import CheckinForm
from domain.clock import new_id
from domain.kept import Filled, Kept, merged
from domain.runs import Prompt, PromptState, Response, Run
from services.own_prompts import check_in_time, mine, slot_of
from storage import journal, kept, people, prompts
from storage.engine import Database


def open_form(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, now: datetime) -> CheckinForm:
    """With what was answered before, and over it what was typed and not sent."""
    with db.read() as session:
        prompt, run = mine(session, workspace_id, prompt_id, person_id)
        check_in_time(session, run, prompt, now)
        return form_of(session, run, prompt, new_id(), now=now)


def form_of(
    session: Session,
    run: Run,
    prompt: Prompt,
    draft_id: str,
    *,
    now: datetime,
    mistakes: Mapping[str, str] | None = None,
) -> CheckinForm:
    """As it stands now, on the page on which it was left."""
    given = prompts.response(session, prompt_id=prompt.id)
    found = kept.of(session, slot=slot_of(run, prompt))
    return CheckinForm(
        prompt=prompt,
        run=run,
        draft_id=draft_id,
        answers=found.values if found else given.answers if given else {},
        person=people.people(session, workspace_id=run.workspace_id, ids=[prompt.person_id])[prompt.person_id],
        is_late=now > prompt.deadline,
        kept_at=found.at if found else None,
        page=found.page if found else 0,
        mistakes=mistakes or {},
    )


def redraw_form(db: Database, *, filled: Filled, now: datetime) -> CheckinForm:
    """The same form with what has been filled in so far, which is kept: a choice may bring or take away questions."""
    with db.write() as session:
        prompt, run = mine(session, filled.workspace_id, filled.prompt_id, filled.person_id, lock=True)
        check_in_time(session, run, prompt, now)
        return keep_filled(session, run, prompt, filled, now=now, page=filled.page)


def turn_back(db: Database, *, filled: Filled, now: datetime) -> CheckinForm:
    """The page before; what stands on this one is kept."""
    with db.write() as session:
        prompt, run = mine(session, filled.workspace_id, filled.prompt_id, filled.person_id, lock=True)
        check_in_time(session, run, prompt, now)
        answers = standing(session, run, prompt, filled)
        found = pages.pages(run.template.questions_for(prompt.function))
        page = pages.before(found, answers, filled.page)
        return keep_filled(session, run, prompt, filled, now=now, page=page)


def keep_filled(
    session: Session, run: Run, prompt: Prompt, filled: Filled, *, now: datetime, page: int
) -> CheckinForm:
    """Keeps what has been filled in, and answers the form on a page, with nothing in it that the person did not type
    just now."""
    answers = standing(session, run, prompt, filled)
    _keep(session, run, prompt, answers, now=now, page=page)
    form = form_of(session, run, prompt, filled.draft_id, now=now)
    return replace(form, answers=answers, page=page, kept_at=None)


def keep_typed(db: Database, *, filled: Filled, now: datetime) -> None:
    """What Slack tells of a form while somebody types, or when they close it. A form that has been sent is past that:
    Slack may tell of its last words afterwards."""
    with db.write() as session:
        prompt, run = mine(session, filled.workspace_id, filled.prompt_id, filled.person_id, lock=True)
        is_sent = journal.given_to(session, workspace_id=filled.workspace_id, draft_id=filled.draft_id) is not None
        if not is_sent and not (prompt.state is PromptState.ANSWERED and now > prompt.deadline):
            _keep(session, run, prompt, standing(session, run, prompt, filled), now=now, page=filled.page)


def standing(session: Session, run: Run, prompt: Prompt, filled: Filled) -> dict[str, str]:
    """What stands in all pages of the form, this one and those that Slack does not tell of."""
    found = kept.of(session, slot=slot_of(run, prompt))
    given = prompts.response(session, prompt_id=prompt.id)
    return merged(_before(found, given), filled.given, filled.on_form)


def _before(found: Kept | None, given: Response | None) -> dict[str, str]:
    return found.values if found else given.answers if given else {}


def _keep(session: Session, run: Run, prompt: Prompt, answers: dict[str, str], *, now: datetime, page: int) -> None:
    """Nothing is kept where nothing was changed; what was kept before keeps its moment while it stays the same."""
    slot = slot_of(run, prompt)
    found, given = kept.of(session, slot=slot), prompts.response(session, prompt_id=prompt.id)
    if answers == (given.answers if given else {}):
        kept.drop(session, slot=slot)
    elif found is None or (found.values, found.page) != (answers, page):
        at = found.at if found and found.values == answers else now
        kept.keep(session, slot=slot, kept=Kept(answers, at, page=page))
