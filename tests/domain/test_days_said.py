"""Days of an absence as people say them, and what is no such thing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days_said import MOST_DAYS, WEEKDAYS, read_days
from domain.people import Hours, Person

ANA = Person("T1", "U1", "Ana", zone_name="Europe/Berlin")
FRIDAY = date(2026, 11, 20)
todays = st.dates(date(2024, 1, 1), date(2035, 12, 31))


def read(text: str, today: date = FRIDAY, person: Person = ANA) -> str:
    """ "2026-11-20 2026-11-24 Training"."""
    found = read_days(text, person, today)
    if found is None or not found.is_whole:
        return "not understood"
    return f"{found.first} {found.last} {found.reason}".strip()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("today", "2026-11-20 2026-11-20"),
        ("Tomorrow", "2026-11-21 2026-11-21"),
        ("for 1 day", "2026-11-20 2026-11-20"),
        ("for 3 days", "2026-11-20 2026-11-24"),
        ("for three days", "2026-11-20 2026-11-24"),
        ("for a week", "2026-11-20 2026-11-26"),
        ("for 2 weeks", "2026-11-20 2026-12-03"),
        ("for 3 days from Monday", "2026-11-23 2026-11-25"),
        ("tomorrow for 2 days", "2026-11-21 2026-11-24"),
        ("until Wednesday", "2026-11-20 2026-11-25"),
        ("until wed", "2026-11-20 2026-11-25"),
        ("till Friday", "2026-11-20 2026-11-27"),
        ("through Sunday", "2026-11-20 2026-11-22"),
        ("until 2 Dec", "2026-11-20 2026-12-02"),
        ("until 2nd December", "2026-11-20 2026-12-02"),
        ("until Dec 2", "2026-11-20 2026-12-02"),
        ("until 2 Dec 2026", "2026-11-20 2026-12-02"),
        ("until 2026-12-02", "2026-11-20 2026-12-02"),
        ("until 5 Jan", "2026-11-20 2027-01-05"),
        ("until today", "2026-11-20 2026-11-20"),
        ("Monday", "2026-11-23 2026-11-23"),
        ("on Friday", "2026-11-27 2026-11-27"),
        ("Tue to Thu", "2026-11-24 2026-11-26"),
        ("from tomorrow until Saturday", "2026-11-21 2026-11-21"),
        ("from 2 Dec to 5 Dec", "2026-12-02 2026-12-05"),
        ("30 Dec - 2 Jan", "2026-12-30 2027-01-02"),
        ("2026-12-01 2026-12-04", "2026-12-01 2026-12-04"),
        ("2026-12-01", "2026-12-01 2026-12-01"),
        ("2026-12-24 to 2026-12-31", "2026-12-24 2026-12-31"),
        ("2026-12-24 - 2026-12-31 Skiing", "2026-12-24 2026-12-31 Skiing"),
        ("2026-12-24 \N{EN DASH} 2026-12-31", "2026-12-24 2026-12-31"),
        ("2026-12-24-2026-12-31", "2026-12-24 2026-12-31"),
        ("2026-12-24..2026-12-31", "2026-12-24 2026-12-31"),
        ("24 Dec-2 Jan", "2026-12-24 2027-01-02"),
        ("Mon-Fri", "2026-11-23 2026-11-27"),
        ("2026-12-01 until 2026-12-04", "2026-12-01 2026-12-04"),
        ("today dentist", "2026-11-20 2026-11-20 dentist"),
        ("until Wednesday, a new child", "2026-11-20 2026-11-25 a new child"),
        ("for 3 days (Training)", "2026-11-20 2026-11-24 Training"),
        ("2026-12-01 2026-12-04 Training", "2026-12-01 2026-12-04 Training"),
        ("2026-12-01 2026-12-04 at a conference", "2026-12-01 2026-12-04 at a conference"),
        ("2 Dec to 5 Dec in Rome", "2026-12-02 2026-12-05 in Rome"),
        ("until 2 Dec: Ana's wedding", "2026-11-20 2026-12-02 Ana's wedding"),
    ],
)
def test_days_are_read_with_the_reason_after_them(text: str, days: str) -> None:
    assert read(text) == days
    assert read(f"  {text.upper()} ".replace(" ", "  ")).lower() == days.lower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "until soon",
        "for days",
        "for 0 days",
        "for 400 days",
        "for 60 weeks",
        "from Monday",
        "until 30 Feb",
        "until 19 Nov",
        "until 2026-13-01",
        "tomorrow until lunch",
        "today and tomorrow",
        "tomorrow 3 to 5",
        "next week",
        "wednesdays",
        "mondayish",
        "until 2 December-ish",
        "for 3 days or so",
        "for 3 daysish",
    ],
)
def test_anything_else_is_not_guessed_at(text: str) -> None:
    assert read(text) == "not understood"


def test_what_is_understood_of_more_is_told_apart() -> None:
    found = read_days("tomorrow until lunch", ANA, FRIDAY)
    assert found
    assert (found.first, found.is_whole) == (date(2026, 11, 21), False)


def test_a_span_leaves_out_weekends_and_holidays_of_the_person() -> None:
    at_easter = date(2027, 3, 25)
    assert read("for 2 days", at_easter, replace(ANA, region="DE")) == "2027-03-25 2027-03-30"
    assert read("for 2 days", at_easter, replace(ANA, region="US")) == "2027-03-25 2027-03-26"
    wednesdays = replace(ANA, hours=Hours(days=frozenset({2})))
    assert read("for 2 days", FRIDAY, wednesdays) == "2026-11-20 2026-12-02"


@given(todays, st.sampled_from(WEEKDAYS), st.sampled_from(["until", "on", "from tomorrow to"]))
def test_a_weekday_is_one_of_the_next_seven(today: date, name: str, before: str) -> None:
    found = read_days(f"{before} {name}", ANA, today)
    assert found
    assert today < found.last <= today + timedelta(days=7 if before != "from tomorrow to" else 8)
    assert today <= found.first <= found.last
    assert WEEKDAYS[found.last.weekday()] == name


@given(todays, st.integers(0, 999), st.sampled_from(["day", "days"]), st.frozensets(st.integers(0, 6), min_size=1))
def test_a_span_holds_so_many_days_that_they_work(today: date, count: int, unit: str, days: frozenset[int]) -> None:
    person = replace(ANA, hours=Hours(days=days))
    found = read_days(f"for {count} {unit}", person, today)
    span = [found.first + timedelta(days=each) for each in range((found.last - found.first).days + 1)] if found else []
    assert len(span) <= MOST_DAYS
    if found:
        assert found.first == today
        assert max(count, 1) == max(sum(not person.is_off(day) for day in span), 1)


@given(todays, todays)
def test_a_date_without_its_year_is_one_to_come(today: date, day: date) -> None:
    found = read_days(f"until {day.day} {day:%B}", ANA, today)
    if found:
        assert (found.last.day, found.last.month) == (day.day, day.month)
        assert today <= found.last <= today + timedelta(days=300)


@given(st.text(max_size=40), todays)
def test_no_text_breaks_it(text: str, today: date) -> None:
    found = read_days(text, ANA, today)
    assert found is None or (found.first <= found.last or "-" in text or "to" in text)
