"""What a reader can press below the record of a decision: the same in both places that show it."""

from dataclasses import replace

import pytest

from domain.decision_cards import DecisionCard, DecisionNews, DecisionSheet, News
from domain.decision_states import DecisionState
from domain.people import Person
from domain.rounds import RoundCard, Said
from surface.decision_form import decision_form, record_view
from surface.decision_list import one_answer
from surface.decisions import approval_message, card_message, news_message
from surface.home import home_page
from tests.decisions.test_decision_views import NOW, card
from tests.home.test_home_view import crowded
from tests.surface.views import labels

PROPOSED = card(state=DecisionState.PROPOSED)
CONTESTED = card(state=DecisionState.CONTESTED)
BY_ANOTHER = replace(
    CONTESTED,
    decision=replace(CONTESTED.decision, objections=(replace(CONTESTED.decision.objections[0], person_id="U3"),)),
)
IN_ROUND = card(in_round=True)
ACCEPTED = card(state=DecisionState.ACCEPTED)
ADD = "Add action item"


@pytest.mark.parametrize(
    ("found", "reader_id", "pressed"),
    [
        (PROPOSED, "U0", ["Object", "Edit", ADD, "Withdraw"]),
        (PROPOSED, "U1", ["Approve", "Object", "Reject", ADD]),
        (PROPOSED, "U3", ["Object", ADD]),
        (PROPOSED, "U404", [ADD]),
        (CONTESTED, "U1", ["Approve", "Change objection", "Withdraw objection", "Reject", ADD]),
        (BY_ANOTHER, "U1", ["Accept anyway", "Object", "Reject", ADD]),
        (BY_ANOTHER, "U3", ["Change objection", "Withdraw objection", ADD]),
        (IN_ROUND, "U1", ["Reject", ADD]),
        (IN_ROUND, "U2", ["Edit", ADD, "Withdraw"]),
        (IN_ROUND, "U3", [ADD]),
        (ACCEPTED, "U1", [ADD, "Still right", "Supersede", "No longer holds", "Add detail"]),
        (ACCEPTED, "U404", [ADD, "Raise a concern"]),
        (card(state=DecisionState.REJECTED), "U1", []),
        (card(state=DecisionState.WITHDRAWN), "U0", []),
    ],
)
def test_the_record_offers_each_reader_what_they_may_do_now(
    found: DecisionCard, reader_id: str, pressed: list[str]
) -> None:
    shown = [labels(each["blocks"]) for each in (record_view(found, reader_id), one_answer(found, reader_id))]
    assert shown == [pressed, pressed]


def test_home_lets_its_reader_see_what_waits_for_their_verdict() -> None:
    card = replace(crowded("Text"), recent=[])
    assert str(home_page(card)).count("'View'") == 6


def test_the_card_of_an_open_round_names_whom_it_asks_and_the_approver() -> None:
    asked = RoundCard("Consent round D-1", 2, 0, NOW, people=("U1", "U2"))
    people = {"U1": Person("T1", "U1", "Grace Kim"), "U2": Person("T1", "U2", "Ana Souza")}
    said = str(card_message(replace(IN_ROUND, round=asked, people=people)).blocks)
    assert "Asked: Ana Souza and Grace Kim; approver Grace Kim." in said


def test_the_words_of_an_objector_stand_once_in_a_finished_round() -> None:
    closed = RoundCard("Consent round D-1", 1, 1, None, {"Objection": [Said("U1", ("It leaks.",))]})
    said = str(card_message(replace(CONTESTED, round=closed)).blocks)
    assert "*Objection*\\nIn their words above." in said


def test_whoever_says_that_it_is_fine_now_is_thanked() -> None:
    settled = replace(CONTESTED.decision.objections[0], id=7, withdrawn_at=NOW)
    found = replace(
        CONTESTED, decision=replace(CONTESTED.decision, objections=(settled,), state=DecisionState.PROPOSED)
    )
    news = DecisionNews.of(found.decision, News.CHANGED, settled)
    told = news_message(found, news, "U1", is_out=True)
    assert told
    assert told.text.startswith("Thank you for looking at it again. D-1")


def test_the_approver_reads_that_the_text_was_changed_and_what_the_buttons_mean() -> None:
    found = replace(PROPOSED, decision=replace(PROPOSED.decision, objections=()))
    asked = approval_message(found, "U1", found.decision.version, is_out=False)
    assert asked
    assert "Its text was changed since it was recorded" in str(asked.blocks)
    assert "Object if a change would help; reject it for good." in str(asked.blocks)


def test_the_form_that_supersedes_says_what_is_copied() -> None:
    given = {"supersedes": "D-1", "context": "Costs", "options": "[]", "outcome": "Half"}
    sheet = DecisionSheet("d" * 32, "C1", "#forecast", False, given, copied="D-1")
    said = "Look through what is copied from D-1: context, options and expected outcome."
    assert said in str(decision_form(sheet))
    assert "copied" not in str(decision_form(replace(sheet, copied="")))
