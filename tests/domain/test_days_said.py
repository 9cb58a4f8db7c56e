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
        ("from tomorrow until Sunday", "2026-11-21 2026-11-22"),
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
        ("next week", "2026-11-23 2026-11-29"),
        ("next week, Training", "2026-11-23 2026-11-29 Training"),
        ("next week at a conference", "2026-11-23 2026-11-29 at a conference"),
        ("this week", "2026-11-20 2026-11-22"),
        ("next Monday", "2026-11-23 2026-11-23"),
        ("next Monday to next Friday", "2026-11-23 2026-11-27"),
        ("until next Friday", "2026-11-20 2026-11-27"),
        ("until this Sunday", "2026-11-20 2026-11-22"),
        ("24-31 Dec", "2026-12-24 2026-12-31"),
        ("24 to 31 December 2027", "2027-12-24 2027-12-31"),
        ("from the 24th to the 31st of December: skiing", "2026-12-24 2026-12-31 skiing"),
        ("24.-31. Dec", "2026-12-24 2026-12-31"),
        ("Dec 24-31", "2026-12-24 2026-12-31"),
        ("Dec 24 - 31, 2027 Skiing", "2027-12-24 2027-12-31 Skiing"),
        ("Dec 24 - Jan 2", "2026-12-24 2027-01-02"),
        ("Dec 24 - 2 Jan", "2026-12-24 2027-01-02"),
        ("24 Dec \N{EM DASH} 2 Jan 2027", "2026-12-24 2027-01-02"),
        ("24 Dec 2027 - 2 Jan", "2027-12-24 2028-01-02"),
        ("1-20 Nov", "2026-11-01 2026-11-20"),
        ("Nov 1 until Dec 1", "2026-11-01 2026-12-01"),
        ("today, the dentist", "2026-11-20 2026-11-20 the dentist"),
        ("tomorrow \N{EM DASH} Monica's wedding", "2026-11-21 2026-11-21 Monica's wedding"),
        ("until 2 Dec: Ana's wedding", "2026-11-20 2026-12-02 Ana's wedding"),
        ("next week on leave in the Alps", "2026-11-23 2026-11-29 on leave in the Alps"),
        ("24-31 Dec for a good rest", "2026-12-24 2026-12-31 for a good rest"),
        ("today, not well", "2026-11-20 2026-11-20 not well"),
        ("today until Thursday", "2026-11-20 2026-11-26"),
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
        "tomorrow afternoon",
        "today (afternoon)",
        "tomorrow half day",
        "Monday am",
        "until Friday noon",
        "Mon, Tue and Fri",
        "Monday & Tuesday",
        "Mon/Tue",
        "next week Monday",
        "next week and the one after",
        "next week until Wednesday",
        "Friday week",
        "next Saturday",
        "from Monday to next Sunday",
        "this Friday",
        "next weekend",
        "next week on Tuesday",
        "next week for 2 days",
        "next week for two days",
        "next week in the mornings",
        "next week mornings",
        "next week at 3pm",
        "next week not Monday",
        "24-31 Dec without 28 Dec",
        "Monday the 7th",
        "Monday to Monday",
        "today until Friday",
        "from tomorrow until Saturday",
        "for 3 days starting Monday",
        "for 2 weeks beginning 7 Dec",
        "Friday every week",
        "next month",
        "next weekly",
        "24/12",
        "24 - 31",
        "30 - 2 Jan",
        "31-24 Dec",
        "Dec 30 - 2",
        "Dec 24-31-",
        "24-31 Dec-ish",
        "24-31 Apr",
        "5 Dec to 2 Dec",
        "2026-12-04 - 2026-12-01",
        "Friday to tomorrow",
        "1 Oct to 10 Dec",
        "wednesdays",
        "mondayish",
        "until 2 December-ish",
        "for 3 days or so",
        "for 3 daysish",
    ],
)
def test_anything_else_is_not_guessed_at(text: str) -> None:
    assert read(text) == "not understood"


@pytest.mark.parametrize(
    ("text", "today", "days"),
    [
        ("tomorrow", "2026-12-31", "2027-01-01 2027-01-01"),
        ("next week", "2026-12-31", "2027-01-04 2027-01-10"),
        ("next week", "2026-12-28", "2027-01-04 2027-01-10"),
        ("next week", "2027-01-03", "2027-01-04 2027-01-10"),
        ("this week", "2026-12-31", "2026-12-31 2027-01-03"),
        ("24-31 Dec", "2026-12-27", "2026-12-24 2026-12-31"),
        ("24-31 Dec", "2026-12-31", "2026-12-24 2026-12-31"),
        ("24-31 Dec", "2027-01-01", "not understood"),
        ("24-31 Dec", "2027-03-10", "2027-12-24 2027-12-31"),
        ("Dec 24 - Jan 2", "2026-12-31", "2026-12-24 2027-01-02"),
        ("Dec 24 - Jan 2", "2027-01-01", "2026-12-24 2027-01-02"),
        ("Dec 24 - Jan 2", "2027-01-03", "not understood"),
        ("until 2 Jan", "2027-01-02", "2027-01-02 2027-01-02"),
        ("28-29 Feb", "2028-01-10", "2028-02-28 2028-02-29"),
        ("28-29 Feb", "2027-01-10", "not understood"),
        ("Feb 27 - Mar 1", "2028-02-28", "2028-02-27 2028-03-01"),
        ("until Friday", "2026-11-18", "2026-11-18 2026-11-20"),
        ("this Friday", "2026-11-18", "2026-11-20 2026-11-20"),
        ("next Friday", "2026-11-18", "not understood"),
        ("next Monday", "2026-11-22", "2026-11-23 2026-11-23"),
    ],
)
def test_days_around_the_end_of_a_year_a_month_or_a_week(text: str, today: str, days: str) -> None:
    assert read(text, date.fromisoformat(today)) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("tomorrow until lunch", "2026-11-21 2026-11-21 until lunch"),
        ("tomorrow afternoon", "2026-11-21 2026-11-21 afternoon"),
        ("next Saturday", "2026-11-28 2026-11-28"),
        ("next week Monday", "2026-11-23 2026-11-29 Monday"),
        ("Mon, Tue", "2026-11-23 2026-11-23 Tue"),
        ("5 Dec to 2 Dec", "2026-12-05 2026-12-05 to 2 Dec"),
    ],
)
def test_what_is_understood_of_more_is_told_apart(text: str, days: str) -> None:
    found = read_days(text, ANA, FRIDAY)
    assert found
    assert not found.is_whole
    assert f"{found.first} {found.last} {found.reason}".strip() == days


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


WORDS = ["24", "31st", "Dec", "Feb", "2027", "next", "this", "week", "Fri", "-", "to", "until", "for", "the", "of", ","]
words = st.lists(st.sampled_from([*WORDS, "29", "2", "days", "from", "today", "2027-02-30"]), max_size=8).map(" ".join)


@given(st.one_of(st.text(max_size=40), words), todays)
def test_no_text_breaks_it(text: str, today: date) -> None:
    found = read_days(text, ANA, today)
    assert found is None or found.first <= found.last
