"""The messages about an action item, and its three buttons."""

from enum import StrEnum

from domain.actions import ActionCard, ActionNews, Move, Reminder
from surface.kit import Block, Message, button, buttons, context, day_text, escape, message, section


class Id(StrEnum):
    DONE = "action.done"
    NEW_DATE = "action.new_date"
    HAND_OVER = "action.hand_over"


def action_message(card: ActionCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To its owner, and as a receipt to whoever asked for it; None when it has moved on before it went out."""
    if not is_out and reader_id not in card.item.named:
        return None
    return _message(_now(card, reader_id), card, reader_id)


def reminder_message(card: ActionCard, reader_id: str, part: str, *, is_out: bool) -> Message | None:
    """`part`: which reminder, and for which day. Once it has served it says how things are; None before it is out."""
    item = card.item
    which, _, day = part.partition(":")
    if not item.is_open or item.due.isoformat() != day or reader_id not in item.named:
        return _served(_now(card, reader_id)) if is_out else None
    is_late = which == Reminder.OVERDUE or card.is_overdue
    tells = f"{_title(card)} {'was' if is_late else 'is'} due on {day_text(item.due)}."
    if reader_id != item.owner_id:
        tells += f" {escape(card.name_of(item.owner_id))}, who owned it, has left. Please hand it over."
    return _message(f"A reminder: {tells}", card, reader_id)


def news_message(card: ActionCard, news: ActionNews, reader_id: str, *, is_out: bool) -> Message | None:
    """To those concerned who did not do it. Once it no longer holds it says how things are; None before it is out."""
    if not news.holds(card.item):
        return _served(_now(card, reader_id)) if is_out else None
    actor = escape(card.name_of(news.actor_id))
    told = {
        Move.DONE: f"{actor} says that {_title(card)} is done.",
        Move.NEW_DATE: f"{actor} moved {_title(card)} to {day_text(card.item.due)}.",
        Move.HAND_OVER: f"{actor} {_handed_over(card, news, reader_id)}",
    }[news.move]
    return _message(told, card, reader_id)


def _handed_over(card: ActionCard, news: ActionNews, reader_id: str) -> str:
    item, due = card.item, day_text(card.item.due)
    if item.owner_id == news.actor_id:
        return f"took {_title(card)} over."
    if item.owner_id != reader_id:
        return f"handed {_title(card)} over to {escape(card.name_of(item.owner_id))}."
    asker = "It is due on" if item.asked_by == reader_id else f"{escape(card.name_of(item.asked_by))} asks for it by"
    return f"handed {_title(card)} over to you. {asker} {due}."


def _now(card: ActionCard, reader_id: str) -> str:
    item = card.item
    owner, due = escape(card.name_of(item.owner_id)), day_text(item.due)
    if not item.is_open:
        return f"{_title(card)} is done."
    if item.named == {reader_id}:
        return f"Recorded {_title(card)}. It is yours, due on {due}."
    if reader_id == item.owner_id:
        return f"{_title(card)} is yours. {escape(card.name_of(item.asked_by))} asks for it by {due}."
    if reader_id == item.asked_by:
        return f"Recorded {_title(card)}. {owner} owns it, due on {due}."
    return f"{_title(card)} was handed over to {owner}."


def _message(text: str, card: ActionCard, reader_id: str) -> Message:
    blocks: list[Block] = [section(text)]
    if card.item.is_open and reader_id in card.item.named:
        blocks += [context(facts(card)), moves(card)]
    return message(text, blocks)


def _served(text: str) -> Message:
    return message(text, [context(text)])


def facts(card: ActionCard) -> str:
    item = card.item
    found = [f"from {escape(card.place)}"]
    if card.is_overdue:
        found.insert(0, "*overdue*")
    if item.due != item.first_due:
        found.append(f"first due on {day_text(item.first_due)}")
    return " · ".join(found)


def moves(card: ActionCard, *, block_id: str = "") -> Block:
    item = card.item
    return buttons(
        button("Done", Id.DONE, item.id, style="primary", label=f"Done: {item.name}"),
        button("New date", Id.NEW_DATE, item.id, label=f"New date for {item.name}"),
        button("Hand over", Id.HAND_OVER, item.id, label=f"Hand over {item.name}"),
        block_id=block_id,
    )


def _title(card: ActionCard) -> str:
    return f"*{card.item.name}: {escape(card.item.what)}*"
