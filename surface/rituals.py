"""The messages about what is on in a channel: there, and to those who answer for it."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.cards import RitualCard
from domain.deliveries import Standing
from domain.people import FUNCTIONS, GONE, Person
from domain.runs import Ritual
from domain.selectors import asks_starter
from domain.templates import CHANNEL, FACILITATOR, MANAGERS, PARTICIPANTS, Post, Template
from domain.words import cadence_text, day_text, function_name, joined, people_count, zone_text
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    cut,
    escape,
    message,
    moment,
    names,
    section,
)
from surface.refusals import because

SHOWN_NAMES = 8
STILL_ANSWERS = "Whoever has been asked can still answer, and the summary comes then."
HOW_TO_START = "To start it, type `/ritual`, open its *Details* and press *Run now*."
START_MINE = "Start mine"
NAME_ROOM = 40
ANOTHER = "another channel"
PLACE_NAMES = {
    CHANNEL: "the channel",
    FACILITATOR: "its facilitator",
    PARTICIPANTS: "those asked",
    MANAGERS: "the managers of those asked",
}


class Id(StrEnum):
    HAND_OVER = "ritual.hand_over"
    HAND_TO = "ritual.hand_to"
    """Its value names the ritual, to whom, and by whom it was facilitated when the button was drawn."""
    START = "ritual.start"
    """Whoever presses it starts their own."""


def ritual_message(card: RitualCard) -> Message:
    """In the channel: what is on, by whom, from when; once it has ended, that it has."""
    ritual, title = card.ritual, card.ritual.template.title
    if ritual.ended_at:
        by = f"switched off by {escape(card.ender.name)}" if card.ender else "switched off"
        when = moment(ritual.ended_at, zone_of(card))
        return message(f"{escape(title)} has been {by}.", [section(f"*{escape(title)}* has been {by}, {when}.")])
    starter = card.starter.name if card.starter else GONE
    begins = "" if card.has_run else f" {first_text(ritual)}"
    whom = whom_text(ritual.template, counts(card.asked))
    details = f"{when_text(ritual.template)} · asks {whom} · facilitated by {facilitator_text(card)}"
    if card.observers:
        details += f" · read by {some(card.observers)}"
    if where := elsewhere_text(card):
        details += f" · {where}"
    if ritual.paused_until:
        details = f"Paused until {day_text(ritual.paused_until)} · {details}"
    return message(
        f"{escape(title)} is on here, switched on by {escape(starter)}.{begins} {escape(ritual.template.purpose)}",
        [
            section(f"*{escape(title)}* is on here, switched on by {escape(starter)}.{begins}"),
            section(escape(ritual.template.purpose)),
            context(details),
            *start_buttons(ritual),
        ],
    )


def start_buttons(ritual: Ritual) -> list[Block]:
    """Where it asks whoever starts it; also while it is paused, as nobody draws it anew on the day when that ends."""
    title = ritual.template.title
    if not asks_starter(ritual.template.who) or ritual.ended_at:
        return []
    return [buttons(button(START_MINE, Id.START, ritual.id, label=f"{START_MINE}: {title}"))]


def elsewhere_text(card: RitualCard) -> str:
    """What the channel is to know of where its answers go; nothing while they stay there."""
    post = card.ritual.template.post
    found = [] if post.to == (CHANNEL,) else [f"summary to {where_text(post, unnamed=card.unnamed)}"]
    return " · ".join([*found, *(["nothing here before it closes"] if post.quiet else [])])


def where_text(post: Post, observers: Sequence[Person] = (), unnamed: Collection[str] = ()) -> str:
    """Where a summary goes; `unnamed` are channels whose names not everybody may read."""
    return escape(places(post, observers, unnamed))


def places(post: Post, observers: Sequence[Person] = (), unnamed: Collection[str] = ()) -> str:
    """The same for a text that is escaped as a whole."""
    told = (ANOTHER if place in unnamed else PLACE_NAMES.get(place, place) for place in post.to)
    return joined([*told, *(each.name for each in observers)])


def stalled_message(card: RitualCard) -> Message | None:
    """To the facilitator; None when Muster can post there again."""
    if card.is_open or card.ritual.ended_at:
        return None
    title, place = card.ritual.template.title, card.place
    why = f"{place} is archived" if card.is_archived else f"Muster is no longer in {place}"
    mend = "when the channel is unarchived" if card.is_archived else "when somebody types `/invite @Muster` there"
    text = (
        f"{title} pauses, because {why}. Nobody new is asked; whoever has been asked can still answer, and the "
        f"summary then comes to you. It goes on {mend}."
    )
    return message(escape(text), [section(escape(text))])


def unposted_message(card: RitualCard, standing: Standing, *, is_out: bool) -> Message | None:
    """To whoever switched it on, when the channel does not take the message that says so; None while that is tried."""
    title, place = escape(card.ritual.template.title), escape(card.place)
    if standing.is_shown:
        text = f"The message that *{title}* is on is in {place} now."
        return message(text, [context(text)]) if is_out else None
    if not standing.refusal or card.ritual.ended_at:
        return None
    told = f"*{title}* is on, but Muster could not say so in {place}, {because(standing.refusal)}"
    means = (
        f"People are asked all the same. Until then {facilitator_text(card)}, who facilitates it, gets each summary."
    )
    return message(f"{told} {means}", [section(told), context(means)])


def ended_message(card: RitualCard) -> Message:
    """To the facilitator, when somebody else has switched it off."""
    template, place = card.ritual.template, escape(card.place)
    by = escape(card.ender.name) if card.ender else "Somebody"
    text = f"{by} has switched *{escape(template.title)}* off in {place}, which you facilitated."
    again = f"`/ritual on {template.id}` there switches it on again."
    said = f"{text} {STILL_ANSWERS}" if card.waits else text
    return message(f"{said} {again}", [section(said), context(again)])


def facilitator_message(card: RitualCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To whoever facilitates it from now on; None when that is somebody else by now, or it has ended, before it went
    out."""
    ritual, template = card.ritual, card.ritual.template
    title, place = escape(template.title), escape(card.place)
    if ritual.ended_at or ritual.facilitator_id != reader_id:
        since = "It has ended." if ritual.ended_at else f"Now {facilitator_text(card)} does."
        gone = f"You facilitated *{title}* in {place}. {since}"
        return message(gone, [context(gone)]) if is_out else None
    starter = card.starter.name if card.starter else "Somebody"
    why = f"{escape(starter)} switched *{title}* on in {place}, with you as its facilitator."
    if card.predecessor:
        before = escape(card.predecessor.name)
        from_whom = f"because {before} has left" if card.predecessor.left else f"in the place of {before}"
        why = f"You facilitate *{title}* in {place} now, {from_whom}."
    means = "Muster asks and sums up by itself; you hear when nobody answers, nobody is there to ask, or it pauses."
    change = f"`/ritual` there shows it, changes it and pauses it; `/ritual off {template.id}` ends it."
    return message(f"{why} {means} {change}", [section(f"{why}\n{means}"), buttons(*hand_over(card)), context(change)])


