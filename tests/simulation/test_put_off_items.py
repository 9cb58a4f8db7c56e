"""Planted: a reminder of an action item that was put off, and comes again too soon, or not."""

from datetime import datetime

import pytest

from simulation.promises import once, put_off
from tests.simulation.items import ITEM, open_until, press, says, tell, utc
from tests.simulation.story import SECOND, section
from tests.simulation.week import Week

CLICKED = utc(11, 26, "10:00")
AGAIN = utc(12, 1, "08:00")


def put_off_until(day: str, choice: str = "In 3 working days") -> Week:
    """Ben is reminded on Thursday, 26 November, and hears of it again on Tuesday."""
    found = open_until(utc(12, 2, "12:00"))
    posted = tell(found, "ben", utc(11, 26, "08:00"), f"A reminder: {ITEM} is due on Fri 27 Nov 2026.")
    found.named["clicked"] = press(found, "ben", CLICKED, "action.snooze", choice, ts=posted["message"]["ts"])
    text = f"Not now: you hear of {ITEM} again on {day}. It is due on Fri 27 Nov 2026."
    found.named["put off"] = found.story.change(posted, CLICKED + SECOND, text, [section(text)])
    return found


def remind(found: Week, at: datetime) -> None:
    tell(found, "ben", at, f"A reminder: {ITEM} was due on Fri 27 Nov 2026.")


def test_a_reminder_that_comes_on_its_day_is_well() -> None:
    found = put_off_until("Tue 1 Dec 2026")
    remind(found, AGAIN)
    assert says(found, put_off) == []


@pytest.mark.parametrize("is_put_off", [True, False])
def test_what_is_put_off_until_the_next_day_comes_again_in_the_same_words(*, is_put_off: bool) -> None:
    found = put_off_until("Fri 27 Nov 2026", "Tomorrow")
    if not is_put_off:
        found.story.lines.remove(found.named["put off"])
    tell(found, "ben", utc(11, 27, "08:00"), f"A reminder: {ITEM} is due on Fri 27 Nov 2026.")
    assert (says(found, once) == []) is is_put_off


def test_a_reminder_before_that_day_is_found() -> None:
    found = put_off_until("Tue 1 Dec 2026")
    remind(found, utc(11, 30, "08:00"))
    remind(found, AGAIN)
    assert says(found, put_off) == ["Ben Okafor put A-1 off until 01 Dec, and was reminded before."]


def test_a_reminder_that_does_not_come_again_is_found() -> None:
    assert says(put_off_until("Tue 1 Dec 2026"), put_off) == [
        "Ben Okafor put A-1 off until 01 Dec, and was not reminded on that day."
    ]


def test_a_reminder_that_comes_again_late_is_found() -> None:
    found = put_off_until("Tue 1 Dec 2026")
    remind(found, utc(12, 1, "11:00"))
    assert len(says(found, put_off)) == 1


def test_whoever_is_told_an_earlier_day_than_they_chose_is_found() -> None:
    assert says(put_off_until("Fri 27 Nov 2026"), put_off) == [
        "Ben Okafor put A-1 off until 01 Dec or later, and was told 27 Nov."
    ]


def test_next_week_is_monday() -> None:
    assert says(put_off_until("Fri 27 Nov 2026", "Next week"), put_off) == [
        "Ben Okafor put A-1 off until 30 Nov or later, and was told 27 Nov."
    ]


def test_a_message_that_does_not_say_so_is_found() -> None:
    found = put_off_until("Tue 1 Dec 2026")
    found.story.lines.remove(found.named["put off"])
    assert says(found, put_off) == [
        "Ben Okafor put A-1 off until 01 Dec or later, and was not told when they hear of it again."
    ]


def test_what_is_done_meanwhile_comes_no_more() -> None:
    found = put_off_until("Tue 1 Dec 2026")
    press(found, "ben", utc(11, 27, "10:00"), "action.done")
    assert says(found, put_off) == []


def test_what_was_perhaps_not_heard_is_left_open() -> None:
    found = put_off_until("Tue 1 Dec 2026")
    found.named["clicked"] |= {"ok": False, "error": "timeout"}
    assert says(found, put_off) == []
