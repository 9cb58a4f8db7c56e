"""What a facilitator reads of a ritual that no longer suits the people it asks, and what else it might join."""

from enum import StrEnum

from domain.answering_time import taken_text
from domain.cards import RitualCard
from domain.metrics.health import Sign
from domain.ritual_health import HealthCard, Heard, MergeCard
from domain.words import day_text, joined
from surface import ritual_desk
from surface.kit import Block, Element, Json, Message, button, buttons, context, escape, line, message, modal, section
from surface.ritual_list import when_facts
from surface.rituals import facilitator_text

QUESTION_ROOM = 120
SHOWN_OTHERS = 20


class Id(StrEnum):
    MERGE = "health.merge"
    LEAVE = "health.leave"


def health_message(card: HealthCard, *, is_out: bool) -> Message | None:
    """None when something has come of it before that was said."""
    ritual, title = card.ritual.ritual, card.ritual.ritual.template.title
    what = f"*{escape(title)}* in {escape(card.ritual.place)}"
    seen = " ".join(_seen(card))
    if since := _since(card):
        said = f"{what}: {seen} {since}" if seen else f"{what}: {since}"
        return message(said, [section(said), context("`/ritual` shows it.")]) if is_out else None
    offer = "Would fewer questions, another time, or joining another check-in help, or has it done its work?"
    elements = [
        button("Shorten", ritual_desk.Id.QUESTIONS, ritual.id, label=f"Shorten {title}"),
        button("Move", ritual_desk.Id.CHANGE, ritual.id, label=f"Move {title}"),
        button("Merge", Id.MERGE, ritual.id, label=f"Merge {title}"),
        button("Stop", ritual_desk.Id.END, ritual.id, label=f"Stop {title}"),
        button("Leave it as it is", Id.LEAVE, ritual.id, label=f"Leave {title} as it is"),
    ]
    why = "You hear this as its facilitator, once a month at most. Nothing changes unless you change it."
    return message(f"{what}: {seen} {offer}", [section(f"{what}: {seen}\n{offer}"), buttons(*elements), context(why)])


def _seen(card: HealthCard) -> list[str]:
    """ "4 of 11, 3 of 11 and 4 of 11 answered the last three times." """
    seen, signs, said = card.seen, card.seen.signs, []
    if Sign.FEW in signs:
        said.append(_answered(seen.heard))
    if Sign.LONG in signs and seen.took:
        took = taken_text(seen.took.seconds)
        said.append(f"Answering took {took} (median of {seen.took.answers} answers), which is more than three minutes.")
    if Sign.DROPPED in signs:
        said.append(f"{seen.votes} people named it in the pulse as one to shorten or stop.")
    return said


def _answered(heard: tuple[Heard, ...]) -> str:
    """Alike each time, it is said once: "Fewer than 5 answered each of the last three times." """
    told = [each.text for each in heard]
    is_same = len({*told}) == 1
    text = f"{told[0]} answered each of" if is_same else f"{joined(told)} answered"
    return f"{text[:1].upper()}{text[1:]} the last three times."


def _since(card: HealthCard) -> str:
    """What has come of it; then there is nothing more to press."""
    ritual = card.ritual.ritual
    if ritual.ended_at:
        return "It has been ended."
    if ritual.facilitator_id != card.reader.id:
        return f"Now {facilitator_text(card.ritual)} facilitates it."
    if card.is_changed:
        return "It has been changed since."
    if ritual.paused_until:
        return f"It is paused until {day_text(ritual.paused_until)}."
    if card.asked.is_left:
        return "It stays as it is. You are not asked about it for a month."
    return "" if card.seen.signs else "More have answered since."


def merge_view(card: MergeCard) -> Json:
    """How two become one by hand: what is asked here, and where it might be asked instead."""
    ritual, title = card.ritual.ritual, card.ritual.ritual.template.title
    asked = "\n".join(f"• {line(each.text, QUESTION_ROOM)}" for each in ritual.template.ask)
    blocks: list[Block] = [
        section(f"*{escape(title)}* asks:\n{asked}"),
        section(
            "Add what is still worth asking to another check-in below, with *Questions*. Then stop "
            f"*{escape(title)}*: its answers stay in the history."
            if card.others
            else "Nothing else that you can see is on in its channel, so there is nothing to join. `/ritual` there "
            "shows the library."
        ),
    ]
    blocks += [_other(other, may_change=may_change) for other, may_change in card.others[:SHOWN_OTHERS]]
    blocks.append(buttons(button(f"Stop {title}", ritual_desk.Id.END, ritual.id)))
    return modal("Merge", Id.MERGE, blocks)


def _other(card: RitualCard, *, may_change: bool) -> Block:
    ritual, template = card.ritual, card.ritual.template
    count = len(template.ask)
    facts = [*when_facts(ritual), f"{count} question{'s' if count > 1 else ''}"]
    text = f"*{escape(template.title)}*\n{' · '.join(facts)}"
    if not may_change:
        return section(f"{text}\nAsk {facilitator_text(card)}, who facilitates it.")
    return section(text, _questions(ritual.id, template.title))


def _questions(ritual_id: int, title: str) -> Element:
    return button("Questions", ritual_desk.Id.QUESTIONS, ritual_id, label=f"Questions of {title}")
