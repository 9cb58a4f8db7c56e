"""Editing a decision that is still open, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.decisions import AlreadyAccepted, Decision, DecisionState, NotYourDecision, TextChanged
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from services import decision_cards, decisions, verdicts
from storage import channels
from storage import decisions as stored
from storage.engine import Database
from surface.decision_form import decision_form
from surface.decisions import record
from tests.records import version
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, audited, owed, readers, settle

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN}
LATER = NOW + timedelta(hours=1)
open_edit = partial(decisions.edit_form, workspace_id=WORKSPACE, decision_id=1)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def propose(db: Database, *, channel: str = FORECAST, by: str = ANA, **given: str) -> None:
    sent = Submission(WORKSPACE, by, "d1", FORM | given, [ANA, BEN, CHLOE, DEV])
    assert decisions.submit(db, sent=sent, channel_id=channel, now=NOW) == ()


def contest(db: Database) -> None:
    verdicts.object_to(
        db, sent=Submission(WORKSPACE, BEN, "o1", {"reason": "Too early"}), decision_id=1, version=version(db), now=NOW
    )


def approve(db: Database) -> None:
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=NOW)


def edit(db: Database, *, by: str = ANA, draft: str = "e1", **given: str) -> tuple[Person, ...]:
    sent = Submission(WORKSPACE, by, draft, FORM | given)
    return decisions.submit(db, sent=sent, channel_id=FORECAST, decision_id=1, now=LATER)


def only(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        assert stored.decision(session, workspace_id=WORKSPACE, decision_id=2) is None
        return found


def test_the_form_holds_all_that_was_recorded(db: Database) -> None:
    given = FORM | {
        "context": "Costs", "options": "Both\nNeither", "driver": DEV, "contributors": f"{BEN},{CHLOE}",
        "informed": DEV, "look_again_on": "2026-12-01",
    }  # fmt: skip
    propose(db, **given)
    sheet = open_edit(db, person_id=ANA)
    assert sheet.given == given
    view = str(decision_form(sheet))
    assert "Edit a decision" in view
    assert "Neither" in view


@pytest.mark.parametrize("press", ["approve", "object", "open the objection", "acknowledge"])
def test_what_was_pressed_about_an_older_text_changes_nothing(db: Database, press: str) -> None:
    propose(db)
    old: dict[str, Any] = {"workspace_id": WORKSPACE, "decision_id": 1, "version": version(db)}
    edit(db, choice="Ship half of it")
    before, lines = only(db), audited(db)
    presses: dict[str, Callable[[], object]] = {
        "approve": lambda: verdicts.approve(db, **old, person_id=BEN, now=LATER),
        "object": lambda: object_about(db, old["version"]),
        "open the objection": lambda: verdicts.objection_form(db, **old, person_id=BEN),
        "acknowledge": lambda: verdicts.acknowledge(db, **old, person_id=DEV, now=LATER),
    }
    with pytest.raises(TextChanged, match="The text of D-1 was changed meanwhile"):
        presses[press]()
    assert (only(db), audited(db)) == (before, lines)


def test_an_objection_typed_while_the_text_changed_can_be_sent_again_about_the_new_one(db: Database) -> None:
    propose(db)
    edit(db, choice="Ship half of it")
    object_about(db, version(db))
    assert only(db).objection == "No"


def test_approving_twice_is_no_mistake_after_all(db: Database) -> None:
    propose(db)
    old = version(db)
    approve(db)
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=old, person_id=BEN, now=LATER)


def object_about(db: Database, about: str) -> None:
    sent = Submission(WORKSPACE, BEN, "o9", {"reason": "No"})
    verdicts.object_to(db, sent=sent, decision_id=1, version=about, now=LATER)


def test_after_an_objection_the_changed_text_is_proposed_again(db: Database) -> None:
    propose(db)
    contest(db)
    edit(db, choice="Ship half of it")
    found = only(db)
    assert (found.state, found.form.choice, found.edited_at) == (DecisionState.PROPOSED, "Ship half of it", LATER)
    assert (found.objection, found.objected_by) == ("Too early", BEN)
    assert [row.person_id for row in owed(db, "approval")] == [BEN, BEN]
    approve(db)
    assert only(db).state is DecisionState.ACCEPTED


def test_the_same_form_again_and_a_form_without_a_change_ask_nobody_anew(db: Database) -> None:
    propose(db)
    contest(db)
    edit(db, choice="Ship half of it")
    edit(db, choice="Ship half of it")
    edit(db, choice="Ship half of it", draft="e2")
    assert readers(db, "approval") == [BEN, BEN]
    assert [line[0] for line in audited(db)] == ["decision recorded", "decision objected", "decision edited"]


def test_the_driver_may_edit_and_others_may_not(db: Database) -> None:
    propose(db, driver=DEV)
    edit(db, by=DEV, driver=DEV, choice="Ship half of it")
    assert only(db).form.choice == "Ship half of it"
    assert only(db).recorded_by == ANA
    for person_id in (BEN, CHLOE):
        with pytest.raises(NotYourDecision, match=r"Ana.*D-1.*Dev"):
            open_edit(db, person_id=person_id)
        with pytest.raises(NotYourDecision):
            edit(db, by=person_id, draft="e2")


def test_an_accepted_decision_is_never_edited(db: Database) -> None:
    propose(db)
    approve(db)
    with pytest.raises(AlreadyAccepted):
        open_edit(db, person_id=ANA)
    with pytest.raises(AlreadyAccepted):
        edit(db, choice="Ship both")


def test_nobody_goes_round_an_objection_by_naming_another_approver(db: Database) -> None:
    propose(db)
    contest(db)
    for approver in (ANA, DEV):
        with pytest.raises(FieldErrors, match="Ben has objected") as caught:
            edit(db, approver=approver)
        assert list(caught.value.fields) == ["approver"]
    assert only(db).state is DecisionState.CONTESTED


def test_another_approver_is_asked_and_the_first_is_told(db: Database) -> None:
    propose(db)
    edit(db, approver=DEV)
    assert [(row.person_id, row.wanted) for row in owed(db, "approval")] == [(BEN, 2), (DEV, 1)]


def test_the_driver_cannot_accept_in_the_name_of_the_recorder(db: Database) -> None:
    propose(db, driver=DEV)
    edit(db, by=DEV, driver=DEV, approver=ANA)
    assert only(db).state is DecisionState.PROPOSED
    assert readers(db, "approval") == [ANA, BEN]


def test_nobody_has_acknowledged_the_changed_text(db: Database) -> None:
    propose(db)
    verdicts.acknowledge(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=DEV, now=NOW)
    edit(db, choice="Ship half of it")
    assert only(db).acknowledged == frozenset()


def test_only_who_is_newly_named_from_outside_is_warned_about(db: Database) -> None:
    propose(db, by=CHLOE, channel=PRICING, informed=DEV)
    assert edit(db, by=CHLOE, informed=DEV, choice="Ship half of it") == ()
    assert [each.id for each in edit(db, by=CHLOE, draft="e2", informed=f"{DEV},{ANA}")] == [ANA]


def test_it_can_be_edited_where_muster_is_no_longer(db: Database) -> None:
    propose(db)
    with db.write() as session:
        channels.lose_bot(session, workspace_id=WORKSPACE, channel_id=FORECAST)
    assert open_edit(db, person_id=ANA).given["title"] == "Small model"
    edit(db, choice="Ship half of it")
    assert only(db).form.choice == "Ship half of it"


def test_a_driver_outside_the_private_channel_does_not_read_its_name(db: Database) -> None:
    propose(db, by=CHLOE, channel=PRICING, driver=DEV)
    assert open_edit(db, person_id=DEV).place == "a private channel"


def test_an_objection_keeps_the_name_of_whoever_made_it(db: Database) -> None:
    propose(db)
    contest(db)
    edit(db, choice="Ship half of it")
    edit(db, draft="e2", choice="Ship half of it", approver=DEV)
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert card
    assert "Objection of Ben" in str(record(card))
