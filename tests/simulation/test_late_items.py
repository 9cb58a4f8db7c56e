"""Planted: an action item that somebody hears of because it is late, though its owner was not told, or too soon."""

from datetime import datetime

from simulation.promises import escalated
from tests.simulation.items import ITEM, open_until, press, says, send, tell, utc
from tests.simulation.story import Json
from tests.simulation.week import Week

END, TOLD_AT, HEARD_AT = utc(12, 9, "12:00"), utc(11, 30, "08:00"), utc(12, 7, "12:00")


def late(told_at: datetime = TOLD_AT, heard_at: datetime = HEARD_AT, day: str = "Fri 4 Dec 2026") -> Week:
    """Ben is told on Monday that Ana will hear of it after Friday; she does on the Monday after."""
    found = open_until(END)
    who = f"If it is still open after {day}, Ana Souza, who asked for it, hears of it. A new date stops that."
    found.named["told"] = tell(found, "ben", told_at, f"A reminder: {ITEM} was due on Fri 27 Nov 2026.\n{who}")
    found.named["heard"] = hear(found, heard_at)
    return found


def hear(found: Week, at: datetime, due: str = "Fri 27 Nov 2026") -> Json:
    text = (
        f"{ITEM} is still open: Ben Okafor owns it, and it was due on {due}.\nYou hear of it because you asked for it."
    )
    return tell(found, "ana", at, text)


def test_what_its_owner_was_told_of_in_time_may_be_heard() -> None:
    assert says(late(), escalated) == []


def test_an_owner_who_was_not_told_before_is_found() -> None:
    found = late()
    found.story.lines.remove(found.named["told"])
    assert says(found, escalated) == ["Ana Souza heard of A-1, and Ben Okafor was not told before that somebody would."]


def test_an_owner_who_was_told_without_a_name_is_found() -> None:
    found = late()
    found.named["told"]["message"]["text"] = f"A reminder: {ITEM} was due on Fri 27 Nov 2026."
    assert says(found, escalated) == ["Ana Souza heard of A-1, and Ben Okafor was not told before that somebody would."]


def test_whoever_hears_of_it_four_working_days_after_it_was_due_is_found() -> None:
    found = late(heard_at=utc(12, 4, "12:00"), day="Thu 3 Dec 2026")
    assert says(found, escalated) == ["Ana Souza heard of A-1 too soon after it was due, or after Ben Okafor was told."]


def test_whoever_hears_of_it_the_day_after_its_owner_was_told_is_found() -> None:
    found = late(told_at=utc(12, 7, "08:00"), heard_at=utc(12, 8, "12:00"))
    assert says(found, escalated) == ["Ana Souza heard of A-1 too soon after it was due, or after Ben Okafor was told."]


def test_whoever_hears_of_it_before_the_day_that_its_owner_was_told_is_found() -> None:
    found = late(day="Tue 8 Dec 2026")
    assert says(found, escalated) == ["Ana Souza heard of A-1 otherwise than Ben Okafor had been told."]


def test_somebody_else_than_its_owner_was_told_of_is_found() -> None:
    found = late()
    text = found.named["told"]["message"]["text"]
    found.named["told"]["message"]["text"] = text.replace("Ana Souza, who asked for it,", "Cai Rao")
    assert says(found, escalated) == ["Ana Souza heard of A-1 otherwise than Ben Okafor had been told."]


def test_whoever_hears_of_what_is_done_is_found() -> None:
    found = late()
    press(found, "ben", utc(12, 3, "10:00"), "action.done")
    assert says(found, escalated) == ["Ana Souza heard that A-1 is late, which was over by then."]


def test_whoever_hears_of_what_was_dropped_is_found() -> None:
    found = late()
    send(found, "ben", utc(12, 3, "10:00"), "action.drop_form", {"Why?": "No bank"}, item="1")
    assert says(found, escalated) == ["Ana Souza heard that A-1 is late, which was over by then."]


def test_what_is_not_done_after_all_may_be_late() -> None:
    found = late()
    press(found, "ben", utc(12, 1, "10:00"), "action.done")
    press(found, "ben", utc(12, 1, "12:00"), "action.reopen")
    assert says(found, escalated) == []


def test_a_new_date_after_its_owner_was_told_stops_it() -> None:
    found = late()
    send(found, "ben", utc(12, 2, "10:00"), "action.date_form", {"New date": "2026-12-20"}, item="1")
    assert says(found, escalated) == ["Ana Souza heard of A-1, and Ben Okafor was not told before that somebody would."]


def test_an_owner_who_is_away_meanwhile_is_left_to_what_they_were_told_last() -> None:
    """Absences only make it later."""
    found = late(day="Tue 8 Dec 2026")
    fields = {"command": "/muster", "text": "away 2026-12-01 2026-12-02", "channel": "DBEN"}
    found.story.did("ben", "commanded", utc(12, 1, "07:00"), **fields)
    assert says(found, escalated) == []
