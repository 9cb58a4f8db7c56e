"""How far ahead somebody is shown what comes: to the end of their next day at work."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import end_of_next_day_at_work
from domain.people import Absence, Hours, Person

ANA = Person("T1", "U1", "Ana", zone_name="Europe/Berlin")
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
WEDNESDAYS = Hours(days=frozenset({2}))
SUNDAY_TO_THURSDAY = Hours(days=frozenset({6, 0, 1, 2, 3}))
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu", "Pacific/Pago_Pago")


def away(first: date, last: date) -> Absence:
    return Absence(first, last)


@pytest.mark.parametrize(
    ("who", "now", "last"),
    [
        ({}, "2026-11-23 10:00", "2026-11-24"),
        ({}, "2026-11-20 15:00", "2026-11-23"),
        ({}, "2026-11-20 23:30", "2026-11-23"),
        ({}, "2026-11-21 11:00", "2026-11-23"),
        ({}, "2026-11-22 23:59", "2026-11-23"),
        ({}, "2026-03-27 12:00", "2026-03-30"),
        ({"region": "DE"}, "2027-03-25 12:00", "2027-03-30"),
        ({"region": "US"}, "2027-03-25 12:00", "2027-03-26"),
        ({"hours": WEDNESDAYS}, "2026-11-18 12:00", "2026-11-25"),
        ({"hours": SUNDAY_TO_THURSDAY}, "2026-11-19 12:00", "2026-11-22"),
        ({"absences": (away(date(2026, 11, 23), date(2026, 11, 25)),)}, "2026-11-20 12:00", "2026-11-26"),
        ({"absences": (away(date(2026, 11, 20), date(2026, 11, 20)),)}, "2026-11-20 12:00", "2026-11-23"),
        ({"zone_name": "Pacific/Kiritimati"}, "2026-11-20 01:00", "2026-11-23"),
        ({"zone_name": "America/Los_Angeles"}, "2026-10-30 20:00", "2026-11-02"),
    ],
)
def test_it_is_the_end_of_the_next_day_they_work(who: dict[str, Any], now: str, last: str) -> None:
    """All days and times are where they are."""
    person = replace(ANA, **who)
    at = datetime.fromisoformat(now).replace(tzinfo=person.zone)
    found = end_of_next_day_at_work(person, at.astimezone(UTC)).astimezone(person.zone)
    assert found.replace(tzinfo=None) == datetime.fromisoformat(last) + timedelta(days=1)


@given(
    st.integers(0, 5 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes)),
    st.sampled_from(ZONES),
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_it_is_always_at_least_the_whole_of_a_later_day(at: datetime, name: str, days: frozenset[int]) -> None:
    person = replace(ANA, zone_name=name, hours=Hours(days=days))
    found = end_of_next_day_at_work(person, at)
    last = (found - timedelta(seconds=1)).astimezone(ZoneInfo(name)).date()
    today = at.astimezone(ZoneInfo(name)).date()
    assert last > today
    assert last.weekday() in days
    assert (last - today).days <= 8
