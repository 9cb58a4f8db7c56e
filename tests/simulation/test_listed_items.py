"""Planted: lists of action items that show what is over, or in another order; and helpers who are not told."""

from simulation.promises import listed, records
from tests.simulation.breaking import broken
from tests.simulation.items import open_until, press, says, send, tell, utc
from tests.simulation.story import direct, section, user
from tests.simulation.week import Week

AT = utc(11, 25, "12:00")
FIRST = "A-1 Call the bank [eeee-0001] · Ben Okafor · due Fri 27 Nov 2026 · important · from #council"
SOON = "A-3 Buy chairs · Ben Okafor · due Thu 26 Nov 2026 · from #council"
LATER = "A-2 Buy tables · Ben Okafor · due Mon 30 Nov 2026 · from #council"
NO_DAY = "A-4 Buy lamps · Ben Okafor · no date yet · from #council"


def shown(*rows: str) -> Week:
    """To Ana, in answer to a command."""
    found = open_until(utc(11, 25, "18:00"))
    text = "\n".join([f"You are waiting for ({len(rows)})", *rows])
    line = found.story.post(AT, direct("ana"), text, [section(text)])
    line["message"] |= {"only_for": user("ana"), "metadata": None}
    return found


def test_what_is_important_then_what_is_due_first_is_well() -> None:
    assert says(shown(FIRST, SOON, LATER, NO_DAY), listed) == []


def test_another_order_is_found() -> None:
    for rows in ((SOON, FIRST), (LATER, SOON), (NO_DAY, SOON)):
        assert len(says(shown(*rows), listed)) == 1


def test_each_list_has_an_order_of_its_own() -> None:
    assert says(shown(FIRST, LATER, "Yours (1)", SOON), listed) == []


def test_what_is_over_and_listed_is_found() -> None:
    found = shown(FIRST)
    press(found, "ben", utc(11, 25, "10:00"), "action.done")
    assert says(found, listed) == ["A-1 stood in a list of what is open, and was over."]


def test_what_is_open_again_may_be_listed() -> None:
    found = shown(FIRST)
    press(found, "ben", utc(11, 25, "10:00"), "action.done")
    press(found, "ben", utc(11, 25, "10:30"), "action.reopen")
    assert says(found, listed) == []


def helped(*, is_told: bool) -> Week:
    found = open_until(utc(11, 25, "18:00"))
    values = {"What is to be done?": "Buy lamps [eeee-0006]", "Owner": "Ana Souza", "Due": "2026-12-18"}
    send(found, "ana", AT, "action.form", {**values, "Helpers": "Cai Rao, Ana Souza"}, channel="CCOUNCIL")
    tell(found, "ana", AT, "Recorded A-4: Buy lamps [eeee-0006]. It is yours, due on Fri 18 Dec 2026.")
    if is_told:
        tell(found, "cai", AT, "You are named to help with A-4: Buy lamps [eeee-0006]. Ana Souza owns it.")
    return found


def test_whoever_is_to_help_is_told() -> None:
    assert broken(helped(is_told=True)).get(records.PROMISE) is None
    assert says(helped(is_told=False), records) == [
        "Ana Souza recorded something, and Cai Rao was not told to help with 'Buy lamps [eeee-0006]'."
    ]
