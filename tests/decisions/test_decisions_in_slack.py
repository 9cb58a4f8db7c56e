"""Decisions as people live them, through Bolt and the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Person, texts
from sandbox.state import Json
from tests.muster import Running, running
from tests.seen import find

AGAINST = {
    "What would go wrong, and for whom?": "Too dear",
    "What change or alternative would make it acceptable?": "One of them",
}
REASONS = {"What was decided?": "Ship the small model", "Why?": "It is cheaper"}


@pytest.fixture(scope="module")
def muster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("decisions")
    with running(f"sqlite:///{folder / 'muster.db'}") as found:
        yield found


def card(person: Person, title: str, *words: str, channel: str = "forecast") -> Json:
    return find(lambda: person.messages(channel), title, "It is cheaper", *words)


def record(person: Person, title: str, *, channel: str = "forecast", **more: object) -> None:
    person.command("/decision", title, channel=channel)
    person.fill(REASONS | {label.replace("_", " "): value for label, value in more.items()})
    assert person.submit() == {}


def answer(person: Person, command: str, *words: str, channel: str = "forecast") -> str:
    person.command("/decision", command, channel=channel)
    return " ".join(texts(find(lambda: person.ephemerals(channel), *words)))


def number_of(message: Json) -> str:
    return texts(message)[0].split(":")[0].strip("*")


def test_a_decision_of_ones_own_stands_at_once(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    record(ana, "Small & <fast> model")
    posted = card(ben, "Small &amp; &lt;fast&gt; model", "*Accepted* by Ana Souza", "It is cheaper")
    ben.click(posted, "Read")
    ben.click(posted, "Read")
    card(ben, "fast&gt;", "Read by 1 person")


def test_the_approver_objects_and_may_approve_later_and_the_informed_hear_of_it(muster: Running) -> None:
    ana, grace, dev = (muster.people.person(name) for name in ("Ana", "Grace", "Dev"))
    ana.command("/decision", "Contested one", channel="forecast")
    form = ana.modal()
    assert form
    ana.fill(REASONS | {"Approver": "Grace"})
    ana.click(form, "People")
    ana.fill({"Informed": ["Dev"]})
    assert ana.submit() == {}
    card(ana, "Contested one", "waits for Grace Kim")
    grace.click(find(grace.dm, "Contested one", "asks you to approve"), "Object")
    assert grace.submit()
    grace.fill(AGAINST | {"What would go wrong, and for whom?": "Too early"})
    assert grace.submit() == {}
    card(ana, "Contested one", "*Contested* by Grace Kim", "Too early")
    find(ana.dm, "Grace Kim objected to", "Contested one", "“Too early”")
    assert not [message for message in dev.dm() if "Contested one" in str(message)]
    grace.click(find(grace.dm, "Contested one", "You objected"), "Approve")
    card(ana, "Contested one", "*Accepted* by Grace Kim", "Too early")
    told = find(dev.dm, "wants you to know", "Contested one", "It is cheaper")
    dev.click(told, "Read")
    find(dev.dm, "Contested one", "You have read it")


def test_the_approver_rejects_for_good_and_the_card_says_why(muster: Running) -> None:
    ana, grace = muster.people.person("Ana"), muster.people.person("Grace")
    record(ana, "Three models", Approver="Grace")
    grace.click(find(grace.dm, "Three models", "asks you to approve"), "Reject")
    grace.fill({"Why is it rejected?": "Nobody maintains three"})
    assert grace.submit() == {}
    card(ana, "Three models", "*Rejected by Grace Kim", "Nobody maintains three")
    find(ana.dm, "Grace Kim rejected", "Three models", "“Nobody maintains three”")
    find(grace.dm, "You rejected", "Three models")


def test_from_its_record_the_driver_says_that_it_no_longer_holds_and_why(muster: Running) -> None:
    ana, ben, grace = (muster.people.person(name) for name in ("Ana", "Ben", "Grace"))
    record(ana, "Four models", Approver="Grace")
    grace.click(find(grace.dm, "Four models", "asks you to approve"), "Approve")
    ben.click(card(ben, "Four models", "*Accepted* by Grace Kim"), "Read")
    ana.click(find(ana.dm, "Grace Kim approved", "Four models"), "View")
    viewed = ana.modal()
    assert viewed
    ana.click(viewed, "No longer holds")
    ana.fill({"Why does it no longer hold?": "Prices rose"})
    assert ana.submit() == {}
    assert ana.modal() is None
    card(ana, "Four models", "*No longer holds since", "Prices rose", "Read by 1 person")
    find(ben.dm, "Ana Souza says that", "Four models", "“Prices rose”", "because you have read it")


def test_from_its_record_it_is_superseded_and_whoever_has_read_it_is_asked_again(muster: Running) -> None:
    ana, ben, grace = (muster.people.person(name) for name in ("Ana", "Ben", "Grace"))
    record(ana, "Five models", Approver="Grace")
    grace.click(find(grace.dm, "Five models", "asks you to approve"), "Approve")
    old = card(ben, "Five models", "*Accepted* by Grace Kim")
    ben.click(old, "Read")
    asked = []
    for title in ("Six models", "Seven models"):
        ana.click(find(ana.dm, "Grace Kim approved", "Five models"), "View")
        viewed = ana.modal()
        assert viewed
        ana.click(viewed, "Supersede")
        form = ana.modal()
        assert form
        assert f"Once accepted, it supersedes {number_of(old)}." in str(form)
        ana.fill(REASONS | {"Title": title})
        assert ana.submit() == {}
        assert ana.modal() is None
        asked.append(find(grace.dm, title, "asks you to approve", "is to supersede", number_of(old)))
    grace.click(asked[0], "Approve")
    card(ana, "Five models", "*Superseded by*", "Six models")
    new = card(ana, "Six models", "supersedes")
    told = find(ben.dm, "Five models", "which you have read, is superseded by", "Six models")
    ben.click(told, "Read")
    card(ana, "Six models", "Read by 1 person")
    grace.click(asked[1], "Approve")
    said = f"which {number_of(new)} has superseded since. Ask Ana Souza, who recorded and drives it"
    find(grace.dm, said)


def test_an_objection_is_met_by_an_edit_and_the_approver_is_asked_again(muster: Running) -> None:
    ana, grace = muster.people.person("Ana"), muster.people.person("Grace")
    record(ana, "Two regions", Approver="Grace")
    grace.click(find(grace.dm, "Two regions", "asks you to approve"), "Object")
    grace.fill(AGAINST)
    assert grace.submit() == {}
    told = find(ana.dm, "Grace Kim objected to", "Two regions")
    ana.click(told, "View")
    viewed = ana.modal()
    assert viewed
    assert "It is cheaper" in str(viewed)
    ana.close()
    ana.click(told, "Edit")
    form = ana.modal()
    assert form
    assert "Ship the small model" in str(form)
    ana.fill({"What was decided?": "One region first"})
    assert ana.submit() == {}
    again = find(grace.dm, "Two regions", "was changed after you objected", "One region first")
    card(ana, "Two regions", "One region first", "Earlier objection of Grace Kim")
    grace.click(again, "Approve")
    find(ana.dm, "Grace Kim approved", "Two regions")
    assert "Edit" not in texts(find(ana.dm, "is accepted by Grace Kim", "Two regions"))


def test_what_is_pressed_about_an_older_text_is_answered_with_a_sentence(muster: Running) -> None:
    ana, grace = muster.people.person("Ana"), muster.people.person("Grace")
    record(ana, "Two vendors", Approver="Grace")
    old = find(grace.dm, "Two vendors", "asks you to approve")
    posted = card(ana, "Two vendors")
    grace.click(old, "Object")
    ana.command("/decision", number_of(posted), channel="forecast")
    ana.click(find(lambda: ana.ephemerals("forecast"), "Two vendors", "Edit"), "Edit")
    ana.fill({"What was decided?": "One vendor"})
    assert ana.submit() == {}
    find(grace.dm, "Two vendors", "One vendor", "Approve")
    grace.fill(AGAINST)
    changed = f"The text of {number_of(posted)} was changed meanwhile, so nothing was recorded."
    assert grace.submit() == {"What would go wrong, and for whom?": f"{changed} Read the newer message first."}
    grace.close()
    card(ana, "Two vendors", "One vendor", "*Proposed*")


def test_near_misses_of_a_command_are_no_titles_or_ask_back(muster: Running) -> None:
    ana = muster.people.person("Ana")
    assert "Muster does not understand “lst” here." in answer(ana, "lst", "lst")
    assert "`/decision D-1` shows one of them" in answer(ana, "D-1 D-2", "D-1 D-2")
    assert ana.modal() is None
    ana.command("/decision", "list all", channel="forecast")
    form = ana.modal()
    assert form
    assert "Did you mean `/decision list`? Then close this form and type that." in texts(form)
    assert "list all" in str(form)
    ana.close()


def test_another_approver_is_named_when_the_first_has_left(muster: Running) -> None:
    ana, farid, dev = (muster.people.person(name) for name in ("Ana", "Farid", "Dev"))
    record(ana, "Whose turn", Approver="Farid")
    find(farid.dm, "Whose turn", "asks you to approve")
    muster.people.change_person("Farid", deleted=True)
    told = find(ana.dm, "Farid Haddad has left", "Whose turn")
    ana.click(told, "Choose approver")
    assert list(ana.submit()) == ["Approver"]
    ana.fill({"Approver": "Dev"})
    assert ana.submit() == {}
    find(dev.dm, "Whose turn", "asks you to approve")
    find(ana.dm, "Farid Haddad has left, and nothing of theirs waits for you any more.")


def test_a_private_decision_is_for_those_there_and_those_named(muster: Running) -> None:
    chloe, dev, ana = (muster.people.person(name) for name in ("Chloe", "Dev", "Ana"))
    chloe.command("/decision", "Price of the plan", channel="pricing")
    chloe.fill(REASONS | {"Approver": "Dev"})
    assert chloe.submit() == {}
    warned = chloe.modal()
    assert warned
    assert any("Dev Patel is not in #pricing and will see this decision" in text for text in texts(warned))
    assert chloe.submit() == {}
    assert chloe.modal() is None
    name = number_of(card(chloe, "Price of the plan", channel="pricing"))
    find(dev.dm, "Price of the plan", "a private channel")
    assert "Price of the plan" in answer(dev, name, name)
    assert f"There is no decision {name} that you can see" in answer(ana, name, name)
    assert "There is no decision D-999 that you can see" in answer(ana, "d999", "D-999")
    assert "Price of the plan" not in answer(ana, "list", "`/decision")


def test_a_click_and_a_form_delivered_again_change_nothing(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    record(ana, "Once only", Approver="Ben")
    ben.click(find(ben.dm, "Once only", "asks you to approve"), "Approve")
    card(ana, "Once only", "*Accepted* by Ben Okafor")
    for delivery in muster.people.deliveries()[-4:]:
        assert muster.people.again(delivery["id"])
    card(ana, "Once only", "*Accepted* by Ben Okafor")
    cards = [
        message for message in ana.messages("forecast") if "Read" in texts(message) and "Once only" in str(message)
    ]
    assert len(cards) == 1


def test_a_mistake_is_marked_and_the_form_stays(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "word " * 40, channel="forecast")
    ana.fill(REASONS)
    assert ana.submit() == {"Title": "That is 199 characters; please keep it to 150."}
    ana.close()


@pytest.mark.parametrize("text", ["help", " HELP ", "Help"])
def test_help_says_what_can_be_typed(muster: Running, text: str) -> None:
    assert "`/decision list`" in answer(muster.people.person("Ana"), text, "/decision D-1")


def test_the_driver_looks_again_on_the_day(muster: Running) -> None:
    ana, erin = muster.people.person("Ana"), muster.people.person("Erin")
    ana.command("/decision", "Look again", channel="forecast")
    form = ana.modal()
    assert form
    ana.fill(REASONS)
    ana.click(form, "People")
    ana.fill({"Driver": "Erin"})
    ana.click(ana.modal() or {}, "What follows")
    ana.fill({"Look again on": "2026-11-24"})
    assert ana.submit() == {}
    card(ana, "Look again", "driven by Erin Walsh")
    while not [message for message in erin.dm() if "Today is the day to look again" in str(message)]:
        assert muster.people.next_event()["moved"]
    find(erin.dm, "Look again", "Does it still hold?")


def test_an_action_item_is_added_at_a_decision_and_stands_on_its_card(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    record(ana, "Five models")
    ben.click(card(ana, "Five models", "Add action item"), "Add action item")
    ben.fill({"What is to be done?": "Order GPUs", "Owner": "Dev", "Due": "2026-12-03"})
    assert ben.submit() == {}
    shown = card(ana, "Five models", "Action items (1)", "Order GPUs")
    name = number_of(shown)
    assert f"from {name} in #forecast" in str(find(muster.people.person("Dev").dm, "Order GPUs", "is yours"))
    ana.command("/decision", name, channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "Order GPUs", "Add action item")
