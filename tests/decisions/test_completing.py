"""Adding to the record of a decision after it was accepted, on both databases."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.decision_cards import DecisionSheet
from domain.decision_pages import About, Page, Shown
from domain.decision_refusals import EditedMeanwhile, NotYoursToComplete
from domain.decision_states import (
    AlreadyAccepted,
    AlreadySuperseded,
    DecisionState,
    Move,
    NoLongerHolds,
    NotYetAccepted,
)
from domain.errors import FieldErrors, UserError
from domain.submissions import Submission
from services import decision_cards, decision_endings, decision_forms, decision_reminders, decisions, informed, unread
from storage.engine import Database
from surface.decision_form import decision_form, record_view
from surface.decisions import look_again_message
from tests.decisions.test_decision_edits import FORM, LATER, approve, leave, only, propose
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, PRICING, WORKSPACE, audited, readers
from tests.trail import entries

PLACE: dict[str, Any] = {"workspace_id": WORKSPACE, "decision_id": 1}


def opened(db: Database, *, person_id: str) -> DecisionSheet:
    return decision_forms.complete_form(db, **PLACE, person_id=person_id, now=NOW)


def complete(
    db: Database, *, by: str = ANA, draft: str = "c1", about: str = "", at: datetime = LATER, **given: str
) -> None:
    """`about`: the record it was opened with; the present one if left out."""
    place: dict[str, Any] = {"channel_id": FORECAST, "decision_id": 1, "move": Move.COMPLETE}
    sent = Submission(WORKSPACE, by, draft, FORM | given)
    assert decisions.submit(db, sent=sent, **place, version=about or only(db).revision, now=at) == ()


def test_what_is_added_leaves_what_was_accepted_and_read_as_it_was(db: Database) -> None:
    propose(db, supersedes="", driver=DEV, informed=CHLOE)
    approve(db)
    informed.read(db, **PLACE, version=only(db).version, person_id=CHLOE, now=NOW)
    before = only(db)
    changed: dict[str, Any] = {
        "title": "Large",
        "choice": "Ship all",
        "because": "Dear",
        "approver": ANA,
        "driver": ANA,
        "round": "consent",
    }
    complete(db, **changed, context="Costs rose", outcome="Half the cost", informed=DEV)
    found = only(db)
    assert (found.form.title, found.form.choice, found.form.because) == ("Small model", "Ship it", "Cheaper")
    assert (found.form.approver_id, found.form.driver_id, found.form.round) == (BEN, DEV, "")
    assert (found.form.context, found.form.outcome, found.form.informed) == (
        "Costs rose",
        "Half the cost",
        (CHLOE, DEV),
    )
    assert (found.version, found.state, found.read_by) == (before.version, DecisionState.ACCEPTED, frozenset({CHLOE}))
    assert (found.completed_at, found.completed_by, found.edited_at) == (LATER, ANA, None)


def test_the_trail_keeps_each_field_before_and_after(db: Database) -> None:
    propose(db, context="Costs", approver=ANA)
    complete(db, context="Costs rose", metric="Euro")
    with db.read():
        line = entries(db)[-1]
    details = line.details if isinstance(line.details, dict) else json.loads(line.details)
    assert line.what == "decision completed"
    assert details["before"] == {"context": "Costs", "metric": ""}
    assert details["after"] == {"context": "Costs rose", "metric": "Euro"}


def test_the_same_form_again_and_one_without_a_change_add_nothing(db: Database) -> None:
    propose(db, approver=ANA)
    about = only(db).revision
    complete(db, about=about, context="Costs rose")
    complete(db, about=about, context="Costs rose")
    complete(db, draft="c2", context="Costs rose")
    assert [what for what, _, _ in audited(db)] == ["decision recorded", "decision completed"]


def test_only_those_newly_informed_are_told_and_reminded(db: Database) -> None:
    propose(db, approver=ANA, informed=CHLOE)
    far = NOW + timedelta(days=10)
    assert unread.remind_due(db, now=far) == 1
    complete(db, at=far, informed=f"{CHLOE},{DEV}")
    assert readers(db, "informed") == [CHLOE, DEV]
    unread.remind_due(db, now=far + timedelta(days=10, hours=6))
    assert readers(db, "unread") == [CHLOE, DEV]
    assert unread.remind_due(db, now=far + timedelta(days=20)) == 0


def test_who_is_named_outside_a_private_channel_is_warned_about(db: Database) -> None:
    propose(db, by=CHLOE, channel=PRICING, approver=CHLOE)
    sent = Submission(WORKSPACE, CHLOE, "c1", FORM | {"informed": DEV})
    about: dict[str, Any] = {"channel_id": PRICING, "decision_id": 1, "move": Move.COMPLETE}
    found = decisions.submit(db, sent=sent, **about, version=only(db).revision, now=LATER)
    assert [each.id for each in found] == [DEV]
    assert only(db).form.informed == ()


def test_another_check_date_plans_the_next_look(db: Database) -> None:
    propose(db, approver=ANA, look_again_on="2026-12-01")
    complete(db, look_again_on="2026-12-03")
    assert decision_reminders.look_again_due(db, now=datetime(2026, 12, 2, 23, tzinfo=UTC)) == 0
    assert decision_reminders.look_again_due(db, now=datetime(2026, 12, 3, 20, tzinfo=UTC)) == 1
    with pytest.raises(FieldErrors) as caught:
        complete(db, draft="c2", at=datetime(2026, 12, 4, tzinfo=UTC), look_again_on="2026-12-02")
    assert list(caught.value.fields) == ["look_again_on"]
    complete(db, draft="c3", at=datetime(2026, 12, 4, tzinfo=UTC), look_again_on="2026-12-03", context="Costs")
    assert only(db).form.context == "Costs"


def test_it_stays_put_off_while_the_check_date_stays(db: Database) -> None:
    propose(db, approver=ANA, look_again_on="2026-12-05")
    sunday = datetime(2026, 12, 6, 15, tzinfo=UTC)
    decision_reminders.look_again_due(db, now=sunday)
    complete(db, at=sunday, look_again_on="2026-12-05", context="Costs")
    decision_reminders.look_again_due(db, now=datetime(2026, 12, 7, 14, tzinfo=UTC))
    assert readers(db, "look_again") == [ANA]


def test_others_may_not_and_are_told_whom_to_ask(db: Database) -> None:
    propose(db, driver=DEV)
    approve(db)
    with pytest.raises(
        NotYoursToComplete, match=r"Ana, who recorded it, or Dev, who drives it, or Ben, who approved it,"
    ):
        opened(db, person_id=CHLOE)
    with pytest.raises(NotYoursToComplete):
        complete(db, by=CHLOE, context="Costs")
    for number, person_id in enumerate((ANA, BEN, DEV)):
        complete(db, by=person_id, draft=f"c{number}", context=f"Costs {number}", at=LATER + timedelta(hours=number))
    assert only(db).form.context == "Costs 2"


@pytest.mark.parametrize(("state", "refusal"), [("proposed", NotYetAccepted), ("deprecated", NoLongerHolds)])
def test_only_what_is_accepted_is_completed(db: Database, state: str, refusal: type[UserError]) -> None:
    propose(db, approver=BEN if state == "proposed" else ANA)
    if state == "deprecated":
        sent = Submission(WORKSPACE, ANA, "e1", {"reason": "Prices rose"})
        decision_endings.deprecate(db, sent=sent, decision_id=1, now=NOW)
    with pytest.raises(refusal):
        opened(db, person_id=ANA)
    with pytest.raises(refusal):
        complete(db, context="Costs")


def test_one_that_has_superseded_another_is_completed_and_that_other_is_not(db: Database) -> None:
    propose(db, approver=ANA)
    second = Submission(WORKSPACE, ANA, "d2", FORM | {"approver": ANA, "supersedes": "D-1"})
    decisions.submit(db, sent=second, channel_id=FORECAST, now=NOW)
    sheet = decision_forms.complete_form(db, workspace_id=WORKSPACE, decision_id=2, person_id=ANA, now=NOW)
    about = About(FORECAST, 2, sheet.version, move=Move.COMPLETE)
    sent = Submission(WORKSPACE, ANA, sheet.draft_id, {"context": "Costs"})
    assert (
        decision_forms.send(db, sent=sent, about=about, shown=Shown(Page.CONTEXT, fields=("context",)), now=LATER)
        is None
    )
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=2)
    assert card
    assert (card.decision.form.context, card.decision.form.supersedes) == ("Costs", (1,))
    with pytest.raises(AlreadySuperseded):
        opened(db, person_id=ANA)


def test_a_form_to_edit_that_was_open_when_it_was_accepted_adds_nothing(db: Database) -> None:
    propose(db)
    sheet = decision_forms.edit_form(db, **PLACE, person_id=ANA, now=NOW)
    approve(db)
    sent = Submission(WORKSPACE, ANA, sheet.draft_id, {"context": "Costs"})
    about, shown = About(FORECAST, 1, sheet.version), Shown(Page.CONTEXT, fields=("context",))
    with pytest.raises(AlreadyAccepted):
        decision_forms.send(db, sent=sent, about=about, shown=shown, now=LATER)
    assert only(db).form.context == ""


def test_of_two_who_add_at_once_the_later_sees_what_the_other_added(db: Database) -> None:
    propose(db, approver=ANA, driver=DEV)
    mine, theirs = opened(db, person_id=ANA), opened(db, person_id=DEV)
    shown = Shown(Page.CONTEXT, fields=("context", "constraints"))

    def send(sheet: Any, by: str, version: str, **given: str) -> Any:
        sent, about = Submission(WORKSPACE, by, sheet.draft_id, given), About(FORECAST, 1, version, move=Move.COMPLETE)
        return decision_forms.send(db, sent=sent, about=about, shown=shown, now=LATER)

    assert send(mine, ANA, mine.version, context="Costs rose") is None
    with pytest.raises(EditedMeanwhile):
        complete(db, by=DEV, draft="c9", about=theirs.version, context="Costs fell")
    again = send(theirs, DEV, theirs.version, constraints="10 ms")
    assert again.meanwhile.by == "Ana"
    assert again.meanwhile.taken == ("context",)
    assert again.given["constraints"] == "10 ms"
    assert "Nothing is saved yet" in str(decision_form(again))
    assert send(again, DEV, again.version, context="Costs rose", constraints="10 ms") is None
    assert (only(db).form.context, only(db).form.constraints) == ("Costs rose", "10 ms")


def test_a_day_set_while_the_form_was_open_is_not_overwritten(db: Database) -> None:
    propose(db, approver=ANA)
    about = opened(db, person_id=ANA).version
    kept = Submission(WORKSPACE, ANA, "k1", {"look_again_on": "2026-12-01"})
    decision_endings.keep(db, sent=kept, decision_id=1, now=LATER)
    with pytest.raises(EditedMeanwhile):
        complete(db, about=about, context="Costs")
    assert only(db).form.look_again_on == date(2026, 12, 1)


def test_it_can_be_completed_after_its_approver_has_left(db: Database) -> None:
    propose(db, informed=CHLOE)
    approve(db)
    leave(db, BEN)
    leave(db, CHLOE)
    sheet = opened(db, person_id=ANA)
    assert sheet.given["approver"] == BEN
    complete(db, context="Costs", informed=CHLOE)
    assert only(db).form.context == "Costs"


def test_those_who_may_complete_it_are_shown_how_and_others_are_not(db: Database) -> None:
    propose(db, approver=ANA, look_again_on="2026-12-01")
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert card
    for reader_id, is_shown in ((ANA, True), (CHLOE, False)):
        view = record_view(card, reader_id)
        assert ("Add detail" in labels(view["blocks"])) is is_shown
        assert ("Not yet: context" in str(view)) is is_shown
    message = look_again_message(card, ANA, "2026-12-01", is_out=True)
    assert message
    assert "Add detail" in str(message.blocks)
