"""Rejecting a decision for good, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.decision_cards import DecisionNews, News
from domain.decision_refusals import NotTheApprover
from domain.decision_states import AlreadyRejected, DecisionState, Move
from domain.decisions import Decision
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.submissions import Submission
from services import decision_cards, decision_forms, decision_reminders, decisions, home, informed, objections, verdicts
from storage import decisions as stored
from storage.engine import Database
from surface import decision_list
from surface import decisions as views
from surface.home import home_page
from surface.informed import informed_message
from tests.messages import said
from tests.records import object_to, version
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE, readers
from tests.trail import entries

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN}


def record(db: Database, **given: str) -> None:
    decisions.submit(db, sent=Submission(WORKSPACE, ANA, "d1", FORM | given), channel_id=FORECAST, now=NOW)


def reject(db: Database, *, by: str = BEN, reason: str = "Too dear", draft: str = "r1") -> None:
    sent = Submission(WORKSPACE, by, draft, {"reason": reason})
    verdicts.reject(db, sent=sent, decision_id=1, version=version(db), now=NOW)


def only(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        return found


def test_the_reason_is_kept_and_whoever_recorded_and_drives_it_is_told(db: Database) -> None:
    record(db, driver=DEV)
    reject(db)
    found = only(db)
    assert (found.state, found.ended_because, found.ended_by, found.ended_at) == (
        DecisionState.REJECTED,
        "Too dear",
        BEN,
        NOW,
    )
    assert (found.decided_at, found.objections) == (None, ())
    told = said(db, Kind.DECISION_NEWS, now=NOW)
    assert sorted(told) == [ANA, DEV]
    assert "Ben rejected D-1: Small model for good: “Too dear”" in told[DEV][0]


def test_a_contested_one_is_rejected_with_the_earlier_objection_kept(db: Database) -> None:
    record(db)
    object_to(db)
    reject(db)
    assert (only(db).state, only(db).ended_because) == (DecisionState.REJECTED, "Too dear")
    assert [each.reason for each in only(db).standing] == ["Too early"]


def test_only_the_approver_rejects_and_says_why(db: Database) -> None:
    record(db)
    with pytest.raises(NotTheApprover, match="Ben"):
        reject(db, by=ANA)
    with pytest.raises(FieldErrors) as caught:
        reject(db, reason=" ")
    assert list(caught.value.fields) == ["reason"]
    assert only(db).state is DecisionState.PROPOSED


def test_nothing_more_can_be_done_with_it(db: Database) -> None:
    record(db)
    old = version(db)
    about: dict[str, Any] = {"workspace_id": WORKSPACE, "decision_id": 1}
    reject(db)
    edited = Submission(WORKSPACE, ANA, "e1", FORM | {"choice": "Half"})
    presses: list[Callable[[], object]] = [
        lambda: verdicts.approve(db, **about, version=old, person_id=BEN, now=NOW),
        lambda: objections.form(db, **about, version=old, person_id=BEN, move=Move.OBJECT),
        lambda: objections.form(db, **about, version=old, person_id=BEN, move=Move.OVERRULE),
        lambda: verdicts.reject_form(db, **about, version=old, person_id=BEN),
        lambda: object_to(db, draft="o2"),
        lambda: reject(db, draft="r3"),
        lambda: informed.read(db, **about, version=old, person_id=DEV, now=NOW),
        lambda: decision_forms.edit_form(db, **about, person_id=ANA, now=NOW),
        lambda: decisions.submit(db, sent=edited, channel_id=FORECAST, decision_id=1, version=old, now=NOW),
    ]
    before = only(db)
    for press in presses:
        with pytest.raises(AlreadyRejected, match="D-1 was rejected and stays as it is"):
            press()
    assert only(db) == before


def test_the_same_form_sent_twice_or_at_once_rejects_it_once(db: Database) -> None:
    record(db)
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(reject, db) for _ in range(2)]:
            attempt.result()
    reject(db)
    (line,) = (line for line in entries(db) if line.what == "decision rejected")
    assert line.details == {"reason": "Too dear", "before": "proposed", "after": "rejected"}
    assert readers(db, "decision_news") == [ANA]


def test_nobody_is_asked_to_look_again_at_it(db: Database) -> None:
    record(db, look_again_on="2026-12-01")
    reject(db)
    assert decision_reminders.look_again_due(db, now=datetime(2026, 12, 1, 18, tzinfo=UTC)) == 0
    assert readers(db, "look_again") == []


def test_a_reminder_to_look_again_that_is_owed_already_is_not_sent(db: Database) -> None:
    record(db, look_again_on="2026-12-01")
    at = datetime(2026, 12, 1, 18, tzinfo=UTC)
    decision_reminders.look_again_due(db, now=at)
    assert readers(db, "look_again") == [ANA]
    reject(db)
    assert said(db, Kind.LOOK_AGAIN, now=at) == {}


def test_every_message_about_it_says_so_and_nobody_hears_of_it_as_accepted(db: Database) -> None:
    record(db, driver=CHLOE, informed=DEV)
    reject(db)
    assert readers(db, "informed") == []
    card = decision_cards.reader_card(db, workspace_id=WORKSPACE, decision_id=1, reader_id=DEV, now=NOW)
    assert card
    why = "rejected by Ben on Fri 20 Nov 2026: “Too dear”."
    shown = views.card_message(card)
    assert shown.text.startswith("Rejected: D-1: Small model. Rejected by Ben on Fri 20 Nov 2026: Too dear Proposal:")
    assert labels(shown.blocks) == ["View"]
    assert "*Rejected by Ben on Fri 20 Nov 2026*" in str(shown.blocks)
    driver = views.driver_message(card, CHLOE, is_out=True)
    assert driver
    assert why in driver.text
    assert labels(driver.blocks) == ["View"]
    approver = views.approval_message(card, BEN, version(db), is_out=True)
    assert approver
    assert approver.text.startswith("You rejected D-1: Small model.")
    for out in (
        views.approval_message(card, BEN, "older", is_out=True),
        informed_message(card, DEV, is_out=True),
        views.look_again_message(card, CHLOE, "2026-12-01", is_out=True),
        views.news_message(card, DecisionNews.of(card.decision, News.OBJECTED), ANA, is_out=True),
    ):
        assert out
        assert why in out.text


def test_it_waits_for_nobody_any_more(db: Database) -> None:
    record(db)
    reject(db)
    page = home.card(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert page
    assert page.approvals == []
    assert "D-1* Small model · rejected on Fri 20 Nov 2026" in str(home_page(page))
    found = decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=ANA, now=NOW)
    assert "rejected on Fri 20 Nov 2026" in decision_list.list_answer(found)["text"]
