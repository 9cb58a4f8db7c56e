"""Blocks that show data: tables and charts."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.composition import TYPE
from sandbox.blockkit.rich_text import RICH_TEXT_BLOCK
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    complain,
    integer,
    nullable,
    number,
    one_of,
    record,
    steps,
    string,
    tagged,
)

MOST_COLUMNS = 20
MOST_IN_TABLE = 10_000
MOST_IN_DATA_TABLE = 20_000
"""Characters in all cells together, of one table and of all such tables of a payload."""

_RAW_TEXT = record({"type": TYPE, "text": string(MOST_IN_DATA_TABLE)})
_CELL = tagged(
    {
        "raw_text": _RAW_TEXT,
        "raw_number": record({"type": TYPE, "value": number, "text": string(MOST_IN_DATA_TABLE)}),
        "rich_text": RICH_TEXT_BLOCK,
    }
)
_ROW = array(_CELL, most=MOST_COLUMNS)
_HEADER_CELL = tagged({"raw_text": _RAW_TEXT})


def _same_length(problems: Problems, pointer: str, value: Any) -> None:
    """Slack asks it of data tables, and says nothing of tables; here both keep to it."""
    columns = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != columns:
            complain(problems, f"{pointer}/rows/{index}", f"must have {columns} items")


def _header_of_texts(problems: Problems, pointer: str, value: Any) -> None:
    for index, cell in enumerate(value["rows"][0]):
        _HEADER_CELL(problems, f"{pointer}/rows/0/{index}", cell)


def _row_header_there(problems: Problems, pointer: str, value: Any) -> None:
    most = len(value["rows"][0]) - 1
    integer(0, most)(problems, f"{pointer}/row_header_column_index", value.get("row_header_column_index", 0))


_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
TABLE_FIELDS = {"rows": array(_ROW, most=100)}, {"column_settings": array(nullable(_COLUMN), most=MOST_COLUMNS)}
# The documents say 101 rows, a newer page 201: the stricter holds here.
DATA_TABLE_FIELDS = (
    {"rows": array(_ROW, most=101, least=2), "caption": string(3000)},
    {"page_size": integer(1, 100), "row_header_column_index": integer(0, MOST_COLUMNS - 1)},
)
TABLE_RULES = (_same_length,)
DATA_TABLE_RULES = (_same_length, _header_of_texts, _row_header_there)

_LABEL = string(20)


def _positive(problems: Problems, pointer: str, value: Any) -> None:
    if value <= 0:
        complain(problems, pointer, "must be more than 0")


_POINT = record({"label": _LABEL, "value": number})
_SERIES = record({"name": _LABEL, "data": array(_POINT, most=20)})
_AXES = record({"categories": array(_LABEL, most=20)}, {"x_label": string(50), "y_label": string(50)})
_SEGMENT = record({"label": _LABEL, "value": steps(number, _positive)})


def _series_fit(problems: Problems, pointer: str, value: Any) -> None:
    categories = value["axis_config"]["categories"]
    names = [series["name"] for series in value["series"]]
    for index, series in enumerate(value["series"]):
        if series["name"] in names[:index]:
            complain(problems, f"{pointer}/series/{index}/name", "series names must be unique")
        if [point["label"] for point in series["data"]] != categories:
            complain(problems, f"{pointer}/series/{index}/data", "labels must match the categories")


# Newer pages allow twelve series and segments; six are safe.
_PLOT: Check = steps(
    record({"type": TYPE, "series": array(_SERIES, most=6), "axis_config": _AXES}),
    _series_fit,
)
_PIE = record({"type": TYPE, "segments": array(_SEGMENT, most=6)})
CHART = tagged({"bar": _PLOT, "line": _PLOT, "area": _PLOT, "pie": _PIE})


def strings(value: Any) -> Iterator[str]:
    """The text a reader sees in cells, whatever they hold."""
    if isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        yield from strings(value.get("elements"))
