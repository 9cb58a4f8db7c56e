"""The form of a check-in before it is sent: opened, redrawn, turned, and what is typed into it kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from domain import pages
from domain.answering_time import seconds_taken
from domain.blockers import Blocker
from domain.cards import CheckinForm
from domain.clock import new_id
from domain.kept import Filled, Kept, merged
from domain.pages import Pages
from domain.people import Person
from domain.runs import Prompt, PromptState, Response, Run
from domain.said import named
from domain.templates import Question
from services import blockers, early, joining, recalling
from services.own_prompts import check_in_time, mine, slot_of
from storage import drafts, kept, people, prompts
from storage.engine import Database


def open_form(db: Database, *, workspace_id: str, prompt_id: int, person_id: str, now: datetime) -> CheckinForm:
    """With what was answered before, and over it what was typed and not sent."""
    with db.read() as session:
        prompt, run = mine(session, workspace_id, prompt_id, person_id)
        check_in_time(session, run, prompt, now)
        return _opened(session, prompt, run, now)


def open_early(db: Database, *, workspace_id: str, ritual_id: int, person_id: str, now: datetime) -> CheckinForm:
    """Of the occurrence to come. Raises NotComing."""
    with db.read() as session:
        prompt, run = early.next_of(session, workspace_id, ritual_id, person_id, now)
        return _opened(session, prompt, run, now)


def open_joined(db: Database, *, workspace_id: str, run_id: int, person_id: str, now: datetime) -> CheckinForm:
    """Of a run that began before they came. Raises ClosedAlready."""
    with db.read() as session:
        found = joining.to_open(session, workspace_id=workspace_id, run_id=run_id, person_id=person_id, now=now)
        return _opened(session, *found, now)


def _opened(session: Session, prompt: Prompt, run: Run, now: datetime) -> CheckinForm:
    given = prompts.response(session, prompt_id=prompt.id) if prompt.id else None
    found = _kept(session, run, prompt)
    is_kept = found and (prompt.id or found.values != found.sent)
    return CheckinForm(
        prompt=prompt,
        run=run,
        draft_id=new_id(),
        answers=_standing(found, given),
        person=_person(session, prompt),
        is_late=now > prompt.deadline,
        kept_at=found.at if found and is_kept else None,
        page=found.page if found else 0,
        recalled=recalling.recalled(session, run, prompt),
        still=blockers.fields(session, run, prompt.person_id),
        opened_at=None if given or found or run.template.anonymous else now,
    )


def redraw_form(db: Database, *, filled: Filled, now: datetime) -> CheckinForm:
    """The same form with what has been filled in so far, which is kept: a choice may bring or take away questions."""
    with db.write() as session:
        sheet = _told(session, filled, now)
        check_in_time(session, sheet.run, sheet.prompt, now)
        return sheet.turn_to(sheet.filled.page)


def turn_back(db: Database, *, filled: Filled, now: datetime) -> CheckinForm:
    """The page before; what stands on this one is kept."""
    with db.write() as session:
        sheet = _told(session, filled, now)
        check_in_time(session, sheet.run, sheet.prompt, now)
        if sheet.filled.page != filled.page:
            return sheet.turn_to(sheet.filled.page)  # It has been turned already.
        return sheet.turn_to(pages.before(sheet.pages, sheet.values, filled.page))


def use_again(db: Database, *, filled: Filled, question_id: str, now: datetime) -> CheckinForm:
    """The last answer to a question fills its field, over what was typed there."""
    with db.write() as session:
        sheet = _told(session, filled, now)
        check_in_time(session, sheet.run, sheet.prompt, now)
        last = recalling.recalled(session, sheet.run, sheet.prompt).get(question_id)
        if last is None or not last.is_fit:
            return sheet.turn_to(sheet.filled.page)
        again = {**filled.again, question_id: filled.again.get(question_id, 0) + 1}
        values = {**sheet.values, question_id: last.value}
        return replace(sheet, values=values, filled=replace(sheet.filled, again=again)).turn_to(sheet.filled.page)


def keep_typed(db: Database, *, filled: Filled, now: datetime) -> None:
    """What Slack tells of a form while somebody types, or when they close it."""
    with db.write() as session:
        sheet = _told(session, filled, now)
        if not (sheet.prompt.state is PromptState.ANSWERED and now > sheet.prompt.deadline):
            sheet.keep(sheet.filled.page)


@dataclass(frozen=True)
class Sheet:
    """A form somebody has filled in, within the transaction that does something with it."""

    session: Session
    filled: Filled
    now: datetime
    run: Run
    prompt: Prompt
    before: Response | None
    """What they sent before."""
    kept: Kept | None
    """What they had typed before."""
    values: dict[str, str]
    """What stands in all its pages, those that Slack does not tell of as well."""
    still: tuple[tuple[str, Blocker], ...]
    """What it asks about above its questions."""
    is_past: bool = False
    """It had been sent when Slack told of its last words."""

    @property
    def is_early(self) -> bool:
        """Its occurrence has not begun."""
        return not self.run.id

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.run.template.questions_for(self.prompt)

    @property
    def pages(self) -> Pages:
        return pages.pages_of(self.run.template, self.prompt, len(self.still))

    @property
    def seconds(self) -> int | None:
        """That its person took, the first time they sent it."""
        return self.before.seconds if self.before else seconds_taken(self.filled.opened_at, self.now)

    def keep(self, page: int) -> None:
        """Nothing is kept where nothing was changed, nor of an anonymous form or one that is past; what was kept before
        keeps its moment while it stays the same."""
        if self.run.template.anonymous or self.is_past:
            return
        slot = slot_of(self.run, self.prompt)
        sent = self.kept.sent if self.kept else None
        if sent is None and self.values == (self.before.answers if self.before else {}):
            kept.drop(self.session, slot=slot)
        elif self.kept is None or (self.kept.values, self.kept.page) != (self.values, page):
            at = self.kept.at if self.kept and self.kept.values == self.values else self.now
            typed = Kept(self.values, at, page, sent, version=self.run.version, draft_id=self.filled.draft_id)
            before = self.kept or typed
            if sent is not None:
                typed = replace(typed, sent_to=before.sent_to, version=before.version)
            typed = replace(typed, seconds=before.seconds, told=self.filled.told or before.told)
            kept.keep(self.session, slot=slot, kept=typed)

    def turn_to(self, page: int, mistakes: Mapping[str, str] | None = None) -> CheckinForm:
        """Keeps what was typed, and answers the form to show."""
        self.keep(page)
        return CheckinForm(
            prompt=self.prompt,
            run=self.run,
            draft_id=self.filled.draft_id,
            answers=self.values,
            person=_person(self.session, self.prompt),
            is_late=self.now > self.prompt.deadline,
            page=page,
            mistakes=mistakes or {},
            recalled=recalling.recalled(self.session, self.run, self.prompt),
            again=self.filled.again,
            still=self.still,
            opened_at=self.filled.opened_at,
        )

    def in_words(self) -> list[tuple[str, str]]:
        """Questions and what was typed, as its person reads it."""
        given = [(each, self.values[each.id]) for each in self.questions if each.id in self.values]
        known = people.people(self.session, workspace_id=self.run.workspace_id, ids=named(self.questions, self.values))
        return [(question.text, known[value].name if value in known else value) for question, value in given]


def take(session: Session, filled: Filled, now: datetime) -> Sheet:
    """Locks the prompt: what Slack tells of one form at once is done one after the other."""
    prompt, run = _place(session, filled, now)
    found = _kept(session, run, prompt)
    if found and found.has_overtaken(filled):
        filled = replace(filled, given={}, on_form=(), page=found.page)
    before = prompts.response(session, prompt_id=prompt.id) if run.id else early.sent(found)
    values = merged(_standing(found, before), filled.given, filled.on_form)
    still = blockers.fields(session, run, prompt.person_id)
    return Sheet(session, filled, now, run, prompt, before, found, values, still)


def _told(session: Session, filled: Filled, now: datetime) -> Sheet:
    """Of a form that is not being sent. Slack may tell of clicks and words after it was."""
    sheet = take(session, filled, now)
    given = drafts.given_to(session, workspace_id=filled.workspace_id, draft_id=filled.draft_id)
    return replace(sheet, is_past=given is not None)


def _place(session: Session, filled: Filled, now: datetime) -> tuple[Prompt, Run]:
    if filled.run_id:
        return joining.place(session, filled, now)
    if filled.ritual_id:
        return early.place(session, filled)
    return mine(session, filled.workspace_id, filled.prompt_id, filled.person_id, lock=True)


def _kept(session: Session, run: Run, prompt: Prompt) -> Kept | None:
    """An anonymous form knows nothing of before, not even of when its ritual was with names."""
    return None if run.template.anonymous else kept.of(session, slot=slot_of(run, prompt))


def _standing(found: Kept | None, given: Response | None) -> dict[str, str]:
    return found.values if found else given.answers if given else {}


def _person(session: Session, prompt: Prompt) -> Person:
    return people.people(session, workspace_id=prompt.workspace_id, ids=[prompt.person_id])[prompt.person_id]
