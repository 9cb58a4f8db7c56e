"""Texts of calendars, as short as they may be."""

from zlib import crc32


def event(*lines: str, uid: str = "") -> str:
    """With an id made of its lines, unless one is given."""
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid or crc32(repr(lines).encode())}", *lines, "END:VEVENT"))


def days(first: str, until: str, *lines: str) -> str:
    """An event over whole days; it is over on the day `until`, as calendars write it."""
    return event(f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{until}", *lines)


def times(start: str, end: str, *lines: str) -> str:
    """`;TZID=Europe/Berlin:20261201T000000` and the like."""
    return event(f"DTSTART{start}", f"DTEND{end}", *lines)


def feed(*events: str) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *events, "END:VCALENDAR", "")).encode()
