"""What people see of the calendar they follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendars import Calendar, CalendarSheet, Counts, Trouble
from domain.people import Absence, Person
from sandbox.client import texts
from surface import calendars as views
from tests.surface.views import NASTY, check_message, check_view, labels

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
BEN = Person("T1", "UBEN", "Ben", "Europe/Berlin")
CALENDAR = Calendar(BEN.id, "calendar.example.com", read_at=NOW)
SHEET = CalendarSheet(BEN, NOW, CALENDAR)
FIRST = date(2026, 12, 1)


def said(sheet: CalendarSheet) -> str:
    view = views.calendar_form(sheet)
    check_view(view)
    return "\n".join(texts(view))


def names(sheet: CalendarSheet) -> list[str]:
    """Of the fields."""
    return [block["block_id"] for block in views.calendar_form(sheet)["blocks"] if block["type"] == "input"]


@pytest.mark.parametrize("host", NASTY)
@pytest.mark.parametrize("trouble", [None, *Trouble])
def test_every_form_and_message_is_one_that_slack_takes(host: str, trouble: Trouble | None) -> None:
    calendar = replace(CALENDAR, host=NASTY[host][:200] or "x", trouble=trouble, failing_since=NOW)
    said(replace(SHEET, calendar=calendar))
    check_message(views.unread_message(calendar))
    assert all(line.count(":warning:") == 1 for line in views.home_line(calendar))


def test_before_following_it_says_what_is_read_and_kept() -> None:
    text = said(replace(SHEET, calendar=None))
    assert "no titles" in text
    assert "encrypted" in text
    assert "Stop following" not in text


def test_without_a_key_there_is_one_sentence_and_nothing_to_send() -> None:
    sheet = replace(SHEET, calendar=None, can_keep=False)
    assert "whoever runs it to set MUSTER_SECRET_KEY" in said(sheet)
    assert names(sheet) == []
    assert "submit" not in views.calendar_form(sheet)
    assert labels(views.calendar_form(replace(SHEET, can_keep=False))["blocks"]) == ["Look again", "Stop following"]


def test_the_days_found_are_listed_and_counted_when_they_are_many() -> None:
    assert "No day away was found" in said(SHEET)
    days = tuple(Absence(FIRST + timedelta(days=number), FIRST + timedelta(days=number)) for number in range(14))
    assert "and 2 more times." in said(replace(SHEET, found=days))
    span = Absence(FIRST, FIRST + timedelta(days=3))
    assert "• Tue 1 Dec 2026 to Fri 4 Dec 2026" in said(replace(SHEET, found=(span,)))


def test_an_address_that_was_saved_does_not_stay_on_the_form() -> None:
    """Slack keeps what was typed in a field that keeps its name."""
    first = names(replace(SHEET, calendar=None))[0]
    later = [names(replace(SHEET, calendar=replace(CALENDAR, version=version)))[0] for version in (1, 2)]
    assert len({first, *later}) == 3


def test_a_calendar_that_is_read_again_leaves_nothing_to_do() -> None:
    assert "There is nothing to do." in views.unread_message(CALENDAR).text
    assert views.home_line(CALENDAR) == views.home_line(None) == []
    assert said(replace(SHEET, calendar=replace(CALENDAR, counts=Counts.NAMED)))
