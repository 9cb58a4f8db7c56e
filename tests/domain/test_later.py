"""When somebody can be asked again: within their hours, and with time left to answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import hours
from domain.later import LEAST_LEFT, Later, offered
from domain.people import Absence, Person
from domain.runs import Prompt, PromptState

BERLIN = ZoneInfo("Europe/Berlin")
ANA = Person("T1", "U1", "Ana", zone_name="Europe/Berlin")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def prompt(deadline: datetime) -> Prompt:
    return Prompt(1, "T1", 1, "U1", None, PromptState.SENT, at(23, 9), deadline)


@pytest.mark.parametrize(
    ("now", "deadline", "expected"),
    [
        (
            at(23, 9, 30),
            at(24, 12),
            {Later.HOUR: at(23, 10, 30), Later.AFTERNOON: at(23, 14), Later.TOMORROW: at(24, 9)},
        ),
        (at(23, 9, 30), at(23, 17, 30), {Later.HOUR: at(23, 10, 30), Later.AFTERNOON: at(23, 14)}),
        (at(23, 12, 59), at(23, 17, 30), {Later.HOUR: at(23, 13, 59), Later.AFTERNOON: at(23, 14)}),
        (at(23, 13), at(23, 17, 30), {Later.HOUR: at(23, 14)}),
        (at(23, 16), at(23, 17, 15), {Later.HOUR: at(23, 17)}),
        (at(23, 16), at(23, 17, 14), {}),
        (at(23, 16, 30), at(24, 17), {Later.TOMORROW: at(24, 9)}),
        (at(27, 16), at(30, 17), {Later.HOUR: at(27, 17), Later.TOMORROW: at(30, 9)}),
    ],
    ids=["all", "until tonight", "before one", "at one", "a quarter left", "too little left", "after work", "Friday"],
)
def test_what_is_offered(now: datetime, deadline: datetime, expected: dict[Later, datetime]) -> None:
    assert offered(ANA, prompt(deadline), now) == expected


def test_tomorrow_morning_is_when_somebody_is_back() -> None:
    away = replace(ANA, absences=(Absence(at(24, 0).date(), at(25, 0).date()),))
    assert offered(away, prompt(at(27, 12)), at(23, 16, 45)) == {Later.TOMORROW: at(26, 9)}


@given(st.timedeltas(timedelta(0), timedelta(days=366)), st.timedeltas(timedelta(0), timedelta(days=4)))
def test_nobody_is_asked_again_outside_their_hours_or_too_late_to_answer(since: timedelta, left: timedelta) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + since
    person = replace(ANA, zone_name="Pacific/Chatham")
    for moment in offered(person, prompt(now + left), now).values():
        assert now < moment <= now + left - LEAST_LEFT
        assert hours.is_at_work(person, moment)
