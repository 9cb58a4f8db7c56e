"""What a brief fills in is looked at before it is recorded, and what is recorded says that it came of a brief."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.briefs import Brief, Dissent, Doubt, Drafted, Hints, LeftOut, Made, Part, State, Statement, Status
from sandbox.client import Person
from sandbox.state import Json
from tests.briefs.test_briefs_in_slack import ACTION, BRIEF, QUESTION, thread
from tests.muster import Running, running
from tests.seen import find
from tests.trail import entries

STATUS, APPROVER = "Was it decided?", "Approver"
YES, NOT_YET = "Yes, it is decided", "Not yet: its approver or a round is asked"
FIRST, DECIDES, LATER = "1763650000.000100", "1763650000.000200", "1763650000.000300"
SAID = Statement("We ship it", (DECIDES,), "We ship it")
DECIDED = Brief(status=Status.DECIDED, decision=(SAID,))


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


@pytest.fixture
def ana(muster: Running) -> Person:
    return muster.people.person("Ana")


@pytest.fixture
def ben(muster: Running) -> Person:
    return muster.people.person("Ben")


def undecided(ana: Person, ben: Person) -> Json:
    parent = {"channel": ana.channel_id("forecast"), "ts": ana.say("forecast", QUESTION)}
    ben.say("forecast", "PROPOSAL: we ship the small model.", thread=parent["ts"])
    ana.say("forecast", ACTION, thread=parent["ts"])
    return parent


def form_of_decision(ben: Person, parent: Json) -> Json:
    ben.shortcut(BRIEF, parent)
    ben.click(find(ben.dm, "*Brief* of"), "Record decision")
    ben.fill({"Title": "The small model", "Why?": "It is cheaper"})
    return ben.modal() or {}


def chosen(form: Json) -> Json | None:
    field = next(block for block in form["blocks"] if block.get("label", {}).get("text") == STATUS)
    found: Json | None = field["element"].get("initial_option")
    return found


def test_nothing_is_recorded_as_decided_unless_somebody_says_so(muster: Running, ana: Person, ben: Person) -> None:
    form = form_of_decision(ben, undecided(ana, ben))
    assert chosen(form) is None
    assert list(ben.submit()) == [STATUS], "Slack asks for it"
    ben.fill({STATUS: NOT_YET})
    assert ben.submit() == {APPROVER: "If you approve it alone, it is decided. Choose who is to decide, or a round."}
    ben.fill({APPROVER: "Ana"})
    assert ben.submit() == {}
    find(lambda: ana.messages("forecast"), "D-1: The small model", "*Proposed* on", "waits for Ana")


def test_what_nobody_chose_leads_back_from_another_page(muster: Running, ana: Person, ben: Person) -> None:
    form = form_of_decision(ben, undecided(ana, ben))
    ben.click(form, "Context")
    assert ben.submit() == {}
    find(lambda: [ben.modal() or {}], "*Nothing is recorded yet.*", "Please read what the thread says, and choose.")


def test_a_record_says_that_it_came_of_a_brief_and_who_corrected_it(muster: Running, ana: Person, ben: Person) -> None:
    parent = thread(ana, ben)
    form = form_of_decision(ben, parent)
    assert (chosen(form) or {})["text"]["text"] == YES, "somebody is quoted deciding it, and nobody objects"
    assert ben.submit() == {}
    says = "from a brief drawn up by rules, corrected by Ben Okafor"
    find(lambda: ana.messages("forecast"), "D-1: The small model", "*Accepted*", says)
    told = find(ben.dm, "*Brief* of")
    ben.click(told, "Add action items")
    assert ben.submit() == {}
    receipt = find(ben.dm, "A-1", "relabels the March tickets")
    ben.command("/action", "A-1", channel="forecast")
    shown = find(lambda: ben.ephemerals("forecast"), "A-1", "relabels")
    assert receipt
    assert "corrected" not in str(shown)
    noted = {entry.what: entry.details for entry in entries(muster.process.db)}
    assert noted["decision recorded"]["brief"] == "corrected:"
    assert noted["action item recorded"]["after"]["brief"] == "drafted:"


def test_a_form_that_was_closed_still_knows_that_a_brief_filled_it(muster: Running, ana: Person, ben: Person) -> None:
    ben.click(form_of_decision(ben, thread(ana, ben)), "Context")
    ben.close()
    ben.command("/decision", "list", channel="forecast")
    ben.click(find(lambda: ben.ephemerals("forecast"), "The small model"), "Go on")
    assert ben.submit() == {}
    find(lambda: ana.messages("forecast"), "D-1: The small model", "from a brief drawn up by rules")


def test_what_is_plainly_decided_is_quoted_said_to_people_and_unopposed() -> None:
    assert DECIDED.is_plainly_decided
    before = (Dissent("U1", Statement("No", (FIRST,))),)
    assert replace(DECIDED, dissent=before).is_plainly_decided, "it was decided after the objection"


@pytest.mark.parametrize(
    "brief",
    [
        *(replace(DECIDED, status=status) for status in Status if status is not Status.DECIDED),
        replace(DECIDED, decision=()),
        *(replace(DECIDED, decision=(replace(SAID, state=state),)) for state in State if state is not State.SUPPORTED),
        replace(DECIDED, decision=(replace(SAID, quote=""),)),
        replace(DECIDED, decision=(replace(SAID, doubts=(Doubt.EDITED_LATER,)),)),
        replace(DECIDED, hints=Hints(addressed=(DECIDES,))),
        replace(DECIDED, hints=Hints(objections=(LATER,))),
        replace(DECIDED, dissent=(Dissent("U1", Statement("No", (FIRST, LATER))),)),
    ],
)
def test_anything_else_is_for_its_reader_to_say(brief: Brief) -> None:
    assert not brief.is_plainly_decided


@pytest.mark.parametrize(
    ("brief", "drafted"),
    [
        (DECIDED, Drafted()),
        (replace(DECIDED, made=Made("granite4:3b")), Drafted("granite4:3b")),
        (replace(DECIDED, decision=(replace(SAID, state=State.EDITED),)), Drafted("", is_corrected=True)),
        (replace(DECIDED, rationale=(replace(SAID, state=State.ADDED),)), Drafted("", is_corrected=True)),
        (replace(DECIDED, left_out=(LeftOut(Part.PRO, "x", Doubt.BY_REVIEWER),)), Drafted("", is_corrected=True)),
        (replace(DECIDED, left_out=(LeftOut(Part.PRO, "x", Doubt.NO_SOURCE),)), Drafted()),
    ],
)
def test_what_is_recorded_of_a_brief_keeps_by_whom_it_was_worded(brief: Brief, drafted: Drafted) -> None:
    assert brief.drafted == drafted
    assert Drafted.read(str(drafted)) == drafted
    assert Drafted.read("") is None
