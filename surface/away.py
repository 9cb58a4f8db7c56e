"""Being away and coming back: the form and its answers, and what is told to whom somebody else marked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from domain.people import Absence, Away, AwayForm
from domain.words import day_text, joined
from surface import forms
from surface.answers import answer, quoted
from surface.forms import field
from surface.kit import Block, Json, Message, context, cut, escape, message, modal, names, section, sections

REASON_LIMIT = 150
HOW_TO_SAY = "`/muster away today`, `tomorrow`, `for 3 days`, `until Wednesday`, `until 2 Dec` or `2 Dec to 5 Dec`"
TYPED_ROOM = 80
SHOWN = 5
"""Absences on one's Home."""


class Id(StrEnum):
    AWAY_FORM = "people.away_form"
    SAY = "people.away"
    """The button that opens the form."""
    BACK = "people.back"


def away_form(form: AwayForm) -> Json:
    who, are, seen = (escape(form.other), "is", "they") if form.other else ("You", "are", "you")
    known = [
        f"{who} {are} away{_only(each, form.rituals)} {_span(each)} already{_because(each)}." for each in form.known
    ]
    while_away = f"{who} {are} not asked while {seen} are away, and not counted as missing."
    blocks: list[Block] = [
        *([section(_not_understood(form.typed))] if form.typed else []),
        section(while_away),
        *sections(known),
        field("first", "First day", forms.day(form.first or form.today)),
        field("last", "Last day", forms.day(form.last), hint=f"{form.other or 'You'} {are} back the day after it."),
        field("reason", "Reason", forms.text(limit=REASON_LIMIT), hint=_readers(form), optional=True),
    ]
    if form.rituals:
        chosen = forms.choices([(title, title) for title in form.rituals.values()])
        blocks.append(field("rituals", "Only for", chosen, hint="None chosen: for everything.", optional=True))
    if not form.other:
        blocks.append(context("It stands in your calendar already? `/muster calendar` lets Muster read it there."))
    ids = {"draft": form.draft_id, "person": form.person_id}
    return modal("Away", Id.AWAY_FORM, blocks, submit="Save", ids=ids)


def _not_understood(typed: str) -> str:
    return (
        f"{quoted(cut(typed, TYPED_ROOM))} is not understood as days, so please choose them here. Next time, type "
        f"{HOW_TO_SAY}, and perhaps a reason after it."
    )


def _readers(form: AwayForm) -> str:
    who, whose = ("they", "their") if form.other else ("you", "your")
    return f"Only {who}, {whose} manager and the facilitators of {whose} check-ins read it."


def _only(absence: Absence, rituals: Mapping[str, str]) -> str:
    """ " for Weekly sync only", with the titles of those the reader knows."""
    found = [escape(rituals.get(each, each)) for each in sorted(absence.rituals)]
    return f" for {joined(found)} only" if found else ""


def _because(absence: Absence) -> str:
    return f" ({escape(absence.reason)})" if absence.reason else ""


def own_lines(known: Sequence[Absence], rituals: Mapping[str, str]) -> list[str]:
    """To the person themselves."""
    return [f"You are away{_only(each, rituals)} {_span(each)}{_because(each)}." for each in known]


def who_is_away(found: Iterable[tuple[str, Absence]]) -> list[str]:
    """A line for each, with the reason."""
    return [f"{escape(name)} {_span(absence)}{_because(absence)}" for name, absence in found]


def away_saved_form(found: Away) -> Json:
    return modal("Away", Id.AWAY_FORM, [section(_away(found))])


def away_answer(found: Away) -> dict[str, Any]:
    text = _away(found)
    return answer(message(text, [section(text)]))


def _away(found: Away) -> str:
    who = escape(found.other)
    first = f"{who} is" if who else "You are"
    only, days = _only(found.absence, found.rituals), _span(found.absence)
    text = f"{first} away{only} {days}, and {'is' if who else 'are'} asked again from {day_text(found.back)} on."
    if found.let_go:
        do = "do" if len(found.let_go) > 1 else "does"
        whom, can = (who, "they can") if who else ("you", "you can")
        text += f" {names(found.let_go)}, open now, {do} not wait for {whom}; {can} still answer."
    return f"{text} Muster tells them." if who else f"{text} `/muster back` ends it early."


def marked_message(absence: Absence, by: str, rituals: Mapping[str, str]) -> Message:
    """To somebody whom somebody else marked as away."""
    said = f"{escape(by)} marked you as away{_only(absence, rituals)} {_span(absence)}{_because(absence)}."
    text = f"{said} You are not asked then, and not counted as missing."
    how = "If that is wrong, tell them. `/muster back` ends it early once it has begun."
    return message(text, [section(text), context(how)])


def _span(absence: Absence) -> str:
    if absence.first == absence.last:
        return f"on {day_text(absence.first)}"
    return f"from {day_text(absence.first)} to {day_text(absence.last)}"


def back_message(by: str, day: date) -> Message:
    """To somebody whose absence somebody else ended."""
    text = f"{escape(by)} ended your absence. You are asked again from {day_text(day)} on."
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
    waits = (
        f" {names(recalled)} {'wait' if len(recalled) > 1 else 'waits'} for {who or 'you'} again." if recalled else ""
    )
    if who:
        return f"{who} is asked again from today on.{waits} Muster tells them."
    return f"Welcome back. You are asked again from today on.{waits}"
