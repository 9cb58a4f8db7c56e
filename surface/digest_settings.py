"""When a digest comes and to whom: the form, the answers to `/digest`, and what stands at a digest's foot about it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from domain.digest_choices import Length, Rhythm, Shape
from domain.digest_settings import ABOUT_CHANNELS, DigestSheet
from domain.digests import DigestCard
from domain.due import today_of
from domain.words import day_text, days_text
from surface import forms
from surface.answers import answer, help_text
from surface.forms import field
from surface.kit import Block, Element, Json, button, context, escape, message, modal, moment, section

TITLE = "Your digest"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RHYTHMS = [
    (Rhythm.WEEKLY.value, "Every week"),
    (Rhythm.FORTNIGHTLY.value, "Every two weeks, about both"),
    (Rhythm.NEEDED.value, "Every week, but only if something needs me or slips"),
    (Rhythm.NEVER.value, "Never"),
]
LENGTHS = [
    (Length.BY_ROLE.value, "As usual: five lines for execs, everything for others"),
    (Length.FULL.value, "Everything"),
    (Length.SHORT.value, "Five lines"),
]
HELP = help_text(
    "`/digest` shows you now what a digest of the last seven days says, in a direct message.",
    "`/digest trends` shows the last twelve weeks as charts, with the numbers behind them.",
    "`/digest settings` says how often yours comes, when, how long it is, and who reads it while you are away.",
    "A digest is about the people assigned to you (`/muster people`); leads may have one about their channels.",
)
COMING = "Your digest of the last seven days comes in a direct message from Muster."
COMING_AGAIN = "Your digest of today is brought up to date, in your direct messages with Muster."


class Id(StrEnum):
    FORM = "digest.form"
    CHANGE = "digest.change"
    """The button that opens the form."""
    NOW = "digest.now"


def change_button(card: DigestCard) -> Element:
    return button("Change my digest", Id.CHANGE, card.digest.id)


def now_button(card: DigestCard) -> Element:
    return button("Show it now", Id.NOW, card.digest.id)


def opening(card: DigestCard) -> str:
    """Which digest it is, and of which days."""
    digest = card.digest
    kind = "Digest of two weeks" if digest.weeks == 2 else f"Digest of {digest.weeks} weeks"  # noqa: PLR2004 # as it says
    kind = "Digest on request" if digest.is_asked else "Weekly digest" if digest.weeks == 1 else kind
    return f"{kind}, {days_text(digest.first_day, digest.last_day)}."


def why(card: DigestCard) -> str:
    """Why its reader gets it."""
    if card.manager:
        return "You get this because you were named to read it meanwhile."
    if card.digest.is_asked:
        return "You get this because you asked for it."
    if card.digest.shape is Shape.CHANNELS:
        return "You get this because you chose to read about your channels."
    return "You get this because people are assigned to you."


def settings_form(sheet: DigestSheet) -> Json:
    choice = sheet.choice
    blocks: list[Block] = [section(_state(sheet))]
    blocks += [
        field("rhythm", "How often?", forms.choice(RHYTHMS, choice.rhythm.value)),
        field("day", "On which day?", forms.menu(_days(sheet), str(choice.weekday)), hint="If you are off that day, on "
              "your next working day. It tells about the last whole week, Monday to Sunday."),
        field("hour", "At what time?", forms.menu(_hours(), str(choice.hour)), hint="On your own clock."),
        field("length", "How long?", forms.choice(LENGTHS, choice.length.value)),
        field("delegate", "Who reads it while you are away?", forms.person(choice.delegate_id), optional=True,
              hint="They get one of their own, with what they may see. They are told that you named them."),
    ]  # fmt: skip
    if sheet.reader.leads:
        about = forms.choices([(ABOUT_CHANNELS, "About my channels, while nobody is assigned to me")],
                              [ABOUT_CHANNELS] if choice.about_channels else [])  # fmt: skip
        blocks.append(field("about", "For leads", about, optional=True))
    return modal(TITLE, Id.FORM, blocks, submit="Save")


def _days(sheet: DigestSheet) -> Sequence[tuple[str, str]]:
    """Their working days, and the one chosen."""
    offered = sorted(sheet.reader.hours.days | {sheet.choice.weekday})
    return [(str(day), WEEKDAYS[day]) for day in offered]


def _hours() -> Sequence[tuple[str, str]]:
    return [(str(hour), f"{hour:02}:00") for hour in range(24)]


def saved_form(sheet: DigestSheet) -> Json:
    return modal(TITLE, Id.FORM, [section(f"Saved. {_state(sheet)}"), context("`/digest settings` opens this again.")])


def _state(sheet: DigestSheet) -> str:
    """When the next one comes, or why none does; and what stands in its delegate's way."""
    return " ".join(each for each in (_next(sheet), _delegate(sheet)) if each)


def _next(sheet: DigestSheet) -> str:
    if sheet.choice.rhythm is Rhythm.NEVER:
        return "No digest comes by itself. `/digest` shows it whenever you like."
    if sheet.shape is None:
        lead = " or you choose to read about your channels" if sheet.reader.leads else ""
        return f"Nobody is assigned to you yet, so none comes; what you choose here counts once somebody is{lead}."
    if sheet.next_at is None:
        return "None is planned, as you have no working day."
    if sheet.is_due:
        return "The next one comes at once, as what it is about was not told to you yet."
    if_needed = ", if something needs you or slips" if sheet.choice.rhythm is Rhythm.NEEDED else ""
    return f"The next one comes {moment(sheet.next_at, sheet.reader.zone)}{if_needed}."


def _delegate(sheet: DigestSheet) -> str:
    if not sheet.choice.delegate_id:
        return ""
    delegate = sheet.delegate
    if delegate is None or delegate.left or delegate.is_guest:
        name = escape(delegate.name) if delegate else "Whoever you named"
        return f"*{name} can no longer read it while you are away;* please choose somebody else."
    today = today_of(delegate, sheet.now)
    until = max((each.last for each in delegate.absences if each.covers(today) and not each.rituals), default=None)
    if until:
        return f"{escape(delegate.name)}, who reads it while you are away, is away too, until {day_text(until)}."
    return f"While you are away, {escape(delegate.name)} reads it."


def help_answer() -> dict[str, Any]:
    return answer(message(HELP, [section(HELP)]))
