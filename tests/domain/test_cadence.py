"""The cadence rule over many zones and years: once per local date and time, on the wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import NotACadence, falls_on, moment, next_date, parse
from domain.zones import zone

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
        ("cron 30 9 * * mon-fri in Europe/London", "known but not built yet"),
        ("3 days before milestone due at 09:30", "known but not built yet"),
        ("", "not understood"),
    ],
)
def test_what_it_cannot_read_it_says_with_what_to_write_instead(sentence: str, hint: str) -> None:
    with pytest.raises(NotACadence) as caught:
        parse(sentence)
    assert hint in str(caught.value)
