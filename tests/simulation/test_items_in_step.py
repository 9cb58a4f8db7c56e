"""Planted: a change of an action item that whoever asked for it does not read, or reads twice; and several at once."""

import pytest

from simulation.promises import leaks, moved_dates, overdue, several, steps_told
from tests.simulation.breaking import again
from tests.simulation.items import ITEM, open_until, says, send, tell, utc
from tests.simulation.story import SECOND, context, section, user
from tests.simulation.week import Week

END = utc(11, 26, "12:00")
AT = utc(11, 25, "12:00")
MOVED = "Wed 25 Nov 2026: Ben Okafor moved it from Fri 27 Nov 2026 to Mon 30 Nov 2026"


def moved(*lines: str) -> Week:
    """Ben gives it another date, and Ana reads that in the message that she has."""
    found = open_until(END)
    send(found, "ben", AT, "action.date_form", {"New date": "2026-11-30"}, item="1")
    text = "Recorded A-1: Call the bank [eeee-0001]. Ben Okafor owns it, due on Mon 30 Nov 2026."
    found.story.change(found.named["action receipt"], AT + SECOND, text, [section(text), context("\n".join(lines))])
    return found


def test_a_change_that_stands_there_once_is_well() -> None:
    assert says(moved(MOVED), steps_told) == []


def test_a_change_that_does_not_stand_there_is_found() -> None:
    assert says(moved("from #council"), steps_told) == ["Ana Souza did not read what Ben Okafor did with A-1."]


def test_a_change_that_stands_there_twice_is_found() -> None:
    assert says(moved(MOVED, MOVED), steps_told) == ["Ana Souza read twice of A-1: 'to Mon 30 Nov 2026'"]


def test_a_message_of_its_own_to_whoever_asked_is_found() -> None:
    found = moved(MOVED)
    tell(found, "ana", AT, f"Ben Okafor moved {ITEM} to Mon 30 Nov 2026.")
    assert says(found, steps_told) == ["Ana Souza got a message of its own about A-1, beside the one that changes."]


def test_a_change_that_may_not_have_been_heard_is_left_open() -> None:
    found = moved("from #council")
    for line in (line for line in found.story.lines if line.get("callback_id") == "action.date_form"):
        line |= {"ok": False, "error": "timeout"}
    assert says(found, steps_told) == []


COUNTED = "moved once, first due Fri 27 Nov 2026"


def test_how_often_a_day_was_moved_and_the_first_one_stand_there() -> None:
    assert says(moved(MOVED, COUNTED), moved_dates) == []


@pytest.mark.parametrize(
    "shown", ["", "moved twice, first due Fri 27 Nov 2026", "moved once, first due Mon 30 Nov 2026"]
)
def test_another_count_or_another_first_day_is_found(shown: str) -> None:
    assert says(moved(MOVED, shown), moved_dates) == [f"Ana Souza does not read that A-1 was {COUNTED}."]


LINES = "@Ben Okafor Buy chairs [eeee-0003] by tomorrow\nBook a room [eeee-0004]"
ROWS = ("A-2 Buy chairs [eeee-0003] · Ben Okafor · due Thu 26 Nov 2026", "A-3 Book a room [eeee-0004] · no owner yet")


FORMS = {
    "action.lines_form": {"One on each line": LINES},
    "brief.items_form": {
        "1. What is to be done?": "Buy chairs [eeee-0003]",
        "1. Owner": "Ben Okafor",
        "1. Due": "2026-11-26",
        "2. What is to be done?": "Book a room [eeee-0004]",
        "3. What is to be done?": "",
    },
}
"""Of lines, and of what a thread says."""


def listed(*rows: str, form: str = "action.lines_form") -> Week:
    """Ana adds two at once in private, one of them for Ben."""
    found = open_until(END)
    send(found, "ana", AT, form, FORMS[form], channel="CCOUNCIL")
    found.named["all"] = tell(found, "ana", AT + SECOND, "\n".join(["Recorded 2 action items, in #council.", *rows]))
    mine = (
        "Ana Souza has an action item for you, in #council.\nA-2 Buy chairs [eeee-0003] · yours · due Thu 26 Nov 2026"
    )
    found.named["mine"] = tell(found, "ben", AT + SECOND, mine)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_several_that_are_told_together_are_well(form: str) -> None:
    assert says(listed(*ROWS, form=form), several) == says(listed(*ROWS, form=form), leaks) == []


