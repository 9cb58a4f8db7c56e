"""Several action items at once, one a line: "@Ben Relabel the tickets by next Monday"."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.action_form import FURTHEST
from domain.actions import WHAT_LIMIT
from domain.due_said import Mention, owner_said, read_action
from domain.errors import FieldErrors
from domain.people import Person

MOST = 20
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013]|\d{1,2}[.)]|\[[ xX]?\])\s+")
_AT = re.compile(r"(?<!\S)[(\[]?@\S+")


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
    names = _names(known)
    read = [_read(each, names, asker, now) for each in found]
    for place, line in enumerate(read, start=1):
        if not line.what or len(line.what) > WHAT_LIMIT:
            length = f"has {len(line.what)} characters; {WHAT_LIMIT} fit" if line.what else "does not say what to do"
            raise FieldErrors({"lines": f"Line {place} {length}."})
    return read


def _read(text: str, names: Mapping[str, Person], asker: Person, now: datetime) -> Line:
    mentions = list(_mentions(text, names))
    mention = owner_said(text, mentions)
    owner = next((each for each in names.values() if mention and each.id == mention.person_id), None)
    today = now.astimezone((owner or asker).zone).date()
    said = read_action(text, mention, owner or asker, today)
    others = {each.text for each in mentions}
    unknown = "" if owner else next((each for each in _AT.findall(text) if each not in others), "")
    due = said.due if said.due and said.due <= today + FURTHEST else None
    return Line(said.what, owner.id if owner else "", due, said.unsure, unknown)


def _names(known: Iterable[Person]) -> dict[str, Person]:
    """By what somebody may be called after an @, folded: the whole name, and the first one where it is one person's."""
    people = list(known)
    whole = Counter(each.name.casefold() for each in people)
    first = Counter(_first(each) for each in people)
    found = {_first(each): each for each in people if first[_first(each)] == 1}
    return found | {each.name.casefold(): each for each in people if whole[each.name.casefold()] == 1}


def _first(person: Person) -> str:
    return person.name.casefold().partition(" ")[0]


def _mentions(text: str, names: Mapping[str, Person]) -> Iterable[Mention]:
    """Those named, in order; of two names that fit at one place the longer."""
    folded = text.casefold()
    for at in (found.start() for found in re.finditer("@", text)):
        fits = [name for name in names if _stands(folded, name, at + 1)]
        if fits and len(folded) == len(text):
            longest = max(fits, key=len)
            yield Mention(names[longest].id, text[at : at + 1 + len(longest)])


def _stands(folded: str, name: str, at: int) -> bool:
    end = at + len(name)
    return folded.startswith(name, at) and not folded[end : end + 1].isalnum()
