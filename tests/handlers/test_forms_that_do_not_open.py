"""Slack does not open a form in time: the person gets a sentence, and a button that opens the same form."""

from datetime import UTC, datetime

import pytest

from sandbox.client import Person, eventually, texts
from sandbox.faults import Kind
from sandbox.state import Json
from surface import forms
from tests.muster import Running
from tests.seen import find

OFFERED = "Slack did not open the form in time. Press *Open the form* to try again."
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def fail(muster: Running, kind: Kind = "ratelimited", *, error: str = "", times: int = 1) -> None:
    muster.box.faults.add("views.open", kind, times, error=error)


def offer(person: Person, channel: str) -> Json:
    return find(lambda: person.ephemerals(channel), OFFERED)


def title(person: Person) -> str:
    form = person.modal()
    return str(form["title"]["text"]) if form else ""


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("ratelimited", ""),
        ("drop_before", ""),
        ("error", "internal_error"),
        ("error", "expired_trigger_id"),
        ("error", "exchanged_trigger_id"),
        ("error", "trigger_expired"),
    ],
)
def test_whatever_kept_slack_from_it_the_button_opens_it(
    muster: Running, grace: Person, kind: Kind, error: str
) -> None:
    fail(muster, kind, error=error)
    grace.command("/decision", "", channel="forecast")
    grace.click(offer(grace, "forecast"), "Open the form")
    assert title(grace) == "Record a decision"


@pytest.mark.parametrize(
    ("command", "text", "form", "words"),
    [
        ("/decision", "Use the small model", "What was decided?", "Use the small model"),
        ("/action", "Ask <legal> & co", "What is to be done?", "Ask &lt;legal&gt; &amp; co"),
        ("/muster", "decision Use it", "What was decided?", "Use it"),
        ("/muster", "people", "Whom do you want to set up?", ""),
        ("/muster", "people csv", "The list", ""),
        ("/muster", "me", "Function", ""),
        ("/muster", "away", "First day", ""),
    ],
)
def test_the_button_opens_the_form_of_the_command_in_its_channel(
    muster: Running, command: str, text: str, form: str, words: str
) -> None:
    grace = muster.people.person("Grace")
    fail(muster)
    grace.command(command, text, channel="forecast")
    said = offer(grace, "forecast")
    assert (f"You typed: “{words}”" in "\n".join(texts(said))) == bool(words)
    grace.click(said, "Open the form")
    assert form in str(texts(grace.modal() or {"blocks": []}))


def test_the_form_it_opens_is_about_the_same_person(muster: Running, grace: Person) -> None:
    ben = muster.people.person_id("Ben")
    fail(muster)
    grace.command("/muster", f"people <@{ben}>", channel="forecast")
    grace.click(offer(grace, "forecast"), "Open the form")
    assert forms.ids(grace.modal() or {})["person"] == ben


def test_what_is_recorded_with_it_belongs_to_the_channel(muster: Running, grace: Person) -> None:
    fail(muster)
    grace.command("/action", "", channel="forecast")
    grace.click(offer(grace, "forecast"), "Open the form")
    grace.fill({"What is to be done?": "Ask legal.", "Owner": "Ben", "Due": "2026-11-27"})
    assert grace.submit() == {}
    assert eventually(lambda: "Ask legal." in str([texts(message) for message in muster.people.person("Ben").dm()]))


def test_the_offer_goes_when_its_form_is_open(muster: Running, grace: Person) -> None:
    fail(muster)
    grace.command("/decision", "", channel="forecast")
    grace.click(offer(grace, "forecast"), "Open the form")
    assert eventually(lambda: not grace.ephemerals("forecast"))


def test_when_it_does_not_open_again_the_first_offer_stays_with_what_was_typed(muster: Running, grace: Person) -> None:
    fail(muster, times=2)
    grace.command("/decision", "Use the small model", channel="forecast")
    first = offer(grace, "forecast")
    grace.click(first, "Open the form")
    find(lambda: grace.ephemerals("forecast"), "Wait a moment, then press *Open the form* once more.")
    assert first["ts"] == offer(grace, "forecast")["ts"]
    grace.click(first, "Open the form")
    assert title(grace) == "Record a decision"


