"""When the digest comes, and how its numbers are made."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import digests
from domain.digest_times import bounds, comes_at, newest_due, next_moment, planned_again
from domain.metrics.participation import Count
from domain.people import Absence, Hours, Person, parse_hours

GRACE = Person("T1", "UGRACE", "Grace", zone_name="Europe/Berlin")
WEEK = date(2026, 11, 16)
MONDAY_AT_EIGHT = datetime(2026, 11, 23, 7, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
ZONES = ["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "Etc/GMT+12", "Pacific/Apia"]


def hours(text: str) -> Hours:
    found = parse_hours(text)
    assert found
    return found


def away(first: int, last: int) -> Person:
    return replace(GRACE, absences=(Absence(date(2026, 11, first), date(2026, 11, last)),))


def test_it_comes_on_monday_at_eight_on_the_readers_clock() -> None:
    assert comes_at(GRACE, WEEK) == MONDAY_AT_EIGHT
    assert comes_at(replace(GRACE, zone_name="America/Los_Angeles"), WEEK) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_it_comes_at_that_hour_even_outside_working_hours() -> None:
    assert comes_at(replace(GRACE, hours=hours("mon-fri 13:00-17:00")), WEEK) == MONDAY_AT_EIGHT


@pytest.mark.parametrize(
    ("reader", "day"),
    [
        (replace(GRACE, hours=hours("tue-fri 09:00-17:00")), 24),
        (replace(GRACE, hours=hours("sun 09:00-17:00")), 29),
        (away(22, 24), 25),
        (away(20, 29), 23),
    ],
)
def test_a_monday_off_moves_it_to_the_next_day_there(reader: Person, day: int) -> None:
    """Away all week, it waits in the direct message from Monday on."""
    assert comes_at(reader, WEEK) == datetime(2026, 11, day, 7, tzinfo=UTC)


def test_next_is_later_than_now() -> None:
    assert next_moment(GRACE, after=FRIDAY) == MONDAY_AT_EIGHT
    assert next_moment(GRACE, after=MONDAY_AT_EIGHT) == MONDAY_AT_EIGHT + timedelta(weeks=1)


def test_after_downtime_only_the_newest_week_is_due() -> None:
    assert newest_due(GRACE, MONDAY_AT_EIGHT) == WEEK
    assert newest_due(GRACE, MONDAY_AT_EIGHT - timedelta(seconds=1)) == WEEK - timedelta(weeks=1)
    assert newest_due(GRACE, MONDAY_AT_EIGHT + timedelta(days=20)) == WEEK + timedelta(weeks=2)


people = st.builds(
    lambda zone, days, start: replace(GRACE, zone_name=zone, hours=Hours(time(start), time(23), frozenset(days))),
    st.sampled_from(ZONES),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 22),
)
moments = st.integers(0, 19 * 365 * 24 * 60).map(lambda n: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@given(people, moments)
def test_each_week_has_its_digest_and_each_is_due_until_the_next(person: Person, now: datetime) -> None:
    upcoming = next_moment(person, after=now)
    assert upcoming is not None
    assert now < upcoming <= now + timedelta(days=15)
    week = newest_due(person, upcoming)
    assert week is not None
    assert comes_at(person, week) == upcoming
    assert upcoming.astimezone(person.zone).time() == time(8)
    assert upcoming.astimezone(person.zone).weekday() in person.hours.days
    assert next_moment(person, after=upcoming - timedelta(seconds=1)) == upcoming


@given(people, moments)
def test_the_week_told_about_is_over(person: Person, now: datetime) -> None:
    week = newest_due(person, now)
    assert week is not None
    start, end = bounds(week, person.zone)
    assert end <= now
    assert start.astimezone(person.zone).weekday() == 0
    assert abs((end - start) - timedelta(weeks=1)) <= timedelta(hours=26)


TUESDAYS = replace(GRACE, hours=hours("tue-fri 09:00-17:00"))
MONDAY_AT_TEN = MONDAY_AT_EIGHT + timedelta(hours=2)


def test_a_change_into_the_past_makes_it_due_at_once() -> None:
    planned = comes_at(TUESDAYS, WEEK)
    assert planned_again(GRACE, planned, MONDAY_AT_TEN) == MONDAY_AT_TEN


def test_a_new_manager_waits_for_the_next_monday() -> None:
    assert planned_again(GRACE, None, FRIDAY) == MONDAY_AT_EIGHT
    assert planned_again(GRACE, MONDAY_AT_EIGHT, FRIDAY) == MONDAY_AT_EIGHT


def test_a_digest_that_is_due_stays_due() -> None:
    assert planned_again(GRACE, MONDAY_AT_EIGHT, MONDAY_AT_TEN) == MONDAY_AT_EIGHT


@pytest.mark.parametrize("zone", ZONES)
def test_moving_to_another_zone_moves_it_to_monday_there(zone: str) -> None:
    moved = replace(GRACE, zone_name=zone)
    assert planned_again(moved, MONDAY_AT_EIGHT, FRIDAY) == comes_at(moved, WEEK)


@pytest.mark.parametrize(
    ("answered", "asked", "percent"),
    [(4, 4, None), (4, 5, 80), (0, 5, 0), (5, 5, 100), (7, 8, 88), (1, 8, 13), (999, 1000, 99), (1, 1000, 1)],
)
def test_a_percentage_needs_five_and_says_all_or_none_only_when_so(
    answered: int, asked: int, percent: int | None
) -> None:
    assert Count(answered, asked).percent == percent


@pytest.mark.parametrize("zone", ZONES)
def test_what_is_overdue_on_any_calendar_is_found(zone: str) -> None:
    owner = replace(GRACE, zone_name=zone)
    for now in (FRIDAY + timedelta(hours=n) for n in range(24)):
        assert digests.today_of(owner, now) <= digests.latest_due(now)


@pytest.mark.parametrize(
    ("today", "days"), [(13, 0), (12, 0), (14, 0), (15, 0), (16, 1), (20, 5), (21, 5), (22, 5), (23, 6)]
)
def test_days_over_are_mondays_to_fridays_after_the_day_it_was_due(today: int, days: int) -> None:
    assert digests.days_over(date(2026, 11, 13), date(2026, 11, today)) == days


def test_first_words_are_quoted_with_a_sign_that_there_are_more() -> None:
    assert digests.first_words("  one\n two ") == "one two"
    assert digests.first_words("a " * 13) == "a " * 11 + "a…"
