"""Coming back early, and taking an absence back: the answers, and what is told to whom it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.people import Absence, AwayForm, TakenBack
from domain.words import day_text
from surface import absences
from surface.answers import answer
from surface.kit import Block, Json, Message, context, escape, message, modal, names, section


def back_message(by: str, day: date, last: date | None = None) -> Message:
    """To somebody whose absence somebody else ended; with a last day it was taken back before it began."""
    text = f"{escape(by)} ended your absence. You are asked again from {day_text(day)} on."
    if last:
        text = f"{escape(by)} took back that you are away {absences.span(Absence(day, last))}. You are asked then."
    return message(
        text, [section(text), context("If that is wrong, tell them. `/muster away` says that you are away.")]
    )


def back_answer(was_away: bool, recalled: Sequence[str], other: str = "") -> dict[str, Any]:
    """`other`: the name of whom it is about, if somebody else said it."""
    text = back_text(was_away, recalled, other)
    return answer(message(text, [section(text)]))


def back_text(was_away: bool, recalled: Sequence[str], other: str = "") -> str:
    who = escape(other)
    if not was_away:
        return f"{who or 'You'} {'is' if who else 'were'} not marked as away{' today' if who else ''}."
    waits = _waits(recalled, other)
    if who:
        return f"{who} is asked again from today on.{waits} Muster tells them."
    return f"Welcome back. You are asked again from today on.{waits}"


def _waits(recalled: Sequence[str], other: str) -> str:
    wait = "wait" if len(recalled) > 1 else "waits"
    return f" {names(recalled)} {wait} for {escape(other) or 'you'} again." if recalled else ""


def only_ahead_answer(found: AwayForm) -> dict[str, Any]:
    """To "back" where nothing has begun, but something is said ahead."""
    who = f"{escape(found.other)} is" if found.other else "You are"
    text = f"{who} not away today. To take back what is still to come, press *Take back*."
    rows = absences.rows(found.known[: absences.SHOWN], found.rituals, found.other)
    return answer(message(text, [section(text), *rows]))


def taken_back_answer(found: TakenBack) -> dict[str, Any]:
    return answer(message(_taken_back(found), _blocks(found)))


def taken_back_view(found: TakenBack) -> Json:
    return modal("Away", absences.Id.TAKE_BACK, _blocks(found))


def _blocks(found: TakenBack) -> list[Block]:
    known = absences.rows(found.known[: absences.SHOWN], found.rituals, found.other)
    still = [context("What still stands:"), *known] if known else []
    return [section(_taken_back(found)), *still]


def _taken_back(found: TakenBack) -> str:
    if found.absence is None:
        return "Nothing is left to take back: it was taken back before, or is over."
    if found.has_begun:
        return back_text(True, found.recalled, found.other)
    days = f"{absences.only(found.absence, found.rituals)} {absences.span(found.absence)}"
    if found.other:
        return f"Taken back: {escape(found.other)} is not away{days}. Muster tells them."
    return f"Taken back: you are not away{days}.{_waits(found.recalled, '')}"
