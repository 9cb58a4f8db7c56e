"""A trend as a picture, for where Slack draws no chart itself: a card of its own, so that it reads the same in light
and dark, with lines told apart by marker, dash and a name at their end.

Matplotlib is loaded with the first picture, which takes a second. Only its objects are used, and nothing that processes
share: a picture may be drawn in any thread, and where only a temporary folder can be written.
"""

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import isnan, nan
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

from domain.trends import Series, Trend, drawn
from domain.words import short_day
from surface.kit import cut, upright

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

WIDTH, HEIGHT, DPI = 6.4, 3.6, 250
"""In inches: 1600 by 900 pixels, which Slack shows at half of that or less, so letters are large."""
PLOT = (0.075, 0.115, 0.655, 0.68)
"""Left, bottom, width and height of what the axes frame, as parts of the card; names stand to its right."""
CARD, EDGE, INK, MUTED, GRID = "#ffffff", "#c9ccd1", "#1d1c1d", "#55585d", "#e4e6e9"
LEFT = 0.022
BARS, BAND = "#c3cad4", "#eef1f5"
STYLES = (
    ("#1d1c1d", "o", "\N{BLACK CIRCLE}", "-", 2.6),
    ("#0b62a4", "s", "\N{BLACK SQUARE}", (0, (6, 2)), 1.9),
    ("#b8480b", "^", "\N{BLACK UP-POINTING TRIANGLE}", (0, (2, 1.4)), 1.9),
    ("#00734f", "D", "\N{BLACK DIAMOND}", (0, (7, 2, 1.5, 2)), 1.9),
    ("#8a2f7c", "v", "\N{BLACK DOWN-POINTING TRIANGLE}", (0, (1, 1)), 1.9),
    ("#6b5900", "P", "\N{HEAVY GREEK CROSS}", (0, (4, 1.5, 1, 1.5, 1, 1.5)), 1.9),
)
"""Colour, marker, the same as a sign, dashes and width: each tells the lines apart by itself, and all are dark enough
on the card. The first is for the line that the finding is about."""
BAR_SIGN = "\N{SQUARE WITH UPPER RIGHT TO LOWER LEFT FILL}"
LABEL_ROOM = 17
"""For a name with its last value."""
TITLE_ROOM = 60
APART = 0.078
"""Between two names at least, as a part of the axes' height."""
MOST_TICKS = 8


_LOADING = Lock()
"""The first pictures may be drawn at once: one of them loads what all draw with."""


def png(trend: Trend) -> bytes:
    """The picture of a trend. What its font cannot write is named by its place in the table."""
    with _LOADING:
        tools = _tools()
    figure = tools.figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=CARD, edgecolor=EDGE, linewidth=2)
    canvas = tools.canvas(figure)
    _Chart(figure, tools, drawn(trend)).draw()
    out = io.BytesIO()
    canvas.print_png(out, metadata={"Software": None})
    return out.getvalue()


@dataclass(frozen=True)
class _Tools:
    figure: Any
    canvas: Any
    plain: "FontProperties"
    bold: "FontProperties"
    signs: frozenset[int]
    """All that the font can write."""


@cache
def _tools() -> _Tools:
    """Matplotlib writes a list of the machine's fonts as it is loaded: here to a folder that is gone afterwards."""
    before = os.environ.get("MPLCONFIGDIR")
    with TemporaryDirectory(prefix="muster-charts-") as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            from matplotlib import get_data_path
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure
            from matplotlib.font_manager import FontProperties, get_font
        finally:
            os.environ.pop("MPLCONFIGDIR")
            if before is not None:
                os.environ["MPLCONFIGDIR"] = before
        fonts = Path(get_data_path()) / "fonts" / "ttf"
        plain, bold = (fonts / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))
        signs = frozenset(get_font(str(plain)).get_charmap()) & frozenset(get_font(str(bold)).get_charmap())
    return _Tools(Figure, FigureCanvasAgg, FontProperties(fname=str(plain)), FontProperties(fname=str(bold)), signs)


