"""Which days of a calendar count as away."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Counts, NotRead, Span, Trouble
from domain.feed_text import MOST_EVENTS
from domain.feeds import days_away
from domain.people import Hours, Person
from tests.calendars.ics import days, event, feed, times

BERLIN = Person("T1", "UBEN", "Ben", "Europe/Berlin")
SEEN = Span(date(2026, 11, 6), date(2027, 1, 19))
SPACE = "\r\n "


def away(*events: str, person: Person = BERLIN, counts: Counts = Counts.BUSY, seen: Span = SEEN) -> list[str]:
    """As "1201" for one day and "1201-1204" for several."""
    found = days_away(feed(*events), person=person, counts=counts, seen=seen)
    return [f"{each.first:%m%d}" + (f"-{each.last:%m%d}" if each.last > each.first else "") for each in found]


COUNTING = {
    "whole days until the day before the end": (days("20261201", "20261205"), ["1201-1204"]),
    "a day without an end": (event("DTSTART;VALUE=DATE:20261201"), ["1201"]),
    "a day that ends on itself": (days("20261201", "20261201"), ["1201"]),
    "a length instead of an end": (event("DTSTART;VALUE=DATE:20261201", "DURATION:P3D"), ["1201-1203"]),
    "shown as free": (days("20261201", "20261202", "TRANSP:TRANSPARENT"), []),
    "cancelled": (days("20261201", "20261202", "STATUS:CANCELLED"), []),
    "not yet certain": (days("20261201", "20261202", "STATUS:TENTATIVE"), []),
    "elsewhere but at work": (days("20261201", "20261202", "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE"), []),
    "free for Outlook, which marks it as away": (
        days("20261201", "20261202", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
        ["1201"],
    ),
    "begun before and not over": (days("20261001", "20261108"), ["1001-1107"]),
    "over before": (days("20261001", "20261105"), []),
    "too far off": (days("20270201", "20270205"), []),
    "for ever, as far as anybody plans": (days("20261201", "99991231"), ["1201-1231"]),
    "ending before it begins": (days("20261205", "20261201"), []),
    "a day that does not exist": (event("DTSTART;VALUE=DATE:20261345"), []),
    "no begin": (event("SUMMARY:Nothing"), []),
    "each Friday": (
        event("DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218"),
        ["1204", "1211", "1218"],
    ),
    "each Friday but one": (
        event("DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261211"),
        ["1204", "1218"],
    ),
    "each year on that day": (event("DTSTART;VALUE=DATE:20201224", "RRULE:FREQ=YEARLY"), ["1224"]),
    "a folded line": (event(f"DTSTART;VALUE=D{SPACE}ATE:2026{SPACE}1201"), ["1201"]),
}


@pytest.mark.parametrize("name", COUNTING)
def test_whole_busy_days_count(name: str) -> None:
    text, expected = COUNTING[name]
    assert away(text) == expected


TIMED = {
    "all day in one's own zone": (":20261201T000000", ":20261202T000000", ["1201"]),
    "all working hours": (":20261201T090000", ":20261201T173000", ["1201"]),
    "from ten on": (":20261201T100000", ":20261201T180000", []),
    "until four": (":20261201T080000", ":20261201T160000", []),
    "from Tuesday noon to Thursday noon": (":20261201T120000", ":20261203T120000", ["1202"]),
    "in another zone": (";TZID=Asia/Tokyo:20261201T000000", ";TZID=Asia/Tokyo:20261203T000000", ["1201"]),
    "in a zone by Microsoft's name": (
        ";TZID=W. Europe Standard Time:20261201T000000",
        ";TZID=W. Europe Standard Time:20261203T000000",
        ["1201-1202"],
    ),
    "in a zone nobody knows: as on one's own clock": (
        ";TZID=Middle/Earth:20261201T000000",
        ";TZID=Middle/Earth:20261203T000000",
        ["1201-1202"],
    ),
    "in UTC": (":20261130T230000Z", ":20261201T230000Z", ["1201"]),
    "for a hundred years": (":19700101T000000", ":20700101T000000", []),
}


@pytest.mark.parametrize("name", TIMED)
def test_an_event_with_times_counts_on_days_whose_working_hours_it_covers(name: str) -> None:
    start, end, expected = TIMED[name]
    assert away(times(start, end)) == expected


def test_where_the_working_day_lies_decides() -> None:
    early = replace(BERLIN, hours=Hours(time(6), time(14)))
    morning = times(":20261201T060000", ":20261201T140000")
    assert away(morning) == []
    assert away(morning, person=early) == ["1201"]


def test_days_count_whole_when_the_clocks_change() -> None:
    seen = Span(date(2026, 3, 1), date(2026, 11, 30))
    spring = times(";TZID=Europe/Berlin:20260328T000000", ";TZID=Europe/Berlin:20260330T000000")
    autumn = times(":20261023T220000Z", ":20261025T230000Z")
    assert away(spring, autumn, seen=seen) == ["0328-0329", "1024-1025"]


def test_a_week_that_repeats_over_a_clock_change_keeps_its_days() -> None:
    rule = event(
        "DTSTART;TZID=Europe/Berlin:20261019T000000",
        "DTEND;TZID=Europe/Berlin:20261020T000000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
    )
    assert away(rule, seen=Span(date(2026, 10, 1), date(2026, 11, 30))) == ["1019", "1026", "1102"]


def test_a_single_date_of_a_series_can_be_moved_or_taken_out() -> None:
    series = event("DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=WEEKLY;COUNT=3", uid="fridays")
    moved = event("RECURRENCE-ID;VALUE=DATE:20261211", "DTSTART;VALUE=DATE:20261210", uid="fridays")
    gone = event("RECURRENCE-ID;VALUE=DATE:20261218", "DTSTART;VALUE=DATE:20261218", "STATUS:CANCELLED", uid="fridays")
    assert away(series, moved, gone) == ["1204", "1210"]


@pytest.mark.parametrize("title", ["Vacation", "OOO until Monday", "Out of office", "PTO", "Urlaub Lisa", "on leave"])
def test_titles_count_if_one_chose_so_be_the_day_shown_as_free(title: str) -> None:
    free = days("20261201", "20261202", "TRANSP:TRANSPARENT", f"SUMMARY:{title}")
    assert away(free) == []
    assert away(free, counts=Counts.NAMED) == ["1201"]


@pytest.mark.parametrize("title", ["Offsite in Porto", "Release", "Birthday of Holly Dayton", "Options expire"])
def test_other_titles_do_not_count_then_be_the_day_shown_as_busy(title: str) -> None:
    busy = days("20261201", "20261202", f"SUMMARY:{title}")
    assert away(busy) == ["1201"]
    assert away(busy, counts=Counts.NAMED) == []


def test_days_that_overlap_or_meet_are_one_absence() -> None:
    assert away(days("20261201", "20261203"), days("20261202", "20261205"), days("20261205", "20261206")) == [
        "1201-1205"
    ]
    assert away(days("20261201", "20261202"), days("20261203", "20261204")) == ["1201", "1203"]


def test_one_broken_event_does_not_keep_the_others_from_counting() -> None:
    broken = ["DTSTART:never", "DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY;UNTIL=99999999", "DTEND:20261201"]
    assert away(*map(event, broken), days("20261207", "20261208"))[-1:] == ["1207"]


ENDLESS = [
    "FREQ=SECONDLY",
    "FREQ=MINUTELY;INTERVAL=1",
    "FREQ=HOURLY",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=-1",
    "FREQ=YEARLY;BYHOUR=0,1,2;BYMINUTE=0,1,2;BYSECOND=0,1,2",
    "FREQ=DAILY;INTERVAL=99999999999",
    "FREQ=DAILY;COUNT=99999999999",
    "NONSENSE",
]


@pytest.mark.parametrize("rule", ENDLESS)
def test_a_rule_that_would_never_end_is_left_out(rule: str) -> None:
    assert away(event("DTSTART;VALUE=DATE:20261201", f"RRULE:{rule}")) == ["1201"]


def test_what_goes_on_for_years_and_begins_anew_each_day_is_left_out() -> None:
    endless = event("DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:20300101", "RRULE:FREQ=DAILY")
    assert away(endless, days("20261201", "20261202")) == ["1201"]


def test_a_zone_that_would_keep_the_parser_busy_is_not_read() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Bomb\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    assert away(zone, times(";TZID=Bomb:20261201T000000", ";TZID=Bomb:20261202T000000")) == ["1201"]


def test_when_it_takes_too_long_no_more_is_worked_out() -> None:
    weekly = feed(event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY"))
    with pytest.raises(NotRead) as refused:
        days_away(weekly, person=BERLIN, counts=Counts.BUSY, seen=SEEN, is_late=lambda: True)
    assert refused.value.trouble is Trouble.TOO_LARGE


def test_more_events_than_anybody_has_are_refused() -> None:
    one = days("20261201", "20261202")
    assert away(*[one] * MOST_EVENTS) == ["1201"]
    with pytest.raises(NotRead) as refused:
        away(*[one] * (MOST_EVENTS + 1))
    assert refused.value.trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"<html>Sign in</html>", b"END:VCALENDAR", b"\r\n\r\n"])
def test_what_is_no_calendar_is_refused(text: bytes) -> None:
    with pytest.raises(NotRead) as refused:
        days_away(text, person=BERLIN, counts=Counts.BUSY, seen=SEEN)
    assert refused.value.trouble is Trouble.NO_CALENDAR


def test_parts_that_are_never_closed_and_alarms_do_no_harm() -> None:
    alarm = "BEGIN:VALARM\r\nDTSTART;VALUE=DATE:20261212\r\nEND:VALARM"
    assert away(days("20261201", "20261202", alarm), "BEGIN:VEVENT\r\nBEGIN:VEVENT") == ["1201"]


PIECES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "UID:1", "UID:2", " folded"),
        *("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203", "DTSTART:20261201T120000Z", "DURATION:-P1D"),
        *("DTEND:20261201", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;BYMONTHDAY=99", "RDATE:20261205", "SUMMARY"),
        *("EXDATE:oops", "RECURRENCE-ID;VALUE=DATE:20261201", "DTSTART;TZID=:20261201T000000", "\x00", "::;=", ""),
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_whatever_stands_there_it_ends_in_days_or_in_a_refusal(pieces: list[str]) -> None:
    try:
        found = days_away(feed(*pieces), person=BERLIN, counts=Counts.BUSY, seen=SEEN)
    except NotRead:
        return
    assert all(span.first <= span.last for span in found)
    gaps = [after.first - before.last for before, after in pairwise(found)]
    assert all(gap > timedelta(days=1) for gap in gaps)
