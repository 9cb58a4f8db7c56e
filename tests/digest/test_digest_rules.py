"""When the digest comes, and how its numbers are made."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import digests
from domain.digest_choices import USUAL, Choice, Rhythm
from domain.digest_times import Planned, bounds, comes_at, due, monday, newest_due, next_planned, planned_again
from domain.due import days_over, latest_due, today_of
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
    assert comes_at(GRACE, USUAL, WEEK) == MONDAY_AT_EIGHT
    assert comes_at(replace(GRACE, zone_name="America/Los_Angeles"), USUAL, WEEK) == datetime(
        2026, 11, 23, 16, tzinfo=UTC
    )


def test_it_comes_at_that_hour_even_outside_working_hours() -> None:
    assert comes_at(replace(GRACE, hours=hours("mon-fri 13:00-17:00")), USUAL, WEEK) == MONDAY_AT_EIGHT


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
    assert comes_at(reader, USUAL, WEEK) == datetime(2026, 11, day, 7, tzinfo=UTC)


def test_next_is_later_than_now() -> None:
    assert next_planned(GRACE, USUAL, None, after=FRIDAY) == Planned(MONDAY_AT_EIGHT, WEEK)
    after = next_planned(GRACE, USUAL, None, after=MONDAY_AT_EIGHT)
    assert after == Planned(MONDAY_AT_EIGHT + timedelta(weeks=1), WEEK + timedelta(weeks=1))


def test_after_downtime_only_the_newest_week_is_due() -> None:
    assert newest_due(GRACE, USUAL, WEEK, MONDAY_AT_EIGHT) == WEEK
    assert newest_due(GRACE, USUAL, WEEK, MONDAY_AT_EIGHT - timedelta(seconds=1)) is None
    assert newest_due(GRACE, USUAL, WEEK, MONDAY_AT_EIGHT + timedelta(days=20)) == WEEK + timedelta(weeks=2)


people = st.builds(
    lambda zone, days, start: replace(GRACE, zone_name=zone, hours=Hours(time(start), time(23), frozenset(days))),
    st.sampled_from(ZONES),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 22),
)
moments = st.integers(0, 19 * 365 * 24 * 60).map(lambda n: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


choices = st.builds(Choice, st.sampled_from(Rhythm), st.integers(0, 6), st.integers(0, 23))
coming = choices.filter(lambda choice: choice.rhythm is not Rhythm.NEVER)


@given(people, coming, moments)
def test_the_next_digest_comes_in_the_hour_chosen_and_is_due_then(
    person: Person, choice: Choice, now: datetime
) -> None:
    planned = next_planned(person, choice, None, after=now)
    assert planned is not None
    assert now < planned.at <= now + timedelta(days=15)
    week = newest_due(person, choice, planned.untold, planned.at)
    assert week == planned.untold + timedelta(weeks=choice.rhythm.span - 1)
    assert comes_at(person, choice, week) == planned.at
    assert planned.at.astimezone(person.zone).hour in (choice.hour, choice.hour + 1)
    assert planned.at.astimezone(person.zone).weekday() in person.hours.days
    assert next_planned(person, choice, planned.untold, after=planned.at - timedelta(seconds=1)) == planned


@given(people, coming, moments)
def test_the_weeks_told_about_are_over(person: Person, choice: Choice, now: datetime) -> None:
    weeks = choice.rhythm.span
    week = newest_due(person, choice, monday(now.date()) - timedelta(weeks=8), now)
    assert week is not None
    start, end = bounds(week, person.zone, weeks=weeks)
    assert end <= now
    assert start.astimezone(person.zone).weekday() == 0
    assert abs((end - start) - timedelta(weeks=weeks)) <= timedelta(hours=26)


changes = st.lists(st.tuples(st.integers(1, 12 * 24), people, coming), min_size=1, max_size=12)


@given(people, coming, changes, moments)
def test_no_week_is_lost_or_told_twice_whatever_is_changed_when(
    person: Person, choice: Choice, later: list[tuple[int, Person, Choice]], now: datetime
) -> None:
    """The loop lives through changes of choice, zone and hours, hours or days apart."""
    planned = next_planned(person, choice, None, after=now)
    assert planned
    first, told = planned.untold, list[date]()
    for hours, changed, chosen in [*later, (70 * 24, person, choice)]:
        until = now + timedelta(hours=hours)
        while planned.at <= until:
            found = due(person, choice, planned, planned.at)
            assert found is not None, "It is due when it was planned for."
            assert (found.missed, found.since) == (0, planned.at)
            told += [found.week - timedelta(weeks=n) for n in reversed(range(found.weeks))]
            planned = next_planned(person, choice, found.week + timedelta(weeks=1), after=planned.at)
            assert planned
        now, person, choice = until, changed, chosen
        planned = planned_again(person, choice, planned, now)
        assert planned
    assert told == [first + timedelta(weeks=n) for n in range(len(told))]
    assert told[-1] >= monday(now.date()) - timedelta(weeks=6)


def test_every_two_weeks_begins_with_the_first_week_untold() -> None:
    fortnightly = Choice(Rhythm.FORTNIGHTLY)
    planned = planned_again(GRACE, fortnightly, Planned(MONDAY_AT_EIGHT, WEEK), FRIDAY)
    assert planned == Planned(MONDAY_AT_EIGHT + timedelta(weeks=1), WEEK)
    assert newest_due(GRACE, fortnightly, WEEK, planned.at) == WEEK + timedelta(weeks=1)
    assert planned_again(GRACE, fortnightly, planned, MONDAY_AT_TEN) == planned


def test_whoever_wants_none_has_none_planned() -> None:
    never = Choice(Rhythm.NEVER)
    assert next_planned(GRACE, never, None, after=FRIDAY) is None
    assert planned_again(GRACE, never, Planned(MONDAY_AT_EIGHT, WEEK), FRIDAY) is None


def test_another_day_in_the_same_week_brings_no_second_digest() -> None:
    told = Planned(MONDAY_AT_EIGHT + timedelta(weeks=1), WEEK + timedelta(weeks=1))
    thursdays = Choice(weekday=3, hour=15)
    assert planned_again(GRACE, thursdays, told, MONDAY_AT_TEN) == Planned(
        datetime(2026, 12, 3, 14, tzinfo=UTC), told.untold
    )


def test_a_friday_off_moves_it_over_the_weekend() -> None:
    assert comes_at(away(27, 27), Choice(weekday=4), WEEK) == datetime(2026, 11, 30, 7, tzinfo=UTC)


TUESDAYS = replace(GRACE, hours=hours("tue-fri 09:00-17:00"))
MONDAY_AT_TEN = MONDAY_AT_EIGHT + timedelta(hours=2)
PLANNED = Planned(MONDAY_AT_EIGHT, WEEK)


def test_a_change_into_the_past_makes_it_due_at_once() -> None:
    planned = Planned(MONDAY_AT_EIGHT + timedelta(days=1), WEEK)
    assert comes_at(TUESDAYS, USUAL, WEEK) == planned.at
    assert planned_again(GRACE, USUAL, planned, MONDAY_AT_TEN) == Planned(MONDAY_AT_TEN, WEEK)


def test_a_new_manager_waits_for_the_next_monday() -> None:
    assert planned_again(GRACE, USUAL, None, FRIDAY) == PLANNED
    assert planned_again(GRACE, USUAL, PLANNED, FRIDAY) == PLANNED


def test_a_digest_that_is_due_stays_due() -> None:
    assert planned_again(GRACE, USUAL, PLANNED, MONDAY_AT_TEN) == PLANNED


@pytest.mark.parametrize("zone", ZONES)
def test_moving_to_another_zone_moves_it_to_monday_there(zone: str) -> None:
    moved = replace(GRACE, zone_name=zone)
    found = planned_again(moved, USUAL, PLANNED, FRIDAY)
    assert found
    assert found.at == comes_at(moved, USUAL, WEEK)


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
        assert today_of(owner, now) <= latest_due(now)


@pytest.mark.parametrize(
    ("today", "days"), [(13, 0), (12, 0), (14, 0), (15, 0), (16, 1), (20, 5), (21, 5), (22, 5), (23, 6)]
)
def test_days_over_are_mondays_to_fridays_after_the_day_it_was_due(today: int, days: int) -> None:
    assert days_over(date(2026, 11, 13), date(2026, 11, today)) == days


def test_first_words_are_quoted_with_a_sign_that_there_are_more() -> None:
    assert digests.first_words("  one\n two ") == "one two"
    assert digests.first_words("a " * 13) == "a " * 11 + "a…"
