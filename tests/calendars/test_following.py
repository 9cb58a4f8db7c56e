"""What a new reading of a calendar changes, when the next one is, and which addresses are taken."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import (
    ADDRESS_LIMIT,
    AFTER_FAILURES,
    EVERY,
    SPREAD,
    BadAddress,
    Changes,
    Found,
    Span,
    changes,
    merged,
    next_reading,
    next_try,
    read_address,
)

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
DAY = timedelta(days=1)


def span(first: int, last: int) -> Span:
    """In days from today."""
    return Span(TODAY + first * DAY, TODAY + last * DAY)


@dataclass
class Diary:
    """The absences kept of a calendar, as storage keeps them."""

    rows: dict[int, Found] = field(default_factory=dict)
    last_id: int = 0

    def read(self, *spans: Span, today: date = TODAY) -> Changes:
        seen = Span(today - 14 * DAY, today + 60 * DAY)
        known = [row for row in self.rows.values() if max(row.last, row.said_last) >= today]
        found = changes(known, spans, seen=seen, today=today)
        for key, (last, said_last) in found.moved.items():
            self.rows[key] = Found(key, self.rows[key].first, last, said_last)
        for key in found.dropped:
            del self.rows[key]
        for each in found.added:
            self.last_id += 1
            self.rows[self.last_id] = Found(self.last_id, each.first, each.last, each.last)
        return found

    def come_back(self, today: date = TODAY) -> None:
        for key, row in self.rows.items():
            if row.first <= today <= row.last:
                self.rows[key] = Found(key, row.first, today - DAY, row.said_last)

    def away(self) -> list[Span]:
        return [Span(row.first, row.last) for row in self.rows.values() if row.first <= row.last]


NOTHING = Changes({}, (), frozenset())


def test_a_reading_that_says_the_same_changes_nothing() -> None:
    diary = Diary()
    diary.read(span(-2, 3), span(10, 12))
    assert diary.away() == [span(-2, 3), span(10, 12)]
    assert diary.read(span(-2, 3), span(10, 12)) == NOTHING


def test_what_is_no_longer_said_ends_yesterday_or_never_begins() -> None:
    diary = Diary()
    diary.read(span(-2, 3), span(0, 0), span(10, 12))
    diary.read()
    assert diary.away() == [span(-2, -1)]
    assert diary.read() == NOTHING


def test_what_is_over_is_not_looked_at() -> None:
    diary = Diary()
    assert diary.read(span(-5, -1)) == NOTHING
    diary.read(span(-2, 0))
    assert diary.read(today=TODAY + DAY) == NOTHING
    assert diary.away() == [span(-2, 0)]


@pytest.mark.parametrize("first", [-3, 0])
def test_what_the_person_ended_stays_ended_until_its_days_change(first: int) -> None:
    diary = Diary()
    diary.read(span(first, 4))
    diary.come_back()
    ended = [span(first, -1)] if first < 0 else []
    for later in range(5):
        assert diary.read(span(first, 4), today=TODAY + later * DAY) == NOTHING
        assert diary.away() == ended
    diary.read(span(first, 5), today=TODAY + 4 * DAY)
    assert diary.away() == [span(first, 5)]


def test_a_new_event_in_the_place_of_one_that_was_ended_counts() -> None:
    diary = Diary()
    diary.read(span(-2, 4))
    diary.come_back()
    diary.read(span(2, 4))
    assert diary.away() == [span(-2, -1), span(2, 4)]


def test_what_began_before_the_days_that_are_read_is_still_the_same() -> None:
    """A day that repeats daily is seen from the first day read on."""
    diary = Diary()
    diary.read(span(-14, 5))
    diary.come_back()
    assert diary.read(span(-13, 5), today=TODAY + DAY) == NOTHING


SPANS = st.lists(
    st.tuples(st.integers(-20, 40), st.integers(0, 12)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=6
).map(merged)


@given(before=SPANS, after=SPANS)
def test_after_any_two_readings_the_person_is_away_when_the_second_says_so(
    before: tuple[Span, ...], after: tuple[Span, ...]
) -> None:
    diary = Diary()
    diary.read(*before)
    diary.read(*after)
    coming = [TODAY + number * DAY for number in range(60)]

    def covered(spans: list[Span]) -> list[date]:
        return [day for day in coming if any(each.first <= day <= each.last for each in spans)]

    assert covered(diary.away()) == covered(list(after))
    assert diary.read(*after) == NOTHING


def test_it_is_read_every_few_hours_and_not_of_all_at_once() -> None:
    moments = {next_reading(f"U{number}", NOW) for number in range(50)}
    assert len(moments) > 40
    assert all(EVERY <= each - NOW <= EVERY + SPREAD for each in moments)


def test_it_is_tried_less_often_the_longer_it_fails() -> None:
    waits = [next_try(failures, NOW) - NOW for failures in range(1, 7)]
    assert waits == [*AFTER_FAILURES, AFTER_FAILURES[-1], AFTER_FAILURES[-1]]


GOOD = {
    "https://calendar.example.com/secret/basic.ics": "https://calendar.example.com/secret/basic.ics",
    " webcal://p01.example.com/published/2/AbC?x=1#y ": "https://p01.example.com/published/2/AbC?x=1",
    "WEBCALS://example.com:8443/a": "https://example.com:8443/a",
    "http://cal.corp.example/ben.ics": "http://cal.corp.example/ben.ics",
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_is_read_as_https_but_for_hosts_of_ones_own(text: str) -> None:
    found = read_address(text, {"cal.corp.example"})
    assert found.url == GOOD[text]
    assert "/" not in repr(found)


BAD = [
    "",
    "calendar.example.com/basic.ics",
    "http://calendar.example.com/basic.ics",
    "http://cal.corp.example.evil.example/ben.ics",
    "ftp://calendar.example.com/basic.ics",
    "file:///etc/passwd",
    "https://",
    "https://:443/a",
    "https://example.com:99999/a",
    "https://example.com:0/a",
    "https://name:word@example.com/a",
    "https://cal.corp.example\\@example.com/a",
    "https://example.com/a b",
    "https://example.com/a\r\nHost: other",
    "https://exämple.com/a",
    "https://[::1",
    f"https://example.com/{'a' * ADDRESS_LIMIT}",
]


@pytest.mark.parametrize("text", BAD)
def test_other_addresses_are_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(BadAddress) as refused:
        read_address(text, {"cal.corp.example"})
    assert "example" not in str(refused.value)
    assert str(refused.value).count(".") >= 1
