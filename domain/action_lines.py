"""Several action items at once, one a line: "@Ben Relabel the tickets by next Monday"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.action_form import FURTHEST
from domain.actions import WHAT_LIMIT
from domain.due_said import read_action
from domain.errors import FieldErrors
from domain.named import owner_named
from domain.people import Person

MOST = 20
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013]|\d{1,2}[.)]|\[[ xX]?\])\s+")


@dataclass(frozen=True)
class Line:
    """One of them as it was understood."""

    what: str
    owner_id: str = ""
    due: date | None = None
    unsure: str = ""
    """Words that may say when it is due, and may mean another day."""
    unknown: str = ""
    """A name that is nobody's here, or of several people: "@Ben"."""


@dataclass(frozen=True)
class LinesSheet:
    """The form for several, as it is opened or shown again."""

    draft_id: str
    channel_id: str
    place: str
    text: str
    lines: Sequence[Line]
    people: Mapping[str, Person]


def lines_of(text: str) -> list[str]:
    """Without what lists begin their lines with."""
    found = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return [line for line in found if line]


def read_lines(text: str, known: Sequence[Person], asker: Person, now: datetime) -> list[Line]:
    """`known`: who may be named. A day is read on the calendar of the owner, or of whoever asks. Raises FieldErrors."""
    found = lines_of(text)
    if not found:
        raise FieldErrors({"lines": "Please write what is to be done, each on a line of its own."})
    if len(found) > MOST:
        raise FieldErrors({"lines": f"These are {len(found)} lines. Please add at most {MOST} at once."})
    read = [_read(each, known, asker, now) for each in found]
    for place, line in enumerate(read, start=1):
        if not line.what or len(line.what) > WHAT_LIMIT:
            length = f"has {len(line.what)} characters; {WHAT_LIMIT} fit" if line.what else "does not say what to do"
            raise FieldErrors({"lines": f"Line {place} {length}."})
    return read


def _read(text: str, known: Sequence[Person], asker: Person, now: datetime) -> Line:
    mention, unknown = owner_named(text, known)
    owner = next((each for each in known if mention and each.id == mention.person_id), None)
    today = now.astimezone((owner or asker).zone).date()
    said = read_action(text, mention, owner or asker, today)
    due = said.due if said.due and said.due <= today + FURTHEST else None
    return Line(said.what, owner.id if owner else "", due, said.unsure, unknown)
