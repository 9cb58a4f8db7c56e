"""The answers of one run, whole: for those who look back, and for those who met a folded answer."""

from enum import StrEnum

from domain.cards import RunCard
from domain.summaries import SHOWN_BLOCKERS, all_lines
from domain.summary_pages import before_view, in_view
from domain.tallies import tally
from surface import blockers
from surface.kit import Block, Json, button, buttons, context, escape, header, modal, section, sections
from surface.run_answers import gone, numbered, title, what_was_raised, with_buttons

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
        *([] if start else [*_raised(card), *numbered(card)]),
        *with_buttons(card, lines[start:stop]),
        *_turns(card, start, stop),
    ]
    return modal(card.run.template.title, READ, blocks, ids={"start": str(start)})


def _raised(card: RunCard) -> list[Block]:
    """What became of the blockers, which stand among the answers."""
    if not card.raised:
        return []
    told = [blockers.became(each, card.people) for each in card.raised[:SHOWN_BLOCKERS]]
    more = len(card.raised) - SHOWN_BLOCKERS
    rest = [f"and {more} more among the answers"] if more > 0 else []
    return [header(f"{what_was_raised(card)} ({blockers.count(card.raised)})"), *sections([*told, *rest])]


def _turns(card: RunCard, start: int, stop: int) -> list[Block]:
    lines = all_lines(card)
    turns = [("Earlier answers", Id.BEFORE, before_view(lines, start))] if start else []
    turns += [("More answers", Id.AFTER, stop)] if stop < len(lines) else []
    if not turns:
        return []
    said = context(f"Answers {start + 1} to {stop} of {len(lines)}")
    return [said, buttons(*(button(text, action, f"{card.run.id}:{place}") for text, action, place in turns))]
