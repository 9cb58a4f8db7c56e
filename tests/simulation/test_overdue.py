"""Planted: owners of action items who are not reminded, or not in time."""

from datetime import UTC, datetime

from simulation.promises import overdue
from tests.simulation.breaking import broken, frozen_after
from tests.simulation.story import Json, direct, local
from tests.simulation.week import Week, section_of, week


def open_until_overdue() -> Week:
    """The action item of the week is due on Friday, 27 November, and Ben does not do it."""
    found = week()
    frozen_after(found, found.named["action"])
    found.story.lines[:] = [line for line in found.story.lines if line.get("action_id") != "action.done"]
    found.story.end(datetime(2026, 11, 30, 12, tzinfo=UTC))
    return found


def remind(found: Week, at: datetime, verb: str) -> Json:
    text = f"A reminder: A-1: Call the bank [eeee-0001] {verb} due on Fri 27 Nov 2026."
    return found.story.post(at, direct("ben"), text, [section_of(text)])


def test_an_owner_who_is_reminded_before_and_after_is_well_served() -> None:
    found = open_until_overdue()
    remind(found, local("ben", 26, "09:00"), "is")
    remind(found, local("ben", 30, "09:00"), "was")
    assert overdue.PROMISE not in broken(found)


def test_an_owner_who_is_never_reminded_is_found() -> None:
    assert broken(open_until_overdue())[overdue.PROMISE] == [
        "Ben Okafor was not reminded of A-1 before it was due, by 26 Nov 08:00 UTC.",
        "Ben Okafor was not reminded of A-1 when it was overdue, by 30 Nov 08:00 UTC.",
    ]


def test_a_reminder_that_comes_too_late_is_found() -> None:
    found = open_until_overdue()
    remind(found, local("ben", 26, "15:00"), "is")
    remind(found, local("ben", 30, "09:00"), "was")
    assert len(broken(found)[overdue.PROMISE]) == 1


def test_what_is_done_needs_no_reminder() -> None:
    found = week()
    found.story.end(datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert overdue.PROMISE not in broken(found)


def test_an_owner_who_is_reminded_of_what_is_done_is_found() -> None:
    found = week()
    remind(found, local("ben", 25, "09:00"), "is")
    assert broken(found) == {overdue.PROMISE: ["Ben Okafor was reminded of A-1, which was over by then."]}


def test_what_may_be_done_needs_no_reminder() -> None:
    found = week()
    (pressed,) = (line for line in found.story.lines if line.get("action_id") == "action.done")
    pressed |= {"ok": False, "error": "timeout"}
    found.story.end(datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert overdue.PROMISE not in broken(found)


def test_an_owner_who_is_away_need_not_be_reminded() -> None:
    found = open_until_overdue()
    fields = {"command": "/muster", "text": "away 2026-11-26 2026-11-30", "channel": direct("ben")}
    found.story.did("ben", "commanded", local("ben", 25, "10:00"), **fields)
    assert overdue.PROMISE not in broken(found)
