"""What `/action` answers; only the person who asked sees it."""

from collections.abc import Sequence
from typing import Any

from domain.actions import ActionCard, ActionList
from surface.actions import facts, moves
from surface.answers import answer, help_text
from surface.kit import Block, context, day_text, escape, escape_cut, header, message, section, sections

LIST, ONE = "list", "one"
"""The block ids of the buttons begin with it: what an answer shows, so that it can be said anew."""
WITH_BUTTONS = 10
LINES = 12
WHAT_ROOM = 100
"""Long texts are cut in lists, so that a list fits one message."""
HELP = help_text(
    "`/action` opens a form for a new action item: what, who owns it, when it is due.",
    "`/action Relabel the March tickets` opens the form with that text.",
    "`/action list` shows what is yours and what you are waiting for.",
    "`/action A-1` shows one of them.",
)
NOTHING = "Nothing is yours to do, and you are waiting for nothing. Type `/action` to add an action item."


GONE = "It was handed over, and you are not among those who can see it now."


def gone_answer() -> dict[str, Any]:
    return answer(message(GONE, [section(GONE)]))


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def list_answer(found: ActionList) -> dict[str, Any]:
    if not found.mine and not found.waiting_for:
        return answer(message(NOTHING, [section(NOTHING)]))
    blocks: list[Block] = []
    if found.mine:
        blocks.append(header(f"Yours ({len(found.mine)})"))
        for place, card in enumerate(found.mine[:WITH_BUTTONS]):
            blocks += [section(_line(card)), moves(card, block_id=f"{LIST}.{place}")]
        blocks += _lines(found.mine[WITH_BUTTONS:], owner=False)
    if found.waiting_for:
        blocks.append(header(f"You are waiting for ({len(found.waiting_for)})"))
        blocks += _lines(found.waiting_for, owner=True)
        blocks.append(context(f"Type `/action {found.waiting_for[0].item.name}` to change it, and so for the others."))
    lines = [_line(card) for card in found.mine] + [_line(card, owner=True) for card in found.waiting_for]
    return answer(message("\n".join(lines), blocks))


def _lines(cards: Sequence[ActionCard], *, owner: bool) -> list[Block]:
    more = len(cards) - LINES
    rest = [f"and {more} more"] if more > 0 else []
    return list(sections([*(_line(card, owner=owner) for card in cards[:LINES]), *rest]))


def _line(card: ActionCard, *, owner: bool = False) -> str:
    item = card.item
    who = f"{escape(card.name_of(item.owner_id))} · " if owner else ""
    return f"*{item.name}* {escape_cut(item.what, WHAT_ROOM)} · {who}due {day_text(item.due)} · {facts(card)}"


def one_answer(card: ActionCard, reader_id: str) -> dict[str, Any]:
    item = card.item
    state = "open" if item.is_open else "done"
    owner, asker = escape(card.name_of(item.owner_id)), escape(card.name_of(item.asked_by))
    text = f"*{item.name}: {escape(item.what)}*\n{state.capitalize()} · {owner} owns it, asked for by {asker} · "
    text += f"due {day_text(item.due)}"
    blocks: list[Block] = [section(text), context(facts(card))]
    if item.is_open and reader_id in item.named:
        blocks.append(moves(card, block_id=ONE))
    return answer(message(text, blocks))
