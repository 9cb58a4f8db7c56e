"""Following the days away of somebody's own calendar: its address, when it is read, and what a new reading changes."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from zlib import crc32

from domain.people import Absence, Person

ADDRESS_LIMIT = 2000
ADDRESS = re.compile(r"(?:https?|webcals?)://[!-~]+", re.IGNORECASE)
"""Printable ASCII alone: anything else would have to be escaped, and calendars give it escaped."""
LAST_PORT = 65535
REASON = "Calendar"
"""All that is kept of an event but its days."""

EVERY = timedelta(hours=4)
SPREAD = timedelta(hours=1)
"""Those who began to follow at the same time are read at different ones."""
WHOLE_AFTER = timedelta(hours=20)
"""After that it is read even if it has not changed: days have come near that were too far off."""
AFTER_FAILURES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
TOLD_AFTER = timedelta(days=3)
"""A calendar that cannot be read for so long is worth a message."""

LOOK_BACK = timedelta(days=14)
LOOK_AHEAD = timedelta(days=60)
MOST_DAYS = timedelta(days=366)
"""Of an event that has times, or repeats."""


class Counts(StrEnum):
    """Which events mean that somebody is away."""

    BUSY = "busy"
    """Those over whole days that are shown as busy."""
    NAMED = "named"
    """Those over whole days whose title says so."""


class Trouble(StrEnum):
    """Why a calendar could not be read."""

    KEY = "key"
    """The key with which its address was encrypted is gone."""
    UNREACHED = "unreached"
    NOT_PUBLIC = "not_public"
    """Its address lies in a network that Muster must not reach into."""
    DENIED = "denied"
    MISSING = "missing"
    TOO_LARGE = "too_large"
    NO_CALENDAR = "no_calendar"


class NotRead(Exception):
    """It could not be read. Says nothing of the address."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


class BadAddress(Exception):
    """No address of a calendar; the text is what the person reads."""


@dataclass(frozen=True)
class Address:
    """Of a calendar. It works as a password does: whoever has it can read all of the calendar."""

    url: str
    host: str
    is_own: bool
    """Of the network that Muster runs in."""

    def __repr__(self) -> str:
        return f"Address({self.host})"


@dataclass(frozen=True)
class Calendar:
    """One that somebody follows, without its address."""

    person_id: str
    host: str
    counts: Counts = Counts.BUSY
    version: int = 1
    """Raised by each change of the person: what was read before counts no more."""
    read_at: datetime | None = None
    """When it was last read, or found unchanged."""
    trouble: Trouble | None = None
    failing_since: datetime | None = None


@dataclass(frozen=True)
class CalendarSheet:
    """What somebody sees of the calendar they follow."""

    person: Person
    now: datetime
    calendar: Calendar | None
    found: tuple[Absence, ...] = ()
    """The days away found in it that are not over."""
    can_keep: bool = True
    """Muster has a key to encrypt an address with."""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.person.zone).date()


def read_address(text: str, own_hosts: Collection[str]) -> Address:
    """`own_hosts` may be asked without encryption, and in the network that Muster runs in. Raises BadAddress."""
    given = text.strip()
    if len(given) > ADDRESS_LIMIT or not ADDRESS.fullmatch(given):
        raise BadAddress(
            "That is no address of a calendar. It begins with https:// or webcal://; please copy it again."
        )
    scheme, _, rest = given.partition("://")
    scheme = "http" if scheme.lower() == "http" else "https"
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise BadAddress("That is no address of a calendar. Please copy it again.") from error
    if not host or port == 0 or "\\" in given:
        raise BadAddress("That is no address of a calendar. Please copy it again.")
    if parts.username is not None or parts.password is not None:
        raise BadAddress("Muster signs in nowhere. Please take the secret address that needs no name and password.")
    if scheme == "http" and host not in own_hosts:
        raise BadAddress(
            "Muster reads calendars only where nobody can listen. Please take one that begins with https://."
        )
    return Address(parts._replace(fragment="").geturl(), host, host in own_hosts)


def next_reading(person_id: str, now: datetime) -> datetime:
    """After one that went well."""
    return now + EVERY + SPREAD * (crc32(f"{person_id}{now:%Y%m%d%H}".encode()) / 2**32)


def next_try(failures: int, now: datetime) -> datetime:
    """After so many that did not, one after another."""
    return now + AFTER_FAILURES[min(failures, len(AFTER_FAILURES)) - 1]


@dataclass(frozen=True, order=True)
class Span:
    """Days, both included."""

    first: date
    last: date


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In their order; those that overlap or meet are one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + timedelta(days=1):
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return tuple(found)


def window(person: Person, now: datetime) -> Span:
    """The days of which a calendar is read."""
    today = now.astimezone(person.zone).date()
    return Span(today - LOOK_BACK, today + LOOK_AHEAD)


@dataclass(frozen=True)
class Found:
    """An absence that came from a calendar."""

    id: int
    first: date
    last: date
    """Before the first if the person came back before it began to count."""
    said_last: date
    """The last day that the calendar says: later than the last if the person came back early."""


@dataclass(frozen=True)
class Changes:
    moved: dict[int, tuple[date, date]]
    """The last day, and the last day that the calendar says, by id; one that ends before it begins says nothing."""
    added: tuple[Span, ...]
    dropped: frozenset[int]


def changes(known: Iterable[Found], spans: Iterable[Span], *, seen: Span, today: date) -> Changes:
    """What makes the known absences those that a calendar says now.

    What the person ended stays ended until its days change. What is over stays as it was.
    """
    left = {span for span in spans if span.last >= today}
    moved: dict[int, tuple[date, date]] = {}
    dropped: set[int] = set()
    for each in known:
        same = next((span for span in left if _is_same(each, span, seen)), None)
        if same is not None:
            left.remove(same)
            if same.last != each.said_last:
                moved[each.id] = (same.last, same.last)
        elif each.first >= today or each.last < each.first:
            dropped.add(each.id)
        else:
            last = min(each.last, today - timedelta(days=1))
            moved[each.id] = (last, last)
    return Changes(moved, tuple(sorted(left)), frozenset(dropped))


def _is_same(known: Found, span: Span, seen: Span) -> bool:
    """They begin on the same day, or both before the days that are read."""
    began_before = known.first <= seen.first >= span.first and known.said_last >= seen.first
    return known.first == span.first or began_before
