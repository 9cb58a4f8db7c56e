"""What somebody reads who answered ahead, when it is not asked after all."""

from domain.cards import UnaskedCard
from domain.words import day_text
from surface.kit import Message, context, escape, fitted, message, section, sections


def unasked_message(card: UnaskedCard) -> Message:
    """With their words, so that none are lost."""
    title, day = escape(card.ritual.template.title), day_text(card.day)
    text = f"Your answers for *{title}*, {day}, were not posted: {_why(card)}."
    said = fitted([each for line in card.lines for each in line])
    lines = [f"_{question}_ {answer}" for question, answer in zip(said[::2], said[1::2], strict=True)]
    use = "to send again when it asks you" if _is_unnamed(card) else "to use elsewhere"
    where = f"It was for {escape(card.place)}. Here is what you wrote, {use}; nobody else has read it."
    return message(f"{text} {' '.join(lines)}", [section(text), *sections(lines), context(where)])


def _why(card: UnaskedCard) -> str:
    until = card.ritual.paused_until
    if card.ritual.ended_at:
        return f"{escape(card.ender)} has switched it off before it asked"
    if until and card.day < until:
        return f"it pauses until {day_text(until)}"
    if _is_unnamed(card):
        return "it asks without names from now on, so nothing with your name on it is taken"
    if card.asked_others:
        return "it asked others this time, and not you"
    return "it did not ask after all, because its plan was changed or Muster could not ask in time"


def _is_unnamed(card: UnaskedCard) -> bool:
    return card.ritual.template.anonymous is not None and not card.ritual.ended_at
