"""Weeks of simulated life, whose every digest is recounted from the diary of those who lived them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.library import shipped_library
from storage.engine import Database
from tests.year.checking import mismatches
from tests.year.diary import Answered, Asked, Away, Came, Diary, Done, Event, Measured, Read
from tests.year.reading import Unclaimed, read
from tests.year.team import BEGIN, CHECKINS, PRIVATE, WEEK
from tests.year.year import lived

WEEKS = {"sqlite": 9, "postgresql": 5}
"""By database; as many as MUSTER_TEST_WEEKS says instead, if it is set: with 52 it is a year, `make year`."""
SEEN = {"needs", "slipped", "decided", "signals", "next", "heard", "each", "half", "reasons", "rhythm", "pulse", "late"}
LAST = 3 * WEEK


@pytest.mark.timeout(3000)
def test_every_number_of_every_digest_is_what_happened(database: Database) -> None:
    usual = WEEKS[database.engine.dialect.name]
    weeks = int(os.environ.get("MUSTER_TEST_WEEKS", usual))
    diary = lived(database, shipped_library(), weeks=weeks).diary
    assert mismatches(diary) == []
    if weeks < WEEKS["sqlite"]:
        return
    assert {kind for each in diary.of(Read) for kind in read(each.text).facts} >= SEEN, "they are told of once at least"
    unseen = [name for name, fault in FAULTS.items() if not mismatches(_with(diary, fault), last=LAST)]
    assert unseen == [], "the recount itself would notice"


Fault = Callable[[Event], Event | None]
"""What the diary should have said instead of an event; None for nothing."""


def _with(diary: Diary, fault: Fault) -> Diary:
    found = Diary()
    for event in diary.events:
        if after := fault(event):
            found.write(after)
    return found


def _a_week_later(event: Event) -> Event:
    return replace(event, at=event.at + WEEK) if isinstance(event, Measured) else event


def _late_is_missed(event: Event) -> Event | None:
    is_late = isinstance(event, Answered) and event.checkin == "retro" and event.at.date() > event.day + timedelta(3)
    return None if is_late else event


def _away_is_asked(event: Event) -> Event | None:
    return None if isinstance(event, Away) else event


def _private_is_public(event: Event) -> Event:
    return replace(event, person="UMIRA") if isinstance(event, Came) and event.channel == PRIVATE else event


def _one_answer_less(event: Event) -> Event | None:
    return None if isinstance(event, Answered) and event.person == "UBO" else event


def _asked_an_hour_before(event: Event) -> Event:
    return replace(event, at=event.at - timedelta(hours=1)) if isinstance(event, Asked) else event


def _nothing_is_done(event: Event) -> Event | None:
    return None if isinstance(event, Done) else event


FAULTS: dict[str, Fault] = {
    "a value counts in the week after": _a_week_later,
    "who answers late has not": _late_is_missed,
    "who is away is asked": _away_is_asked,
    "who is outside reads a private channel": _private_is_public,
    "an answer is lost": _one_answer_less,
    "everybody had an hour more": _asked_an_hour_before,
    "what is done is not": _nothing_is_done,
}


def test_a_number_that_nobody_counts_is_found() -> None:
    with pytest.raises(Unclaimed, match="3 surprises"):
        read("*1 thing needs you.*\nAnd 3 surprises.")


def test_the_diary_begins_before_the_first_week() -> None:
    assert BEGIN.weekday() == 5
    assert {each.weekday for each in CHECKINS.values()} <= set(range(5))
