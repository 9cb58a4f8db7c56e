"""Setting up many people at once: a table with a header, or one person a line."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.directory import Directory
from domain.errors import FieldErrors
from domain.people import Person
from domain.people_columns import FIELD, By, Columns, function_meant, read_header
from domain.setting_up import OTHERS_FIELDS, changed, check_circle, in_circles, managers
from domain.tables import Row, below_header, check_width, rows
from domain.words import joined

COLUMNS = ("name", *OTHERS_FIELDS)
"""As they stand in lines without a header."""
CLEAR = "-"
"""In a cell, this takes away what was set; an empty cell leaves it."""
MOST_LINES = 20_000
REGION = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")


@dataclass(frozen=True)
class PeopleList:
    """What a list comes to, for those of its lines that are understood."""

    changes: Sequence[tuple[Person, Person]] = ()
    """Before and after."""
    same: int = 0
    """People who are so already."""
    problems: Sequence[str] = ()
    """Of lines that are left out, in their order."""
    ignored: Sequence[str] = ()
    """Columns."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """What columns such as departments say that is no function of Muster's, and how often."""

    @property
    def understood(self) -> int:
        """People of whom something is said that can be taken."""
        return len(self.changes) + self.same

    def without(self, late: Collection[str]) -> "PeopleList":
        """After somebody else has set these up, by id, while the list was taken."""
        if not late:
            return self
        names = sorted(after.name for _, after in self.changes if after.id in late)
        said = f"Set up by somebody else meanwhile, and left so: {joined(names)}. Bring the same table again."
        changes = [each for each in self.changes if each[1].id not in late]
        return replace(self, changes=changes, problems=[*self.problems, said])


@dataclass(frozen=True)
class ListSheet:
    """A list as it is understood, or as it was taken."""

    found: PeopleList
    text: str
    people: Mapping[str, Person]
    """Everybody, as before."""


@dataclass
class _Reading:
    """What is found line by line; it changes until all are read."""

    known: Mapping[str, Person]
    everybody: Directory
    found: dict[str, Person] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)
    """By line."""
    unread: Counter[str] = field(default_factory=Counter)


def read(text: str, known: Mapping[str, Person]) -> PeopleList:
    """Raises FieldErrors if there are no lines, too many, or none of their columns says who they are about."""
    columns, found = _rows(text)
    reading = _Reading(known, Directory(known.values()))
    for row in found:
        _read_row(row, columns, reading)
    _leave_out_circles(reading)
    problems = [f"Line {line}: {reading.problems[line]}" for line in sorted(reading.problems)]
    if not reading.found and not problems:
        raise FieldErrors({FIELD: "Write at least one line, for example: Ana Souza, research, lead"})
    changes = [(known[each.id], each) for each in reading.found.values() if each != known[each.id]]
    return PeopleList(
        changes=changes,
        same=len(reading.found) - len(changes),
        problems=problems,
        ignored=columns.ignored if columns else (),
        unread=reading.unread,
    )


def from_the_top(changes: Sequence[tuple[Person, Person]], known: Mapping[str, Person]) -> list[tuple[Person, Person]]:
    """Managers before those whom they manage: so nobody is above themselves either while only some are saved."""
    after = {**known, **{each.id: each for _, each in changes}}
    depths: dict[str, int] = {}

    def depth(person: Person) -> int:
        path = []
        at: Person | None = person
        while at and at.id not in depths and at.id not in path:
            path.append(at.id)
            at = after.get(at.manager_id or "")
        start = depths.get(at.id, 0) if at else 0
        for place, each in enumerate(reversed(path), start=1):
            depths[each] = start + place
        return depths[person.id]

    return sorted(changes, key=lambda each: (depth(each[1]), each[1].manager_id or "", each[1].id))


def _rows(text: str) -> tuple[Columns | None, list[Row]]:
    """Without a header each line says by itself what separates its cells."""
    header, below = below_header(text)
    has_own_order = [cell.casefold() for cell in header] == [*COLUMNS][: len(header)]
    columns = None if has_own_order else read_header(header)
    found = below if columns else [*rows(text)][has_own_order:]
    if len(found) > MOST_LINES:
        raise FieldErrors({FIELD: f"These are {len(found)} lines; please bring at most {MOST_LINES} at once."})
    return columns, found


