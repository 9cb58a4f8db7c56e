"""The trace of a simulation: what happened, in order, a line each."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

Json = dict[str, Any]
KINDS = frozenset(
    {
        "begin",
        "workspace",
        "call",
        "delivery",
        "message",
        "view",
        "membership",
        "channel",
        "person",
        "diary",
        "fault",
        "clock",
        "process",
        "elsewhere",
    }
)


class Unreadable(Exception):
    """What the judge was given is no trace, plan or ritual that it understands; the text says where and why."""


@dataclass(frozen=True)
class Line:
    number: int
    """Counted from 1, as an editor shows it."""
    kind: str
    at: datetime
    fields: Json

    def __getitem__(self, name: str) -> Any:
        try:
            return self.fields[name]
        except KeyError:
            raise Unreadable(f"Line {self.number} of the trace ({self.kind}) has no {name!r}.") from None

    def get(self, name: str, default: Any = None) -> Any:
        return self.fields.get(name, default)


@dataclass(frozen=True)
class Trace:
    lines: tuple[Line, ...]

    def of(self, *kinds: str) -> Iterator[Line]:
        if len(kinds) == 1:
            return iter(self._by_kind.get(kinds[0], []))
        return (line for line in self.lines if line.kind in kinds)

    @cached_property
    def _by_kind(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.kind, []).append(line)
        return found

    @property
    def begin(self) -> datetime:
        return self.lines[0].at

    @cached_property
    def end(self) -> datetime:
        """A call stands where it ended but says when it began, so the last line need not be the latest."""
        return max(line.at for line in self.lines)

    def diary(self, *did: str) -> Iterator[Line]:
        return (line for line in self.of("diary") if line["did"] in did)


def _unreadable(number: int, error: Exception) -> Unreadable:
    return Unreadable(f"Line {number} of the trace cannot be read: {error!r}.")


def read(path: Path) -> Trace:
    """Raises Unreadable."""
    try:
        with path.open(encoding="utf-8") as file:
            return parse(file)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is no trace ({error}).") from error


def parse(rows: Iterable[str]) -> Trace:
    return of_fields((number, _loaded(number, row)) for number, row in enumerate(rows, start=1) if row.strip())


def of_fields(rows: Iterable[tuple[int, Json]]) -> Trace:
    """`rows`: the fields of each line, with its number."""
    lines = tuple(_line(number, fields) for number, fields in rows)
    if not lines:
        raise Unreadable("The trace is empty.")
    if not any(line.kind == "workspace" for line in lines):
        raise Unreadable("The trace does not say how the workspace stood at the beginning: it has no workspace line.")
    return Trace(lines)


def _loaded(number: int, row: str) -> Json:
    try:
        fields: Json = json.loads(row)
    except ValueError as error:
        raise _unreadable(number, error) from error
    return fields


def _line(number: int, fields: Json) -> Line:
    try:
        kind, at = fields["kind"], datetime.fromtimestamp(fields["at"], UTC)
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(number, error) from error
    if kind not in KINDS:
        raise Unreadable(f"Line {number} of the trace is of the unknown kind {kind!r}.")
    return Line(number, kind, at, fields)
