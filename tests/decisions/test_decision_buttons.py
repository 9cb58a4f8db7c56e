"""What a reader can press below the record of a decision: the same in both places that show it."""

from dataclasses import replace

import pytest

from domain.decision_cards import DecisionCard
from domain.decision_states import DecisionState
from surface.decision_form import record_view
from surface.decision_list import one_answer
from tests.decisions.test_decision_views import card
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
        (PROPOSED, "U0", ["Object", "Edit", ADD]),
        (PROPOSED, "U1", ["Approve", "Object", "Reject", ADD]),
        (PROPOSED, "U3", ["Object", ADD]),
        (PROPOSED, "U404", [ADD]),
        (CONTESTED, "U1", ["Approve", "Change objection", "Withdraw objection", "Reject", ADD]),
        (BY_ANOTHER, "U1", ["Accept anyway", "Object", "Reject", ADD]),
        (BY_ANOTHER, "U3", ["Change objection", "Withdraw objection", ADD]),
        (IN_ROUND, "U1", ["Reject", ADD]),
        (IN_ROUND, "U2", ["Edit", ADD]),
        (IN_ROUND, "U3", [ADD]),
        (ACCEPTED, "U1", [ADD, "Still right", "Supersede", "No longer holds"]),
        (ACCEPTED, "U404", [ADD, "Raise a concern"]),
        (card(state=DecisionState.REJECTED), "U1", []),
    ],
)
def test_the_record_offers_each_reader_what_they_may_do_now(
    found: DecisionCard, reader_id: str, pressed: list[str]
) -> None:
    shown = [labels(each["blocks"]) for each in (record_view(found, reader_id), one_answer(found, reader_id))]
    assert shown == [pressed, pressed]