def _read_row(row: Row, columns: Columns | None, reading: _Reading) -> None:
    try:
        person = _by_columns(row.cells, columns, reading) if columns else _by_place(row.cells, reading)
        _check_twice(row, person, reading)
    except (FieldErrors, ValueError) as error:
        reading.problems[row.line] = str(error)
    else:
        reading.found[person.id] = person
        reading.lines.setdefault(person.id, row.line)


def _check_twice(row: Row, person: Person, reading: _Reading) -> None:
    """Of two lines that say different things of one person neither counts, nor does any later one."""
    line = reading.lines.get(person.id)
    if line and reading.found.get(person.id) != person:
        if reading.found.pop(person.id, None):
            reading.problems[line] = f"line {row.line} says something else about {person.name}; keep one."
        raise ValueError(f"{person.name} is in line {line} already; keep one.")


def _leave_out_circles(reading: _Reading) -> None:
    """Those who would be above themselves once all the lines are so; without them others may be."""
    while True:
        after = {**reading.known, **reading.found}
        moved = [each for each in reading.found if after[each].manager_id != reading.known[each].manager_id]
        caught = in_circles(moved, managers(after))
        if not caught:
            return
        for person_id in caught:
            try:
                check_circle(after[person_id], after)
            except FieldErrors as error:
                reading.problems[reading.lines[person_id]] = str(error)
            del reading.found[person_id]


def _by_columns(cells: Sequence[str], columns: Columns, reading: _Reading) -> Person:
    check_width(cells, columns.width)
    cells = [*cells, *[""] * (columns.width - len(cells))]
    named = [(by, cells[at]) for by, at in columns.person]
    if columns.names:
        named.append((By.NAME, " ".join(cells[at] for at in columns.names).strip()))
    person = _who(named, reading.everybody)
    given = {name: cells[at] for name, at in columns.said.items()}
    given["manager"] = _manager([(by, cells[at]) for by, at in columns.manager], reading.everybody)
    if not given.get("function"):
        given["function"] = _function(cells, columns, reading.unread)
    return _set_up(person, given, reading.known)


def _who(named: Sequence[tuple[By, str]], everybody: Directory) -> Person:
    """An id or an address decides alone, where Muster knows any; of names the first that is somebody's."""
    filled = [(by, text) for by, text in named if text]
    sure = next((text for by, text in filled if _is_sure(by, everybody)), "")
    texts = [sure] if sure else [text for by, text in sorted(filled, key=lambda each: each[0] is By.ADDRESS)] or [""]
    problems = []
    for text in texts:
        try:
            return everybody.who(text)
        except ValueError as problem:
            problems.append(problem)
    raise problems[0]


def _is_sure(by: By, everybody: Directory) -> bool:
    return by is By.ID or (by is By.ADDRESS and everybody.knows_addresses)


def _manager(named: Sequence[tuple[By, str]], everybody: Directory) -> str:
    filled = [(by, text) for by, text in named if text and text != CLEAR]
    if not filled:
        return CLEAR if any(text == CLEAR for _, text in named) else ""
    try:
        return _who(filled, everybody).id
    except ValueError as problem:
        raise ValueError(f"the manager: {problem}") from None


def _function(cells: Sequence[str], columns: Columns, unread: Counter[str]) -> str:
    said = [cells[at] for at in columns.functions if cells[at]]
    meant = next(filter(None, map(function_meant, said)), "")
    if not meant:
        unread.update(said)
    return meant


def _by_place(cells: list[str], reading: _Reading) -> Person:
    # Working hours have commas of their own, which need no quotes: mon,wed 09:00-17:30. A region is known by its form.
    rest = [cell for cell in cells[4:] if cell]
    region = rest.pop() if rest and REGION.fullmatch(rest[-1]) else ""
    person = reading.everybody.who(cells[0])
    given = dict(zip(COLUMNS[1:], [*cells[1:4], *[""] * (4 - len(cells)), ",".join(rest), region], strict=False))
    if given["manager"] not in ("", CLEAR):
        given["manager"] = reading.everybody.who(given["manager"]).id
    return _set_up(person, given, reading.known)


def _set_up(person: Person, given: Mapping[str, str], known: Mapping[str, Person]) -> Person:
    said = {name: "" if cell == CLEAR else cell for name, cell in given.items() if cell}
    return changed(person, said, known)
