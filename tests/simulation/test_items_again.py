"""Planted: an action item that comes again twice, not at all, or too early; and one without owner or day."""

import pytest

from simulation.promises import comes_again, orphans
from tests.simulation.items import open_until, press, says, send, tell, utc
from tests.simulation.story import Json, context
from tests.simulation.week import Week, pressed

END = utc(12, 2, "12:00")
DONE = utc(11, 25, "10:00")


def every_week() -> Week:
    """Ben does it on Wednesday, and has the next one at once."""
    found = open_until(END)
    facts = context("from a private channel · every week")
    found.named["action"]["message"]["blocks"].insert(1, facts)
    found.named["done"] = press(found, "ben", DONE, "action.done")
    found.named["next"] = follow(found, "A-2")
    return found


def follow(found: Week, record: str, due: str = "Fri 4 Dec 2026") -> Json:
    text = f"{record}: Call the bank [eeee-0001] is yours. It is due on {due}, asked for by Ana Souza."
    return tell(found, "ben", DONE, text, context("from a private channel · every week, after A-1"))


def test_one_that_follows_is_well() -> None:
    assert says(every_week(), comes_again) == []


def test_two_that_follow_are_found() -> None:
    found = every_week()
    follow(found, "A-3")
    assert says(found, comes_again) == ["After A-1 came A-2 and A-3, and only one was to."]


def test_none_that_follows_is_found() -> None:
    found = every_week()
    found.story.lines.remove(found.named["next"])
    assert says(found, comes_again) == ["A-1 comes again, is over, and none followed."]


def test_one_that_is_not_due_later_is_found() -> None:
    found = every_week()
    found.story.lines.remove(found.named["next"])
    follow(found, "A-2", "Fri 27 Nov 2026")
    assert says(found, comes_again) == ["A-2 follows A-1, and is not due later."]


def test_one_that_follows_late_is_found() -> None:
    found = every_week()
    found.named["next"]["at"] += 3600
    assert says(found, comes_again) == ["What follows A-1 was told late."]


def test_of_one_that_is_dropped_this_time_the_next_one_comes() -> None:
    found = every_week()
    found.story.lines.remove(found.named["done"])
    values = {"Why?": "No bank", "Which?": "This time only: the next one comes"}
    send(found, "ben", DONE, "action.drop_form", values, item="1")
    assert says(found, comes_again) == []
    found.story.lines.remove(found.named["next"])
    assert says(found, comes_again) == ["A-1 comes again, is over, and none followed."]


def test_after_one_that_is_dropped_for_good_none_comes() -> None:
    found = every_week()
    found.story.lines.remove(found.named["done"])
    values = {"Why?": "No bank", "Which?": "For good: it does not come again"}
    send(found, "ben", DONE, "action.drop_form", values, item="1")
    assert says(found, comes_again) == ["A-1 was dropped for good, and A-2 came after it."]
    found.story.lines.remove(found.named["next"])
    assert says(found, comes_again) == []


MADE, TOLD_AT = utc(11, 25, "14:00"), utc(11, 27, "14:00")
LACKS = (
    "A reminder: A-2: Buy chairs [eeee-0002] has no owner and no date yet. Nobody is reminded of it until it has both."
)


def orphan() -> Week:
    """Ana adds it on Wednesday at eleven of her clock, and is told on Friday."""
    found = open_until(END)
    values = {"What is to be done?": "Buy chairs [eeee-0002]"}
    send(found, "ana", MADE, "action.form", values, channel="CCOUNCIL")
    text = "Recorded A-2: Buy chairs [eeee-0002]. It has no owner and no date yet."
    tell(found, "ana", MADE, text, pressed("I'll take it", "action.take", "2"))
    found.named["lacks"] = tell(found, "ana", TOLD_AT, LACKS)
    return found


def test_whoever_recorded_an_item_without_owner_or_day_is_told_so() -> None:
    assert says(orphan(), orphans) == []


def test_whoever_recorded_it_and_is_not_told_is_found() -> None:
    found = orphan()
    found.story.lines.remove(found.named["lacks"])
    assert says(found, orphans) == ["Ana Souza was not told that A-2 lacks an owner or a day, by 27 Nov 14:00 UTC."]


def test_whoever_is_told_twice_is_found() -> None:
    found = orphan()
    tell(found, "ana", utc(12, 1, "14:00"), LACKS)
    assert says(found, orphans) == ["It was told 2 times that A-2 lacks an owner or a day."]


def test_whoever_is_told_too_soon_is_found() -> None:
    found = orphan()
    found.named["lacks"]["at"] -= 3600
    assert says(found, orphans) == ["Ana Souza was told too soon that A-2 lacks something."]


@pytest.mark.parametrize(("owner", "is_found"), [("", True), ("Ben Okafor", False)])
def test_two_working_days_of_an_owner_without_a_day_count_as_well(owner: str, *, is_found: bool) -> None:
    """Ana keeps a holiday in between."""
    found = orphan()
    values = {"What is to be done?": "Buy chairs [eeee-0002]", **({"Owner": owner} if owner else {})}
    for line in found.story.lines:
        if line.get("values") == {"What is to be done?": "Buy chairs [eeee-0002]"}:
            line["values"] = values
    own = {"Working hours": "mon-fri 09:00-17:30", "Public holidays": "US", "Reminders": "Standard: 3 a day"}
    send(found, "ana", utc(11, 23, "20:00"), "people.form", own)
    assert says(found, orphans) == (["Ana Souza was told too soon that A-2 lacks something."] if is_found else [])


def test_somebody_else_who_is_told_is_found() -> None:
    found = orphan()
    found.named["lacks"]["channel"] = "DBEN"
    assert says(found, orphans) == ["Ben Okafor was told that A-2 lacks something, and did not ask for it."]


def test_what_somebody_has_taken_need_not_be_told() -> None:
    found = orphan()
    found.story.lines.remove(found.named["lacks"])
    press(found, "ben", utc(11, 26, "10:00"), "action.take", "2")
    assert says(found, orphans) == []
