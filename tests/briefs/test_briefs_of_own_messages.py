"""Below a summary and a decision that is argued about, a button draws up a brief of what people say there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.decision_states import DecisionState
from sandbox.client import Person
from surface.decisions import card_message
from tests.checkin.slack import BERLIN, answer
from tests.decisions.test_decision_views import card
from tests.decisions.test_decisions_in_slack import AGAINST
from tests.muster import Running, running
from tests.seen import find
from tests.surface.views import labels

BUTTON = "Brief this thread"
BEGUN = "I am reading the thread. The brief comes to you in a direct message"
LAST_ENDS = datetime(2026, 11, 24, 1, 30, 1, tzinfo=UTC)


@pytest.fixture
def muster(tmp_path: Path) -> Iterator[Running]:
    with running(f"sqlite:///{tmp_path / 'muster.db'}") as found:
        yield found


def test_what_people_say_below_a_summary_becomes_a_brief(muster: Running) -> None:
    ben: Person = muster.people.person("Ben")
    muster.switch_on()
    muster.people.jump_to(BERLIN)
    answer(muster, "Chloe")
    for moment in (BERLIN.replace(hour=12), BERLIN.replace(hour=17), LAST_ENDS - timedelta(minutes=1), LAST_ENDS):
        muster.people.jump_to(moment)
    summary = find(lambda: ben.messages("forecast"), "Weekly sync", BUTTON)
    ben.say("forecast", "PROPOSAL: we skip the next one.", thread=summary["ts"])
    ben.click(summary, BUTTON)
    find(lambda: ben.ephemerals("forecast"), BEGUN)
    find(ben.dm, "*Brief* of", "we skip the next one.")


def test_the_argument_about_a_decision_becomes_a_brief(muster: Running) -> None:
    ana, ben, grace = (muster.people.person(name) for name in ("Ana", "Ben", "Grace"))
    ana.command("/decision", "Two regions", channel="forecast")
    ana.fill({"What was decided?": "Both", "Why?": "Safer", "Approver": "Grace"})
    assert ana.submit() == {}
    assert BUTTON not in str(find(lambda: ana.messages("forecast"), "D-1: Two regions"))
    grace.click(find(grace.dm, "Two regions", "asks you to approve"), "Object")
    grace.fill(AGAINST)
    assert grace.submit() == {}
    argued = find(lambda: ben.messages("forecast"), "D-1: Two regions", BUTTON)
    ben.say("forecast", "Who asks the provider for a quote?", thread=argued["ts"])
    ben.click(argued, BUTTON)
    find(ben.dm, "*Brief* of", "Who asks the provider for a quote?")


@pytest.mark.parametrize("state", DecisionState)
def test_only_what_waits_and_was_objected_to_is_argued_about(state: DecisionState) -> None:
    argued = card("Small model", state)
    is_open = state in (DecisionState.PROPOSED, DecisionState.CONTESTED)
    assert (BUTTON in labels(card_message(argued).blocks)) == is_open
    for quiet in (replace(argued.decision, objections=()), replace(argued.decision, channel_id="D1")):
        assert BUTTON not in labels(card_message(replace(argued, decision=quiet)).blocks)
