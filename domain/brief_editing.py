"""Going over a draft: a statement is put in other words, left out, or added back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from domain.briefs import Brief, Dissent, Doubt, LeftOut, Option, Part, State, Statement, Task
from domain.errors import FieldErrors, UserError

LISTS = {
    Part.CONTEXT: "context",
    Part.DECISION: "decision",
    Part.RATIONALE: "rationale",
    Part.OPEN_QUESTION: "open_questions",
    Part.OPTION: "options",
    Part.DISSENT: "dissent",
    Part.ACTION_ITEM: "tasks",
}
"""Where what is listed stands in a brief."""
Whole = TypeVar("Whole", Brief, Option)
OF_OPTIONS = {Part.PRO: "pros", Part.CON: "cons"}


class Gone(UserError):
    """The draft has changed since you saw this. It is shown as it is now."""


@dataclass(frozen=True)
class Place:
    """Where a statement stands: its part, which of them, and within an option which."""

    part: Part
    number: int = 0
    within: int = 0

    @classmethod
    def read(cls, text: str) -> "Place":
        part, number, within = text.split("/")
        return cls(Part(part), int(number), int(within))

    def __str__(self) -> str:
        return f"{self.part}/{self.number}/{self.within}"


def statements(brief: Brief) -> Iterator[tuple[Place, Statement]]:
    """Each with its place."""
    if brief.question:
        yield Place(Part.QUESTION), brief.question
    for part, name in LISTS.items():
        for number, each in enumerate(getattr(brief, name)):
            yield Place(part, number), _statement(each)
    for number, option in enumerate(brief.options):
        for part, name in OF_OPTIONS.items():
            yield from ((Place(part, number, within), each) for within, each in enumerate(getattr(option, name)))


def mark(text: str) -> str:
    """Tells whether a text is the one that somebody saw."""
    return sha256(text.encode()).hexdigest()[:8]


def found(brief: Brief, place: Place, seen: str) -> Statement:
    """The statement there, if it bears that mark. Raises Gone."""
    statement = dict(statements(brief)).get(place)
    if statement is None or mark(statement.text) != seen:
        raise Gone
    return statement


def reworded(brief: Brief, place: Place, seen: str, text: str) -> Brief:
    """It is the reviewer's now, and rests on the same messages. Sent again, it changes nothing.

    Raises Gone, and FieldErrors for no words at all.
    """
    text = text.strip()
    if not text:
        raise FieldErrors({"text": "Please write what it is to say, or close this form and leave it out."})
    now = dict(statements(brief)).get(place)
    if now and now.text == text and (now.state is State.EDITED or place.part is Part.ACTION_ITEM):
        return brief
    found(brief, place, seen)
    return _changed(brief, place, lambda statement: replace(statement, text=text, state=State.EDITED, doubts=()))


def reassigned(brief: Brief, place: Place, owner_id: str, due: date | None) -> Brief:
    """Of an action item. Nothing where they are as they were, or it is no longer there."""
    task = brief.tasks[place.number] if place.number < len(brief.tasks) else None
    if task is None or (task.owner_id, task.due) == (owner_id, due):
        return brief
    statement = replace(task.statement, state=State.EDITED, doubts=())
    # How the thread says it is not what counts any more.
    said = task.due_said if due == task.due else ""
    now = replace(task, statement=statement, owner_id=owner_id, due=due, due_said=said)
    return replace(brief, tasks=(*brief.tasks[: place.number], now, *brief.tasks[place.number + 1 :]))


def left_out(brief: Brief, place: Place, seen: str) -> Brief:
    """With an option goes what was said for and against it. Raises Gone."""
    found(brief, place, seen)
    going = [(each, said) for each, said in statements(brief) if each == place or _is_of(each, place)]
    kept = (LeftOut(each.part, said.text, Doubt.BY_REVIEWER, said.sources) for each, said in going)
    return replace(_changed(brief, place, lambda _statement: None), left_out=(*brief.left_out, *kept))


def _is_of(each: Place, option: Place) -> bool:
    return option.part is Part.OPTION and each.part in OF_OPTIONS and each.number == option.number


def added_back(brief: Brief, number: int, seen: str) -> Brief:
    """What was left out stands at the end of its part, as added by the reviewer. Raises Gone."""
    if number >= len(brief.left_out) or mark(brief.left_out[number].text) != seen:
        raise Gone
    back = brief.left_out[number]
    brief = replace(brief, left_out=brief.left_out[:number] + brief.left_out[number + 1 :])
    statement = Statement(back.text, back.sources, state=State.ADDED)
    if back.part is Part.QUESTION and brief.question is None:
        return replace(brief, question=statement)
    # What was said for or against an option may have lost it.
    part = back.part if back.part in LISTS else Part.CONTEXT
    name = LISTS[part]
    return _replaced(brief, name, (*getattr(brief, name), _listed(part, statement)))


def _changed(brief: Brief, place: Place, change: Callable[[Statement], Statement | None]) -> Brief:
    if place.part is Part.QUESTION:
        return replace(brief, question=change(brief.question) if brief.question else None)
    if place.part in OF_OPTIONS:
        option, name = brief.options[place.number], OF_OPTIONS[place.part]
        said = _with(getattr(option, name), place.within, change)
        before, after = brief.options[: place.number], brief.options[place.number + 1 :]
        return replace(brief, options=(*before, _replaced(option, name, said), *after))
    name = LISTS[place.part]
    return _replaced(brief, name, _with(getattr(brief, name), place.number, change))


def _replaced(whole: Whole, name: str, listed: tuple[Any, ...]) -> Whole:
    changes: dict[str, Any] = {name: listed}
    return replace(whole, **changes)


def _with(listed: tuple[Any, ...], number: int, change: Callable[[Statement], Statement | None]) -> tuple[Any, ...]:
    each = listed[number]
    after = change(_statement(each))
    return (*listed[:number], *([] if after is None else [_again(each, after)]), *listed[number + 1 :])


def _statement(each: Statement | Option | Dissent | Task) -> Statement:
    if isinstance(each, Statement):
        return each
    return each.label if isinstance(each, Option) else each.statement


def _again(each: Statement | Option | Dissent | Task, statement: Statement) -> Statement | Option | Dissent | Task:
    if isinstance(each, Statement):
        return statement
    if isinstance(each, Option):
        return replace(each, label=statement)
    return replace(each, statement=statement)


def _listed(part: Part, statement: Statement) -> Statement | Option | Dissent | Task:
    made: dict[Part, Callable[[Statement], Statement | Option | Dissent | Task]] = {
        Part.OPTION: Option,
        Part.DISSENT: lambda said: Dissent("", said),
        Part.ACTION_ITEM: Task,
    }
    return made[part](statement) if part in made else statement
