"""Asking people wherever they live: every zone there is, years of clock changes, holidays and absences."""

import zoneinfo
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import hours
from domain.cadence import parse
from domain.hours import Duration
from domain.people import Absence, Person
from domain.regions import holidays_of
from domain.runs import Ritual
from domain.templates import Template
from domain.windows import begun, next_occurrence, window
from tests.records import TEMPLATE

YEARS = range(2024, 2033)
DAY = timedelta(days=1)
EVERYWHERE = sorted(zoneinfo.available_timezones())
SAM = Person("T1", "U1", "Sam")
REGIONS = ["", "DE-BY", "US-CA", "JP", "BR", "IN-KL", "NZ-AUK", "ET", "IL", "ZA", "GB-SCT", "AE"]
WHEN = [
    "every mon at 09:30",
    "every weekday at 09:30",
    "every fri at 17:30",
    "every sun at 02:30",
    "every day at 23:59",
]
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


def template(when: str, closes: Duration, remind: tuple[Duration, ...] = (Duration(hours=2),)) -> Template:
    return replace(TEMPLATE, when=when, cadence=parse(when), closes=closes, remind=remind)


def changes_of(name: str, year: int) -> list[date]:
    """The days of a year on which clocks there change."""
    zone = zoneinfo.ZoneInfo(name)
    noons = [datetime(year, 1, 1, 12, tzinfo=zone) + n * DAY for n in range(366)]
    return [b.date() for a, b in pairwise(noons) if a.utcoffset() != b.utcoffset()]


@pytest.mark.parametrize("year", YEARS)
def test_in_every_zone_a_week_asks_once_a_day_at_the_persons_own_half_past_nine(year: int) -> None:
    """The days around each change of the clocks, and a week that has none; each zone in every third year."""
    daily = template("every weekday at 09:30", Duration(days=1))
    for name in EVERYWHERE[year % 3 :: 3]:
        person = replace(SAM, zone_name=name)
        days = {date(year, 6, 1) + n * DAY for n in range(5)}
        days |= {day + n * DAY for day in changes_of(name, year) for n in (-1, 0, 1)}
        found = {day: window(daily, person, day) for day in days}
        for day, one in found.items():
            assert (one is None) == (day.weekday() >= 5), (name, day)
            if one:
                local = one.due.astimezone(person.zone)
                assert (local.date(), local.time()) == (day, time(9, 30)), name
                assert one.deadline.astimezone(person.zone).time() == time(9, 30), name
                assert one.due < one.reminders[0] < one.deadline, name


SOMEONE = st.builds(
    Person,
    st.just("T1"),
    st.just("U1"),
    st.just("Sam"),
    zone_name=st.sampled_from(EVERYWHERE),
    region=st.sampled_from(REGIONS),
    workspace_days_off=st.frozensets(DAYS, max_size=2),
)
CLOSES = st.sampled_from([Duration(hours=1), Duration(hours=8), Duration(hours=30), Duration(days=1), Duration(days=3)])


@settings(max_examples=300)
@given(
    SOMEONE, st.sampled_from(WHEN), DAYS, CLOSES, st.lists(st.tuples(st.integers(-3, 5), st.integers(0, 6)), max_size=2)
)
def test_wherever_somebody_lives_they_are_asked_at_work_and_not_on_a_day_off_or_away(
    someone: Person, when: str, day: date, closes: Duration, gone: list[tuple[int, int]]
) -> None:
    absences = tuple(Absence(day + first * DAY, day + (first + length) * DAY) for first, length in gone)
    person, rule = replace(someone, absences=absences), parse(when)
    found = window(template(when, closes), person, day)
    if found is None:
        assert rule.skips_days_off
        return
    assert found.due < found.deadline
    local = found.due.astimezone(person.zone)
    assert local >= datetime.combine(day, rule.at, person.zone)
    if found.away:
        assert person.is_away(local.date())
        return
    assert hours.is_at_work(person, found.due)
    assert local.date() not in holidays_of(person.region, local.year)
    assert local.weekday() < 5
    if hours.is_at_work(person, datetime.combine(day, rule.at, person.zone).astimezone(UTC)):
        assert (local.date(), local.time()) == (day, rule.at)
    for reminder in found.reminders:
        assert found.due < reminder <= found.deadline
        assert hours.is_working(person, reminder)


@settings(max_examples=60)
@given(st.lists(SOMEONE, min_size=1, max_size=5), st.sampled_from(WHEN), DAYS, CLOSES)
def test_each_date_of_a_rule_is_one_occurrence_and_asks_each_person_once(
    people: list[Person], when: str, day: date, closes: Duration
) -> None:
    """As the loop goes through them, at the moment each begins."""
    asked = [replace(each, id=f"U{n}") for n, each in enumerate(people)]
    rule = template(when, closes)
    ritual = Ritual(1, "T1", "C1", rule, "U0", None, None)
    coming, seen, moments = next_occurrence(rule, asked, after=day), list[date](), dict[str, list[datetime]]()
    for _ in range(6):
        if coming is None:
            break
        ritual = replace(ritual, next_day=coming[0], next_at=coming[1])
        began = coming
        passed, coming = begun(ritual, asked, began[1])
        seen += [each for each, _ in passed]
        assert not coming or (coming[0] > began[0] and coming[1] > began[1])
        for person in asked:
            own = window(rule, person, passed[-1][0])
            if own and not own.away:
                moments.setdefault(person.id, []).append(own.due)
    assert seen == sorted(set(seen))
    for dues in moments.values():
        assert dues == sorted(dues)
