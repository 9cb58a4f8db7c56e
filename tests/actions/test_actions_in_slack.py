"""Action items as people live them, through Bolt and the sandbox."""

from collections.abc import Iterator

import pytest

from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from tests.muster import Running, running
from tests.seen import find


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


def ask(person: Person, what: str, owner: str, due: str = "2026-11-26", *, channel: str = "forecast") -> None:
    person.command("/action", what, channel=channel)
    person.fill({"Owner": owner, "Due": due})
    assert person.submit() == {}


def test_what_somebody_who_left_leaves_behind_is_handed_over(muster: Running) -> None:
    ana, dev = muster.people.person("Ana"), muster.people.person("Dev")
    ask(ana, "Renew the licence", "Ben")
    find(ana.dm, "Recorded", "Renew the licence")
    muster.people.change_person("Ben", deleted=True)
    told = find(ana.dm, "Ben Okafor has left", "Renew the licence", "Please take it over")
    ana.command("/action", "list", channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "Ben Okafor (has left)", "Hand over")
    ana.click(told, "Hand over")
    ana.fill({"New owner": "Dev"})
    assert ana.submit() == {}, "nobody need say why, as Ben has left"
    find(dev.dm, "Renew the licence", "Ana Souza handed")
    assert eventually(lambda: "Please take it over" not in str(ana.dm())), (
        "what asked for it follows, in a message of its own"
    )


