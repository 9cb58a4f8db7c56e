"""How people write days, functions, and when and whom a ritual asks."""

from calendar import month_name
from collections.abc import Sequence
from datetime import date

from domain.cadence import NTH, QUARTER_MONTHS, Cadence
from domain.hours import Duration
from domain.people import Hours

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FUNCTION_NAMES = {"ml": "ML", "mlops": "MLOps", "gtm": "GTM"}
QUOTED = 60
"""Characters of what somebody typed that a sentence repeats."""
WHICH = {number: word for word, number in NTH.items()}


def day_text(day: date) -> str:
    """ "Mon 23 Nov 2026": how people read every day, as what they find may be a year old."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def short_day(day: date) -> str:
    """ "23 Nov": where the year is plain and there is little room."""
    return f"{day.day} {day:%b}"


def weekday_text(day: date) -> str:
    """ "Mon": of the next seven days."""
    return f"{day:%a}"


def days_text(first: date, last: date) -> str:
    """ "Mon 16 to Sun 22 Nov 2026"."""
    month = "" if first.month == last.month else f" {first:%b}"
    return f"{first:%a} {first.day}{month} to {day_text(last)}"


def function_name(function: str) -> str:
    """As people write it within a sentence: "ML", "research"."""
    return FUNCTION_NAMES.get(function, function)


def function_title(function: str) -> str:
    """As a heading or an option: "ML", "Research"."""
    name = function_name(function)
    return name[:1].upper() + name[1:]


def hours_text(hours: Hours) -> str:
    """ "Mon-Fri 09:00-17:30": as it may be typed, too."""
    return str(hours).title().replace(",", ", ")


def quoted(typed: str) -> str:
    """What somebody typed, within a sentence: "“weekly snyc”"."""
    words = " ".join(typed.split())
    return f"“{words if len(words) <= QUOTED else words[: QUOTED - 1].rstrip() + '…'}”"


def whole(text: str) -> str:
    """The same, however long: for what is to be told apart from something alike."""
    return f"“{text}”"


def joined(words: Sequence[str]) -> str:
    """ "one, two and three"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def count_text(count: int, what: str) -> str:
    """ "1 day", "3 days"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def times_text(count: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def people_count(count: int) -> str:
    """ "1 person", "3 people"."""
    return "1 person" if count == 1 else f"{count} people"


def duration_text(span: Duration) -> str:
    """ "4 hours", "2 working days"."""
    return count_text(span.days, "working day") if span.days else count_text(span.hours, "hour")


def cadence_text(rule: Cadence | None) -> str:
    """When a ritual asks, as somebody would say it: "Every Monday at 09:30", for a zone "at 09:30 Berlin time"."""
    if rule is None:
        return "Whenever somebody starts it"
    zone = f" {zone_text(rule.zone)}" if rule.zone else ""
    return f"{_days(rule)} at {rule.at:%H:%M}{zone}"


def _days(rule: Cadence) -> str:
    period = _months(rule)
    if rule.days_of_month:
        return f"On the {joined([_ordinal(day) for day in sorted(rule.days_of_month)])} of {period}"
    if rule.nth is not None:
        which, weekday = rule.nth
        return f"On the {WHICH[which]} {WEEKDAYS[weekday]} of {period}"
    if rule.skips_days_off:
        return "Every day" if len(rule.days) == len(WEEKDAYS) else "Every weekday"
    days = joined([WEEKDAYS[day] for day in sorted(rule.days)])
    if rule.months:
        return f"Every {days if len(rule.days) < len(WEEKDAYS) else 'day'} in {period}"
    return f"Every {days}" if rule.every_weeks == 1 else f"Every {rule.every_weeks} weeks on {days}"


def _months(rule: Cadence) -> str:
    if rule.months == QUARTER_MONTHS:
        return "the first month of every quarter"
    return joined([month_name[month] for month in sorted(rule.months)]) or "every month"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    return f"{number}{ending}"


def zone_text(zone: str) -> str:
    """ "Berlin time" for Europe/Berlin; UTC has no place."""
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time" if "/" in zone else zone
