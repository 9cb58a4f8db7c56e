"""The rules of action items."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actions import Reminder, reminders
from domain.hours import is_working
from domain.numbers import number_in
from domain.people import Person

ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo"]


@given(st.sampled_from(ZONES), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_reminders_come_in_working_hours_before_the_day_and_after_it(zone_name: str, due: date) -> None:
    owner = Person("T1", "U1", "Ana", zone_name)
    found = reminders(owner, due)
    assert all(is_working(owner, at) for at in found.values())
    days = {kind: at.astimezone(owner.zone).date() for kind, at in found.items()}
    assert due - timedelta(days=3) <= days[Reminder.SOON] < due < days[Reminder.OVERDUE]


def test_of_something_due_on_monday_one_hears_on_friday() -> None:
    owner = Person("T1", "U1", "Ben", "Europe/Berlin")
    assert reminders(owner, date(2026, 11, 23)) == {
        Reminder.SOON: datetime(2026, 11, 20, 8, tzinfo=UTC),
        Reminder.OVERDUE: datetime(2026, 11, 24, 8, tzinfo=UTC),
    }


@pytest.mark.parametrize(("text", "number"), [("A-1", 1), ("a1", 1), (" 17 ", 17), ("D-1", None), ("A-", None)])
def test_a_number_is_read_as_people_write_it(text: str, number: int | None) -> None:
    assert number_in(text, "A") == number