class _Chart:
    def __init__(self, figure: "Figure", tools: _Tools, trend: Trend) -> None:
        self._figure, self._tools, self._trend = figure, tools, trend
        self._axes: Axes = figure.add_axes(PLOT)
        self._places = range(len(trend.weeks))

    def draw(self) -> None:
        self._frame()
        self._usual()
        styles = iter(STYLES)
        labels: list[tuple[float, str, str]] = []
        for number, each in enumerate(self._trend.series):
            name = self._written(each.name, f"no. {number + 1}")
            if each.adds_up:
                labels += self._bars(each, name)
            else:
                labels += self._line(each, name, next(styles))
        self._scale()
        self._marks()
        self._names(labels)

    def _frame(self) -> None:
        axes, trend = self._axes, self._trend
        axes.set_facecolor(CARD)
        for side in ("top", "left", "right"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(MUTED)
        axes.grid(axis="y", color=GRID, linewidth=0.8)
        axes.set_axisbelow(True)
        self._text(self._figure, LEFT, 0.935, self._written(trend.title, "Trend"), size=12)
        unit = f"{'% of those asked' if trend.is_share else trend.unit}, week by week"
        self._text(self._figure, LEFT, 0.868, self._written(unit, "by week"), size=9, muted=True)

    def _scale(self) -> None:
        axes, weeks = self._axes, self._trend.weeks
        axes.set_xlim(-0.35, max(len(weeks) - 0.65, 0.35))
        values = [value for each in self._trend.series for value in _values(each) if not isnan(value)]
        if self._trend.is_share:
            axes.set_ylim(-4, 104)
            axes.set_yticks([0, 25, 50, 75, 100])
        elif min(values, default=0) >= 0:
            axes.set_ylim(0, (max(values, default=0) or 1) * 1.08)
        if not self._trend.is_share and all(value == round(value) for value in values):
            axes.locator_params(axis="y", integer=True)
        step = -(-len(weeks) // MOST_TICKS)
        axes.set_xticks([place for place in self._places if (len(weeks) - 1 - place) % step == 0])
        axes.set_xticklabels([short_day(weeks[int(at)]) for at in axes.get_xticks()])
        axes.tick_params(length=0, labelcolor=MUTED, pad=6)
        for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
            label.set_fontproperties(self._tools.plain)
            label.set_fontsize(9)

    def _usual(self) -> None:
        if usual := self._trend.usual:
            self._axes.axhspan(usual.low, usual.high, facecolor=BAND, edgecolor=BARS, hatch="....", linewidth=0)
            self._text(self._axes, -0.3, usual.high, "usual", size=8, muted=True, over=True)

    def _line(self, series: Series, name: str, style: tuple[Any, ...]) -> list[tuple[float, str, str]]:
        colour, marker, sign, dashes, width = style
        values = _values(series)
        self._axes.plot(
            self._places,
            values,
            color=colour,
            linestyle=dashes,
            linewidth=width,
            marker=marker,
            markersize=7,
            markerfacecolor=colour,
            markeredgecolor=CARD,
            markeredgewidth=0.9,
            zorder=4 if style is STYLES[0] else 3,
            clip_on=False,
        )
        return self._label(values, sign, name, colour)

    def _bars(self, series: Series, name: str) -> list[tuple[float, str, str]]:
        values = _values(series)
        self._axes.bar(
            self._places, values, width=0.5, color=BARS, edgecolor=MUTED, hatch="////", linewidth=0.6, zorder=2
        )
        return self._label(values, BAR_SIGN, name, MUTED)

    def _label(self, values: Sequence[float], sign: str, name: str, colour: str) -> list[tuple[float, str, str]]:
        known = [value for value in values if not isnan(value)]
        if not known:
            return []
        last = f"{known[-1]:.0f} %" if self._trend.is_share else _number(known[-1])
        return [(known[-1], f"{sign} {cut(name, LABEL_ROOM - len(last))} {last}", colour)]

    def _marks(self) -> None:
        for mark in self._trend.marks:
            at = self._trend.weeks.index(mark.week)
            self._axes.axvline(at, color=MUTED, linewidth=1.1, linestyle=(0, (1, 2)), zorder=1)
            text = self._axes.text(
                at, 1.015, "\N{WARNING SIGN} alert", transform=self._axes.get_xaxis_transform(), ha="center",
                va="bottom", color=INK, parse_math=False,
            )  # fmt: skip
            text.set_fontproperties(self._tools.bold)
            text.set_fontsize(8)

    def _names(self, labels: Sequence[tuple[float, str, str]]) -> None:
        """Beside the ends of the lines, pushed apart where these meet."""
        low, high = self._axes.get_ylim()
        heights = apart([(value - low) / (high - low) for value, _, _ in labels])
        end = self._axes.get_xlim()[1]
        for (value, name, colour), height in zip(labels, heights, strict=True):
            place = (end + (end + 0.35) * 0.012, low + height * (high - low))
            self._axes.plot(
                [end - 0.22, place[0]], [value, place[1]], color=colour, linewidth=0.6, alpha=0.6, clip_on=False
            )
            self._text(self._axes, place[0] + (end + 0.35) * 0.004, place[1], name, size=9, colour=colour)

    def _text(
        self,
        on: "Axes | Figure",
        x: float,
        y: float,
        said: str,
        *,
        size: float,
        muted: bool = False,
        over: bool = False,
        colour: str = INK,
    ) -> None:
        text = on.text(x, y, said, va="bottom" if over else "center", color=MUTED if muted else colour, clip_on=False)
        text.set_parse_math(False)
        text.set_fontproperties(self._tools.plain if muted else self._tools.bold)
        text.set_fontsize(size)

    def _written(self, words: str, otherwise: str, room: int = TITLE_ROOM) -> str:
        words = " ".join(upright(words).split())
        return cut(words, room) if words and all(ord(sign) in self._tools.signs for sign in words) else otherwise


def _values(series: Series) -> list[float]:
    """No number where there is a gap: then no line is drawn."""
    return [nan if point is None or point.value is None else point.value for point in series.points]


def _number(value: float) -> str:
    """Short beside a line; the table has it whole."""
    return f"{value:.0f}" if abs(value) >= 100 or value == round(value) else f"{value:.3g}"  # noqa: PLR2004 - three digits


def apart(heights: Sequence[float]) -> list[float]:
    """The same heights, from 0 to 1, pushed apart until each name has room, as near to their own as they can be."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    found = list(heights)
    for below, place in pairwise(order):
        found[place] = max(found[place], found[below] + APART)
    over = max([found[order[-1]] - 1, 0.0]) if order else 0.0
    limit = 1 + APART
    for place in reversed(order if over else []):
        found[place] = min(found[place], limit - APART)
        limit = found[place]
    return found
