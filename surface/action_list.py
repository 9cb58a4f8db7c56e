"""What `/action` answers; only the person who asked sees it."""

from collections.abc import Sequence
from typing import Any

from domain.actions import ActionCard, ActionList
from domain.words import day_text
from surface.actions import STATES, facts, hand_over, moves, owner_name, why_dropped
from surface.answers import answer, help_text, not_understood
from surface.kit import (
    Block,
    buttons,
    context,
    header,
    line,
    message,
    name_of,
    section,
    sections,
)

LIST, ONE = "list", "one"
"""The block ids of the buttons begin with it: what an answer shows, so that it can be said anew."""
WITH_BUTTONS = 10
LINES_ROOM = 4_000
"""Of each part. Slack refuses messages from about 12,000 characters on."""
WHAT_ROOM = 100
"""Long texts are cut in lists, so that a list fits one message."""
WORDS = ("help", "list")
HELP = help_text(
    "`/action` opens a form for a new action item: what, who owns it, when it is due.",
    "`/action Relabel the March tickets` opens the form with that text.",
    "`/action @Ben Relabel the March tickets by next Monday` fills in the owner and the day as well: `tomorrow`, "
    "`by Friday`, `due 3 Dec`, `in 2 weeks`, `by the end of the month`.",
    "`/action list` shows what is yours and what you are waiting for.",
    "`/action list late` shows what is overdue in your channels, and in those of the people assigned to you.",
    "`/action A-1` shows one of them.",
    "*Add action* in the menu of a message, also in a thread, opens the form with what it says, and links to it.",
)
NOTHING = "Nothing is yours to do, and you are waiting for nothing. Type `/action` to add an action item."
NOTHING_LATE = "Nothing that you can see is overdue. `/action list` shows what is yours and what you are waiting for."
GONE = "That is recorded. You are not among those who can see this action item now."


def gone_answer() -> dict[str, Any]:
    return answer(message(GONE, [section(GONE)]))


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def mistyped_answer(typed: str) -> dict[str, Any]:
    return not_understood(typed, f"{HELP}\nTo add an action item with just these words, type `/action` alone.")


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
        blocks += _orphans([card for card in found.waiting_for if card.owner_left])
        blocks += _lines([card for card in found.waiting_for if not card.owner_left], owner=True)
        blocks.append(_type(found.waiting_for, "change it"))
    lines = [_line(card) for card in found.mine] + [_line(card, owner=True) for card in found.waiting_for]
    return answer(message("\n".join(lines), blocks))


def late_answer(cards: Sequence[ActionCard]) -> dict[str, Any]:
    """What is overdue around the reader, oldest first."""
    if not cards:
        return answer(message(NOTHING_LATE, [section(NOTHING_LATE)]))
    blocks = [header(f"Overdue ({len(cards)})"), *_lines(cards, owner=True)]
    blocks.append(_type(cards, "see it"))
    return answer(message("\n".join(_line(card, owner=True) for card in cards), blocks))


def _type(cards: Sequence[ActionCard], what: str) -> Block:
    others = "; the others work the same way" if len(cards) > 1 else ""
    return context(f"Type `/action {cards[0].item.name}` to {what}{others}.")


def _orphans(cards: Sequence[ActionCard]) -> list[Block]:
    """Nobody works on them: the first ones can be handed over at once."""
    blocks: list[Block] = []
    for place, card in enumerate(cards[:WITH_BUTTONS]):
        give = hand_over(card.item, style="primary")
        blocks += [section(_line(card, owner=True)), buttons(give, block_id=f"{LIST}.left.{place}")]
    return blocks + _lines(cards[WITH_BUTTONS:], owner=True)


def _lines(cards: Sequence[ActionCard], *, owner: bool) -> list[Block]:
    """As many as there is room for."""
    found: list[str] = []
    room = LINES_ROOM
    for card in cards:
        text = _line(card, owner=owner)
        room -= len(text) + 1
        if room < 0:
            break
        found.append(text)
    more = len(cards) - len(found)
    return list(sections([*found, f"and {more} more"] if more else found))


def _line(card: ActionCard, *, owner: bool = False) -> str:
    item = card.item
    who = f"{owner_name(card)} · " if owner else ""
    return f"*{item.name}* {line(item.what, WHAT_ROOM)} · {who}due {day_text(item.due)} · {facts(card)}"


def one_answer(card: ActionCard, reader_id: str) -> dict[str, Any]:
    item = card.item
    state = STATES[item.state]
    owner, asker = owner_name(card), name_of(card.people, item.asked_by)
    text = f"*{item.name}: {line(item.what)}*\n{state} · {owner} owns it, asked for by {asker} · "
    text += f"due {day_text(item.due)}{why_dropped(card)}"
    blocks: list[Block] = [section(text), context(facts(card, with_link=True))]
    if card.may_move(reader_id):
        blocks.append(moves(card, block_id=ONE))
    return answer(message(text, blocks))
