"""Setting up many people at once: one a line, as a spreadsheet or a person writes them."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.errors import FieldErrors
from domain.library import closest
from domain.people import Person
from domain.setting_up import OTHERS_FIELDS, changed, check_circle
from domain.words import quoted

FIELD = "list"
COLUMNS = ("name", *OTHERS_FIELDS)
CLEAR = "-"
"""In a cell, this takes away what was set; an empty cell leaves it."""
HEADERS = frozenset({"name", "person", "who"})
SHOWN_PROBLEMS = 5
REGION = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets put it first in a file."""
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Row:
    line: int
    cells: list[str]


def read(text: str, known: Mapping[str, Person]) -> list[Person]:
    """The people as the list says they shall be, nobody twice. Raises FieldErrors that name the lines."""
    problems: list[str] = []
    found: dict[str, Person] = {}
    lines: dict[str, int] = {}
    for row in _rows(text):
        try:
            person = _person(row, known)
        except (FieldErrors, ValueError) as error:
            problems.append(f"Line {row.line}: {error}")
        else:
            if person.id in found:
                problems.append(f"Line {row.line}: {person.name} is in line {lines[person.id]} already; keep one.")
            found[person.id], lines[person.id] = person, row.line
    problems += _circles(found, lines, known)
    if not found and not problems:
        problems.append("Write at least one line, for example: Ana Souza, research, lead")
    if problems:
        raise FieldErrors({FIELD: _told(problems)})
    return list(found.values())


def _circles(found: Mapping[str, Person], lines: Mapping[str, int], known: Mapping[str, Person]) -> Iterator[str]:
    """Who would be above themselves once all the lines are so."""
    for person in found.values():
        if person.manager_id != known[person.id].manager_id:
            try:
                check_circle(person, {**known, **found})
            except FieldErrors as error:
                yield f"Line {lines[person.id]}: {error}"


def _told(problems: list[str]) -> str:
    more = len(problems) - SHOWN_PROBLEMS
    told = " ".join(problems[:SHOWN_PROBLEMS])
    return f"{told} And {more} more." if more > 0 else told


def _rows(text: str) -> Iterator[Row]:
    """Cells are separated by tabs as copied from a spreadsheet, by semicolons, or by commas; blank lines are left out.

    Each line stands for itself, so that a stray quotation mark spoils one line only.
    """
    for number, line in enumerate(text.removeprefix(BYTE_ORDER_MARK).splitlines(), start=1):
        delimiter = next((sign for sign in "\t;" if sign in line), ",")
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])]
        is_header = number == 1 and cells and cells[0].casefold() in HEADERS
        if any(cells) and not is_header:
            yield Row(number, cells)


def _person(row: Row, known: Mapping[str, Person]) -> Person:
    # Working hours have commas of their own, which need no quotes: mon,wed 09:00-17:30. A region is known by its form.
    rest = [cell for cell in row.cells[4:] if cell]
    region = rest.pop() if rest and REGION.fullmatch(rest[-1]) else ""
    cells = [*row.cells[:4], ",".join(rest), region]
    person = who(cells[0], known)
    given = {name: "" if cell == CLEAR else cell for name, cell in zip(COLUMNS[1:], cells[1:], strict=False) if cell}
    if given.get("manager"):
        given["manager"] = who(given["manager"], known).id
    return changed(person, given, known)


def who(text: str, known: Mapping[str, Person]) -> Person:
    """Somebody by mention, member id or name, in any case. Raises ValueError with a sentence."""
    if found := known.get(_member_id(text)):
        if found.left:
            raise ValueError(f"{found.name} is no longer in this workspace.")
        return found
    if "@" in text.lstrip("@"):
        raise ValueError(
            f"{quoted(text)} looks like an e-mail address, which Muster does not read; write the name instead."
        )
    return _by_name(text, known.values())


def _member_id(text: str) -> str:
    mention = MENTION.fullmatch(text)
    return mention[1] if mention else text.lstrip("@")


def _by_name(text: str, people: Collection[Person]) -> Person:
    wanted = " ".join(text.lstrip("@").casefold().split())
    if not wanted:
        raise ValueError("the name is missing; write it first.")
    present = [person for person in people if not person.left]
    same = [person for person in present if person.name.casefold() == wanted]
    alike = same or [person for person in present if person.name.casefold().split()[:1] == [wanted]]
    if len(alike) == 1:
        return alike[0]
    if same:
        raise ValueError(
            f"{len(same)} people are called {quoted(text)}; write the member ID, which their Slack profile copies."
        )
    if alike:
        raise ValueError(f"{quoted(text)} may be {_or(person.name for person in alike)}; write the full name.")
    if gone := next((person.name for person in people if person.name.casefold() == wanted), ""):
        raise ValueError(f"{gone} is no longer in this workspace.")
    names = {person.name.casefold().split()[0]: person.name for person in present if person.name.strip()}
    names |= {person.name.casefold(): person.name for person in present}
    close = list(dict.fromkeys(names[name] for name in closest(wanted, names)))
    hint = f" Did you mean {_or(close)}?" if close else " Write the name as Slack shows it."
    raise ValueError(f"nobody here is called {quoted(text)}.{hint}")


def _or(names: Iterable[str]) -> str:
    return " or ".join(names)
