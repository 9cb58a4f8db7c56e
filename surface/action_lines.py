"""Several action items at once: their form, with how each line is understood, and the message about them."""

from collections.abc import Sequence
from enum import StrEnum

from domain.action_lines import Line, LinesSheet
from domain.actions import ActionCard
from domain.items_below import WHAT_ROOM
from domain.words import day_text, quoted
from surface import forms
from surface.action_buttons import lacking, moves
from surface.actions import NO_DATE, NO_OWNER, owner_name, when
from surface.kit import Block, Json, Message, context, escape, header, line, message, modal, name_of, section, sections

NAME_ROOM = 60
EXAMPLE = (
    "Such as “@Ben Relabel the tickets by next Monday”. What has no name or day is listed until somebody gives it one."
)


class Id(StrEnum):
    FORM = "action.lines_form"


def lines_form(sheet: LinesSheet) -> Json:
    """It is sent twice: first to see how the lines are understood, then, unchanged, to record them."""
    blocks: list[Block] = [
        forms.field("lines", "One on each line", forms.text(sheet.text, multiline=True), hint=EXAMPLE),
    ]
    count = len(sheet.lines)
    if count:
        blocks += [header("As they are understood"), *sections([_preview(sheet, each) for each in sheet.lines])]
        blocks.append(context(f"They are recorded in {escape(sheet.place)}. Change the lines to see them again."))
    ids = {"draft": sheet.draft_id, "channel": sheet.channel_id, forms.SEEN: forms.digest(sheet.text) if count else ""}
    return modal("New action items", Id.FORM, blocks, submit=f"Add {count}" if count else "Preview", ids=ids)


def _preview(sheet: LinesSheet, each: Line) -> str:
    owner = name_of(sheet.people, each.owner_id, NAME_ROOM) if each.owner_id else NO_OWNER
    due = f"due {day_text(each.due)}" if each.due else NO_DATE
    asks = [f"nobody here, or more than one, is called {quoted(each.unknown)}"] if each.unknown else []
    asks += [f"which day is {quoted(each.unsure)}?"] if each.unsure and not each.due else []
    note = f"\nNot clear: {escape('; '.join(asks))}" if asks else ""
    return f"*{line(each.what, WHAT_ROOM)}* · {owner} · {due}{note}"


def together_message(cards: Sequence[ActionCard], reader_id: str) -> Message:
    """To whoever recorded them at once all of them, to each owner theirs."""
    count, first = len(cards), cards[0].item
    several = f"{count} action items" if count > 1 else "an action item"
    asker = name_of(cards[0].people, first.asked_by, says_left=False)
    told = f"Recorded {several}" if reader_id == first.asked_by else f"{asker} has {several} for you"
    text = f"{told}, in {escape(cards[0].place)}."
    blocks: list[Block] = [section(text)]
    for card in cards:
        blocks += _item(card, reader_id)
    return message("\n".join([text, *(_line(card, reader_id) for card in cards)]), blocks)


def _item(card: ActionCard, reader_id: str) -> list[Block]:
    found = section(_line(card, reader_id))
    if not card.may_move(reader_id):
        return [found]
    if card.item.owner_id == reader_id:
        return [found, moves(card, reader_id)]
    return [found, lacking(card.item)] if card.item.is_orphan else [found]


def _line(card: ActionCard, reader_id: str) -> str:
    owner = "yours" if card.item.owner_id == reader_id else owner_name(card)
    return f"*{card.item.name}* {line(card.item.what, WHAT_ROOM)} · {owner} · {when(card.item)}"