def test_a_year_that_was_mistyped_is_asked_back_and_so_is_a_mistyped_word(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/action", "Relabel", channel="forecast")
    ana.fill({"Owner": "Ben", "Due": "2036-11-26"})
    assert "Did you mean 2036?" in ana.submit()["Due"]
    ana.close()
    ana.command("/action", "lst", channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "Muster does not understand “lst” here.", "Did you mean `/action list`?")
    ana.command("/action", "list late", channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "Nothing that you can see is overdue")


def about(person: Person, name: str) -> list[Json]:
    return [message for message in person.dm() if name in " ".join(texts(message))]


def test_the_owner_is_told_reminded_and_every_message_follows(muster: Running) -> None:
    ana, ben, dev = (muster.people.person(name) for name in ("Ana", "Ben", "Dev"))
    ask(ana, "Relabel &amp; check", "Ben")
    find(ben.dm, "asked for by Ana Souza", "Relabel")
    find(ana.dm, "Recorded", "Ben Okafor owns it")
    muster.people.next_event()
    find(ben.dm, "A reminder", "is due on Thu 26 Nov 2026")
    muster.people.next_event()
    late = find(ben.dm, "A reminder", "was due on Thu 26 Nov 2026")
    ben.click(late, "New date")
    ben.fill({"New date": "2026-11-01"})
    assert "passed" in ben.submit()["New date"]
    ben.fill({"New date": "2026-12-03"})
    assert ben.submit() == {}
    assert eventually(lambda: all("3 Dec" in str(message) for message in about(ben, "A-1")))
    ben.click(about(ben, "A-1")[0], "Hand over")
    ben.fill({"New owner": "Dev"})
    assert "Why?" in ben.submit()
    ben.fill({"Why?": "On leave"})
    assert ben.submit() == {}
    find(dev.dm, "asked for by Ana Souza", "Relabel", "On leave")
    assert eventually(lambda: all("handed over to Dev Patel" in str(message) for message in about(ben, "A-1")))
    find(ana.dm, "Recorded", "Ben Okafor moved it", "Ben Okafor handed it over to Dev Patel: On leave")
    dev.click(find(dev.dm, "Relabel"), "Accept")
    find(ana.dm, "Dev Patel accepted it")
    assert len(about(ana, "A-1")) == 1, "she reads each change in one message"
    ana.click(find(ana.dm, "Dev Patel owns it"), "Done")
    for person in (ana, ben, dev):
        assert eventually(lambda person=person: all("is done" in texts(each)[0] for each in about(person, "A-1")))  # type: ignore[misc] # bound at once
    assert eventually(lambda: [len(about(person, "A-1")) for person in (ana, ben, dev)] == [1, 3, 2])


def test_an_owner_puts_a_reminder_off_and_takes_back_that_it_is_done(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ask(ana, "Relabel", "Ben")
    muster.people.next_event()
    ben.pick(find(ben.dm, "A reminder", "is due on Thu 26 Nov 2026"), "Not now", "In 3 working days")
    find(ben.dm, "Not now: you hear of *A-1: Relabel* again on Mon 30 Nov 2026.")
    muster.people.next_event()
    again = find(ben.dm, "A reminder", "was due on Thu 26 Nov 2026")
    assert eventually(lambda: "Not now: you" not in str(ben.dm()))
    ben.click(again, "Done")
    ana.click(find(ana.dm, "*A-1: Relabel* is done"), "Not done after all")
    find(ben.dm, "Ana Souza says that *A-1: Relabel* is not done after all")
    find(ana.dm, "Recorded *A-1: Relabel*", "Ana Souza says that it is not done after all")
    assert len(about(ana, "A-1")) == 1


def test_a_list_is_brought_up_to_date_by_its_own_button(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ask(ana, "Mine", "Ana")
    ask(ana, "Theirs", "Ben")
    ana.command("/action", " LIST ", channel="forecast")
    shown = find(lambda: ana.ephemerals("forecast"), "Yours (1)", "You are waiting for (1)", "Ben Okafor")
    ana.click(shown, "Done")
    shown = find(lambda: ana.ephemerals("forecast"), "You are waiting for (1)")
    assert eventually(lambda: "Yours" not in str(ana.ephemerals("forecast")[-1]))
    ben.command("/action", "a2", channel="forecast")
    find(lambda: ben.ephemerals("forecast"), "A-2: Theirs", "asked for by Ana Souza")


def test_a_list_is_said_anew_after_its_forms(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ask(ana, "Keep", "Ana")
    ask(ana, "Give away", "Ana")
    ana.command("/action", "list", channel="forecast")
    shown = find(lambda: ana.ephemerals("forecast"), "Yours (2)")
    ana.click(shown, "New date")
    ana.fill({"New date": "2026-12-03"})
    assert ana.submit() == {}
    shown = find(lambda: ana.ephemerals("forecast"), "Yours (2)", "due Thu 3 Dec 2026")
    ana.click(shown, "Hand over")
    ana.fill({"New owner": "Ana", "Why?": "It is mine"})
    assert "owns it already" in ana.submit()["New owner"]
    ana.fill({"New owner": "Ben", "Why?": "He knows it"})
    assert ana.submit() == {}
    find(lambda: ana.ephemerals("forecast"), "Yours (1)", "You are waiting for (1)", "Ben Okafor")
    assert len(ana.ephemerals("forecast")) == 1


def test_an_item_shown_alone_is_shown_again_alone(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ask(ana, "Another", "Ana")
    ask(ana, "Mine", "Ana")
    ana.command("/action", "A-2", channel="forecast")
    shown = find(lambda: ana.ephemerals("forecast"), "A-2: Mine")
    ana.click(shown, "New date")
    ana.fill({"New date": "2026-12-03"})
    assert ana.submit() == {}
    shown = find(lambda: ana.ephemerals("forecast"), "A-2: Mine", "due Thu 3 Dec 2026")
    ana.click(shown, "Done")
    find(lambda: ana.ephemerals("forecast"), "A-2: Mine", "Done · Ana Souza owns it")
    assert len(ana.ephemerals("forecast")) == 1


def test_whoever_hands_a_private_item_on_from_outside_reads_where_it_went(muster: Running) -> None:
    chloe, dev = muster.people.person("Chloe"), muster.people.person("Dev")
    ask(chloe, "Price list", "Dev", channel="pricing")
    assert chloe.submit() == {}
    find(dev.dm, "Price list")
    dev.command("/action", "A-1", channel="forecast")
    dev.click(find(lambda: dev.ephemerals("forecast"), "A-1: Price list"), "Hand over")
    dev.fill({"New owner": "Chloe", "Why?": "It is hers"})
    assert dev.submit() == {}
    find(lambda: dev.ephemerals("forecast"), "not among those who can see this action item now")
    find(chloe.dm, "Dev Patel handed", "Price list")


def test_a_private_item_is_for_those_there_and_its_owner(muster: Running) -> None:
    chloe, dev, ana = (muster.people.person(name) for name in ("Chloe", "Dev", "Ana"))
    ask(chloe, "Price list", "Dev", channel="pricing")
    warned = chloe.modal()
    assert warned
    assert any("Dev Patel is not in #pricing and will see this action item" in text for text in texts(warned))
    assert chloe.submit() == {}
    find(dev.dm, "Price list", "a private channel")
    for text, name in (("A-1", "A-1"), ("2", "A-2")):
        ana.command("/action", text, channel="forecast")
        find(lambda: ana.ephemerals("forecast"), f"There is no action item {name} that you can see")


def test_a_blocker_makes_one_action_item_however_often_it_is_clicked(muster: Running) -> None:
    muster.switch_on()
    ben, ana = muster.people.person("Ben"), muster.people.person("Ana")
    while not ben.dm():
        assert muster.people.next_event()["moved"]
    ben.click(ben.dm()[-1], "Answer")
    ben.fill(
        {
            "What moved last week that another team should know?": "v3",
            "What is blocking you?": "No GPUs",
            "How confident are you in our next milestone date?": "3 of 5",
        }
    )
    assert ben.submit() == {}
    summary: list[Json] = []
    while not summary:
        assert muster.people.next_event()["moved"]
        summary = [message for message in ana.messages("forecast") if "Make action item" in texts(message)]
    for person in (ana, ben):
        person.click(summary[0], "Make action item")
        form = person.modal()
        assert form
        assert "No GPUs" in str(form)
        person.fill({"Due": "2026-12-11"})
    assert ana.submit() == {}
    refused = ben.submit()
    assert "This blocker is action item A-1 already" in " ".join(refused.values())
    done = find(lambda: ana.messages("forecast"), "No GPUs", "now *A-1*")
    assert "Make action item" not in texts(done)
    find(ben.dm, "asked for by Ana Souza", "No GPUs")


def test_a_submission_delivered_again_makes_nothing_new(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ask(ana, "Once only", "Ben")
    find(ben.dm, "Once only")
    for delivery in muster.people.deliveries()[-2:]:
        assert muster.people.again(delivery["id"])
    ask(ana, "Another", "Ben")
    find(ben.dm, "A-2: Another")
    assert len(about(ben, "Once only")) == 1


def test_what_is_typed_fills_the_form_in_as_far_as_it_is_sure(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ana.command("/action", "@Ben Okafor Send <the report> to legal by Thu 3 Dec", channel="forecast")
    assert ana.submit() == {}
    find(ben.dm, "Send &lt;the report&gt; to legal", "It is due on Thu 3 Dec 2026", "asked for by Ana Souza")
    ana.command("/action", "Call the vendor by Friday", channel="forecast")
    form = ana.modal()
    assert form
    assert "Which day is “by Friday”? Please choose it." in texts(form)
    ana.fill({"Due": "2026-11-27"})
    assert ana.submit() == {}
    find(ana.dm, "Call the vendor by Friday", "It is yours, due on Fri 27 Nov 2026.")


def test_what_is_no_longer_needed_is_dropped_with_a_word_why(muster: Running) -> None:
    ana, ben = muster.people.person("Ana"), muster.people.person("Ben")
    ask(ana, "Relabel", "Ben")
    told = find(ben.dm, "asked for by Ana Souza", "Relabel")
    ben.click(told, "No longer needed")
    assert "Why?" in ben.submit()
    ben.fill({"Why?": "We buy <labels> now"})
    ana.click(find(ana.dm, "Recorded"), "No longer needed")
    ana.fill({"Why?": "Too late"})
    assert ben.submit() == {}
    find(ana.dm, "Relabel", "is no longer needed, says Ben Okafor: “We buy &lt;labels&gt; now”")
    for person, count in ((ana, 1), (ben, 1)):
        assert eventually(
            lambda person=person: all("is no longer needed" in str(each) for each in about(person, "A-1"))  # type: ignore[misc] # bound at once
        )
        assert len(about(person, "A-1")) == count
        assert "Done" not in str(person.dm())
    assert "was dropped as no longer needed" in " ".join(ana.submit().values())
    ana.command("/action", "A-1", channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "Dropped", "Ben Okafor: “We buy &lt;labels&gt; now”")


def test_help_says_what_can_be_typed(muster: Running) -> None:
    ana = muster.people.person("Ana")
    ana.command("/action", "help", channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "`/action list`", "`/action A-12`", "in 2 weeks")
