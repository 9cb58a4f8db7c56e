"""What an approver can do while others object, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from domain.decision_refusals import NobodyObjects, NotTheApprover, OthersObject
from domain.decision_states import AlreadyAccepted, DecisionState
from domain.errors import FieldErrors, UserError
from services import decision_cards, home, sync
from storage import people
from storage.engine import Database
from surface import decisions as views
from surface.decision_form import record_view
from surface.decision_record import record
from surface.home import home_page
from tests.objecting import LATER, approve, news, only, overrule, propose
from tests.records import object_to, version
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, NOW, WORKSPACE, readers
from tests.trail import entries


def test_while_others_object_it_cannot_be_approved_without_a_word(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    with pytest.raises(OthersObject, match="while Chloe objects to it"):
        approve(db)
    assert only(db).state is DecisionState.CONTESTED


def test_the_approver_overrules_in_writing_and_the_words_of_both_stay(db: Database) -> None:
    propose(db, informed=DEV)
    object_to(db, by=CHLOE, reason="Nobody knows how")
    overrule(db)
    overrule(db)
    found = only(db)
    (kept,) = found.objections
    assert (found.state, found.decided_at) == (DecisionState.ACCEPTED, LATER)
    assert (kept.reason, kept.overruled_by, kept.overruled_because) == ("Nobody knows how", BEN, "It cannot wait")
    told = news(db)
    assert told[CHLOE] == [
        (
            "Ben accepted D-1: Small model although you objected: “It cannot wait” "
            "Your objection stays in the record, beside these words."
        )
    ]
    assert "Ben approved D-1: Small model although Chloe objected: “It cannot wait”" in told[ANA]
    assert readers(db, "informed") == [DEV]
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert card
    shown = str(record(card))
    assert "*Earlier objection of Chloe, overruled*" in shown
    assert "Overruled by Ben on Fri 20 Nov 2026: “It cannot wait”" in shown
    (line,) = (line for line in entries(db) if line.what == "decision objection overruled")
    assert line.details == {"reason": "It cannot wait", "objections of": [CHLOE]}


def test_only_the_approver_overrules_and_only_others_and_with_a_reason(db: Database) -> None:
    propose(db)
    with pytest.raises(NobodyObjects):
        overrule(db)
    object_to(db)
    with pytest.raises(NobodyObjects):
        overrule(db)
    object_to(db, by=CHLOE, draft="o2")
    with pytest.raises(NotTheApprover):
        overrule(db, by=CHLOE)
    with pytest.raises(FieldErrors):
        overrule(db, reason=" ")
    assert only(db).state is DecisionState.CONTESTED
    overrule(db)
    assert [bool(each.overruled_at) for each in only(db).objections] == [False, True]
    assert only(db).objections[0].withdrawn_at == LATER


def test_of_an_approval_and_an_objection_at_once_one_comes_first(db: Database) -> None:
    propose(db)
    refused: list[UserError] = []

    def perhaps(press: Callable[[], None]) -> None:
        try:
            press()
        except UserError as error:
            refused.append(error)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(perhaps, [lambda: approve(db), lambda: object_to(db, by=CHLOE)]))
    (error,) = refused
    if only(db).state is DecisionState.ACCEPTED:
        assert isinstance(error, AlreadyAccepted)
        assert only(db).objections == ()
    else:
        assert isinstance(error, OthersObject)
        assert only(db).standing


def test_the_buttons_are_for_those_who_may_press_them(db: Database) -> None:
    propose(db, informed=DEV)
    object_to(db, by=CHLOE)
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert card
    assert labels(record_view(card, CHLOE)["blocks"]) == ["Change objection", "Withdraw objection", "Add action item"]
    assert labels(record_view(card, BEN)["blocks"])[:2] == ["Accept anyway", "Object"]
    assert labels(record_view(card, DEV)["blocks"]) == ["Add action item"]
    asked = views.approval_message(card, BEN, version(db), is_out=True)
    assert asked
    assert labels(asked.blocks) == ["Accept anyway", "Object", "Reject"]
    page = home.card(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert page
    assert "Chloe objected: Too early" in str(home_page(page))
    assert "Accept anyway" in str(home_page(page))


def test_whoever_objected_and_has_left_is_told_nothing_and_can_be_overruled(db: Database) -> None:
    propose(db)
    object_to(db, by=CHLOE)
    with db.read() as session:
        chloe = people.people(session, workspace_id=WORKSPACE)[CHLOE]
    sync.save_person(db, person=replace(chloe, left=True), now=NOW)
    overrule(db)
    assert only(db).state is DecisionState.ACCEPTED
    assert CHLOE not in news(db)
