"""Answers to `/ritual`: what is on in a channel, and what has just been switched on or off."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from domain.cards import RitualCard
from domain.people import Person
from domain.runs import Ritual
from domain.selectors import asks_starter
from domain.words import day_text, function_title, people_count
from surface.answers import answer, help_text, not_understood
from surface.kit import Block, button, buttons, context, escape, message, moment, section
from surface.rituals import (
    STILL_ANSWERS,
    by_function,
    counts,
    elsewhere_text,
    facilitator_text,
    first_text,
    some,
    start_buttons,
    when_text,
    whom_text,
    zone_of,
)

HELP = help_text(
    "*Rituals* are check-ins that come back: each person is asked in a direct message, the channel gets a summary.",
    "`/ritual` shows what is on in this channel, and the library of what can be switched on.",
    "`/ritual on weekly-sync` switches one on here at once; `/ritual off weekly-sync` ends it.",
    "`/ritual edit weekly-sync` changes the questions of what is on here, or a template of yours.",
    "`/ritual new` writes a template.",
    "`/ritual list` shows the same as `/ritual`.",
    "`/ritual help` shows this.",
)


class Id(StrEnum):
    LIBRARY = "ritual.library"
    DESK = "ritual.desk"


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def not_understood_answer(typed: str) -> dict[str, Any]:
    return not_understood(typed, HELP)


def which_answer(verb: str) -> dict[str, Any]:
    text = f"Which one? Type for example `/ritual {verb} weekly-sync`, or `/ritual` to see them all."
    return answer(message(text, [section(text)]))


def pause_answer() -> dict[str, Any]:
    text = "Type `/ritual`, open the *Details* of one and press *Pause* there, or *Resume*."
    return answer(message(text, [section(text)]))


def list_answer(on: Sequence[RitualCard], channel_id: str) -> dict[str, Any]:
    """What is on in the channel, and the way to what else there is."""
    blocks: list[Block] = [section("*On in this channel*" if on else "Nothing is on in this channel yet.")]
    blocks += [block for card in on for block in _on(card)]
    blocks.append(buttons(button("Browse the library", Id.LIBRARY, channel_id, style="" if on else "primary")))
    blocks.append(context("`/ritual off` and the name ends one. `/ritual help` says more."))
    titles = ", ".join(card.ritual.template.title for card in on) or "nothing yet"
    return answer(message(escape(f"On in this channel: {titles}. The library has more."), blocks))


def _on(card: RitualCard) -> list[Block]:
    template = card.ritual.template
    lines = [f"*{escape(template.title)}* (`{template.id}`)", " · ".join(_facts(card))]
    if card.unreached:
        last = " ".join(f"{escape(each)}." for each in card.unreached)
        lines.append(f"The last one did not reach everybody. {last} `muster doctor` says how to mend it.")
    more = button("Details", Id.DESK, card.ritual.id, label=f"Details of {template.title}")
    return [section("\n".join(lines), more), context(origin_text(card)), *start_buttons(card.ritual)]


def _facts(card: RitualCard) -> list[str]:
    return [*when_facts(card.ritual), *whom_facts(card)]


def when_facts(ritual: Ritual) -> list[str]:
    return [each for each in (when_text(ritual.template), next_text(ritual)) if each]


def whom_facts(card: RitualCard) -> list[str]:
    facts = [
        f"asks {whom_text(card.ritual.template, people_count(len(card.asked)))}",
        f"facilitated by {facilitator_text(card)}",
    ]
    if where := elsewhere_text(card):
        facts.append(where)
    least = card.ritual.template.anonymous
    if least and len(card.asked) < least:
        return [*facts, f"anonymous, and asks fewer than the {least} whose answers it would show"]
    return [*facts, f"anonymous, shown from {least} answers on"] if least else facts


def next_text(ritual: Ritual) -> str:
    """ "next on Mon 23 Nov 2026", and that it is paused; empty for what has no date."""
    coming = ritual.next_day
    if ritual.paused_until:
        return (
            f"paused, asks again on {day_text(coming)}" if coming else f"paused until {day_text(ritual.paused_until)}"
        )
    if coming:
        return f"next on {day_text(coming)}"
    return "nobody to ask at present" if ritual.template.cadence else ""


def origin_text(card: RitualCard) -> str:
    starter = escape(card.starter.name) if card.starter else "somebody who left"
    since = f", {moment(card.ritual.started_at, zone_of(card))}" if card.ritual.started_at else ""
    reading = f" · read by {some(card.observers)}" if card.observers else ""
    return f"Set up by {starter}{since}{reading}"


def on_answer(ritual: Ritual, asked: Sequence[Person]) -> dict[str, Any]:
    title = escape(ritual.template.title)
    whom = f" It asks {counts(asked)}." if asked else ""
    text = f"{title} is on here. {first_text(ritual)}{whom}"
    return answer(message(text, on_blocks(ritual, asked)))


def on_blocks(ritual: Ritual, asked: Sequence[Person]) -> list[Block]:
    """When it first asks, and whom, by function."""
    counted = [f"{function_title(function)} ({len(people)}): {some(people)}" for function, people in by_function(asked)]
    begins = section(f"*{escape(ritual.template.title)}* is on here. {first_text(ritual)}")
    if not asked:  # Whoever starts it, and nobody else.
        return [begins, *start_buttons(ritual)]
    also = "It also asks" if asks_starter(ritual.template.who) else "It asks"
    return [
        begins,
        section(f"{also} {people_count(len(asked))}:\n" + "\n".join(counted)),
        context("Each is asked in their own working hours. Somebody missing? Add them with `/muster people`."),
        *start_buttons(ritual),
    ]


def off_answer(ritual: Ritual, *, is_open: bool) -> dict[str, Any]:
    """`is_open`: a run of it still waits for somebody."""
    text = f"{ritual.template.title} is off here.{f' {STILL_ANSWERS}' if is_open else ' Nothing is open.'}"
    return answer(message(escape(text), [section(escape(text))]))
