"""The answers of one run, whole: for those who look back, and for those who met a folded answer."""

from enum import StrEnum

from domain.cards import RunCard
from domain.summaries import all_lines
from domain.summary_pages import before_view, in_view
from domain.tallies import tally
from surface.kit import Block, Json, button, buttons, context, escape, modal, section
from surface.run_answers import answers, gone, numbered, title

READ = "run.read"
"""A modal for reading only: nothing is sent from it."""


class Id(StrEnum):
    BEFORE = "run.read_before"
    AFTER = "run.read_after"


def run_view(card: RunCard, start: int = 0) -> Json:
    """From that answer on, as many as one view holds; with what can be counted at the head of the first."""
    lines = all_lines(card)
    start = start if start < len(lines) else 0
    stop = in_view(lines, start)
    heard = tally(card)
    few = [] if heard.is_told else [context(f"It was anonymous, and {heard.text}.")]
    blocks = [
        section(f"*{escape(title(card))}*"),
        *few,
        *gone(card),
        *([] if start else numbered(card)),
        *answers(card, lines[start:stop]),
        *_turns(card, start, stop),
    ]
    return modal(card.run.template.title, READ, blocks)


def _turns(card: RunCard, start: int, stop: int) -> list[Block]:
    lines = all_lines(card)
    turns = [("Earlier answers", Id.BEFORE, before_view(lines, start))] if start else []
    turns += [("More answers", Id.AFTER, stop)] if stop < len(lines) else []
    if not turns:
        return []
    said = context(f"Answers {start + 1} to {stop} of {len(lines)}")
    return [said, buttons(*(button(text, action, f"{card.run.id}:{place}") for text, action, place in turns))]
