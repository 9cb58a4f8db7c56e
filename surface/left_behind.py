"""What somebody who left looked after: in a message to the next person, in lists, and on Home."""

from enum import StrEnum

from domain.actions import ActionCard, ActionItem
from domain.decision_cards import DecisionCard
from domain.decisions import Decision
from domain.left_behind import LeftBehind, driver_left
from domain.words import count_text, joined
from surface import actions
from surface.action_buttons import drop, hand_over
from surface.decisions import edit_button
from surface.kit import Block, Element, Message, button, buttons, context, escape, line, message, section

SHOWN = 8
"""Of each kind; both together must fit one message."""
TITLE_ROOM = 150
HEADER = "Waiting for somebody"
WHY = "You are told because you asked for it, recorded it, or look after its channel or whoever left."


class Id(StrEnum):
    TAKE_DECISION = "decision.take_over"
    TAKE_ITEM = "action.take_over"


def left_message(found: LeftBehind, *, is_out: bool) -> Message | None:
    """To the next person, about all that one leaver left to them. Once nothing of it waits any more it says so; None
    before it is out."""
    if found.leaver is None:
        return None
    name = escape(found.leaver.name)
    if found.is_past or not found.leaver.left:
        told = f"{name} is back, and what was offered to you meanwhile is theirs again."
        if found.leaver.left:
            told = f"{name} has been back since, and what was offered to you here was theirs again."
        return message(told, [context(told)]) if is_out else None
    if not found.count:
        told = f"{name} has left, and nothing of theirs waits for you any more."
        return message(told, [context(told)]) if is_out else None
    names = [card.decision.name for card in found.decisions] + [card.item.name for card in found.items]
    is_one = found.count == 1
    told = f"{name} has left, and {count_text(found.count, 'thing')} of theirs {'waits' if is_one else 'wait'}"
    asks = f"Please take {'it' if is_one else 'them'} over, or choose somebody else."
    text = f"{told} for somebody: {joined(names)}. {asks}"
    return message(text, [section(f"{told} for somebody. {asks}"), *rows(found), context(WHY)])


def rows(found: LeftBehind) -> list[Block]:
    blocks = [block for card in found.decisions[:SHOWN] for block in _decision(card)]
    blocks += [block for card in found.items[:SHOWN] for block in _item(card)]
    more = max(len(found.decisions) - SHOWN, 0) + max(len(found.items) - SHOWN, 0)
    return [*blocks, context(f"and {more} more, which come when these are taken")] if more else blocks


def _decision(card: DecisionCard) -> list[Block]:
    decision = card.decision
    title = f"*{decision.name}: {line(decision.form.title, TITLE_ROOM)}*"
    gone = {"approve": card.approver_left, "drive": driver_left(card)}
    who = card.name_of(decision.form.approver_id if card.approver_left else decision.driver_id)
    parts = joined([f"{part} it" for part, left in gone.items() if left])
    pressed = [take_decision(decision)] if gone["drive"] else []
    pressed.append(edit_button(decision, "Choose approver" if card.approver_left else "Choose driver"))
    return [section(f"{title}\n{escape(who)}, who was to {parts}, has left."), buttons(*pressed)]


def _item(card: ActionCard) -> list[Block]:
    item = card.item
    owner = escape(card.name_of(item.owner_id))
    text = f"*{item.name}: {line(item.what, TITLE_ROOM)}*\n{owner}, who owned it, has left · {actions.when(item)}"
    return [section(text), buttons(take_item(item), hand_over(item), drop(item))]


def take_item(item: ActionItem) -> Element:
    return button("Take it over", Id.TAKE_ITEM, item.id, style="primary", label=f"Take over {item.name}")


def take_decision(decision: Decision) -> Element:
    return button("Take it over", Id.TAKE_DECISION, decision.id, style="primary", label=f"Take over {decision.name}")
