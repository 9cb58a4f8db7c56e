"""Calendars as people keep them elsewhere: how they are written, and which days away they mean, read once more than
Muster does."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from simulation.working import Absence, Calendar, Source, wall

EVENT = re.compile(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", re.DOTALL)
DAY = timedelta(days=1)


def feed(*events: str) -> str:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Northlight//EN\r\n"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n"


def whole_days(first: date, last: date, title: str, *, is_free: bool = False) -> str:
    transparent = ("TRANSP:TRANSPARENT",) if is_free else ()
    return _event(title, f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last + DAY:%Y%m%d}", *transparent)


def times(day: date, start: time, end: time, title: str) -> str:
    """On the clock of whoever reads it."""
    return _event(title, f"DTSTART:{day:%Y%m%d}T{start:%H%M%S}", f"DTEND:{day:%Y%m%d}T{end:%H%M%S}")


def _event(title: str, *lines: str) -> str:
    uid = "-".join(line.rpartition(":")[2] for line in lines)
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", f"UID:{uid}", *lines, f"SUMMARY:{title}", "END:VEVENT"))


def days_away(text: str, calendar: Calendar) -> tuple[Absence, ...]:
    """Those that are shown as busy, and those of which all working hours are; what overlaps or meets is one absence."""
    events = (dict(line.split(":", 1) for line in event.splitlines()) for event in EVENT.findall(text))
    return tuple(_together({day for event in events for day in _days(event, calendar)}))


def _days(event: dict[str, str], calendar: Calendar) -> Iterator[date]:
    if event.get("TRANSP") == "TRANSPARENT":
        return
    if "DTSTART" in event:
        start, end = (datetime.fromisoformat(event[name]) for name in ("DTSTART", "DTEND"))
        starts, ends = (wall(each.date(), each.time(), calendar.zone) for each in (start, end))
        hours, day = calendar.hours, start.date()
        if starts <= wall(day, hours.start, calendar.zone) and wall(day, hours.end, calendar.zone) <= ends:
            yield day
        return
    first, after = (date.fromisoformat(event[f"{name};VALUE=DATE"]) for name in ("DTSTART", "DTEND"))
    yield from (first + n * DAY for n in range((after - first).days))


def _together(days: Iterable[date]) -> Iterator[Absence]:
    first = last = None
    for day in sorted(days):
        if first and last and day > last + DAY:
            yield Absence(first, last, source=Source.CALENDAR)
        first = day if first is None or last is None or day > last + DAY else first
        last = day
    if first and last:
        yield Absence(first, last, source=Source.CALENDAR)


def known_anew(before: Iterable[Absence], read: Iterable[Absence], today: date) -> tuple[Absence, ...]:
    """What a reading makes of what was known: what has passed stays as it was."""
    found = tuple(each for each in read if each.last >= today)
    begins = {each.first for each in found}
    return (*(left for each in before for left in _left(each, begins, today)), *found)


def _left(each: Absence, begins: set[date], today: date) -> list[Absence]:
    if each.source is not Source.CALENDAR or each.last < today:
        return [each]
    is_over = each.first in begins or each.first >= today
    return [] if is_over else [Absence(each.first, today - DAY, source=Source.CALENDAR)]