def test_the_button_of_a_message_gets_an_offer_of_its_own(muster: Running, grace: Person) -> None:
    muster.switch_on()
    muster.people.jump_to(MONDAY)
    chloe = muster.people.person("Chloe")
    asked = find(chloe.dm, "Weekly sync")
    fail(muster)
    chloe.click(asked, "Answer")
    chloe.click(offer(chloe, "app"), "Open the form")
    assert title(chloe) == "Weekly sync"
    assert eventually(lambda: not chloe.ephemerals("app"))
    assert find(chloe.dm, "Weekly sync")["ts"] == asked["ts"]


@pytest.mark.parametrize("press", ["New date", "Hand over"])
def test_an_offer_takes_the_place_of_a_list_that_the_form_makes_stale(
    muster: Running, grace: Person, press: str
) -> None:
    grace.command("/action", "", channel="forecast")
    grace.fill({"What is to be done?": "Ask legal.", "Owner": "Grace", "Due": "2026-11-27"})
    assert grace.submit() == {}
    grace.command("/action", "list", channel="forecast")
    listed = find(lambda: grace.ephemerals("forecast"), "Yours (1)")
    fail(muster)
    grace.click(listed, press)
    said = offer(grace, "forecast")
    assert "Yours (1)" not in str(grace.ephemerals("forecast"))
    grace.click(said, "Open the form")
    assert title(grace) == press
    assert eventually(lambda: not grace.ephemerals("forecast"))


def test_on_home_the_offer_stands_on_the_page_until_its_form_is_open(muster: Running, grace: Person) -> None:
    grace.home(open_tab=True)
    assert eventually(grace.home)
    fail(muster, times=2)
    grace.click(grace.home() or {}, "Record a decision")
    assert eventually(lambda: OFFERED in str(grace.home()))
    grace.click(grace.home() or {}, "Open the form")
    assert title(grace) == ""
    assert eventually(lambda: OFFERED in str(grace.home()))
    grace.click(grace.home() or {}, "Open the form")
    assert title(grace) == "Record a decision"
    assert eventually(lambda: OFFERED not in str(grace.home()))
    assert not grace.dm()


def test_the_offer_on_home_hides_nothing_that_came_while_it_was_sent(muster: Running, grace: Person) -> None:
    grace.home(open_tab=True)
    assert eventually(grace.home)
    fail(muster)
    offering = muster.box.faults.add("views.publish", "hold")
    grace.click(grace.home() or {}, "Record a decision")
    assert offering.reached.wait(10)
    ana = muster.people.person("Ana")
    ana.command("/action", "Ask legal", channel="forecast")
    ana.fill({"Owner": "Grace", "Due": "2026-11-27"})
    assert ana.submit() == {}
    assert eventually(lambda: "Ask legal" in str(grace.home()))
    offering.release()
    assert eventually(lambda: OFFERED in str(grace.home()))
    assert eventually(lambda: "Ask legal" in str(grace.home()))


def test_a_change_of_an_open_form_that_slack_did_not_take_is_said_on_top_of_it(muster: Running, grace: Person) -> None:
    grace.command("/decision", "", channel="forecast")
    muster.box.faults.add("views.update", "ratelimited")
    grace.click(grace.modal() or {}, "Options")
    assert eventually(lambda: "Slack did not change the form in time." in str(grace.modal()))
    grace.close()
    grace.click(grace.modal() or {}, "Options")
    assert "Option considered" in str(grace.modal())


def test_a_form_closed_before_it_changed_needs_no_word(muster: Running, grace: Person) -> None:
    grace.command("/decision", "", channel="forecast")
    muster.box.faults.add("views.update", "error", error="not_found")
    grace.click(grace.modal() or {}, "Options")
    grace.command("/muster", "help", channel="forecast")
    assert not muster.box.log.calls("views.push")


def test_a_form_that_slack_refuses_for_good_gives_a_reference_and_no_button(muster: Running, grace: Person) -> None:
    fail(muster, "error", error="invalid_arguments")
    grace.command("/decision", "", channel="forecast")
    said = find(lambda: grace.ephemerals("forecast"), "Something went wrong.")
    assert "Open the form" not in str(said)
