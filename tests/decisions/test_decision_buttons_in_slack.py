"""The buttons of a decision's record as people press them, through Bolt and the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Person, texts
from sandbox.state import Json
from tests.muster import Running, running
from tests.seen import find
from tests.surface.views import labels

REASONS = {"What was decided?": "Ship the small model", "Why?": "It is cheaper"}


@pytest.fixture(scope="module")
def muster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("buttons")
    with running(f"sqlite:///{folder / 'muster.db'}") as found:
        yield found


def propose(person: Person, title: str) -> Json:
    person.command("/decision", title, channel="forecast")
    person.fill(REASONS | {"Approver": "Grace"})
    assert person.submit() == {}
    return find(lambda: person.messages("forecast"), title, "It is cheaper")


def number_of(message: Json) -> str:
    return texts(message)[0].split(":")[0].strip("*")


def view(person: Person, message: Json) -> Json:
    person.click(message, "View")
    found = person.modal()
    assert found
    return found


def test_its_recorder_edits_it_from_the_record_that_the_card_opens(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.click(view(ana, propose(ana, "One model")), "Edit")
    ana.fill({"What was decided?": "Ship none"})
    assert ana.submit() == {}
    assert ana.modal() is None
    find(lambda: ana.messages("forecast"), "One model", "Ship none")


def test_its_approver_approves_in_the_record_and_sees_it_there(muster: Running) -> None:
    grace = muster.people.person("Grace")
    propose(muster.people.person("Ana"), "Two models")
    card = find(lambda: grace.messages("forecast"), "Two models")
    grace.click(view(grace, card), "Approve")
    shown = grace.modal()
    assert shown
    assert "*Accepted* by Grace Kim" in str(shown)
    assert "Approve" not in labels(shown["blocks"])
    grace.click(shown, "Add action item")
    assert "New action item" in str(grace.modal())
    grace.close()


def test_its_approver_approves_in_the_answer_to_the_command_and_sees_it_there(muster: Running) -> None:
    grace = muster.people.person("Grace")
    number = number_of(propose(muster.people.person("Ana"), "Three models"))
    grace.command("/decision", number, channel="forecast")
    grace.click(find(lambda: grace.ephemerals("forecast"), "Three models", "Reject"), "Approve")
    shown = find(lambda: grace.ephemerals("forecast"), "Three models", "*Accepted* by Grace Kim")
    assert "Approve" not in labels(shown["blocks"])


def test_its_recorder_withdraws_it_in_the_record_and_the_approver_is_asked_no_more(muster: Running) -> None:
    ana, grace = muster.people.person("Ana"), muster.people.person("Grace")
    card = propose(ana, "Four models")
    find(grace.dm, "Four models", "asks you to approve")
    ana.click(view(ana, card), "Withdraw")
    ana.fill({"Why is it withdrawn?": "Nobody needs four"})
    assert ana.submit() == {}
    assert ana.modal() is None
    shown = find(lambda: ana.messages("forecast"), "Four models", "*Withdrawn by Ana", "Nobody needs four")
    assert labels(shown["blocks"]) == ["View"]
    find(grace.dm, "Four models", "withdrew", "it waited for you to approve")
    find(grace.dm, "Four models", "was withdrawn by Ana")


def test_whoever_drove_what_was_superseded_says_what_came_of_it(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "Five models", channel="forecast")
    ana.fill(REASONS | {"Approver": "Ana"})
    assert ana.submit() == {}
    card = find(lambda: ana.messages("forecast"), "Five models", "*Accepted*")
    ana.click(view(ana, card), "Supersede")
    ana.fill(REASONS | {"Title": "Six models", "Approver": "Ana"})
    assert ana.submit() == {}
    old = find(lambda: ana.messages("forecast"), "Five models", "*Superseded by*", "Six models")
    ana.click(view(ana, old), "What came of it")
    ana.fill({"What came of it?": "Nobody needed five"})
    assert ana.submit() == {}
    assert ana.modal() is None
    shown = view(ana, find(lambda: ana.messages("forecast"), "Five models", "what came of it"))
    assert "Nobody needed five" in str(shown)
    assert "What came of it" not in labels(shown["blocks"])
    ana.close()
