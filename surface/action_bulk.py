"""The forms that change several action items at once, and what those concerned are told."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from domain.action_bulk import MOVES, BulkSheet, BulkTold
from domain.action_lists import Asked
from domain.action_states import Move
from domain.actions import WHAT_LIMIT, ActionCard
from domain.items_below import SHOWN, WHAT_ROOM
from surface import forms, outsiders
from surface.actions import owner_name, when
from surface.answers import notice
from surface.kit import Block, Element, Json, Message, button, context, escape, line, message, modal, section, sections

LABELS = {
    Move.DONE: "Done",
    Move.NEW_DATE: "New date",
    Move.HAND_OVER: "Hand over",
    Move.DROP: "No longer needed",
}
LEAST = 2
NOTHING_LEFT = "Nothing on this list is left for you to change. The list now shows how things stand."


class Id(StrEnum):
    OPEN = "action.change_several"
    WHICH = "action.which_form"
    HOW = "action.bulk_form"


def change_several(asked: Asked) -> Element:
    return button("Change several", Id.OPEN, asked)


def which_form(cards: Sequence[ActionCard], answer: Mapping[str, str]) -> Json:
    """`answer`: the address of what is to be said anew afterwards. A sentence when nothing is left to choose from."""
    if not cards:
        return notice(NOTHING_LEFT)
    options = [(str(card.item.id), f"{card.item.name} {card.item.what}") for card in cards]
    blocks: list[Block] = [
        forms.field("items", "Which?", forms.choices(options)),
        forms.field("move", "What becomes of them?", forms.choice([(str(each), LABELS[each]) for each in MOVES])),
    ]
    return modal("Change several", Id.WHICH, blocks, submit="Next", ids=dict(answer))


def how_form(sheet: BulkSheet, answer: Mapping[str, str]) -> Json:
    names = [f"*{card.item.name}* {line(card.item.what, WHAT_ROOM)}" for card in sheet.cards]
    label = {Move.DONE: "All done", Move.NEW_DATE: "Move", Move.HAND_OVER: "Hand over", Move.DROP: "Drop them"}
    submit = label[sheet.move]
    blocks: list[Block] = [
        *outsiders.warning(sheet.outsiders, "the channel of each", "these action items", label=submit),
        *sections(names),
        *_fields(sheet),
    ]
    ids = {
        "draft": sheet.draft_id,
        "move": str(sheet.move),
        "items": ",".join(str(card.item.id) for card in sheet.cards),
        outsiders.ID: outsiders.joined(sheet.outsiders),
        **answer,
    }
    return modal(LABELS[sheet.move], Id.HOW, blocks, submit=outsiders.submit(submit, sheet.outsiders), ids=ids)


def _fields(sheet: BulkSheet) -> list[Block]:
    why = forms.field("why", "Why?", forms.text(sheet.why, limit=WHAT_LIMIT), hint="A word or two, the same for all.")
    chosen = sheet.outsiders[0].id if sheet.outsiders else ""
    fields = {
        Move.NEW_DATE: [forms.field("due", "New date", forms.day())],
        Move.HAND_OVER: [forms.field("owner", "New owner", forms.person(chosen), hint="They are told at once."), why],
        Move.DROP: [why],
    }
    return fields.get(sheet.move, [])


def bulk_message(told: BulkTold) -> Message:
    """What somebody did with several, to one of those concerned."""
    cards, actor = told.cards, escape(told.actor)
    to_you = " to you" if all(each.item.owner_id == told.reader_id for each in cards) else ""
    these = f"{len(cards)} action items" if len(cards) > 1 else "an action item"
    why = f": “{line(told.why, WHAT_ROOM)}”" if told.why else ""
    says = {
        Move.DONE: f"{actor} marked {these} as done.",
        Move.NEW_DATE: f"{actor} gave {these} another date.",
        Move.HAND_OVER: f"{actor} handed {these} over{to_you}{why or '.'}",
        Move.DROP: f"{actor} dropped {these} as no longer needed{why or '.'}",
    }[told.news.move]
    lines = [f"*{each.item.name}* {line(each.item.what, WHAT_ROOM)} · {_stands(each)}" for each in cards[:SHOWN]]
    more = [f"and {len(cards) - SHOWN} more: `/action list` shows them"] if len(cards) > SHOWN else []
    hint = (
        [context("`/action list` has the buttons to change them.")] if any(each.item.is_open for each in cards) else []
    )
    return message("\n".join([says, *lines]), [section(says), *sections([*lines, *more]), *hint])


def _stands(card: ActionCard) -> str:
    return f"{owner_name(card)} · {when(card.item)}"