def hand_over(card: RitualCard) -> list[Element]:
    """To whoever is next with one click, or to somebody else with a form."""
    ritual, title = card.ritual, card.ritual.template.title
    if card.successor is None:
        return [button("Hand over", Id.HAND_OVER, ritual.id, label=f"Hand over {title}")]
    name = cut(card.successor.name, NAME_ROOM)
    value = f"{ritual.id}.{card.successor.id}.{ritual.facilitator_id}"
    return [
        button(f"Hand to {name}", Id.HAND_TO, value, label=f"Hand {title} to {name}"),
        button("Somebody else\N{HORIZONTAL ELLIPSIS}", Id.HAND_OVER, ritual.id, label=f"Hand {title} to somebody else"),
    ]


def when_text(template: Template) -> str:
    return escape(cadence_text(template.cadence))


def first_text(ritual: Ritual) -> str:
    """The same words for everybody: each is asked at that time of their own day, unless the template names a zone."""
    rule = ritual.template.cadence
    if rule is None:
        if asks_starter(ritual.template.who):
            return f"It asks whoever starts it: press *{START_MINE}*, here or in what `/ritual` shows."
        return f"It asks whenever somebody starts it. {HOW_TO_START}"
    if ritual.next_day is None:
        return "No date is planned."
    zone = zone_text(rule.zone) if rule.zone else "each person's own time"
    return f"It first asks on {day_text(ritual.next_day)} at {rule.at:%H:%M}, {zone}."


def whom_text(template: Template, others: str) -> str:
    """`others`: whom it asks besides whoever starts it, if it asks them."""
    if not asks_starter(template.who):
        return others
    return f"whoever starts it and {others}" if len(template.who) > 1 else "whoever starts it"


def facilitator_text(card: RitualCard) -> str:
    if card.facilitator is None:
        return "nobody yet"
    name = escape(card.facilitator.name)
    return f"nobody, as {name} has left" if card.facilitator.left else name


def zone_of(card: RitualCard) -> ZoneInfo:
    return card.facilitator.zone if card.facilitator else ZoneInfo("UTC")


def counts(asked: Sequence[Person]) -> str:
    counted = ", ".join(f"{function_name(function)} {len(people)}" for function, people in by_function(asked))
    return f"{people_count(len(asked))} ({counted})" if counted else "nobody"


def by_function(asked: Sequence[Person]) -> list[tuple[str, list[Person]]]:
    groups = [(function, [person for person in asked if person.function == function]) for function in FUNCTIONS]
    groups.append(("without a function", [person for person in asked if person.function is None]))
    return [(function, people) for function, people in groups if people]


def some(people: Sequence[Person]) -> str:
    shown = [person.name for person in people[:SHOWN_NAMES]]
    more = len(people) - len(shown)
    return names(shown) if not more else ", ".join(map(escape, shown)) + f" and {more} more"
