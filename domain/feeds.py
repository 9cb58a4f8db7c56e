"""Which days somebody is away by the text of their calendar. Pure: the same text gives the same days."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event

from domain.cadence import moment
from domain.calendars import MOST_DAYS, Counts, NotRead, Span, Trouble, merged
from domain.feed_text import needed
from domain.people import Person

DAY = timedelta(days=1)
AWAY_WORDS = re.compile(
    r"\b(out of (the )?office|ooo|o\.o\.o|vacation|holidays?|pto|leave|day off|time off|off sick|sick|away"
    r"|urlaub|abwesend|krank|elternzeit|congés?|vacances|absente?|vacaciones|ausente|férias|ferie|vakantie|semester)\b",
    re.IGNORECASE,
)
AWAY, BUSY = "OOF", ("", "BUSY", "OOF")
"""How Microsoft's calendars mark an event; nothing stands there in others."""


def days_away(
    feed: bytes, *, person: Person, counts: Counts, seen: Span, is_late: Callable[[], bool] = lambda: False
) -> tuple[Span, ...]:
    """Those that have to do with the days in `seen`, on the person's own calendar.

    `is_late` is asked before each event that repeats, as each may take seconds. Raises NotRead.
    """
    try:
        events = [each for each in Calendar.from_ical(needed(feed)).walk("VEVENT") if isinstance(each, Event)]
    except (ValueError, KeyError, IndexError) as error:
        raise NotRead(Trouble.NO_CALENDAR) from error
    latest = date(seen.last.year + 1, 12, 31)
    happening = (event for event in _occurrences(events, seen, is_late) if _means_away(event, counts))
    spans = (span for event in happening for span in _days(event, person))
    near = (span for span in spans if span.first <= seen.last and span.last >= seen.first)
    return merged(Span(span.first, min(span.last, latest)) for span in near)


def _occurrences(events: list[Event], seen: Span, is_late: Callable[[], bool]) -> Iterator[Event]:
    """What repeats, as often as it does in those days; what does not, as it stands."""
    by_id: dict[str, list[Event]] = {}
    for number, event in enumerate(events):
        by_id.setdefault(str(event.get("UID", number)), []).append(event)
    for series in by_id.values():
        if not any(name in event for event in series for name in ("RRULE", "RDATE")):
            yield from series
        elif is_late():
            raise NotRead(Trouble.TOO_LARGE)
        else:
            yield from _repeated(series, seen)


def _repeated(series: list[Event], seen: Span) -> Iterable[Event]:
    calendar = Calendar()
    calendar.subcomponents = [event for event in series if _is_short(event)]
    try:
        found = recurring_ical_events.of(calendar).between(seen.first, seen.last + DAY)
    except Exception:  # noqa: BLE001 - whatever somebody's odd rule does to the library, their other events count
        return []
    return [event for event in found if isinstance(event, Event)]


def _is_short(event: Event) -> bool:
    """Enough to repeat; what goes on for years and begins anew each day would be counted many thousand times."""
    extent = _extent(event)
    return extent is not None and extent[1] - extent[0] <= MOST_DAYS


def _means_away(event: Event, counts: Counts) -> bool:
    status = _word(event, "STATUS")
    if status == "CANCELLED":
        return False
    marked = _word(event, "X-MICROSOFT-CDO-BUSYSTATUS")
    if marked == AWAY:
        return True
    if counts is Counts.NAMED:
        return bool(AWAY_WORDS.search(str(event.get("SUMMARY", ""))))
    return status != "TENTATIVE" and _word(event, "TRANSP") != "TRANSPARENT" and marked in BUSY


def _word(event: Event, name: str) -> str:
    return str(event.get(name, "")).strip().upper()


def _extent(event: Event) -> tuple[Any, Any] | None:
    """When it begins and ends, as days or as moments; None for what cannot be."""
    try:
        start, end = event.start, event.end
        is_forward = start <= end
    except Exception:  # noqa: BLE001 - the library has many ways to say that an event is broken; the others count
        return None
    return (start, end) if is_forward else None


def _days(event: Event, person: Person) -> Iterator[Span]:
    """The whole days of an event: in an event with times, those of which it covers all working hours."""
    extent = _extent(event)
    if extent is None:
        return
    start, end = extent
    if not isinstance(start, datetime):
        yield Span(start, max(start, end - DAY))
    elif end - start <= MOST_DAYS:
        yield from _covered(_in_utc(start, person), _in_utc(end, person), person)


def _covered(start: datetime, end: datetime, person: Person) -> Iterator[Span]:
    day, last = start.astimezone(person.zone).date(), end.astimezone(person.zone).date()
    while day <= last:
        if _covers(start, end, day, person):
            yield Span(day, day)
        day += DAY


def _in_utc(at: datetime, person: Person) -> datetime:
    """A time without a zone is one on the person's own clock."""
    return (at if at.tzinfo else at.replace(tzinfo=person.zone)).astimezone(UTC)


def _covers(start: datetime, end: datetime, day: date, person: Person) -> bool:
    begins, ends = (moment(day, at, person.zone) for at in (person.hours.start, person.hours.end))
    return bool(begins and ends and start <= begins and ends <= end)
