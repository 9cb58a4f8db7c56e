"""Reactions that begin a record: the message to whoever reacted, and `/muster reactions`."""

from enum import StrEnum
from typing import Any

from domain.deliveries import Delivery
from domain.reactions import Chosen, Makes, Reaction, ReactionCard
from surface.answers import NOTICE, answer
from surface.kit import (
    Block,
    Json,
    Message,
    button,
    buttons,
    context,
    escape,
    message,
    message_link,
    modal,
    section,
    sections,
)

CHANGING = (
    "`/muster reactions decision :scales:` chooses one, `/muster reactions decision off` none; `action` the same. "
    "If nothing comes of a reaction, `muster doctor` says whether Slack lets Muster see reactions."
)
NAMES = {Makes.DECISION: "a decision", Makes.ACTION: "an action item"}
BUTTONS = {Makes.DECISION: "Record decision", Makes.ACTION: "Add action"}


class Id(StrEnum):
    OPEN = "reaction.open"


def reacted_message(card: ReactionCard, delivery: Delivery) -> Message | None:
    """To whoever reacted; what they have recorded since stands in the place of the button. None if it was taken back
    before it is out."""
    found = card.reaction
    if not found.is_on and not delivery.ts:
        return None
    link = message_link(card.workspace_url, found.channel_id, found.message.ts, found.message.thread_ts)
    place = escape(card.place)
    if found.number:
        done = f"{found.record} is recorded, made of <{link}|a message> in {place}."
        return message(f"{found.record} is recorded, made of a message in {place}.", [section(done)])
    what = NAMES[found.makes]
    said = f"You reacted to <{link}|a message> in {place} with the emoji for {what}."
    press = f"Press *{BUTTONS[found.makes]}* to fill in the rest; until then nothing is recorded."
    text = f"You reacted to a message in {place} with the emoji for {what}. {press}"
    pressed = button(BUTTONS[found.makes], Id.OPEN, found.id, style="primary")
    return message(text, [section(f"{said}\n{press}"), buttons(pressed)])


def reading_view(found: Reaction) -> Json:
    """While the message is read."""
    return modal(BUTTONS[found.makes], NOTICE, [section("One moment, I am reading the message.")])


def chosen_answer(found: Chosen) -> dict[str, Any]:
    lines = ["A reaction to a message can begin a record: whoever reacts gets a message with the form."]
    lines += [f"*For {NAMES[makes]}*: {_emoji(name)}" for makes, name in found.by_record.items()]
    blocks: list[Block] = [*sections(lines), *([context(CHANGING)] if found.may_change else [])]
    return answer(message("\n".join(lines), blocks))


def _emoji(name: str) -> str:
    return f":{escape(name)}: (`{escape(name)}`)" if name else "none is chosen"
