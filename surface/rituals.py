"""What is on in a channel, what else there is, and the message that says so there."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from domain.cards import RitualCard
from domain.deliveries import Standing
from domain.people import FUNCTIONS, GONE, Person
from domain.runs import Ritual
from domain.selectors import audience_text
from domain.templates import Template
from domain.words import cadence_text, day_text, function_name, function_title, people_count, zone_text
from surface.answers import answer, help_text, not_understood
from surface.kit import (
    Block,
    Message,
    button,
    context,
    divider,
    escape,
    message,
    moment,
    names,
    section,
)
from surface.refusals import because

SHOWN_NAMES = 8
SHOWN_TEMPLATES = 40
HELP = help_text(
    "*Rituals* are check-ins that come back: each person is asked in a direct message, the channel gets a summary.",
    "`/ritual` shows what is on in this channel, and what else can be switched on.",
    "`/ritual on weekly-sync` switches one on here; `/ritual off weekly-sync` ends it.",
    "`/ritual list` shows the same as `/ritual`.",
    "`/ritual help` shows this.",
)


class Id(StrEnum):
    ON = "ritual.on"


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def not_understood_answer(typed: str) -> dict[str, Any]:
    return not_understood(typed, HELP)


def which_answer(verb: str) -> dict[str, Any]:
    text = f"Which one? Type for example `/ritual {verb} weekly-sync`, or `/ritual` to see them all."
    return answer(message(text, [section(text)]))


def list_answer(on: Sequence[RitualCard], library: Iterable[Template]) -> dict[str, Any]:
    """What is on in the channel, then what else the library has, each with a button."""
    taken = {card.ritual.template.id for card in on}
    others = [template for template in library if template.id not in taken]
    more = [template.id for template in others[SHOWN_TEMPLATES:]]
    blocks: list[Block] = [section("*On in this channel*" if on else "Nothing is on in this channel yet.")]
    blocks += [_on(card) for card in on]
    if others:
        blocks += [divider(), section("*In the library*" if on else "*What can be switched on*")]
    blocks += [_other(template) for template in others[:SHOWN_TEMPLATES]]
    if more:
        blocks.append(context(f"Also: {', '.join(more)}. Type `/ritual on` and the name."))
    blocks.append(context("`/ritual off` and the name ends one. `/ritual help` says more."))
    titles = ", ".join(card.ritual.template.title for card in on) or "nothing yet"
    choices = ", ".join(template.id for template in others) or "nothing"
    return answer(message(escape(f"On in this channel: {titles}. Can be switched on: {choices}."), blocks))


def _on(card: RitualCard) -> Block:
    template, coming = card.ritual.template, card.ritual.next_day
    when = f"next on {day_text(coming)}" if coming else _undated(template)
    facts = [_when(template), f"asks {people_count(len(card.asked))}", f"facilitated by {_facilitator(card)}", when]
    lines = [f"*{escape(template.title)}* (`{template.id}`)", " · ".join(facts)]
    if card.unreached:
        last = " ".join(f"{escape(each)}." for each in card.unreached)
        lines.append(f"The last one did not reach everybody. {last} `muster doctor` says how to mend it.")
    return section("\n".join(lines))


def _other(template: Template) -> Block:
    return section(
        f"*{escape(template.title)}* (`{template.id}`)\n{escape(template.purpose)}\n"
        f"_{_when(template)} · asks {audience_text(template.who)}_",
        button("Switch on", Id.ON, template.id, label=f"Switch on: {template.title}"),
    )


def on_answer(ritual: Ritual, asked: Sequence[Person]) -> dict[str, Any]:
    """When it first asks, and whom, by function."""
    title = ritual.template.title
    counted = [
        f"{function_title(function)} ({len(people)}): {_some(people)}" for function, people in _by_function(asked)
    ]
    text = f"{escape(title)} is on here. {_first(ritual)} It asks {_counts(asked)}."
    return answer(
        message(
            text,
            [
                section(f"*{escape(title)}* is on here. {_first(ritual)}"),
                section(f"It asks {people_count(len(asked))}:\n" + "\n".join(counted)),
                context("Each is asked in their own working hours. Somebody missing? Add them with `/muster people`."),
            ],
        )
    )


def off_answer(ritual: Ritual) -> dict[str, Any]:
    text = f"{ritual.template.title} is off here. Whoever has been asked can still answer, and the summary comes then."
    return answer(message(escape(text), [section(escape(text))]))


def ritual_message(card: RitualCard) -> Message:
    """In the channel: what is on, by whom, from when; once it has ended, that it has."""
    ritual, title = card.ritual, card.ritual.template.title
    if ritual.ended_at:
        by = f"switched off by {escape(card.ender.name)}" if card.ender else "switched off"
        when = moment(ritual.ended_at, _zone(card))
        return message(f"{escape(title)} has been {by}.", [section(f"*{escape(title)}* has been {by}, {when}.")])
    starter = card.starter.name if card.starter else GONE
    begins = "" if card.has_run else f" {_first(ritual)}"
    details = f"{_when(ritual.template)} · asks {_counts(card.asked)} · facilitated by "
    return message(
        f"{escape(title)} is on here, switched on by {escape(starter)}.{begins} {escape(ritual.template.purpose)}",
        [
            section(f"*{escape(title)}* is on here, switched on by {escape(starter)}.{begins}"),
            section(escape(ritual.template.purpose)),
            context(f"{details}{_facilitator(card)}"),
        ],
    )


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
    means = f"People are asked all the same. Until then {_facilitator(card)}, who facilitates it, gets each summary."
    return message(f"{told} {means}", [section(told), context(means)])


def ended_message(card: RitualCard) -> Message:
    """To the facilitator, when somebody else has switched it off."""
    template, place = card.ritual.template, escape(card.place)
    by = escape(card.ender.name) if card.ender else "Somebody"
    text = f"{by} has switched *{escape(template.title)}* off in {place}, which you facilitated."
    again = f"`/ritual on {template.id}` there switches it on again."
    means = "Whoever has been asked can still answer, and the summary comes then."
    return message(f"{text} {means} {again}", [section(f"{text} {means}"), context(again)])


def facilitator_message(card: RitualCard, reader_id: str) -> Message | None:
    """To whoever facilitates it from now on; None when that is somebody else by now, or it has ended."""
    ritual, template = card.ritual, card.ritual.template
    if ritual.ended_at or ritual.facilitator_id != reader_id:
        return None
    title, place = escape(template.title), escape(card.place)
    starter = card.starter.name if card.starter else "Somebody"
    why = f"{escape(starter)} switched *{title}* on in {place}, and its file names you as its facilitator."
    if card.predecessor:
        why = f"You facilitate *{title}* in {place} now, because {escape(card.predecessor.name)} has left."
    means = "Muster asks and sums up by itself; you hear when nobody answers, nobody is there to ask, or it pauses."
    change = f"`/ritual` there shows it, `/ritual off {template.id}` ends it."
    if template.facilitator is None:
        change += " Whoever switches it on again facilitates it from then on."
    return message(f"{why} {means} {change}", [section(f"{why}\n{means}"), context(change)])


def _when(template: Template) -> str:
    return escape(cadence_text(template.cadence))


def _undated(template: Template) -> str:
    return "nobody to ask at present" if template.cadence else "no date of its own"


def _first(ritual: Ritual) -> str:
    """The same words for everybody: each is asked at that time of their own day, unless the template names a zone."""
    rule = ritual.template.cadence
    if rule is None:
        return "It asks whenever somebody starts it."
    if ritual.next_day is None:
        return "No date is planned."
    zone = zone_text(rule.zone) if rule.zone else "each person's own time"
    return f"It first asks on {day_text(ritual.next_day)} at {rule.at:%H:%M}, {zone}."


def _facilitator(card: RitualCard) -> str:
    return escape(card.facilitator.name) if card.facilitator else "nobody yet"


def _zone(card: RitualCard) -> ZoneInfo:
    return card.facilitator.zone if card.facilitator else ZoneInfo("UTC")


def _counts(asked: Sequence[Person]) -> str:
    counted = ", ".join(f"{function_name(function)} {len(people)}" for function, people in _by_function(asked))
    return f"{people_count(len(asked))} ({counted})" if counted else "nobody"


def _by_function(asked: Sequence[Person]) -> list[tuple[str, list[Person]]]:
    groups = [(function, [person for person in asked if person.function == function]) for function in FUNCTIONS]
    groups.append(("without a function", [person for person in asked if person.function is None]))
    return [(function, people) for function, people in groups if people]


def _some(people: Sequence[Person]) -> str:
    shown = [person.name for person in people[:SHOWN_NAMES]]
    more = len(people) - len(shown)
    return names(shown) if not more else ", ".join(map(escape, shown)) + f" and {more} more"
