"""What `/action` answers; only the person who asked sees it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from domain.action_lists import ActionLists, Asked, Part, Which
from domain.actions import ActionCard
from domain.library import closest
from surface import left_behind
from surface.action_bulk import LEAST, change_several
from surface.action_buttons import hand_over, lacking, moves, reopen
from surface.action_steps import steps
from surface.actions import NO_OWNER, STATES, due_words, facts, owner_name, why_dropped
from surface.answers import answer, help_text, not_understood
from surface.kit import (
    Block,
    Element,
    Json,
    button,
    buttons,
    context,
    header,
    line,
    message,
    modal,
    name_of,
    section,
    sections,
)
from surface.run_answers import Id as Answers

LIST, ONE = "list", "one"
"""The block ids of the buttons begin with it: what an answer shows, so that it can be said anew."""
OVERVIEW = 3
"""As many of each list where several are shown, so that the most of everything fits one message with its buttons."""
WHAT_ROOM = 100
"""Long texts are cut in lists, so that a list fits one message."""
HELP = help_text(
    "• `/action Relabel the tickets` adds an action item; `/action` alone opens an empty form.",
    "• `/action @Ben Relabel the tickets by next Friday` fills in the owner and the day: also `tomorrow`, `due 3 Dec`, "
    "`in 2 weeks`, `by the end of the month`.",
    "• `/action several` adds one for each line.",
    "• `/action list` shows what is yours, what you are waiting for, and what else concerns you.",
    "• `/action list mine`, `waiting`, `helping`, `team`, `lead`, `orphans`, `left`, `late` or `@Ben` shows one list "
    "whole. `lead` is whom you report to, `orphans` are without owner or date, `left` is what waits for you since its "
    "owner has left.",
    "• `/action A-12` shows one of them, and what you can do with it.",
    "• *Add action* in the menu of a message makes one of what it says.",
    "• *Change several* below a list marks several as done, moves, hands over or drops them.",
    "• *Not now* on a reminder puts it off; helpers see the item and are told once; what repeats comes again once it "
    "is done; what is important comes first in lists.",
)
WORDS = ("help", "list", "several")
TITLES = {
    Which.MINE: "Yours",
    Which.LEFT: left_behind.HEADER,
    Which.WAITING: "You are waiting for",
    Which.HELPING: "You help with",
    Which.TEAM: "Of the people assigned to you",
    Which.ORPHANS: "Without owner or date",
    Which.LATE: "Overdue",
}
NOTHING = {
    Which.ALL: "Nothing is yours to do, and you are waiting for nothing. Type `/action` to add an action item.",
    Which.MINE: "Nothing is yours to do. Type `/action` to add an action item.",
    Which.WAITING: "You are waiting for nothing. `/action list` shows what is yours.",
    Which.HELPING: "You are named as a helper of nothing that is open. `/action list` shows what is yours.",
    Which.LEFT: "Nothing that somebody who left owned waits for you. `/action list` shows what is yours.",
    Which.TEAM: "The people assigned to you have no open action items that you can see. `/action list` shows yours.",
    Which.LEAD: "The person you report to has no open action items that you can see. `/action list` shows yours.",
    Which.PERSON: "They have no open action items that you can see. `/action list` shows yours.",
    Which.ORPHANS: "Every open action item in your channels has an owner and a date. `/action list` shows yours.",
    Which.LATE: "Nothing that you can see is overdue. `/action list` shows what is yours and what you are waiting for.",
}
GONE = "That is recorded. You are not among those who can see this action item now."


class Id(StrEnum):
    BACK = "action.list_back"
    MORE = "action.list_more"
    LEAD = "action.list_lead"
    TEAM = "action.list_team"


def gone_answer() -> dict[str, Any]:
    return answer(message(GONE, [section(GONE)]))


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def mistyped_answer(typed: str) -> dict[str, Any]:
    close = closest(typed.casefold(), WORDS)
    hint = f"Did you mean `/action {close[0]}`?\n" if close else ""
    return not_understood(typed, f"{hint}{HELP}\nTo add an action item with just these words, type `/action` alone.")


def shows(asked: Asked) -> str:
    return f"{LIST}-{asked}"


def asked_of(shown: str) -> Asked | None:
    """Which list an answer shows; None of one that shows something else."""
    kind, _, asked = shown.partition("-")
    return Asked.read(asked) if kind == LIST else None


def list_answer(found: ActionLists) -> dict[str, Any]:
    if not found.parts:
        text = NOTHING[found.asked.which]
        return answer(message(text, [section(text)]))
    is_overview = found.asked.which is Which.ALL
    blocks: list[Block] = []
    lines: list[str] = []
    for part in found.parts:
        cards = part.cards[:OVERVIEW] if is_overview else part.cards
        title = _title(part)
        lines += [title, *(_line(card, owner=_names_owner(part)) for card in cards)]
        blocks += [header(title), *_cards(found, part, cards)]
        if is_overview and part.total > len(cards):
            blocks.append(context(f"and {part.total - len(cards)} more: `/action list {part.which}`"))
    blocks += _turns(found, with_pages=not is_overview)
    return answer(message("\n".join(lines), [*blocks, context(_how(found))]))


def _title(part: Part) -> str:
    return f"{TITLES.get(part.which) or f'With {part.name}'} ({part.total})"


def of_others(*, is_led: bool, leads: bool) -> list[Element]:
    """On Home: whose lists the reader may want beside their own."""
    lead = [button("My lead's action items", Id.LEAD, "show")] if is_led else []
    return [*lead, button("My team's action items", Id.TEAM, "show")] if leads else lead


def list_view(found: ActionLists) -> Json:
    """To be read only: what can be done with one is offered where it is typed."""
    which = found.asked.which
    if not found.parts:
        return modal("Action items", "action.list_view", [section(NOTHING[which])])
    blocks: list[Block] = []
    for part in found.parts:
        lines = [_line(card, owner=_names_owner(part)) for card in part.cards]
        blocks += [header(_title(part)), *sections(lines)]
    more = f"`/action list {which}` shows all of them. " if found.has_more else ""
    return modal("Action items", "action.list_view", [*blocks, context(f"{more}{_how(found)}")])


def _cards(found: ActionLists, part: Part, cards: Sequence[ActionCard]) -> list[Block]:
    """One's own with all buttons; of what nobody works on any longer, that it can be handed over at once. In
    the order of the list."""
    blocks: list[Block] = []
    told: list[str] = []
    for place, card in enumerate(cards):
        text, block_id = _line(card, owner=_names_owner(part)), f"{shows(found.asked)}.{part.which}.{place}"
        if part.which is Which.MINE:
            blocks += [section(text), moves(card, found.reader_id, block_id=block_id)]
        elif card.item.is_orphan:
            blocks += [*sections(told), section(text), lacking(card.item, block_id=block_id)]
            told = []
        elif card.owner_left and card.may_move(found.reader_id):
            pressed = buttons(left_behind.take_item(card.item), hand_over(card.item), block_id=block_id)
            blocks += [*sections(told), section(text), pressed]
            told = []
        else:
            told.append(text)
    return [*blocks, *sections(told)]


def _names_owner(part: Part) -> bool:
    return part.which in (Which.WAITING, Which.LEFT, Which.HELPING, Which.TEAM, Which.LATE, Which.ORPHANS)


def _turns(found: ActionLists, *, with_pages: bool) -> list[Block]:
    """The button carries the list itself, as its block does."""
    pages = [("Back", Id.BACK)] if found.asked.page and with_pages else []
    pages += [("More", Id.MORE)] if found.has_more and with_pages else []
    turns = [button(text, action, found.asked) for text, action in pages]
    turns += [change_several(found.asked)] if len(found.movable) >= LEAST else []
    return [buttons(*turns, block_id=shows(found.asked))] if turns else []


def _how(found: ActionLists) -> str:
    first = found.parts[-1].cards[0].item.name
    others = "; the others work the same way" if sum(len(part.cards) for part in found.parts) > 1 else ""
    return f"Type `/action {first}` to see, move or finish it{others}."


def _line(card: ActionCard, *, owner: bool = False) -> str:
    item = card.item
    who = f"{owner_name(card)} · " if owner else ""
    return f"*{item.name}* {line(item.what, WHAT_ROOM)} · {who}{due_words(item)} · {facts(card)}"


def one_answer(card: ActionCard, reader_id: str) -> dict[str, Any]:
    item = card.item
    state = STATES[item.state]
    owner, asker = owner_name(card), name_of(card.people, item.asked_by)
    owns = f"{owner} owns it" if item.owner_id else NO_OWNER
    text = f"*{item.name}: {line(item.what)}*\n{state} · {owns}, asked for by {asker} · "
    text += f"{due_words(item)}{why_dropped(card)}"
    read = button("Show the answer", Answers.READ_ANSWER, item.answer) if card.answer else None
    blocks: list[Block] = [section(text, read), context("\n".join([*steps(card), facts(card, with_link=True)]))]
    if card.may_move(reader_id):
        blocks.append(moves(card, reader_id, block_id=ONE))
    elif item.is_orphan:
        blocks.append(lacking(item, block_id=ONE))
    elif card.may_reopen(reader_id):
        blocks.append(buttons(reopen(item), block_id=ONE))
    return answer(message(text, blocks))
