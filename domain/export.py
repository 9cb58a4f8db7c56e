"""The answers of a ritual as a table to take along: CSV, or JSON."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by programs that open the table."""
GUARD = "'"
"""Before such a cell, programs show the text as it is."""


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True)
class Row:
    """One answer. Of an anonymous check-in all that could tell whose it is stays empty."""

    run_day: date
    ritual: str
    version: int
    """Of the questions, as the run asked them: a change of them makes a new one."""
    question_id: str
    """Stays when a question is only worded anew, so that answers of two versions can be compared."""
    question: str
    answer: str
    function: str = ""
    person: str = ""
    late: bool | None = None
    edited: bool | None = None


NAMES = tuple(each.name for each in fields(Row))


def table(rows: Sequence[Row], wanted: Format) -> str:
    return _json(rows) if wanted is Format.JSON else _csv(rows)


def _csv(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(NAMES)
    writer.writerows([cell(value) for value in asdict(row).values()] for row in rows)
    return out.getvalue()


def cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    # Some programs leave out spaces at the front before they look.
    return f"{GUARD}{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _json(rows: Iterable[Row]) -> str:
    found = [{**asdict(row), "run_day": row.run_day.isoformat()} for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
