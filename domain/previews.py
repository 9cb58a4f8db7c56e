"""The form of a template as people will get it, drawn before anybody is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain import hours, windows
from domain.anonymous import Unnamed
from domain.answers import check
from domain.blockers import Blocker
from domain.cards import CheckinForm, PromptCard, RunCard
from domain.into import made_by
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
    if seen.template.anonymous:
        return _unnamed_trial(seen, answers, people, now)
    return RunCard(
        run=replace(
            form.run,
            template=replace(seen.template, post=Post(by=seen.template.post.by)),
            state=RunState.CLOSED,
            closed_at=now,
        ),
        prompts=[replace(form.prompt, state=PromptState.ANSWERED)],
        responses={form.prompt.id: Response(form.prompt.id, answers, now)},
        people={**people, form.person.id: form.person},
        blockers=_blockers(form, answers),
    )


def _blockers(form: CheckinForm, answers: Mapping[str, str]) -> list[Blocker]:
    run, asked = form.run, form.run.template.ask
    return [
        Blocker(
            number, run.workspace_id, run.id, run.channel_id, each.title.value,
            raised_by=form.person.id, recorded_at=run.opened_at, owner_id=each.value("owner"),
        )
        for number, each in enumerate(made_by("blocker", asked, answers), start=1)
    ]  # fmt: skip


def _unnamed_trial(seen: Preview, answers: Mapping[str, str], people: Mapping[str, Person], now: datetime) -> RunCard:
    """As if one answer were enough to be shown."""
    form, template = seen.form, replace(seen.template, anonymous=1)
    return RunCard(
        run=replace(form.run, template=template, state=RunState.CLOSED, closed_at=now),
        prompts=[replace(form.prompt, state=PromptState.ANSWERED, person_id="", function=None)],
        responses={},
        people=dict(people),
        unnamed=[Unnamed(name, name, value) for name, value in answers.items()],
    )
