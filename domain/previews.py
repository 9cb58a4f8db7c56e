"""The form of a template as people will get it, drawn before anybody is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain import action_answers, hours, windows
from domain.actions import ActionItem
from domain.anonymous import Unnamed
from domain.answers import check
from domain.blockers import Blocker, made_of
from domain.cards import CheckinForm, PromptCard, RunCard
from domain.errors import FieldErrors
from domain.people import FUNCTIONS, Person
from domain.runs import Prompt, PromptState, Response, Run, RunState
from domain.templates import Post, Template

NOBODY_ELSE = "-"
"""Everybody whom no selector of a question means."""


@dataclass(frozen=True)
class Preview:
    template: Template
    channel_id: str
    form: CheckinForm
    readers: tuple[str, ...]
    """Whose forms differ, and `-` for everybody else; empty if all see the same."""
    reader: str
    """Whose is drawn."""


@dataclass(frozen=True)
class Trial:
    """What comes before and after the form."""

    invitation: PromptCard
    summary: RunCard
    is_on: bool = False
    """In the channel already."""
    may_begin: bool = False
    """Whoever tried it may switch it on there."""


def preview(
    template: Template, reader: Person, channel_id: str, *, answers: Mapping[str, str], whom: str, now: datetime
) -> Preview:
    """As somebody whom that selector means would see it, asked at the reader's next working moment; without one, as
    their function would."""
    named = template.audiences
    readers = (*sorted(named, key=_place), NOBODY_ELSE) if named else ()
    chosen = whom or (reader.function if reader.function in named else NOBODY_ELSE) or NOBODY_ELSE
    person = replace(reader, function=chosen if chosen in FUNCTIONS else None)
    run = Run(0, reader.workspace_id, 0, channel_id, f"{now:%Y-%m-%d}", template, "", RunState.OPEN, opened_at=now)
    window = windows.from_due(template, person, hours.next_working(person, now))
    prompt = Prompt(
        0, reader.workspace_id, 0, reader.id, person.function, PromptState.SENT, window.due, window.deadline
    )
    prompt = replace(prompt, meant_by=(chosen,))
    form = CheckinForm(prompt, run, "", dict(answers), person)
    return Preview(template, channel_id, form, readers, chosen)


def _place(selector: str) -> int:
    """Functions first."""
    return FUNCTIONS.index(selector) if selector in FUNCTIONS else len(FUNCTIONS)


def invitation(seen: Preview, place: str) -> PromptCard:
    """The message that would bring the form, had the reader switched it on."""
    form = seen.form
    return PromptCard(form.run, form.prompt, form.person, "you", place, {})


def trial(seen: Preview, people: Mapping[str, Person], *, now: datetime) -> RunCard:
    """The summary that the channel would see if nobody else had answered. Raises FieldErrors."""
    form = seen.form
    here = {each.id for each in people.values() if not each.left}
    answers = check(seen.template.questions_for(form.prompt), form.answers, here)
    # Wherever the summary goes, it is drawn as whoever gets it reads it.
    template = replace(seen.template, post=Post(by=seen.template.post.by))
    run = replace(form.run, template=template, state=RunState.CLOSED, closed_at=now)
    if template.anonymous:
        return _unnamed_trial(seen, run, answers, people)
    known = {**people, form.person.id: form.person}
    return RunCard(
        run=run,
        prompts=[replace(form.prompt, state=PromptState.ANSWERED)],
        responses={form.prompt.id: Response(form.prompt.id, answers, now)},
        people=known,
        blockers=_blockers(seen, answers, by=form.person.id),
        items=_items(seen, answers, known, now),
    )


def _blockers(seen: Preview, answers: Mapping[str, str], *, by: str) -> list[Blocker]:
    run = seen.form.run
    found = made_of(run, seen.template.questions_for(seen.form.prompt), answers, by=by)
    return [replace(blocker, id=number) for number, (_key, blocker) in enumerate(found, start=1)]


def _items(seen: Preview, answers: Mapping[str, str], known: Mapping[str, Person], now: datetime) -> list[ActionItem]:
    """Without a number, as none is recorded. Raises FieldErrors."""
    form, found = seen.form, action_answers.made(seen.template.questions_for(seen.form.prompt), answers)
    if mistakes := action_answers.passed_days(found, by=form.person, known=known, now=now):
        raise FieldErrors(mistakes)
    meant = action_answers.meant(found, by=form.person, known=known, at=now)
    return [action_answers.item(form.run, form.prompt, each, number=0) for each in meant]


def _unnamed_trial(seen: Preview, run: Run, answers: Mapping[str, str], people: Mapping[str, Person]) -> RunCard:
    """As if one answer were enough to be shown."""
    return RunCard(
        run=replace(run, template=replace(run.template, anonymous=1)),
        prompts=[replace(seen.form.prompt, state=PromptState.ANSWERED, person_id="", function=None)],
        responses={},
        people=dict(people),
        blockers=_blockers(seen, answers, by=""),
        unnamed=[Unnamed(name, name, value) for name, value in answers.items()],
    )
