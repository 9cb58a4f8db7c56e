"""What carries several check-ins that one person was asked at the same minute."""

from collections.abc import Sequence

from domain.cards import PromptCard
from domain.runs import WAITING, PromptState
from surface import checkin
from surface.kit import TEXT_LIMIT, Block, Message, cut_escaped, divider, message, section

RECEIPT_ROOM = 600
"""For the answers of one check-in, escaped: those of all have room in one message."""
Part = tuple[PromptCard, Message | None]
SHOWN = (*WAITING, PromptState.ANSWERED, PromptState.SKIPPED)


def prompts_message(cards: Sequence[PromptCard], *, is_out: bool) -> Message | None:
    """Each with its own buttons, and with its receipt once it is settled. None when nothing is to be asked any more,
    and it has not gone out."""
    if len(cards) == 1:
        return checkin.prompt_message(cards[0], is_out=is_out)
    if not is_out and not any(card.prompt.state in SHOWN for card in cards):
        return None
    return _joined(f"{len(cards)} check-ins for you{_how_far(cards)}", [(card, _part(card)) for card in cards])


def _how_far(cards: Sequence[PromptCard]) -> str:
    states = [card.prompt.state for card in cards]
    still = sum(state in WAITING for state in states)
    if still == len(cards):
        return ""
    if still:
        return f", {still} still open"
    return ", none open any more" if set(states) - {PromptState.ANSWERED, PromptState.SKIPPED} else ", all done"


def _part(card: PromptCard) -> Message | None:
    if card.prompt.state is PromptState.ANSWERED and not card.run.template.anonymous:
        return checkin.receipt(card, room=RECEIPT_ROOM)
    return checkin.prompt_message(card, is_out=True, is_alone=False)


def reminders_message(cards: Sequence[PromptCard], *, is_out: bool) -> Message | None:
    """One reminder of those that are still open; None when there is none, and it has not gone out."""
    still = [card for card in cards if card.prompt.state is PromptState.SENT and (is_out or not card.prompt.later_at)]
    if len(still) > 1:
        return _joined(f"A reminder: {len(still)} check-ins are still open", _reminders(still))
    if still or len(cards) == 1:
        return checkin.reminder_message((still or cards)[0], is_out=is_out)
    return _joined("", _reminders(cards)) if is_out and cards else None


def _reminders(cards: Sequence[PromptCard]) -> list[Part]:
    return [(card, checkin.reminder_message(card, is_out=True)) for card in cards]


def _joined(head: str, parts: Sequence[Part]) -> Message:
    """Under one head; the notification has a line for each."""
    found = [(card, part) for card, part in parts if part]
    room = TEXT_LIMIT // (len(found) + 1)
    lines = [head, *(cut_escaped(" ".join(part.text.split()), room) for _card, part in found)]
    blocks = [section(f"*{head}*")] if head else []
    for card, part in found:
        blocks += [divider()] if head else []
        blocks += _named(card, part)
    return Message("\n".join(line for line in lines if line), message("", blocks).blocks)


def _named(card: PromptCard, part: Message) -> list[Block]:
    """What stands in one place keeps its id when others above it become shorter."""
    return [{**block, "block_id": f"{card.prompt.id}.{place}"} for place, block in enumerate(part.blocks)]
