"""The pages of the form of a decision as people turn them, through Bolt and the sandbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Person, texts
from sandbox.state import Json
from tests.muster import Running, running
from tests.seen import find

REASONS = {"What was decided?": "Ship the small model", "Why?": "It is cheaper"}


@pytest.fixture(scope="module")
def muster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("pages")
    with running(f"sqlite:///{folder / 'muster.db'}") as found:
        yield found


def turn(person: Person, page: str) -> Json:
    person.click(person.modal() or {}, page)
    found = person.modal()
    assert found
    return found


def view(person: Person, message: Json) -> str:
    person.click(message, "View")
    found = " ".join(texts(person.modal() or {}))
    person.close()
    return found


def test_all_that_was_typed_on_every_page_is_recorded(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "In full", channel="forecast")
    assert "Not yet: context, options considered" in " ".join(texts(ana.modal() or {}))
    ana.fill(REASONS)
    turn(ana, "Context")
    ana.fill({"Context": "Costs rose", "Constraints": "Under 10 ms"})
    turn(ana, "Options")
    ana.fill({"Option considered": "Both", "What speaks for it?": "Safe", "More options": "Neither\nLarge"})
    turn(ana, "People")
    ana.fill({"Contributors": ["Dev"]})
    turn(ana, "What follows")
    ana.fill({"Expected outcome": "Half the cost", "Target": "40 %", "How sure are you of it?": "70 %"})
    turn(ana, "Connections")
    ana.fill({"Links": "https://example.com/eval the evaluation"})
    assert "Ship the small model" in str(turn(ana, "Decision"))
    assert ana.submit() == {}
    assert ana.modal() is None
    card = find(lambda: ana.messages("forecast"), "In full", "Also in the record: context, constraints, options")
    assert "Costs rose" not in str(card)
    shown = view(muster.people.person("Ben"), card)
    for text in ("Costs rose", "Under 10 ms", "contributors: Dev Patel", "https://example.com/eval the evaluation"):
        assert text in shown
    assert "1. Both\n• For: Safe\n2. Neither\n3. Large" in shown
    assert "Half the cost\nTarget: 40 %\nRecorded as 70 % sure" in shown


def test_options_are_shown_one_at_a_time_and_can_be_taken_out(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "Options", channel="forecast")
    ana.fill(REASONS)
    turn(ana, "Options")
    ana.fill({"More options": "One\nTwo\nThree"})
    turn(ana, "People")
    turn(ana, "Options")
    ana.click(ana.modal() or {}, "2. Two")
    ana.fill({"What speaks against it?": "Dear"})
    ana.click(ana.modal() or {}, "1. One")
    assert "Dear" not in str(ana.modal())
    ana.click(ana.modal() or {}, "Remove")
    ana.click(ana.modal() or {}, "Another option")
    ana.fill({"What does it bring?": "Peace"})
    turn(ana, "Decision")
    ana.submit()
    again = ana.modal()
    assert again
    assert "Nothing is recorded yet.* Please give this option a name" in " ".join(texts(again))
    ana.fill({"Option considered": "Four"})
    assert ana.submit() == {}
    card = find(lambda: ana.messages("forecast"), "Options", "Also in the record")
    assert "1. Two\n• Against: Dear\n2. Three\n3. Four\n• Gain: Peace" in view(ana, card)


def test_a_mistake_on_another_page_leads_there_and_nothing_typed_is_lost(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "Linked", channel="forecast")
    turn(ana, "Connections")
    ana.fill({"Links": "www.example.com"})
    turn(ana, "People")
    ana.fill({"Informed": ["Ben"]})
    ana.submit()
    assert "Please write what was decided." in " ".join(texts(ana.modal() or {}))
    ana.fill(REASONS)
    ana.submit()
    shown = ana.modal()
    assert shown
    assert "“www.example.com” does not." in " ".join(texts(shown))
    ana.fill({"Links": "https://www.example.com"})
    assert ana.submit() == {}
    find(muster.people.person("Ben").dm, "Linked", "wants you to know")


def test_the_same_form_sent_again_after_turning_pages_changes_nothing(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "Late answer", channel="forecast")
    ana.fill(REASONS)
    turn(ana, "Context")
    ana.fill({"Context": "Costs rose"})
    assert ana.submit() == {}
    sent = muster.people.deliveries()[-1]
    card = find(lambda: ana.messages("forecast"), "Late answer")
    assert muster.people.again(sent["id"])
    assert "Costs rose" in view(ana, card)
    assert "edited" not in view(ana, card)


def test_the_record_says_which_ritual_it_was_decided_in(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/decision", "In a forum", channel="forecast")
    ana.fill(REASONS)
    labels = texts(turn(ana, "Connections"))
    assert ("Decided in" in labels) is ("Not said" in labels)
    ana.close()


def test_what_an_accepted_record_lacks_is_added_later_and_what_was_decided_stays(muster: Running) -> None:
    ana, dev = muster.people.person("Ana"), muster.people.person("Dev")
    ana.command("/decision", "Grows later", channel="forecast")
    ana.fill(REASONS)
    assert ana.submit() == {}
    card = find(lambda: ana.messages("forecast"), "Grows later")
    dev.click(card, "View")
    assert not {"Add detail", "Not yet"} & {word for text in texts(dev.modal() or {}) for word in (text, text[:7])}
    dev.close()
    ana.click(card, "View")
    assert "Not yet: context, options considered" in " ".join(texts(ana.modal() or {}))
    ana.click(ana.modal() or {}, "Add detail")
    assert "*Grows later* is accepted, so what was decided stays as it is." in " ".join(texts(ana.modal() or {}))
    ana.fill({"Context": "Costs rose"})
    settled = turn(ana, "Decision")
    assert "*What was decided*\nShip the small model" in " ".join(texts(settled))
    assert not [block for block in settled["blocks"] if block["type"] == "input"]
    turn(ana, "People")
    ana.fill({"Informed": ["Dev"]})
    turn(ana, "Decision")
    assert ana.submit() == {}
    assert ana.modal() is None
    find(dev.dm, "Grows later", "wants you to know")
    card = find(lambda: ana.messages("forecast"), "Grows later", "Also in the record: context", "added to by Ana Souza")
    assert "Costs rose" in view(dev, card)
    ana.command("/decision", texts(card)[0].split(":")[0].strip("*"), channel="forecast")
    answered = find(lambda: ana.ephemerals("forecast"), "Grows later", "Not yet: options considered")
    ana.click(answered, "Add detail")
    assert "Costs rose" in str(ana.modal())
    ana.close()


def test_of_two_who_edit_at_once_the_later_keeps_their_own_and_sees_what_the_other_wrote(muster: Running) -> None:
    ana, dev = muster.people.person("Ana"), muster.people.person("Dev")
    ana.command("/decision", "Edited by two", channel="forecast")
    ana.fill(REASONS | {"Approver": "Ben"})
    turn(ana, "People")
    ana.fill({"Driver": "Dev"})
    assert ana.submit() == {}
    dev.click(find(dev.dm, "Edited by two", "named you"), "Edit")
    card = find(lambda: ana.messages("forecast"), "Edited by two")
    name = texts(card)[0].split(":")[0].strip("*")
    ana.command("/decision", name, channel="forecast")
    ana.click(find(lambda: ana.ephemerals("forecast"), name), "Edit")
    ana.fill({"What was decided?": "Ship both models", "Why?": "It is safer"})
    assert ana.submit() == {}
    dev.fill({"Why?": "It is cheaper by far"})
    turn(dev, "Context")
    dev.fill({"Context": "Costs rose"})
    dev.submit()
    said = " ".join(texts(dev.modal() or {}))
    assert "*Nothing is saved yet.* Ana Souza changed this decision while you were editing it." in said
    assert "Theirs now, as you had not changed it: *What was decided*." in said
    assert "You both changed *Why*. Your words stand in the form; Ana Souza wrote:\nIt is safer" in said
    assert "Ship both models" in str(turn(dev, "Decision"))
    assert dev.submit() == {}
    shown = view(ana, find(lambda: ana.messages("forecast"), "Edited by two", "It is cheaper by far"))
    for text in ("Ship both models", "It is cheaper by far", "Costs rose"):
        assert text in shown
