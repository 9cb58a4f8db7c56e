"""Being away: the form and its answers, and what is told to whom somebody else marked."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from domain.people import Absence, Away, AwayForm
from domain.words import day_text
from surface import absences, forms
from surface.answers import answer, help_text, quoted
from surface.forms import field
from surface.kit import Block, Json, Message, buttons, context, cut, escape, message, modal, names, section

REASON_LIMIT = 150
HOW_TO_SAY = "`/muster away today`, `next week`, `for 3 days`, `until Wednesday`, `until 2 Dec` or `24-31 Dec`"
TYPED_ROOM = 80
HELP = help_text(
    "`/muster away` opens a form for the days. With words it is said at once, and a reason may follow them:",
    "• `/muster away today`, `tomorrow`, `Friday`, `next week`, `for 3 days`, `until Wednesday`, `until 2 Dec`",
    "• `/muster away 24-31 Dec Skiing`, `Dec 24 - Jan 2`, or `2026-12-02 to 2026-12-05`",
    "What could mean several days, or part of one, opens the form with what is understood.",
    "`/muster back` ends what has begun, and lists what is still to come, with *Take back*. So does Home.",
    "Managers write `/muster away @Ben tomorrow` and `/muster back @Ben` for those assigned to them.",
)


class Id(StrEnum):
    AWAY_FORM = "people.away_form"
    SAY = "people.away"
    """The button that opens the form."""
    BACK = "people.back"


def away_form(form: AwayForm) -> Json:
    who, are, seen = (escape(form.other), "is", "they") if form.other else ("You", "are", "you")
    while_away = f"{who} {are} not asked while {seen} are away, and not counted as missing."
    blocks: list[Block] = [
        *([section(_not_understood(form.typed))] if form.typed else []),
        section(while_away),
        *absences.rows(form.known[: absences.SHOWN], form.rituals, form.other),
        field("first", "First day", forms.day(form.first or form.today)),
        field("last", "Last day", forms.day(form.last), hint=f"{form.other or 'You'} {are} back the day after it."),
        field(
            "reason",
            "Reason",
            forms.text(cut(form.reason, REASON_LIMIT), limit=REASON_LIMIT),
            hint=_readers(form),
            optional=True,
        ),
    ]
    if form.rituals:
        chosen = forms.choices([(title, title) for title in form.rituals.values()])
        blocks.append(field("rituals", "Only for", chosen, hint="None chosen: for everything.", optional=True))
    if not form.other:
        blocks.append(context("It stands in your calendar already? `/muster calendar` lets Muster read it there."))
    ids = {"draft": form.draft_id, "person": form.person_id}
    return modal("Away", Id.AWAY_FORM, blocks, submit="Save", ids=ids)


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))


def _not_understood(typed: str) -> str:
    return (
        f"{quoted(cut(typed, TYPED_ROOM))} is not understood as whole days, so please choose them here. Next time, "
        f"type {HOW_TO_SAY}, and perhaps a reason after it."
    )


def _readers(form: AwayForm) -> str:
    who, whose = ("they", "their") if form.other else ("you", "your")
    return f"Only {who}, {whose} manager and the facilitators of {whose} check-ins read it."


def who_is_away(found: Iterable[tuple[str, Absence]]) -> list[str]:
    """A line for each, with the reason."""
    return [f"{escape(name)} {absences.span(absence)}{absences.because(absence)}" for name, absence in found]


def away_saved_form(found: Away) -> Json:
    return modal("Away", Id.AWAY_FORM, [section(_away(found)), *_take_back(found)])


def away_answer(found: Away) -> dict[str, Any]:
    text = _away(found)
    return answer(message(text, [section(text), *_take_back(found)]))


def _take_back(found: Away) -> list[Block]:
    button = absences.take_back_button(found.absence)
    return [buttons(button)] if button else []


def _away(found: Away) -> str:
    who = escape(found.other)
    first = f"{who} is" if who else "You are"
    only, days = absences.only(found.absence, found.rituals), absences.span(found.absence)
    text = f"{first} away{only} {days}, and {'is' if who else 'are'} asked again from {day_text(found.back)} on."
    text += f" Reason: {escape(found.absence.reason)}." if found.absence.reason else ""
    if found.let_go:
        do = "do" if len(found.let_go) > 1 else "does"
        whom, can = (who, "they can") if who else ("you", "you can")
        text += f" {names(found.let_go)}, open now, {do} not wait for {whom}; {can} still answer."
    return f"{text} Muster tells them." if who else f"{text} `/muster back` ends it early."


def marked_message(absence: Absence, by: str, rituals: Mapping[str, str]) -> Message:
    """To somebody whom somebody else marked as away."""
    days = f"{absences.only(absence, rituals)} {absences.span(absence)}"
    said = f"{escape(by)} marked you as away{days}{absences.because(absence)}."
    text = f"{said} You are not asked then, and not counted as missing."
    how = "If that is wrong, tell them, or take it back with `/muster back`."
    return message(text, [section(text), context(how)])
