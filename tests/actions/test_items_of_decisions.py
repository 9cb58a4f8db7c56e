"""Action items that were made of a decision, on both databases."""

from dataclasses import replace
from typing import Any

import pytest

from domain.action_states import ActionState
from domain.decision_refusals import NoSuchDecision
from domain.submissions import Submission
from services import action_cards, action_forms, decision_cards, decisions
from services import actions as use_cases
from storage import actions
from storage.engine import Database
from surface.actions import facts
from tests import records
from tests.actions.items import FORM
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, owed

READER: dict[str, Any] = {"workspace_id": WORKSPACE, "now": NOW}


def add(db: Database, *, by: str = BEN, channel: str = FORECAST, draft: str = "d1", **given: str) -> None:
    sent = Submission(WORKSPACE, by, draft, FORM | given)
    assert use_cases.submit(db, sent=sent, channel_id=channel, decision_id=1, now=NOW) == ()


def test_those_that_are_still_open_are_found_by_their_decision(db: Database) -> None:
    first, other = records.decision(db, number=1).id, records.decision(db, number=2).id
    made = [
        replace(records.action(db, number=number), id=0, number=number + 10, decision_id=decision_id, owner_id=owner)
        for number, decision_id, owner in ((1, first, ANA), (2, first, BEN), (3, other, ANA), (4, first, ANA))
    ]
    with db.write() as session:
        kept = [actions.add(session, item=each, next_at=None) for each in made]
        actions.save(session, item=replace(kept[3], state=ActionState.DONE, done_at=NOW), next_at=None, now=NOW)
    with db.read() as session:
        found = actions.open_of_decision(session, workspace_id=WORKSPACE, decision_id=first)
    assert [(each.name, each.owner_id) for each in found] == [("A-11", ANA), ("A-12", BEN)]


def test_what_comes_of_a_decision_and_the_decision_say_so_of_each_other(db: Database) -> None:
    records.decision(db)
    sheet = action_forms.decision_form(db, workspace_id=WORKSPACE, person_id=BEN, decision_id=1)
    assert (sheet.decision_id, sheet.given, sheet.channel_id) == (1, {"owner": ANA}, FORECAST)
    add(db)
    add(db)
    shown = decision_cards.numbered(db, **READER, reader_id=DEV, number=1)
    assert [each.name for each in shown.items] == ["A-1"]
    card = action_cards.numbered(db, **READER, reader_id=DEV, number=1)
    assert facts(card) == "from D-1 in #forecast"


def test_its_card_follows_what_comes_of_it(db: Database) -> None:
    form = {"title": "Two regions", "choice": "Both", "because": "Near", "approver": ANA}
    decisions.submit(db, sent=Submission(WORKSPACE, ANA, "x", form), channel_id=FORECAST, now=NOW)
    (before,) = owed(db, "decision")
    add(db)
    (after,) = owed(db, "decision")
    assert after.wanted == before.wanted + 1


def test_of_a_decision_one_may_not_see_nothing_can_be_made(db: Database) -> None:
    records.decision(db, channel=PRICING, by=CHLOE, approver=CHLOE)
    for made in (
        lambda: add(db, by=DEV, owner=DEV, channel=PRICING),
        lambda: action_forms.decision_form(db, workspace_id=WORKSPACE, person_id=DEV, decision_id=1),
    ):
        with pytest.raises(NoSuchDecision):
            made()


def test_a_name_outside_sees_the_item_and_not_its_decision(db: Database) -> None:
    records.decision(db, channel=PRICING, by=CHLOE, approver=CHLOE)
    sent = Submission(WORKSPACE, CHLOE, "d1", FORM | {"owner": DEV}, [DEV])
    assert use_cases.submit(db, sent=sent, channel_id=PRICING, decision_id=1, now=NOW) == ()
    assert action_cards.numbered(db, **READER, reader_id=DEV, number=1).decision == ""
    assert action_cards.numbered(db, **READER, reader_id=CHLOE, number=1).decision == "D-1"


def test_a_name_outside_sees_the_decision_and_not_its_items(db: Database) -> None:
    records.decision(db, channel=PRICING, by=CHLOE, approver=CHLOE, informed=(DEV,))
    add(db, by=CHLOE, channel=PRICING)
    for reader, count in ((DEV, 0), (BEN, 1)):
        assert len(decision_cards.numbered(db, **READER, reader_id=reader, number=1).items) == count
