"""Values of measures as a table: a header, and a line for each, as a spreadsheet or a program writes them."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.errors import FieldErrors
from domain.export import FORMULA, GUARD, cell
from domain.measure_numbers import plain_text, read_number
from domain.measures import LIMITS, Measure, Value, key_of
from domain.tables import Row, below_header, check_width, told
from domain.words import quoted

FIELD = "lines"
COLUMNS = ("measure", "value", "moment", "unit", "source")
REQUIRED = COLUMNS[:3]
MOST_LINES = 5000
EARLIEST = 2000
NOON = time(12, tzinfo=UTC)
"""Of a day without a time: so it is that day almost everywhere, and the same day wherever it was typed."""
EXAMPLE = "measure,value,moment,unit,source\nTickets,120,2026-11-20,a week,support desk"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Line:
    place: int
    """Its line in the file."""
    name: str
    value: float
    at: datetime
    unit: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        return key_of(self.name)


@dataclass(frozen=True)
class MeasureLinesSheet:
    """The form for a table, as it is opened or shown again."""

    draft_id: str
    channel_id: str
    place: str
    text: str
    lines: Sequence[Line] = ()
    new: Sequence[str] = ()
    """Measures that come to be with it."""
    changed: int = 0
    """Lines that say something that is not recorded so yet."""


def read_lines(text: str, known: Iterable[Measure], *, now: datetime, zone: tzinfo | None) -> list[Line]:
    """`zone`: of whoever pasted it, for moments that name none. All, or FieldErrors that name the lines."""
    problems: list[str] = []
    found: dict[tuple[str, datetime], Line] = {}
    units = {each.key: each.unit for each in known if each.unit}
    header, rows = _table(text)
    for row in rows:
        try:
            check_width(row.cells, len(header))
            line = _line(row.line, dict(zip(header, row.cells, strict=False)), now, zone)
            _check_unit(line, units)
            _check_new(line, found)
        except ValueError as error:
            problems.append(f"Line {row.line}: {error}")
    if not found and not problems:
        problems.append(f"Below the header {','.join(REQUIRED)}, write a line for each value.")
    if problems:
        raise FieldErrors({FIELD: told(problems)})
    return list(found.values())


def _table(text: str) -> tuple[list[str], list[Row]]:
    header, found = below_header(text)
    names = [name.casefold() for name in header]
    if names:
        _check_header(names)
    if len(found) > MOST_LINES:
        raise FieldErrors({FIELD: f"These are {len(found)} lines; please bring at most {MOST_LINES} at once."})
    return names, found


def _check_header(header: Sequence[str]) -> None:
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    problems = [f"The first line names the columns; {', '.join(missing)} is not among them."] if missing else []
    problems += [f"{quoted(unknown[0])} is no column Muster knows."] if unknown and not missing else []
    problems += ["A column is named twice."] if len({*header}) < len(header) and not unknown else []
    if problems:
        raise FieldErrors({FIELD: f"{' '.join(problems)} Write measure,value,moment and, if you like, unit,source."})


def _line(place: int, cells: Mapping[str, str], now: datetime, zone: tzinfo | None) -> Line:
    typed = {"name": cells["measure"], "unit": cells.get("unit", ""), "source": cells.get("source", "")}
    typed = {name: _words(text) for name, text in typed.items()}
    if not typed["name"]:
        raise ValueError("the name of the measure is missing.")
    if long := next((name for name in typed if len(typed[name]) > LIMITS[name]), ""):
        raise ValueError(f"the {long} has {len(typed[long])} characters; please keep it to {LIMITS[long]}.")
    at = read_moment(cells.get("moment", ""), now=now, zone=zone)
    return Line(place, typed["name"], read_number(cells.get("value", "")), at, typed["unit"], typed["source"])


def _check_unit(line: Line, units: dict[str, str]) -> None:
    """Numbers of two units are not one measure. `units`: by measure, as known so far."""
    unit = units.setdefault(line.key, line.unit) if line.unit else ""
    if line.unit.casefold() != unit.casefold():
        raise ValueError(f"{line.name} is in {unit}, not in {line.unit}; write it in {unit}, or give it another name.")


def _check_new(line: Line, found: dict[tuple[str, datetime], Line]) -> None:
    same = found.setdefault((line.key, line.at), line)
    if same is not line:
        raise ValueError(f"{line.name} has a value of that moment in line {same.place} already; keep one.")


def read_moment(text: str, *, now: datetime, zone: tzinfo | None) -> datetime:
    """A day, or a day and a time. Raises ValueError with a sentence."""
    typed = text.strip()
    if not typed:
        raise ValueError("the moment is missing; write the day, such as 2026-11-20.")
    if _DAY.fullmatch(typed):
        at = _day(typed, now, zone)
    else:
        at = _with_time(typed, zone)
        if at > now:
            raise ValueError(f"{typed} is still to come; a value is dated when it was so.")
    if at.year < EARLIEST:
        raise ValueError(f"{typed} is before the year {EARLIEST}; look whether the day is right.")
    return at


def _day(typed: str, now: datetime, zone: tzinfo | None) -> datetime:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{typed} is no day of the calendar.") from None
    today = now.astimezone(zone).date() if zone else (now + timedelta(hours=14)).date()
    if day > today:
        raise ValueError(f"{typed} is still to come; a value is dated when it was so.")
    return datetime.combine(day, NOON)


def _with_time(typed: str, zone: tzinfo | None) -> datetime:
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{quoted(typed)} is no moment Muster reads; write 2026-11-20, or 2026-11-20 14:30.") from None
    if at.tzinfo is None:
        if zone is None:
            raise ValueError(f"{typed} says no zone; write the day alone, or 2026-11-20T14:30+01:00.")
        at = at.replace(tzinfo=zone)
    return at.astimezone(UTC).replace(microsecond=0)


def cells(measure: Measure, value: Value) -> tuple[str, ...]:
    """A line for taking along, which is read again as it was."""
    at = value.at.date().isoformat() if value.at.astimezone(UTC).timetz() == NOON else value.at.isoformat()
    return cell(measure.name), plain_text(value.value), at, cell(measure.unit), cell(value.source)


def as_text(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([COLUMNS, *rows])
    return out.getvalue()


def _words(text: str) -> str:
    """As it was before a table guarded it."""
    found = " ".join(text.split())
    return found[1:] if found.startswith(GUARD) and found[1:].startswith(FORMULA) else found
