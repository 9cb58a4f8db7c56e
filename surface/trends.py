"""Trends in a direct message: two charts with what to see in them, the tables behind them, and how they are counted."""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.trends import Trend, TrendsCard, as_table, finding, weeks_text
from domain.words import count_text, day_text, joined
from surface import charts
from surface.answers import NOTICE
from surface.kit import (
    Block,
    Element,
    Json,
    Message,
    Picture,
    button,
    buttons,
    context,
    escape,
    message,
    modal,
    section,
)

TITLE = "How is this counted?"
COUNTED = "How is this counted"
SHOWN_IN_TEXT = 8
"""Weeks that the text beside the blocks tells of, the newest first."""


class Id(StrEnum):
    SHOW = "trends.show"
    """Of a digest: the first page."""
    MORE = "trends.more"
    COUNTED = "trends.counted"
    CSV = "trends.csv"


class Address(NamedTuple):
    """Which trend of which message a button is about: what it names is counted anew for whoever presses it."""

    day: date
    about: str
    """The id of a trend, or the number of a page."""

    @property
    def value(self) -> str:
        return f"{self.day.isoformat()} {self.about}"


def address(value: str) -> Address:
    day, _, about = value.partition(" ")
    return Address(date.fromisoformat(day), about)


def trends_button(digest_id: int) -> Element:
    """For the foot of a digest."""
    return button("Trends", Id.SHOW, digest_id, label="Show trends of the last weeks as charts")


def trends_message(card: TrendsCard) -> Message:
    up_to = card.day - timedelta(days=card.day.weekday() + 1)
    head = f"Trends up to {day_text(up_to)}"
    if not card.trends:
        said = f"{head}: {_nothing(card)}"
        return message(said, [section(said)])
    named = joined([trend.title for trend in card.trends])
    blocks: list[Block] = [section(f"*{escape(head)}*: {escape(named)}")]
    pictures: list[Picture] = []
    is_charted = False
    for trend in card.trends:
        shown = charts.chart(trend, natively=card.natively)
        blocks += _of(trend, card, shown)
        pictures += [shown.picture] if shown and shown.picture else []
        is_charted |= bool(shown and not shown.picture)
    foot = _foot(card)
    blocks += [*_more(card), context(foot)]
    texts = [f"{head}: {escape(named)}.", *(_told(trend) for trend in card.trends), foot]
    drawn = message("\n".join(texts), blocks)
    return Message(drawn.text, drawn.blocks, tuple(pictures), is_charted=is_charted or card.natively)


def _of(trend: Trend, card: TrendsCard, shown: charts.Drawn | None) -> list[Block]:
    chart = [shown.block] if shown else []
    rest = charts.left_to_file(trend)
    left = [*trend.left_out, *([f"{count_text(rest, 'more column')} in the file."] if rest else [])]
    return [
        section(f"*{escape(trend.title)}*\n{escape(finding(trend))}"),
        *chart,
        charts.table(trend, natively=card.natively),
        *([context(escape(" ".join(left)))] if left else []),
        _buttons(trend, card),
    ]


def _buttons(trend: Trend, card: TrendsCard) -> Block:
    value = Address(card.day, trend.id).value
    return buttons(
        button(COUNTED, Id.COUNTED, value, label=f"How {trend.title} is counted"),
        button("CSV", Id.CSV, value, label=f"{trend.title} as a CSV file"),
    )


def _more(card: TrendsCard) -> list[Block]:
    if not card.later:
        return []
    value = Address(card.day, str(card.page + 1)).value
    return [buttons(button(f"Show {len(card.later)} more", Id.MORE, value, label=f"Show {joined(card.later)}"))]


def _told(trend: Trend) -> str:
    """What the blocks show, for whoever reads or hears only the text: the finding, and the newest weeks."""
    names, *rows = as_table(trend)
    weeks = []
    for week, *cells in reversed(rows[-SHOWN_IN_TEXT:]):
        pairs = ", ".join(f"{name} {cell}" for name, cell in zip(names[1:], cells, strict=True))
        weeks.append(f"{week}: {pairs}")
    return escape(f"{trend.title}. {finding(trend)} Week by week, the newest first: {'; '.join(weeks)}.")


def _nothing(card: TrendsCard) -> str:
    if card.page > 1:
        return "there is nothing more to show."
    return (
        "nothing to show yet. They count whole weeks, from Monday to Sunday, of your channels and those of the people "
        "assigned to you. Type `/digest trends` again next Monday."
    )


def _foot(card: TrendsCard) -> str:
    first = "You asked for this. It counts whole weeks of your channels and those of the people assigned to you."
    partial = " Private channels that Slack did not confirm are not counted." if card.is_partial else ""
    return f"{first}{partial} Only you see this message."


def counted_view(trend: Trend) -> Json:
    return modal(
        TITLE,
        NOTICE,
        [
            section(f"*{escape(trend.title)}*, {escape(weeks_text(trend))}"),
            section(escape(trend.counted)),
            *([section(escape(" ".join(trend.left_out)))] if trend.left_out else []),
            context("Only what you may read is counted, so others may see other numbers. The file has every number."),
        ],
    )


def comment(trend: Trend) -> str:
    """Beside the file."""
    return f"*{escape(trend.title)}*, {escape(weeks_text(trend))}, as you asked. {escape(finding(trend))}"


def file_name(trend: Trend) -> str:
    return f"{trend.id.replace('.', '-')}.csv"


def coming_text() -> str:
    return "The trends come as a direct message from Muster within a minute. Only you get them."


def not_sent_text(why: str) -> str:
    return f"Slack did not take the file ({escape(why)}). Press again in a minute, or ask whoever runs Muster."
