"""What is needed of the text of an iCalendar; the rest is thrown away before anything parses it.

So nobody's names or notes are looked at, and a text that is made to keep a parser busy has little to do it with.
"""

import re
from collections.abc import Iterator

from domain.calendars import NotRead, Trouble

MOST_EVENTS = 5000
NEEDED = frozenset(
    {
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "UID",
        "SUMMARY",
        "STATUS",
        "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)
NAME = re.compile(r"[A-Za-z0-9-]+")
RULE_PART = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,2}|COUNT=\d{1,5}|UNTIL=\d{8}(T\d{6}Z?)?|WKST=[A-Z]{2}"
    r"|BYDAY=[-+0-9A-Z,]{2,60}|BYMONTH=[\d,]{1,40}|BYMONTHDAY=[-\d,]{1,120}|BYSETPOS=[-\d,]{1,40}"
)
"""Nothing that happens several times a day is a day away, and rules with odd values may never come to an end."""


def needed(feed: bytes) -> str:
    """Raises NotRead if it is no iCalendar, or holds too much."""
    lines = list(_lines(feed))
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise NotRead(Trouble.NO_CALENDAR)
    events = list(_events(lines))
    if len(events) > MOST_EVENTS:
        raise NotRead(Trouble.TOO_LARGE)
    body = [line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Muster//EN", *body, "END:VCALENDAR", ""])


def _lines(feed: bytes) -> Iterator[str]:
    """With what goes on in the next line put together."""
    text = feed.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for line in re.sub(r"\n[ \t]", "", text).split("\n"):
        if line.strip():
            yield line


def _events(lines: list[str]) -> Iterator[list[str]]:
    """The needed lines of each; what stands in a part of an event, such as an alarm, is none of its own."""
    inside: list[str] = []
    event: list[str] = []
    for line in lines:
        name = _name(line)
        if name == "BEGIN":
            inside.append(line.partition(":")[2].strip().upper())
        elif name == "END" and inside:
            if inside.pop() == "VEVENT":
                yield event
                event = []
        elif inside and inside[-1] == "VEVENT" and name in NEEDED and (name != "RRULE" or _is_sane(line)):
            event.append(line)


def _name(line: str) -> str:
    found = NAME.match(line)
    return found[0].upper() if found else ""


def _is_sane(rule: str) -> bool:
    parts = rule.partition(":")[2].strip().upper().rstrip(";").split(";")
    return all(RULE_PART.fullmatch(part) for part in parts)
