"""The cadence rule over many zones and years: once per local date and time, on the wall clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import NotACadence, falls_on, moment, next_date, parse
from domain.hours import is_working
from domain.people import Person
from domain.windows import next_occurrence, window
from domain.zones import zone
from tests.records import TEMPLATE

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
    "America/Havana",
    "Asia/Beirut",
    "Antarctica/Troll",
    "America/Nuuk",
]
DAYS = st.dates(date(1995, 1, 1), date(2037, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
SENTENCES = [
    "every day at 09:30",
    "every weekday at 23:59",
    "every mon at 09:30",
    "every mon, thu at 02:30",
    "every 2 weeks on tue at 10:00 from 2026-01-06",
    "every 5 weeks on sun at 00:00 from 2026-01-08",
    "every month on last wed at 11:00",
    "every month on 28 at 11:00",
    "every quarter on first tue at 10:00",
    "cron 30 2 * * mon-fri in Australia/Lord_Howe",
    "cron 0 9 1,15 * * in Asia/Kathmandu",
    "cron 59 23 31 * * in Pacific/Apia",
    "cron 0 0 * jan,jul-sep sun in Pacific/Kiritimati",
]


@given(DAYS, TIMES, st.sampled_from(ZONES))
def test_a_wall_time_has_at_most_one_moment_and_it_reads_so_on_the_clock_there(day: date, at: time, name: str) -> None:
    found = moment(day, at, zone(name))
    if found is None:
        assert (name, day) == ("Pacific/Apia", date(2011, 12, 30))
        return
    assert found.tzinfo is UTC
    local = found.astimezone(zone(name)).replace(tzinfo=None)
    nominal = datetime.combine(day, at)
    assert timedelta() <= local - nominal <= timedelta(hours=2), "a gap moves on, by its own length"
    if local == nominal:
        earlier = (found - timedelta(hours=1)).astimezone(zone(name)).replace(tzinfo=None)
        assert earlier != nominal, "an overlap takes the first"


@given(DAYS, TIMES, st.sampled_from(ZONES))
def test_moments_follow_the_order_of_dates(day: date, at: time, name: str) -> None:
    today, tomorrow = moment(day, at, zone(name)), moment(day + timedelta(days=1), at, zone(name))
    assert today is None or tomorrow is None or today < tomorrow


@given(DAYS, st.sampled_from(SENTENCES))
def test_the_next_date_is_the_first_one_that_fits(day: date, sentence: str) -> None:
    cadence = parse(sentence)
    found = next_date(cadence, after=day)
    if found is None:
        assert cadence.start is not None
        assert day < cadence.start
        return
    assert found > day
    assert falls_on(cadence, found)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days)]
    assert not any(falls_on(cadence, each) for each in between)


def test_the_spring_gap_moves_on_and_the_autumn_overlap_counts_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    # 29 March 2026: 01:59 CET is followed by 03:00 CEST.  25 October 2026: 02:30 happens at 00:30 and at 01:30 UTC.
    assert moment(date(2026, 3, 29), time(2, 30), berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(2, 30), berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_local_date_that_does_not_exist_has_no_moment() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert moment(date(2011, 12, 30), time(9, 30), apia) is None
    assert moment(date(2011, 12, 31), time(9, 30), apia) == datetime(2011, 12, 30, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "after", "expected"),
    [
        ("every mon at 09:30", date(2026, 11, 20), date(2026, 11, 23)),
        ("every mon at 09:30", date(2026, 11, 23), date(2026, 11, 30)),
        ("every weekday at 09:30", date(2026, 11, 20), date(2026, 11, 23)),
        ("every 2 weeks on tue at 10:00 from 2026-01-06", date(2026, 1, 6), date(2026, 1, 20)),
        ("every 2 weeks on tue at 10:00 from 2026-01-07", date(2026, 1, 1), date(2026, 1, 13)),
        ("every month on last wed at 11:00", date(2026, 2, 1), date(2026, 2, 25)),
        ("every month on third fri at 11:00", date(2026, 11, 1), date(2026, 11, 20)),
        ("every quarter on first tue at 10:00", date(2026, 2, 1), date(2026, 4, 7)),
        ("every quarter on 28 at 10:00", date(2026, 1, 28), date(2026, 4, 28)),
        ("cron 30 9 * * mon-fri in Europe/London", date(2026, 11, 20), date(2026, 11, 23)),
        ("cron 30 9 * * * in Europe/London", date(2026, 11, 20), date(2026, 11, 21)),
        ("cron 0 9 31 * * in Asia/Tokyo", date(2026, 8, 31), date(2026, 10, 31)),
        ("cron 0 9 1-3,15 1,7 * in UTC", date(2026, 1, 3), date(2026, 1, 15)),
        ("cron 0 9 * nov wed,fri in UTC", date(2026, 11, 27), date(2027, 11, 3)),
    ],
)
def test_sentences_mean_what_they_say(sentence: str, after: date, expected: date) -> None:
    assert next_date(parse(sentence), after=after) == expected


@pytest.mark.parametrize(
    ("sentence", "hint"),
    [
        ("every monday at 09:30", 'write for example "every mon at 09:30"'),
        ("every mon at 9:30", "every mon at 09:30"),
        ("every mon at 25:00", "HH:MM from 00:00 to 23:59"),
        ("every mon at 09:30 in Mars/Olympus", "IANA name such as Europe/Berlin"),
        ("every 60 weeks on mon at 09:30", "write 1 to 52"),
        ("every month on 31 at 09:30", "write 1 to 28, or for example last fri"),
        ("every 2 weeks on tue at 10:00 from 2026-02-30", "write it as 2026-01-31"),
        ("cron 30 9 * * mon-fri", "the zone included"),
        ("cron", 'write for example "cron 30 9 * * mon-fri in Europe/London"'),
        ("cron 30 9 * * mon-fri in London", "IANA name such as Europe/Berlin"),
        ("cron 30 9,15 * * mon in UTC", '"9,15" is not one hour; a ritual asks once a day'),
        ("cron */10 9 * * mon in UTC", '"*/10" is not one minute; a ritual asks once a day'),
        ("cron 30 25 * * mon in UTC", "hour 25 does not exist; write a number from 0 to 23"),
        ("cron 30 9 * * 1-5 in UTC", '"1" is no weekday of a cron line; write mon to sun, or *'),
        ("cron 30 9 * * fri-mon in UTC", '"fri-mon" runs backwards; write two ranges'),
        ("cron 30 9 32 * * in UTC", "day of the month 32 does not exist; write a number from 1 to 31"),
        ("cron 30 9 ? * * in UTC", '"?" is no day of the month of a cron line; write a number from 1 to 31, or *'),
        ("cron 30 9 * 13 * in UTC", "month 13 does not exist"),
        ("cron 30 9 * * mon,, in UTC", '"" is no weekday of a cron line; write mon to sun, or *'),
        ("cron 30 9 1 * mon in UTC", "days of the month or weekdays, not both; write * for one of them"),
        ("cron 30 9 29 feb * in UTC", "not in every year"),
        ("cron 30 9 31 apr,jun * in UTC", "not in every year"),
        ("3 days before milestone due at 09:30", "waits for something to happen"),
        ("on 2020-02-30", "is a single date, and a ritual comes back"),
        ("2026-12-01 at 10:00", 'or "manual", and start it yourself on that day'),
        ("on decision check_on at 10:00", "waits for something to happen"),
        ("after pre-mortem closed", "write a calendar sentence"),
        ("", "not understood"),
    ],
)
def test_what_it_cannot_read_it_says_with_what_to_write_instead(sentence: str, hint: str) -> None:
    with pytest.raises(NotACadence) as caught:
        parse(sentence)
    assert hint in str(caught.value)


@pytest.mark.parametrize("sentence", ["every day at 09:30", "every weekday at 09:30", "cron 30 9 * * * in UTC"])
def test_what_asks_daily_skips_a_day_off_and_anything_else_moves(sentence: str) -> None:
    assert parse(sentence).skips_days_off
    assert parse("cron 30 9 * * mon-fri in UTC") == replace(parse("every weekday at 09:30"), zone="UTC")
    assert not parse("cron 30 9 * * mon-thu in UTC").skips_days_off
    assert not parse("cron 30 9 * jan mon-fri in UTC").skips_days_off


IN_ZONES = [sentence for sentence in SENTENCES if not sentence.startswith("cron")]
PEOPLE = st.builds(lambda name: Person("T1", "U1", "Ana", zone_name=name), st.sampled_from(ZONES))


@given(DAYS, st.sampled_from(IN_ZONES), st.sampled_from(ZONES), PEOPLE)
def test_a_sentence_with_a_zone_means_the_same_dates_and_one_moment_for_all(
    day: date, sentence: str, name: str, person: Person
) -> None:
    begin, _, rest = sentence.partition(" from ")
    rule = parse(f"{begin} in {name}" + (f" from {rest}" if rest else ""))
    assert rule == replace(parse(sentence), zone=name)
    assert falls_on(rule, day) is falls_on(parse(sentence), day)
    template = replace(TEMPLATE, cadence=rule)
    found = window(template, person, day)
    meant = moment(day, rule.at, zone(name))
    assert found is None or (meant and found.due >= meant), "never before its moment, wherever somebody is"
    if found and meant and is_working(person, meant):
        assert found.due == meant


@given(st.sampled_from(ZONES), PEOPLE, st.integers(1996, 2036))
def test_a_cron_line_asks_somebody_once_for_each_of_its_dates(name: str, person: Person, year: int) -> None:
    template = replace(TEMPLATE, cadence=parse(f"cron 30 9 1 * * in {name}"))
    days = [date(year, month, 1) for month in range(1, 13)]
    dues = [found.due for day in days if (found := window(template, person, day))]
    assert len(dues) == 12, "the first of a month is never a date that does not exist"
    assert dues == sorted(set(dues))


def test_a_line_of_a_date_that_somewhere_does_not_exist_skips_it_there_only() -> None:
    for name, others in (("Pacific/Apia", 0), ("Pacific/Kiritimati", 1)):
        template = replace(TEMPLATE, cadence=parse(f"cron 30 9 30 * * in {name}"))
        found = next_occurrence(template, [Person("T1", "U1", "Ana")], after=date(2011, 12, 1))
        assert found
        assert (found[0] == date(2011, 12, 30)) is bool(others)
