"""Editing a decision that is still open, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from domain.decision_pages import Page
from domain.decision_refusals import AlreadyActedOn, EditedMeanwhile, NotYourDecision, TextChanged
from domain.decision_states import AlreadyAccepted, DecisionState, Move
from domain.decisions import Decision
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from services import decision_cards, decision_forms, decisions, informed, objections, verdicts
from storage import channels, people
from storage import decisions as stored
from storage.engine import Database
from surface.decision_form import decision_form
from surface.decision_record import record
from tests.records import object_to, version
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, audited, owed, readers

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN}
LATER = NOW + timedelta(hours=1)
open_edit = partial(decision_forms.edit_form, workspace_id=WORKSPACE, decision_id=1, now=NOW)


def propose(db: Database, *, channel: str = FORECAST, by: str = ANA, **given: str) -> None:
    sent = Submission(WORKSPACE, by, "d1", FORM | given, [ANA, BEN, CHLOE, DEV])
    assert decisions.submit(db, sent=sent, channel_id=channel, now=NOW) == ()


def leave(db: Database, person_id: str) -> None:
    with db.write() as session:
        person = people.person(session, workspace_id=WORKSPACE, person_id=person_id)
        assert person
        people.save_person(session, person=replace(person, left=True))


def approve(db: Database) -> None:
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=NOW)


def edit(
    db: Database, *, by: str = ANA, draft: str = "e1", about: str = "", at: datetime = LATER, **given: str
) -> tuple[Person, ...]:
    """`about`: the text it was opened with; the present one if left out."""
    sent = Submission(WORKSPACE, by, draft, FORM | given)
    about = about or version(db)
    return decisions.submit(db, sent=sent, channel_id=FORECAST, decision_id=1, version=about, now=at)


def only(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        assert stored.decision(session, workspace_id=WORKSPACE, decision_id=2) is None
        return found


def test_the_form_holds_all_that_was_recorded(db: Database) -> None:
    given = FORM | {
        "context": "Costs", "option_lines": "Both\nNeither", "driver": DEV, "contributors": f"{BEN},{CHLOE}",
        "informed": DEV, "look_again_on": "2026-12-01",
    }  # fmt: skip
    propose(db, **given)
    sheet = open_edit(db, person_id=ANA)
    del given["option_lines"]
    assert sheet.given == given | {"options": '[{"title": "Both"}, {"title": "Neither"}]'}
    view = str(decision_form(replace(sheet, page=Page.OPTIONS)))
    assert "Edit a decision" in view
    assert "Neither" in view


@pytest.mark.parametrize("press", ["approve", "object", "open the objection", "read"])
def test_what_was_pressed_about_an_older_text_changes_nothing(db: Database, press: str) -> None:
    propose(db)
    old: dict[str, Any] = {"workspace_id": WORKSPACE, "decision_id": 1, "version": version(db)}
    edit(db, choice="Ship half of it")
    before, lines = only(db), audited(db)
    presses: dict[str, Callable[[], object]] = {
        "approve": lambda: verdicts.approve(db, **old, person_id=BEN, now=LATER),
        "object": lambda: object_to(db, about=old["version"]),
        "open the objection": lambda: objections.form(db, **old, person_id=BEN, move=Move.OBJECT),
        "read": lambda: informed.read(db, **old, person_id=DEV, now=LATER),
    }
    with pytest.raises(TextChanged, match="The text of D-1 was changed meanwhile"):
        presses[press]()
    assert (only(db), audited(db)) == (before, lines)


def test_an_objection_typed_while_the_text_changed_can_be_sent_again_about_the_new_one(db: Database) -> None:
    propose(db)
    edit(db, choice="Ship half of it")
    object_to(db, reason="No")
    assert [each.reason for each in only(db).standing] == ["No"]


def test_approving_twice_is_no_mistake_after_all(db: Database) -> None:
    propose(db)
    old = version(db)
    approve(db)
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=old, person_id=BEN, now=LATER)


def test_after_an_objection_the_changed_text_is_proposed_again(db: Database) -> None:
    propose(db)
    object_to(db)
    edit(db, choice="Ship half of it")
    found = only(db)
    assert (found.state, found.form.choice, found.edited_at) == (DecisionState.PROPOSED, "Ship half of it", LATER)
    assert [(each.reason, each.person_id) for each in found.objections] == [("Too early", BEN)]
    assert found.standing == ()
    assert [row.person_id for row in owed(db, "approval")] == [BEN, BEN]
    approve(db)
    assert only(db).state is DecisionState.ACCEPTED


def test_the_same_form_again_and_a_form_without_a_change_ask_nobody_anew(db: Database) -> None:
    propose(db)
    object_to(db)
    edit(db, choice="Ship half of it")
    edit(db, choice="Ship half of it")
    edit(db, choice="Ship half of it", draft="e2")
    assert readers(db, "approval") == [BEN, BEN]
    assert [line[0] for line in audited(db)] == ["decision recorded", "decision objected", "decision edited"]


def test_of_two_who_edit_one_text_the_later_overwrites_nothing(db: Database) -> None:
    propose(db, driver=DEV)
    opened = [open_edit(db, person_id=each).version for each in (ANA, DEV)]
    edit(db, about=opened[0], driver=DEV, choice="Ship half of it")
    with pytest.raises(EditedMeanwhile, match="changed D-1 while you were editing"):
        edit(db, by=DEV, draft="e2", about=opened[1], driver=DEV, because="Cheaper by far")
    assert (only(db).form.choice, only(db).form.because) == ("Ship half of it", "Cheaper")


def test_a_form_that_slack_lost_our_answer_to_can_be_sent_again_with_other_words(db: Database) -> None:
    propose(db)
    opened = open_edit(db, person_id=ANA).version
    edit(db, about=opened, choice="Ship half of it", informed=f"{DEV},{CHLOE}")
    edit(db, about=opened, choice="Ship a third of it", at=LATER + timedelta(seconds=1))
    assert only(db).form.choice == "Ship a third of it"


def test_the_form_it_was_recorded_with_does_not_overwrite_an_edit(db: Database) -> None:
    propose(db, driver=DEV)
    edit(db, by=DEV, driver=DEV, choice="Ship half of it")
    with pytest.raises(AlreadyActedOn, match="D-1"):
        propose(db, driver=DEV, because="Cheaper by far")
    assert only(db).form.choice == "Ship half of it"


def test_the_driver_may_edit_and_others_may_not(db: Database) -> None:
    propose(db, driver=DEV)
    edit(db, by=DEV, driver=DEV, choice="Ship half of it")
    assert only(db).form.choice == "Ship half of it"
    assert only(db).recorded_by == ANA
    for person_id in (BEN, CHLOE):
        with pytest.raises(NotYourDecision, match=r"Ana, who recorded it, or Dev, who drives it, can edit D-1"):
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
    object_to(db)
    for approver in (ANA, DEV):
        with pytest.raises(FieldErrors, match="Ben has objected") as caught:
            edit(db, approver=approver)
        assert list(caught.value.fields) == ["approver"]
    assert only(db).state is DecisionState.CONTESTED


@pytest.mark.parametrize("approver", [ANA, DEV])
def test_nobody_goes_round_an_objection_in_two_edits(db: Database, approver: str) -> None:
    propose(db)
    object_to(db)
    edit(db, choice="Ship half of it")
    with pytest.raises(FieldErrors, match="Ben has objected"):
        edit(db, draft="e2", choice="Ship half of it", approver=approver)
    assert (only(db).state, only(db).form.approver_id) == (DecisionState.PROPOSED, BEN)


def test_another_approver_is_asked_and_the_first_is_told(db: Database) -> None:
    propose(db)
    edit(db, approver=DEV)
    assert [(row.person_id, row.wanted) for row in owed(db, "approval")] == [(BEN, 2), (DEV, 1)]


def test_the_driver_cannot_accept_in_the_name_of_the_recorder(db: Database) -> None:
    propose(db, driver=DEV)
    edit(db, by=DEV, driver=DEV, approver=ANA)
    assert only(db).state is DecisionState.PROPOSED
    assert readers(db, "approval") == [ANA, BEN]


def test_the_driver_does_not_take_the_approval_from_somebody_who_is_here(db: Database) -> None:
    propose(db, driver=DEV)
    with pytest.raises(FieldErrors, match="cannot take the approval from Ben"):
        edit(db, by=DEV, driver=DEV, approver=DEV)
    assert only(db).form.approver_id == BEN


def test_a_driver_who_takes_over_from_an_approver_who_left_still_presses_approve(db: Database) -> None:
    propose(db, driver=DEV)
    leave(db, BEN)
    edit(db, by=DEV, driver=DEV, approver=DEV)
    assert only(db).state is DecisionState.PROPOSED
    assert DEV in readers(db, "approval")


def test_an_edit_by_an_approver_who_drives_it_is_no_approval(db: Database) -> None:
    propose(db, driver=BEN)
    edit(db, by=BEN, driver=BEN, choice="Ship nothing")
    assert only(db).state is DecisionState.PROPOSED
    assert readers(db, "decision_news") == []


def test_when_whoever_recorded_it_decides_alone_after_all_the_driver_hears_and_the_audit_says_so(db: Database) -> None:
    propose(db, driver=DEV)
    edit(db, driver=DEV, approver=ANA)
    assert only(db).state is DecisionState.ACCEPTED
    assert readers(db, "decision_news") == [DEV]
    assert [what for what, _, _ in audited(db)] == ["decision recorded", "decision edited", "decision approved"]


def test_a_day_that_has_passed_since_does_not_stop_another_edit(db: Database) -> None:
    propose(db, look_again_on="2026-11-24")
    edit(db, at=NOW + timedelta(days=30), look_again_on="2026-11-24", approver=DEV)
    assert only(db).form.approver_id == DEV
    with pytest.raises(FieldErrors) as caught:
        edit(db, draft="e2", approver=DEV, look_again_on="2026-11-20")
    assert list(caught.value.fields) == ["look_again_on"]


def test_nobody_has_read_the_changed_text(db: Database) -> None:
    propose(db)
    informed.read(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=DEV, now=NOW)
    edit(db, choice="Ship half of it")
    assert only(db).read_by == frozenset()


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
    object_to(db)
    edit(db, choice="Ship half of it")
    leave(db, BEN)
    edit(db, draft="e2", choice="Ship half of it", approver=DEV)
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert card
    assert "Earlier objection of Ben" in str(record(card))
