"""What people see of rounds, over nasty texts and crowds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.library import shipped_rounds
from domain.cards import PromptCard
from domain.decision_states import DecisionState
from domain.rounds import RoundCard, Said
from domain.runs import PromptState
from domain.verdicts import for_subject
from sandbox.blockkit.problems import problems_of_view
from services.together import MOST
from surface import checkin, checkin_together, decision_form, decisions
from tests.decisions.test_decision_views import CROWD, came_of_it, card, check
from tests.surface.checkins import BERLINER, a_prompt, a_run
from tests.surface.views import NASTY, check_message

PARTS = {f"subject.{each}": CROWD[:1] for each in ("approver", "driver", "contributors", "informed")}


def closed(text: str, *, of: tuple[str, ...] = ("Objection", "Consent with a concern", "Consent")) -> RoundCard:
    said = [Said(each, (text[:300] or "x", text[:300] or "x")) for each in CROWD]
    return RoundCard("Consent round D-1", 120, 60, None, {each[:75] or "x": said for each in of}, CROWD)


OPEN = RoundCard("Consent round D-1", 3, 1, datetime(2026, 11, 25, 15, tzinfo=UTC))


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("state", DecisionState)
@pytest.mark.parametrize("is_open", [False, True])
def test_every_message_with_a_round_is_one_that_slack_takes(text: str, state: DecisionState, *, is_open: bool) -> None:
    about = OPEN if is_open else closed(text)
    found = replace(card(text, state, in_round=is_open), round=about, items=(came_of_it(text),) * 12)
    check(decisions.card_message(found))
    check(decisions.approval_message(found, "U1", found.decision.version, is_out=True))
    for reader in ("U1", "U3", "U404"):
        assert problems_of_view(decision_form.record_view(found, reader)) == []


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
@pytest.mark.parametrize("state", PromptState)
def test_every_invitation_to_a_round_is_one_that_slack_takes(text: str, state: PromptState) -> None:
    template = for_subject(shipped_rounds()["decision-consent"], PARTS, name="D-1", title=text[:150] or "x")
    subject = card(text, in_round=True, message=None)
    one = PromptCard(
        a_run(template), a_prompt(state=state), BERLINER, "#forecast", "#forecast", {}, None, subject=subject
    )
    check_message(checkin.prompt_message(one, is_out=True))
    check_message(checkin.reminder_message(one, is_out=True))
    many = [replace(one, prompt=replace(one.prompt, id=place)) for place in range(MOST)]
    check_message(checkin_together.prompts_message(many, is_out=True))


def test_a_card_with_little_to_say_cuts_nothing() -> None:
    about = RoundCard("Consent round D-1", 3, 2, None, {"Consent": [Said("U1", ("It is slow.",))]}, ("U2",))
    said = str(decisions.card_message(replace(card("x"), round=about)).blocks)
    assert "*Consent round*\\n2 of 3 have said where they stand.\\n*Consent*\\n" in said
    assert "x: It is slow." in said
    assert "*Not heard*" in said


def test_while_a_round_is_open_only_its_approver_has_a_verdict_to_press_and_that_is_to_reject_it() -> None:
    found = replace(card("x", in_round=True), round=OPEN)
    assert "Object" not in str(decisions.card_message(found).blocks[-1])
    assert "Reject" in str(decision_form.record_view(found, "U1"))
    for reader in ("U1", "U3"):
        view = str(decision_form.record_view(found, reader))
        assert not any(f"'{word}'" in view for word in ("Object", "Approve", "Change objection"))
    assert "Reject" not in str(decision_form.record_view(found, "U3"))
