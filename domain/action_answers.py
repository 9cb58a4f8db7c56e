"""The action items that answers make: what, whose, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.action_form import check_due
from domain.action_states import ActionState
from domain.actions import ActionItem, Source
from domain.errors import FieldErrors
from domain.into import Made, made_by
from domain.people import Person
from domain.runs import Prompt, Run
from domain.templates import Question

A_WEEK = timedelta(days=7)
"""When it is due if nobody says."""


@dataclass(frozen=True)
class Meant:
    """An action item as an answer says it now."""

    key: str
    what: str
    owner: Person
    due: date


def made(questions: Iterable[Question], answers: Mapping[str, str]) -> list[Made]:
    return made_by("action", questions, answers)


def owner_of(each: Made, by: Person, known: Mapping[str, Person]) -> Person:
    """Whoever answers, if nobody is named."""
    return known.get(each.value("owner"), by)


def meant(found: Iterable[Made], *, by: Person, known: Mapping[str, Person], at: datetime) -> list[Meant]:
    """`at`: when it was answered."""
    items = []
    for each in found:
        owner = owner_of(each, by, known)
        due = each.value("due") or str(at.astimezone(owner.zone).date() + A_WEEK)
        items.append(Meant(each.key, " ".join(each.title.value.split()), owner, date.fromisoformat(due)))
    return items


def passed_days(found: Iterable[Made], *, by: Person, known: Mapping[str, Person], now: datetime) -> dict[str, str]:
    """What is wrong with the days they are due, by question."""
    mistakes: dict[str, str] = {}
    for each in found:
        if due := each.others.get("due"):
            try:
                check_due(date.fromisoformat(due.value), now.astimezone(owner_of(each, by, known).zone).date())
            except FieldErrors as error:
                mistakes[due.question_id] = error.fields["due"]
    return mistakes


def item(run: Run, prompt: Prompt, found: Meant, *, number: int) -> ActionItem:
    return ActionItem(
        id=0,
        workspace_id=run.workspace_id,
        number=number,
        channel_id=run.channel_id,
        what=found.what,
        owner_id=found.owner.id,
        due=found.due,
        first_due=found.due,
        state=ActionState.OPEN,
        asked_by=prompt.person_id,
        created_at=run.recorded_at,
        source=Source(run.id, prompt.id, found.key),
    )
