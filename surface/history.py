"""What `/checkin history` answers, and a past run as a whole."""

from enum import StrEnum
from typing import Any

from domain.cards import RunCard
from domain.history import History, PastRun
from domain.summaries import Line, all_lines, tally
from surface import runs
from surface.answers import answer
from surface.kit import Block, Json, button, context, escape, line, message, modal, section

MATCHES = 3
READ = "history"
"""A modal for reading only: nothing is sent from it."""
ROOM = 200
MOST_BLOCKS = 98


class Id(StrEnum):
    SHOW = "history.show"


def history_answer(found: History) -> dict[str, Any]:
    asked = f" with “{line(found.words, ROOM)}”" if found.words else ""
    if not found.runs:
        text = f"No past check-ins{asked} in this channel that you can see. Type `/checkin history words` to search."
        return answer(message(text, [section(text)]))
    text = f"Past check-ins of this channel{asked}, newest first."
    blocks = [section(f"*{text}*"), *(block for past in found.runs for block in _run(past))]
    more = " There are more: type `/checkin history words` to find one." if found.has_more else ""
    return answer(message(text, [*blocks, context(f"Only you see this.{more}")]))


def _run(past: PastRun) -> list[Block]:
    card = past.card
    heard = tally(card)
    title = runs.title(card)
    text = f"*{escape(title)}* · {heard.text}"
    found = [f"{_said_by(each)}{line(each.question, ROOM)} {line(each.answer, ROOM)}" for each in past.lines]
    more = [f"and {len(found) - MATCHES} more"] if len(found) > MATCHES else []
    said = "\n".join([text, *found[:MATCHES], *more])
    return [section(said, button("Show", Id.SHOW, card.run.id, label=f"Show: {title}"))]


def _said_by(found: Line) -> str:
    """Nobody, in an anonymous one."""
    return f"_{escape(found.person)}_ " if found.person else ""


def run_view(card: RunCard) -> Json:
    """The whole of a past run, for reading."""
    heard = tally(card)
    few = [] if heard.is_told else [context(f"It was anonymous, and {heard.text}.")]
    blocks = [
        section(f"*{escape(runs.title(card))}*"),
        *few,
        *runs.numbered(card),
        *runs.answers(card, all_lines(card)),
    ]
    if len(blocks) > MOST_BLOCKS:
        blocks = [*blocks[:MOST_BLOCKS], context("The rest stands in the thread of its summary.")]
    return modal(card.run.template.title, READ, blocks)
