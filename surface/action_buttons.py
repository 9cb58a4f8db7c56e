"""The buttons of action items."""

from enum import StrEnum

from domain.action_reminders import WORDS, Snooze
from domain.actions import ActionCard, ActionItem
from domain.decisions import Decision
from surface import forms
from surface.kit import Block, Element, button, buttons, given, plain


class Id(StrEnum):
    ACCEPT = "action.accept"
    DONE = "action.done"
    NEW_DATE = "action.new_date"
    HAND_OVER = "action.hand_over"
    OF_DECISION = "action.of_decision"
    """At a decision: something to do because of it."""
    DROP = "action.drop"
    REOPEN = "action.reopen"
    SNOOZE = "action.snooze"


def moves(card: ActionCard, reader_id: str, *, block_id: str = "", can_snooze: bool = False) -> Block:
    """The one that comes first is what is most likely to be done."""
    item = card.item
    if can_snooze:
        return buttons(done(item, style="primary"), new_date(item), hand_over(item), drop(item), _snooze_menu(item))
    if item.waits_to_be_accepted and reader_id == item.owner_id:
        return buttons(accept(item), done(item), new_date(item), hand_over(item), drop(item), block_id=block_id)
    if card.owner_left:
        return buttons(hand_over(item, style="primary"), done(item), new_date(item), drop(item), block_id=block_id)
    return buttons(done(item, style="primary"), new_date(item), hand_over(item), drop(item), block_id=block_id)


def accept(item: ActionItem) -> Element:
    return button("Accept", Id.ACCEPT, item.id, style="primary", label=f"Accept {item.name}")


def done(item: ActionItem, *, style: str = "") -> Element:
    return button("Done", Id.DONE, item.id, style=style, label=f"Done: {item.name}")


def new_date(item: ActionItem) -> Element:
    return button("New date", Id.NEW_DATE, item.id, label=f"New date for {item.name}")


def hand_over(item: ActionItem, *, style: str = "") -> Element:
    return button("Hand over", Id.HAND_OVER, item.id, style=style, label=f"Hand over {item.name}")


def drop(item: ActionItem) -> Element:
    return button("No longer needed", Id.DROP, item.id, label=f"{item.name} is no longer needed")


def reopen(item: ActionItem) -> Element:
    return button("Not done after all", Id.REOPEN, item.id, label=f"{item.name} is not done after all")


def _snooze_menu(item: ActionItem) -> Element:
    options = [{"text": plain(WORDS[each], forms.OPTION_LIMIT), "value": f"{each}:{item.id}"} for each in Snooze]
    return given(type="static_select", action_id=str(Id.SNOOZE), placeholder=plain("Not now", 20), options=options)


def of_decision(decision: Decision) -> Element:
    return button("Add action item", Id.OF_DECISION, decision.id, label=f"Add an action item to {decision.name}")
