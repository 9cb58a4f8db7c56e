"""When a person is asked, reminded and no longer heard."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import hours
from domain.cadence import parse
from domain.hours import Duration
from domain.people import Absence, Hours, Person, Span, parse_hours
from domain.regions import holidays_of
from domain.templates import Template
from domain.windows import next_occurrence, window

MONDAY = date(2026, 11, 23)
ANA = Person("T1", "U1", "Ana", zone_name="Europe/Berlin")
DEV = Person("T1", "U2", "Dev", zone_name="America/Los_Angeles")


EIGHT_HOURS = Duration(hours=8)


def template(when: str = "every mon at 09:30", closes: Duration = EIGHT_HOURS, remind: int = 2) -> Template:
    return Template("sync", "Sync", "Purpose.", when, parse(when), ("everyone",), (), closes, (Duration(hours=remind),))


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_people_nine_hours_apart_are_each_asked_at_their_own_half_past_nine() -> None:
    ana, dev = window(template(), ANA, MONDAY), window(template(), DEV, MONDAY)
    assert ana
    assert dev
    assert (ana.due, ana.deadline) == (utc(23, 8, 30), utc(23, 16, 30))
    assert (dev.due, dev.deadline) == (utc(23, 17, 30), utc(24, 1, 30))
    assert ana.reminders == (utc(23, 14, 30),)


def test_a_named_zone_means_one_moment_moved_into_each_persons_working_hours() -> None:
    found = window(template("every mon at 09:30 in Europe/Berlin"), DEV, MONDAY)
    assert found
    assert found.due == utc(23, 17, 0), "09:30 in Berlin is half past midnight in Los Angeles"


def test_a_prompt_on_a_day_off_moves_to_the_next_working_day_but_an_every_day_ritual_skips_it() -> None:
    part_time = replace(ANA, hours=Hours(time(9), time(17, 30), frozenset({1, 2})))
    moved = window(template(), part_time, MONDAY)
    assert moved
    assert moved.due == utc(24, 8, 0)
    assert window(template("every weekday at 09:30"), part_time, MONDAY) is None


def test_working_hours_are_half_open() -> None:
    assert not hours.is_working(ANA, utc(23, 16, 30))
    assert hours.is_working(ANA, utc(23, 16, 29))
    late = window(template("every mon at 17:30"), ANA, MONDAY)
    assert late
    assert late.due == utc(24, 8, 0)


def test_days_in_closes_are_working_days() -> None:
    friday = window(template("every fri at 09:30", closes=Duration(days=1), remind=4), ANA, date(2026, 11, 20))
    assert friday
    assert friday.deadline == utc(23, 8, 30)
    assert friday.reminders == (utc(20, 16, 29),), "04:30 on Monday moves to the last working minute before it"


def test_a_reminder_that_would_come_before_the_prompt_is_not_sent() -> None:
    found = window(template(closes=Duration(hours=2), remind=4), ANA, MONDAY)
    assert found
    assert found.reminders == ()


def test_two_reminders_that_would_meet_are_one() -> None:
    both = replace(template(), remind=(Duration(hours=2), Duration(hours=2)))
    found = window(both, ANA, MONDAY)
    assert found
    assert len(found.reminders) == 1


def test_the_deadline_keeps_its_wall_time_across_a_clock_change() -> None:
    # Berlin leaves summer time in the night to Sunday, 25 October 2026.
    found = window(template("every fri at 09:30", closes=Duration(days=1)), ANA, date(2026, 10, 23))
    assert found
    assert (found.due, found.deadline) == (utc(23, 7, 30, month=10), utc(26, 8, 30, month=10))


@pytest.mark.parametrize(
    ("last_day_away", "closes", "due", "away"),
    [
        (23, Duration(days=4), utc(24, 8, 0), False),
        (25, Duration(days=4), None, True),
        (23, Duration(hours=8), None, True),
    ],
)
def test_someone_away_is_asked_on_return_if_half_the_window_is_left(
    last_day_away: int, closes: Duration, due: datetime | None, *, away: bool
) -> None:
    gone = replace(ANA, absences=(Absence(MONDAY, date(2026, 11, last_day_away)),))
    found = window(template(closes=closes), gone, MONDAY)
    assert found
    assert found.away is away
    assert away or found.due == due


def test_an_occurrence_begins_with_its_first_prompt_anywhere() -> None:
    assert next_occurrence(template(), [DEV, ANA], after=date(2026, 11, 20)) == (MONDAY, utc(23, 8, 30))
    assert next_occurrence(template(), [], after=MONDAY) is None


ZONES = ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati", "America/Los_Angeles", "Australia/Lord_Howe"]
DAYS = st.integers(0, 10_500).map(lambda days: MONDAY + timedelta(days=days))
SOMEONE = st.builds(
    Person,
    st.just("T1"),
    st.just("U1"),
    st.just("Sam"),
    zone_name=st.sampled_from(ZONES),
    own_zone=st.sampled_from(["", *ZONES]),
    hours=st.builds(
        Hours, st.just(time(9)), st.sampled_from([time(12), time(17, 30)]), st.frozensets(st.integers(0, 6), min_size=1)
    ),
    quiet=st.sampled_from(
        [None, Span(time(9), time(10, 30)), Span(time(11), time(11, 45)), Span(time(12), time(9, 30))]
    ),
    region=st.sampled_from(["", "DE-BY", "JP", "NP"]),
    workspace_region=st.sampled_from(["", "US-CA"]),
)


@given(
    SOMEONE,
    st.sampled_from(
        ["every mon at 09:30", "every mon at 03:00 in Europe/Berlin", "every sun at 23:45", "every day at 12:00"]
    ),
    DAYS,
    st.sampled_from([Duration(hours=1), Duration(hours=30), Duration(days=1), Duration(days=5)]),
    st.tuples(
        st.lists(st.tuples(st.integers(-5, 9), st.integers(0, 9)), max_size=3),
        st.frozensets(st.integers(-2, 9), max_size=3),
    ),
)
def test_nobody_is_asked_or_reminded_outside_working_hours_on_days_off_or_away(
    someone: Person, when: str, day: date, closes: Duration, breaks: tuple[list[tuple[int, int]], frozenset[int]]
) -> None:
    gone, off = breaks
    absences = tuple(Absence(day + timedelta(days=n), day + timedelta(days=n + length)) for n, length in gone)
    days_off = frozenset(day + timedelta(days=n) for n in off)
    person = replace(someone, absences=absences, workspace_days_off=days_off)
    found = window(template(when, closes), person, day)
    if found is None:
        assert "every day" in when
        assert any(person.is_off(day + timedelta(days=n)) for n in (-1, 0, 1))
        return
    assert found.due < found.deadline
    for reminder in found.reminders:
        assert hours.is_at_work(person, reminder) or person.is_away(reminder.astimezone(person.zone).date())
        assert hours.is_working(person, reminder)
        assert found.due < reminder <= found.deadline
    assert found.away or hours.is_at_work(person, found.due)
    local = found.due.astimezone(person.zone)
    assert not holidays_of(person.region or person.workspace_region, local.year).get(local.date())
    assert local.date() not in days_off
    if person.quiet and person.quiet.start < person.quiet.end:
        assert not person.quiet.start <= local.time() < person.quiet.end


def test_a_prompt_on_a_holiday_moves_to_the_next_working_day_but_a_daily_ritual_skips_it() -> None:
    friday = window(template("every fri at 09:30"), replace(ANA, region="DE"), date(2026, 12, 25))
    assert friday
    assert friday.due == utc(28, 8, 0, month=12)
    assert window(template("every weekday at 09:30"), replace(ANA, region="DE"), date(2026, 12, 25)) is None


def test_deadlines_in_days_pass_over_holidays() -> None:
    found = window(template("every thu at 09:30", Duration(days=1)), replace(ANA, region="DE"), date(2026, 12, 24))
    assert found
    assert found.deadline == utc(28, 8, 30, month=12)


@given(SOMEONE)
def test_hours_are_read_back_as_they_are_written(person: Person) -> None:
    assert parse_hours(str(person.hours)) == person.hours


@pytest.mark.parametrize("text", ["", "mon-fri", "mon-fri 09:00", "mon-fri 17:00-09:00", "xyz 09:00-17:00"])
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    assert parse_hours(text) is None
