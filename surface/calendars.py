"""Following one's own calendar: the form, what was found, and the message when it cannot be read."""

from enum import StrEnum

from domain.calendars import ADDRESS_LIMIT, Calendar, CalendarSheet, Counts, Trouble
from domain.people import Absence
from domain.words import count_text, day_text
from surface import forms
from surface.forms import about, field
from surface.kit import (
    Block,
    Json,
    Message,
    button,
    buttons,
    context,
    escape,
    message,
    modal,
    moment,
    section,
    sections,
)

TITLE = "Your calendar"
WHY = "Muster can read from your own calendar when you are away. You are not asked then, and not counted as missing."
READS = (
    "Muster reads it every few hours and keeps only the days, with the word “Calendar”: no titles, no notes, and "
    "nobody who is invited."
)
KEEPS = (
    "The address opens your calendar to whoever has it. Muster keeps it encrypted, shows it to nobody, and forgets it "
    "when you stop."
)
WHERE = (
    "Google: Settings, your calendar, “Secret address in iCal format”. Outlook: Settings, Shared calendars, Publish, "
    "ICS. iCloud: Share, Public Calendar."
)
NO_KEY = "Muster cannot keep an address safe yet: ask whoever runs it to set MUSTER_SECRET_KEY."
COUNTS = [
    (Counts.BUSY.value, "Whole days that are shown as busy"),
    (Counts.NAMED.value, "Whole days whose title says so (vacation, OOO, PTO, ...)"),
]
HINT = "An event with times counts on days of which it covers all your working hours."
SHOWN = 12
TROUBLES = {
    Trouble.KEY: "Muster can no longer read the address you gave, because its key was changed. Please give it again.",
    Trouble.UNREACHED: "It does not answer as it should. Muster goes on trying. If it has moved, give the new one.",
    Trouble.NOT_PUBLIC: "It leads into a private network. Whoever runs Muster can allow it with MUSTER_CALENDAR_HOSTS.",
    Trouble.DENIED: "It wants a name and a password. Please give the secret address that needs none.",
    Trouble.MISSING: "Nothing is there any more. Please look whether your calendar has a new address, and give that.",
    Trouble.TOO_LARGE: "It is too large: Muster reads up to 2 MB and 5,000 events.",
    Trouble.NO_CALENDAR: "What is there is no calendar. Please give the address that ends in .ics or says iCal.",
}


class Id(StrEnum):
    OPEN = "calendar.open"
    """The button that opens the form."""
    FORM = "calendar.form"
    AGAIN = "calendar.again"
    LEAVE = "calendar.leave"


def calendar_form(sheet: CalendarSheet) -> Json:
    calendar = sheet.calendar
    state = _about(sheet, calendar) if calendar else [section(WHY)]
    if not sheet.can_keep:
        return modal(TITLE, Id.FORM, [*state, section(NO_KEY)])
    label, hint = ("Another address", "Leave it empty to keep the one you gave.") if calendar else ("Address", WHERE)
    # A new name once it has been saved: under the old one Slack would go on showing the address.
    name = about("address", str(calendar.version) if calendar else "")
    address = field(name, label, forms.text(limit=ADDRESS_LIMIT), hint=hint, optional=calendar is not None)
    chosen = forms.choice(COUNTS, (calendar.counts if calendar else Counts.BUSY).value)
    counts = field("counts", "What counts as away", chosen, hint=HINT)
    submit = "Save" if calendar else "Follow"
    return modal(TITLE, Id.FORM, [*state, address, counts, context(f"{READS} {KEEPS}")], submit=submit)


def _about(sheet: CalendarSheet, calendar: Calendar) -> list[Block]:
    choice = (
        button("Look again", Id.AGAIN, calendar.person_id),
        button("Stop following", Id.LEAVE, calendar.person_id, style="danger"),
    )
    return [section(_state(sheet, calendar)), *sections(_days(sheet)), buttons(*choice)]


def _state(sheet: CalendarSheet, calendar: Calendar) -> str:
    zone = sheet.person.zone
    following = f"Muster follows your calendar at *{escape(calendar.host)}*."
    read = f"Last read {moment(calendar.read_at, zone)}." if calendar.read_at else ""
    if calendar.trouble and calendar.failing_since:
        since = moment(calendar.failing_since, zone)
        return f"{following}\n:warning: It cannot be read since {since}. {TROUBLES[calendar.trouble]} {read}".rstrip()
    return f"{following} {read or 'It is being read now: press *Look again* in a moment.'}"


def _days(sheet: CalendarSheet) -> list[str]:
    if not sheet.found:
        is_read = sheet.calendar is not None and sheet.calendar.read_at is not None
        return ["No day away was found in the next 60 days."] if is_read else []
    more = len(sheet.found) - SHOWN
    lines = ["It says that you are away", *(f"• {_span(each)}" for each in sheet.found[:SHOWN])]
    return [*lines, f"and {count_text(more, 'more time')}."] if more > 0 else lines


def _span(absence: Absence) -> str:
    days = day_text(absence.first)
    return days if absence.first == absence.last else f"{days} to {day_text(absence.last)}"


def left_form() -> Json:
    text = "Muster has forgotten the address, and the days away that it had found there. `/muster away` sets your own."
    return modal(TITLE, Id.FORM, [section(text)])


def home_line(calendar: Calendar | None) -> list[str]:
    """To the person themselves, if something is wrong with it."""
    if calendar is None or calendar.trouble is None:
        return []
    return [f":warning: Your calendar at {escape(calendar.host)} cannot be read. {TROUBLES[calendar.trouble]}"]


def home_button(person_id: str, calendar: Calendar | None) -> Json:
    return button("Your calendar" if calendar else "Follow your calendar", Id.OPEN, person_id)


def unread_message(calendar: Calendar) -> Message:
    """To its person, after days; it says so when it is read again."""
    host = escape(calendar.host)
    if calendar.trouble is None:
        text = f"Your calendar at {host} can be read again. There is nothing to do."
        return message(text, [section(text)])
    text = f"Muster has not been able to read your calendar at {host} for days. {TROUBLES[calendar.trouble]}"
    rest = "Until it can be read, you are away on the days found before, and on those you say with `/muster away`."
    return message(f"{text} {rest}", [section(text), buttons(home_button(calendar.person_id, calendar)), context(rest)])
