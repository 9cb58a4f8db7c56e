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
    EDIT = "action.edit"
    SNOOZE = "action.snooze"
    TAKE = "action.take"
    SET_DATE = "action.set_date"


def moves(card: ActionCard, reader_id: str, *, block_id: str = "", can_snooze: bool = False) -> Block:
    """The one that comes first is what is most likely to be done."""
    item = card.item
    if can_snooze:
        return buttons(done(item, style="primary"), new_date(item), hand_over(item), drop(item), snooze(item))
    if not item.owner_id:
        found = [take(item), new_date(item), hand_over(item), done(item)]
    elif item.waits_to_be_accepted and reader_id == item.owner_id:
        found = [accept(item), done(item), new_date(item), hand_over(item)]
    elif card.owner_left:
        found = [hand_over(item, style="primary"), done(item), new_date(item)]
    else:
        found = [done(item, style="primary"), new_date(item), hand_over(item)]
    return buttons(*found, drop(item), edit(item), block_id=block_id)


def lacking(item: ActionItem, *, block_id: str = "") -> Block:
    """What anybody who may see it can give to one without owner or day."""
    given = [*([] if item.owner_id else [take(item)]), *([] if item.due else [new_date(item)])]
    return buttons(*given, block_id=block_id)


def take(item: ActionItem) -> Element:
    return button("I'll take it", Id.TAKE, item.id, style="primary", label=f"I'll take {item.name}")


def accept(item: ActionItem) -> Element:
    return button("Accept", Id.ACCEPT, item.id, style="primary", label=f"Accept {item.name}")


def done(item: ActionItem, *, style: str = "") -> Element:
    return button("Done", Id.DONE, item.id, style=style, label=f"Done: {item.name}")


def new_date(item: ActionItem) -> Element:
    if item.due is None:
        return button("Set a date", Id.SET_DATE, item.id, label=f"Set a date for {item.name}")
    return button("New date", Id.NEW_DATE, item.id, label=f"New date for {item.name}")


def hand_over(item: ActionItem, *, style: str = "") -> Element:
    if not item.owner_id:
        return button("Choose an owner", Id.HAND_OVER, item.id, style=style, label=f"Choose an owner of {item.name}")
    return button("Hand over", Id.HAND_OVER, item.id, style=style, label=f"Hand over {item.name}")


def drop(item: ActionItem) -> Element:
    return button("No longer needed", Id.DROP, item.id, label=f"{item.name} is no longer needed")


def reopen(item: ActionItem) -> Element:
    return button("Not done after all", Id.REOPEN, item.id, label=f"{item.name} is not done after all")


def edit(item: ActionItem) -> Element:
    return button("Edit", Id.EDIT, item.id, label=f"Edit {item.name}")


def snooze(item: ActionItem) -> Element:
    options = [{"text": plain(WORDS[each], forms.OPTION_LIMIT), "value": f"{each}:{item.id}"} for each in Snooze]
    return given(type="static_select", action_id=str(Id.SNOOZE), placeholder=plain("Not now", 20), options=options)


def of_decision(decision: Decision) -> Element:
    return button("Add action item", Id.OF_DECISION, decision.id, label=f"Add an action item to {decision.name}")
