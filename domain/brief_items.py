"""The form that records the action items of a brief: what, who and by when, in fields of each one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.action_form import FURTHEST
from domain.action_lines import Line
from domain.actions import WHAT_LIMIT
from domain.briefs import Drafted, State, Task
from domain.due_said import read_action
from domain.errors import FieldErrors, too_long
from domain.named import owner_named
from domain.people import Person
from domain.posted import Posted

MOST = 15
WHAT, OWNER, DUE = "what", "owner", "due"


@dataclass(frozen=True)
class ItemsSheet:
    """The form as it is opened."""

    draft_id: str
    channel_id: str
    place: str
    lines: Sequence[Line]
    message: Posted
    """The thread."""
    drafted: Drafted

    @property
    def given(self) -> dict[str, str]:
        """What it is sent with if nothing is changed in it."""
        found = {
            field(part, place): value
            for place, each in enumerate(self.lines)
            for part, value in ((WHAT, each.what), (OWNER, each.owner_id), (DUE, f"{each.due or ''}"))
        }
        return {name: value for name, value in found.items() if value}


def field(part: str, place: int) -> str:
    return f"{part}_{place}"


def line_of(task: Task, known: Mapping[str, Person], asker: Person, now: datetime) -> Line:
    """Without the words that its owner and its day have fields for. `known`: who may own it.

    Nobody is chosen who is not here, and no day that has passed; `unsure` then is how the thread says the day.
    """
    text, is_edited = " ".join(task.statement.text.split()), task.statement.state is State.EDITED
    mention, _unknown = owner_named(text, known.values())
    owner = known.get(task.owner_id or (mention.person_id if mention and not is_edited else ""))
    today = now.astimezone((owner or asker).zone).date()
    read = read_action(text, mention, owner or asker, today)
    due = task.due if is_edited else task.due or read.due
    is_ahead = due is not None and today <= due <= today + FURTHEST
    return Line(
        what=read.what or text,
        owner_id=owner.id if owner else "",
        due=due if is_ahead else None,
        unsure="" if is_ahead else task.due_said,
    )


def read_items(given: Mapping[str, str]) -> dict[int, Line]:
    """By their place in the form; what has no words is left out. Raises FieldErrors."""
    found: dict[int, Line] = {}
    for place in range(MOST):
        if what := " ".join(given.get(field(WHAT, place), "").split()):
            due = given.get(field(DUE, place))
            found[place] = Line(what, given.get(field(OWNER, place), ""), date.fromisoformat(due) if due else None)
    if not found:
        raise FieldErrors({field(WHAT, 0): "Please write what is to be done, or close this form."})
    words = {field(WHAT, place): line.what for place, line in found.items()}
    if mistakes := too_long(words, dict.fromkeys(words, WHAT_LIMIT)):
        raise FieldErrors(mistakes)
    return found
