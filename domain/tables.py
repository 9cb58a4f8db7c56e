"""Tables of words as spreadsheets, programs and people write them: lines of cells."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets put it first in a file."""
SHOWN_PROBLEMS = 5
LONGEST_CELL = 30
"""Lines that one cell between quotation marks may go over. One that goes over more was never closed."""
_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Row:
    line: int
    """Where it begins."""
    cells: list[str]


def rows(text: str, delimiter: str = "") -> Iterator[Row]:
    """Those that hold something. Without a delimiter each line says by itself what separates its cells.

    A stray quotation mark spoils its own line only.
    """
    lines = _LINE.split(text.removeprefix(BYTE_ORDER_MARK))
    at = 0
    while at < len(lines):
        cells, taken = _row(lines[at : at + LONGEST_CELL], delimiter or delimiter_of(lines[at]))
        if any(cells):
            yield Row(at + 1, cells)
        at += taken


def below_header(text: str) -> tuple[list[str], list[Row]]:
    """The first row, and the others as its own line says what separates cells."""
    header = next(rows(text), None)
    if header is None:
        return [], []
    delimiter = delimiter_of(_LINE.split(text)[header.line - 1])
    return header.cells, [row for row in rows(text, delimiter) if row.line != header.line]


def delimiter_of(line: str) -> str:
    """Tabs as copied from a spreadsheet, semicolons as some write them, or commas."""
    return next((sign for sign in "\t;" if sign in line), ",")


def _row(lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    """The cells that begin with the first line, and how many lines they take."""
    for taken in range(1, len(lines) + 1 if '"' in lines[0] else 2):
        try:
            return _cells(lines[:taken], delimiter, strict=True), taken
        except csv.Error:
            pass
    return _cells(lines[:1], delimiter, strict=False), 1


def _cells(lines: Sequence[str], delimiter: str, *, strict: bool) -> list[str]:
    found = csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, skipinitialspace=True, strict=strict)
    return [cell.strip() for cell in next(found, [])]


def check_width(cells: Sequence[str], width: int) -> None:
    """Raises ValueError with a sentence."""
    if any(cells[width:]):
        raise ValueError("has more cells than the header; put a cell that holds a comma into quotation marks.")


def told(problems: Sequence[str]) -> str:
    """As they fit below a field."""
    more = len(problems) - SHOWN_PROBLEMS
    return " ".join(problems[:SHOWN_PROBLEMS]) + (f" And {more} more." if more > 0 else "")
