"""A brief in its thread, for everybody there, and the form that asks before it is shared."""

from enum import StrEnum

from domain.briefings import BriefingCard
from domain.words import count_text
from surface.brief_texts import came_about
from surface.briefs import heard, name_in, told, unworded
from surface.kit import Json, Message, context, escape, message, modal, section


class Id(StrEnum):
    FORM = "brief.share_form"


def share_form(card: BriefingCard) -> Json:
    said = f"Everybody who can read {escape(card.place)} will see it in the thread, with your name, as it is now."
    later = "What you change afterwards stays yours until you share it again. You can take it back."
    return modal(
        "Share the brief", Id.FORM, [section(said), context(later)], submit="Share", ids={"brief": card.briefing.id}
    )


def shared_message(card: BriefingCard) -> Message:
    """Of the brief that the card holds."""
    brief, by = card.brief, name_in(card, card.briefing.person_id)
    begin = f"of this thread, from {count_text(card.briefing.read, 'message')}, shared by {by}."
    corrected = f" Corrected by {by}." if brief.drafted.is_corrected else ""
    foot = context(f"{came_about(card, brief)}{corrected} Nothing is recorded by it.")
    blocks = [section(f"*Brief* {begin}"), *unworded(card, brief), *told(card, brief, by), foot]
    return message("\n".join([f"Brief {begin}", *heard(card, brief, by)]), blocks)


def taken_back_message() -> Message:
    said = "The brief of this thread that stood here was taken back."
    return message(said, [context(said)])
