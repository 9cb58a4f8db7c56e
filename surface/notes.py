"""What a facilitator hears when nobody answered, or nobody was there to ask."""

from enum import StrEnum

from domain.cards import NoteCard
from domain.runs import Ritual
from domain.selectors import whom_to_add
from domain.tallies import skipped_text
from domain.words import day_text
from surface import ritual_desk
from surface.kit import Message, button, buttons, context, escape, message, section


class Id(StrEnum):
    RUN_AGAIN = "ritual.run_again"
    """Its value is the id of the run that nobody answered."""


def note_message(card: NoteCard, *, is_out: bool) -> Message | None:
    """When a run ended without answers; None when something has come of it before that was said."""
    run = card.run
    what = f"{run.template.title} in {card.place} on {day_text(run.day)}"
    text = f"Nobody answered {what}. Would another day, fewer questions, or a pause help?"
    if run.skipped:
        text += f" {skipped_text(run)}."
    if since := _since(card):
        done = f"Nobody answered {what}. {since}"
        return message(escape(done), [section(escape(done)), context("`/ritual` shows it.")]) if is_out else None
    offered = (("Change", ritual_desk.Id.CHANGE), ("Pause", ritual_desk.Id.PAUSE), ("End", ritual_desk.Id.END))
    pressed = [button(name, action_id, card.ritual.id) for name, action_id in offered]
    told = f"You hear this as its facilitator. `/ritual edit {run.template.id}` changes its questions."
    return message(
        escape(text),
        [section(escape(text)), buttons(button("Run now", Id.RUN_AGAIN, run.id), *pressed), context(told)],
    )


def _since(card: NoteCard) -> str:
    """What has come of it; then there is nothing more to press."""
    if card.has_answers:
        return "Late answers have come since."
    if card.ritual.ended_at:
        return "It has been ended."
    if card.since:
        return f"It has asked again since, on {day_text(card.since.day)}."
    if card.ritual.paused_until:
        return f"It is paused until {day_text(card.ritual.paused_until)}."
    return "It has been changed since." if card.is_changed else ""


def nobody_message(ritual: Ritual, place: str) -> Message:
    text = (
        f"{ritual.template.title} in {place} had nobody to ask. "
        f"Add {whom_to_add(ritual.template.who)} with `/muster people`, and invite them to the channel."
    )
    return message(escape(text), [section(escape(text))])
