"""Objections to a decision: by whom, what becomes of them, and who hears of it, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain.decision_refusals import NoSuchDecision, NotYoursToObject, TextChanged
from domain.decision_states import DecisionState
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.submissions import Submission
from services import decisions
from storage.engine import Database
from tests.messages import said
from tests.objecting import FORM, LATER, approve, edit, news, only, propose, withdraw
from tests.records import object_to, version
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, PRICING, WORKSPACE, owed, readers
from tests.trail import entries


def test_a_contributor_objects_and_driver_and_approver_hear_of_it(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE, reason="Nobody knows how", change="Teach us first")
    found = only(db)
    assert (found.state, [each.person_id for each in found.standing]) == (DecisionState.CONTESTED, [CHLOE])
    told = news(db)
    assert sorted(told) == [ANA, BEN]
    for reader in (ANA, BEN):
        assert "Chloe objected to D-1: Small model: “Nobody knows how” What would help: “Teach us first”" in (
            told[reader][0].replace("*", "")
        )
    assert "accept it anyway" in told[BEN][0]
    (line,) = (line for line in entries(db) if line.what == "decision objected")
    assert line.details == {
        "reason": "Nobody knows how",
        "change": "Teach us first",
        "before": "proposed",
        "after": "contested",
    }


def test_nobody_else_objects(db: Database) -> None:
    propose(db, informed=DEV)
    for person_id in (ANA, DEV):
        with pytest.raises(NotYoursToObject, match="Tell Ana, who drives it"):
            object_to(db, by=person_id)
    assert only(db).objections == ()


def test_who_is_no_longer_a_contributor_can_still_object_to_what_replaced_the_text_they_objected_to(
    db: Database,
) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    edit(db, contributors="")
    object_to(db, by=CHLOE, draft="o2", at=LATER)
    assert only(db).state is DecisionState.CONTESTED


def test_an_objection_says_what_would_help(db: Database) -> None:
    propose(db)
    with pytest.raises(FieldErrors) as caught:
        object_to(db, change=" ")
    assert list(caught.value.fields) == ["change"]
    assert only(db).state is DecisionState.PROPOSED


def test_once_the_last_objection_is_withdrawn_the_approver_is_asked_again_once(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    object_to(db, draft="o2")
    withdraw(db, BEN)
    assert only(db).state is DecisionState.CONTESTED
    withdraw(db, CHLOE)
    withdraw(db, CHLOE)
    assert (only(db).state, only(db).standing) == (DecisionState.PROPOSED, ())
    parts = [(row.person_id, row.part.split(":")[0]) for row in owed(db, "decision_news")]
    assert [each for each in parts if each[1] == "withdrawn"] == [(ANA, "withdrawn"), (BEN, "withdrawn")]
    assert "Chloe withdrew the objection to D-1: Small model. It waits for Ben to approve." in news(db)[BEN]
    assert [line.what for line in entries(db)].count("decision objection withdrawn") == 2
    approve(db)
    assert only(db).state is DecisionState.ACCEPTED


def test_an_objection_raised_again_after_it_was_withdrawn_is_another_one(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    withdraw(db, CHLOE)
    object_to(db, by=CHLOE, draft="o2", reason="Still")
    assert [(each.reason, each.is_settled) for each in only(db).objections] == [("Too early", True), ("Still", False)]


def test_nobody_withdraws_what_another_holds_against_it(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    before = only(db)
    for person_id in (ANA, BEN, DEV):
        withdraw(db, person_id)
    assert only(db) == before
    assert "decision objection withdrawn" not in [line.what for line in entries(db)]


def test_the_same_person_words_an_objection_anew_and_it_stays_one(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    object_to(db, by=CHLOE, draft="o2", reason="Far too early", change="A quarter")
    assert [(each.reason, each.change) for each in only(db).objections] == [("Far too early", "A quarter")]
    assert "Far too early" in news(db)[ANA][0]


def test_those_who_objected_are_asked_whether_the_changed_text_mends_it(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    edit(db)
    assert (only(db).state, only(db).standing) == (DecisionState.PROPOSED, ())
    (asked,) = news(db)[CHLOE]
    assert asked.startswith("Changed after you objected, is it fine now? D-1: Small model.")
    withdraw(db, CHLOE)
    assert only(db).objections[0].withdrawn_at == LATER
    assert only(db).state is DecisionState.PROPOSED
    assert sorted(news(db)) == []


def test_each_change_asks_whoever_has_not_said_that_it_is_fine_once(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    edit(db)
    object_to(db, by=CHLOE, draft="o2", at=LATER)
    sent = Submission(WORKSPACE, ANA, "e2", FORM | {"choice": "Ship a third"})
    decisions.submit(
        db, sent=sent, channel_id=FORECAST, decision_id=1, version=version(db), now=LATER + timedelta(hours=1)
    )
    asked = [row.part for row in owed(db, "decision_news") if row.part.startswith("changed")]
    assert len(asked) == 2
    assert len(said(db, Kind.DECISION_NEWS, now=LATER + timedelta(hours=1))[CHLOE]) == 1


def test_what_is_pressed_about_an_older_text_withdraws_nothing(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    old = version(db)
    edit(db)
    with pytest.raises(TextChanged):
        withdraw(db, CHLOE, about=old)
    assert not only(db).objections[0].is_settled


def test_who_records_it_cannot_take_the_approval_while_a_contributor_objects(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    edit(db, approver=ANA)
    assert only(db).state is DecisionState.PROPOSED
    assert readers(db, "approval") == [ANA, BEN]


def test_two_withdraw_at_once_and_the_approver_is_asked_once(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    object_to(db, draft="o2")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda person_id: withdraw(db, person_id), [BEN, CHLOE, BEN, CHLOE]))
    assert only(db).state is DecisionState.PROPOSED
    assert len({row.part for row in owed(db, "decision_news") if row.part.startswith("withdrawn")}) == 1


def test_nobody_outside_a_private_channel_learns_of_an_objection(db: Database) -> None:
    propose(db, by=CHLOE, channel=PRICING, contributors=BEN, approver=CHLOE, driver=BEN)
    assert only(db).state is DecisionState.ACCEPTED
    with pytest.raises(NoSuchDecision):
        object_to(db, by=DEV)
