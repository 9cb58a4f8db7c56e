"""The chain of the audit trail: each line counts on from the one before it, and holds a digest of that one.

A line says in the open when what happened, and in which turn. Who did it, to what, and with which details stand beside
the chain, each sealed with a salt of its own: the chain holds only the seal, which tells nothing without the salt. So a
value can be erased with its salt, and the chain still holds; but nobody can put another value in its place.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

NO_LINE = ""
"""The digest before the first line."""


class Sealed(StrEnum):
    """The values of a line that stand beside the chain."""

    ACTOR = "actor"
    SUBJECT = "subject"
    DETAILS = "details"


@dataclass(frozen=True)
class Head:
    """How far a trail goes: whoever keeps a copy can prove that nothing up to there was changed since."""

    number: int = 0
    digest: str = NO_LINE

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True)
class Value:
    """One that stands beside the chain, as its row holds it."""

    salt: str | None
    text: str | None
    """As `canonical` writes it."""
    erased_at: datetime | None = None

    @property
    def is_erased(self) -> bool:
        return self.text is None and self.salt is None and self.erased_at is not None


@dataclass(frozen=True)
class Link:
    """One line, as the chain holds it."""

    workspace_id: str
    number: int
    """From 1 on, without gaps."""
    at: datetime
    what: str
    seals: Mapping[str, str]
    digest: str
    """Of this line and of the digest before it."""


def canonical(value: object) -> str:
    """The one way in which a value is written, so that it has one digest. What people type may hold signs that no
    database takes, such as half of a pair; in ASCII all of them can be kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def seal(salt: str, text: str) -> str:
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()


def link(before: Head, *, workspace_id: str, at: datetime, what: str, seals: Mapping[str, str]) -> Link:
    """The next line after that head."""
    number = before.number + 1
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = canonical([before.digest, workspace_id, number, moment, what, dict(seals)])
    return Link(workspace_id, number, at, what, dict(seals), hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True)
class Line:
    """A line of the trail with the values beside it."""

    link: Link
    values: Mapping[str, Value]


def faults(lines: Iterable[Line], head: Head) -> Iterator[str]:
    """What is wrong with a trail, in sentences; `lines` in their order, `head` as it was kept apart from them.

    After a fault it goes on from what it finds, so that each change is told once.
    """
    last = Head()
    for line in lines:
        found = line.link
        if found.number != last.number + 1:
            yield _missing(last.number + 1, found.number - 1)
        elif found != link(last, workspace_id=found.workspace_id, at=found.at, what=found.what, seals=found.seals):
            yield f"Line {found.number} was changed, or does not follow from the line before it."
        yield from _broken_seals(line)
        last = Head(found.number, found.digest)
    if last.number < head.number:
        yield _missing(last.number + 1, head.number)
    elif last != head:
        yield f"The trail ends with line {last}, and not with {head} as it was kept."


def _missing(first: int, last: int) -> str:
    return f"Line {first} is missing." if first == last else f"Lines {first} to {last} are missing."


def _broken_seals(line: Line) -> Iterator[str]:
    for name in Sealed:
        value = line.values.get(name)
        if value is None or ((value.text is None or value.salt is None) and not value.is_erased):
            yield f"The {name} of line {line.link.number} is missing, and was not erased."
        elif (
            value.text is not None
            and value.salt is not None
            and line.link.seals.get(name) != seal(value.salt, value.text)
        ):
            yield f"The {name} of line {line.link.number} is not what it was."