def test_a_line_that_became_two_items_is_found() -> None:
    found = listed(*ROWS, "A-4 Book a room [eeee-0004] · no owner yet")
    assert says(found, several) == ["Ana Souza recorded 2 action items at once, and not each became one."]


@pytest.mark.parametrize("form", FORMS)
def test_a_line_that_became_none_is_found(form: str) -> None:
    text = "Ana Souza was not told in time what Ana Souza did with several action items."
    assert says(listed(ROWS[0], form=form), several) == [text]


@pytest.mark.parametrize("form", FORMS)
def test_an_owner_who_does_not_hear_of_it_is_found(form: str) -> None:
    found = listed(*ROWS, form=form)
    found.story.lines.remove(found.named["mine"])
    assert says(found, several) == ["Ben Okafor was not told in time what Ana Souza did with several action items."]


def test_an_owner_who_hears_of_it_twice_is_found() -> None:
    found = listed(*ROWS)
    again(found, found.named["mine"], AT + 2 * SECOND, delivery="other")
    assert says(found, several) == ["Ben Okafor was told twice of the same action items."]


def dropped(*, is_told: bool, row: str = "1") -> Week:
    """Ben drops it with others."""
    found = open_until(utc(11, 30, "12:00"))
    send(found, "ben", AT, "action.bulk_form", {"Why?": "No bank [eeee-0005]"}, items=row, move="drop")
    if is_told:
        tell(found, "ana", AT, f"Ben Okafor dropped an action item as no longer needed: No bank [eeee-0005]\n{ITEM}")
    return found


def test_whoever_asked_for_what_is_changed_with_others_hears_of_it() -> None:
    assert says(dropped(is_told=True), several) == []
    assert says(dropped(is_told=False), several) == [
        "Ana Souza was not told in time what Ben Okafor did with several action items."
    ]


def test_what_is_changed_with_others_need_not_be_reminded_of() -> None:
    assert says(dropped(is_told=True), overdue) == []


def test_why_several_are_dropped_goes_as_far_as_they_do() -> None:
    found = dropped(is_told=True)
    assert says(found, leaks) == []
    tell(found, "cai", AT + SECOND, "No bank [eeee-0005]")
    assert "[eeee-0005]" in " ".join(says(found, leaks))


def test_which_they_are_is_told_by_the_form_where_no_button_tells() -> None:
    found = dropped(is_told=True, row="9")
    assert "[eeee-0005]" in " ".join(says(found, leaks))
    (sent,) = (line for line in found.story.lines if line.get("callback_id") == "action.bulk_form")
    view = {
        "type": "modal",
        "id": sent["view_id"],
        "callback_id": "action.bulk_form",
        "blocks": [section(f"*A-1* {ITEM[4:]}")],
    }
    found.story.add("view", AT - SECOND, act="opened", user=sent["person"], view=view)
    assert says(found, leaks) == []


def test_why_one_of_several_is_dropped_goes_as_far_as_it_does() -> None:
    found = listed(*ROWS)
    button = {"type": "button", "action_id": "action.drop", "value": "22", "accessibility_label": "A-2 is not needed"}
    found.named["mine"]["message"]["blocks"].append({"type": "actions", "elements": [button]})
    send(found, "ben", AT + 2 * SECOND, "action.drop_form", {"Why?": "No money [eeee-0006]"}, item="22")
    text = "A-2: Buy chairs [eeee-0003] is no longer needed, says Ben Okafor: No money [eeee-0006]"
    tell(found, "ana", AT + 3 * SECOND, text)
    assert says(found, leaks) == []
    tell(found, "cai", AT + 3 * SECOND, text)
    assert "[eeee-0006]" in " ".join(says(found, leaks))


def test_what_was_not_changed_after_all_need_not_be_told() -> None:
    found = dropped(is_told=False)
    view = {"type": "modal", "id": f"V-action.bulk_form-{AT}", "submit": {"text": "Drop them"}, "blocks": []}
    (sent,) = (line for line in found.story.lines if line.get("callback_id") == "action.bulk_form")
    at = found.story.lines.index(sent)
    found.story.lines.insert(at, found.story.add("view", AT, act="updated", user=user("ben"), view=view))
    found.story.lines.pop()
    assert says(found, several) == []
