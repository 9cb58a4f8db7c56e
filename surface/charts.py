"""The blocks that show numbers: Slack's own charts, pictures, and the tables behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.trends import Trend, as_table, drawn, finding, has_gaps, weeks_text
from domain.words import short_day
from surface import chart_image
from surface.kit import Block, Picture, cut, upright

TITLE_LIMIT = 50
LABEL_LIMIT = 20
ALT_LIMIT = 2000
COLUMNS = 15
"""Of a table in a message, beside the weeks: the file has more."""
CELL_ROOM = 40
CAPTION_ROOM = 150
FEWEST = 2
"""Weeks; one point is no trend, and is told in words."""
PENDING = "F00000000"
"""Where a picture's id comes once it has been uploaded."""


@dataclass(frozen=True)
class Drawn:
    block: Block
    picture: Picture | None = None


def chart(trend: Trend, *, natively: bool) -> Drawn | None:
    """Slack's own chart where it may be and nothing is missing, otherwise a picture; None where one week or less is
    known."""
    shown = drawn(trend)
    if not shown.series or len(shown.weeks) < FEWEST:
        return None
    if natively and not has_gaps(shown) and not shown.usual and not shown.marks:
        return Drawn(_native(shown))
    alt = cut(f"{trend.title}, {weeks_text(trend)}. {finding(trend)} Every number is in the table below.", ALT_LIMIT)
    picture = Picture(f"{trend.id.replace('.', '-')}.png", chart_image.png(trend), alt)
    return Drawn({"type": "image", "slack_file": {"id": PENDING}, "alt_text": alt}, picture)


def _native(shown: Trend) -> Block:
    weeks = [_words(short_day(week), LABEL_LIMIT) for week in shown.weeks]
    names = unique([_words(each.name, LABEL_LIMIT) for each in shown.series])
    series = [
        {
            "name": name,
            "data": [
                {"label": week, "value": round(point.value, 6)}
                for week, point in zip(weeks, each.points, strict=True)
                if point and point.value is not None
            ],
        }
        for name, each in zip(names, shown.series, strict=True)
    ]
    unit = "% of those asked" if shown.is_share else shown.unit
    axes = {"categories": weeks, "x_label": "Week of", "y_label": _words(unit, TITLE_LIMIT)}
    plot = {"type": "line", "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": _words(shown.title, TITLE_LIMIT), "chart": plot}


def table(trend: Trend, *, natively: bool) -> Block:
    """All that is known of each week, drawn or not, with a head and a name for each row; where Slack knows no such
    tables, an older one."""
    rows = [row[: 1 + COLUMNS] for row in as_table(trend)]
    cells = [[{"type": "raw_text", "text": _words(text, CELL_ROOM)} for text in row] for row in rows]
    if not natively:
        return {"type": "table", "rows": cells}
    caption = _words(f"{trend.title}, week by week", CAPTION_ROOM)
    return {"type": "data_table", "caption": caption, "page_size": max(len(cells) - 1, 1), "rows": cells}


def left_to_file(trend: Trend) -> int:
    """Columns that the table in a message has no room for."""
    return max(0, len(as_table(trend)[0]) - 1 - COLUMNS)


def with_files(blocks: Iterable[Block], ids: Sequence[str]) -> list[Block]:
    """The same blocks, showing the uploaded pictures."""
    left = iter(ids)
    return [{**each, "slack_file": {"id": next(left)}} if _is_pending(each) else each for each in blocks]


def without_pictures(blocks: Iterable[Block]) -> list[Block]:
    return [each for each in blocks if not _is_pending(each)]


def _is_pending(block: Block) -> bool:
    return bool(block["type"] == "image" and block.get("slack_file", {}).get("id") == PENDING)


def unique(names: Sequence[str]) -> list[str]:
    """Slack refuses two series of one name; a name that was cut may be another's."""
    found: list[str] = []
    for place, name in enumerate(names):
        ending = f" {place + 1}"
        found.append(cut(name, LABEL_LIMIT - len(ending)) + ending if name in names[:place] else name)
    return found


def _words(text: str, room: int) -> str:
    """These blocks take plain texts, and none that are empty."""
    return cut(" ".join(upright(text).split()), room) or "-"
