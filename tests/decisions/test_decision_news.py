"""Nobody who waits for a verdict is left in the dark, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.decision_refusals import NoSuchDecision
from domain.deliveries import Kind
from domain.people import Person, Role
from domain.submissions import Submission
from services import decision_cards, decision_forms, decisions, sync, verdicts
from storage import people
from storage.engine import Database
from surface.decisions import approval_message
from tests.messages import said
from tests.records import object_to, version
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, GONE, NOW, PRICING, WORKSPACE, owed, readers

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN}
NEWS = "decision_news"
tell = partial(said, kind=Kind.DECISION_NEWS, now=NOW)
offer = partial(said, kind=Kind.LEFT, now=NOW)


def record(db: Database, *, by: str = ANA, channel: str = FORECAST, **given: str) -> None:
    sent = Submission(WORKSPACE, by, "d1", FORM | given, [ANA, BEN, CHLOE, DEV])
    assert decisions.submit(db, sent=sent, channel_id=channel, now=NOW) == ()


def approve(db: Database) -> None:
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=NOW)


def edit(db: Database, *, draft: str = "e1", hours: int = 1, by: str = ANA, **given: str) -> None:
    sent = Submission(WORKSPACE, by, draft, FORM | given)
    decisions.submit(
        db, sent=sent, channel_id=FORECAST, decision_id=1, version=version(db), now=NOW + timedelta(hours=hours)
    )


def leave(db: Database, person_id: str, *, back: bool = False) -> None:
    with db.read() as session:
        person = people.person(session, workspace_id=WORKSPACE, person_id=person_id)
    assert person
    sync.save_person(db, person=replace(person, left=not back), now=NOW)


def test_whoever_recorded_it_hears_that_it_was_approved(db: Database) -> None:
    record(db)
    approve(db)
    assert tell(db) == {ANA: ["Ben approved D-1: Small model."]}


def test_an_objection_comes_with_its_reason_to_recorder_and_driver(db: Database) -> None:
    record(db, driver=DEV)
    object_to(db)
    found = tell(db)
    assert sorted(found) == [ANA, DEV]
    assert "Ben objected to D-1: Small model: “Too early”" in found[DEV][0]
    assert "Change it" in found[DEV][0]


def test_nobody_is_told_of_what_they_did_themselves(db: Database) -> None:
    record(db, driver=BEN)
    approve(db)
    assert readers(db, NEWS) == [ANA]
    record_own = Submission(WORKSPACE, ANA, "d2", FORM | {"approver": ANA})
    decisions.submit(db, sent=record_own, channel_id=FORECAST, now=NOW)
    assert readers(db, NEWS) == [ANA]


def test_a_verdict_given_twice_or_late_is_told_once(db: Database) -> None:
    record(db)
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(object_to, db) for _ in range(2)]:
            attempt.result()
    object_to(db, draft="o2")
    with ThreadPoolExecutor(2) as pool:
        for click in [pool.submit(approve, db) for _ in range(2)]:
            click.result()
    object_to(db)
    assert [(row.part.split(":")[0], row.wanted) for row in owed(db, NEWS)] == [("approved", 1), ("objected", 2)]


def test_what_no_longer_holds_before_it_is_sent_is_not_sent(db: Database) -> None:
    record(db)
    object_to(db)
    approve(db)
    assert tell(db) == {ANA: ["Ben approved D-1: Small model."]}


def test_an_objection_in_other_words_changes_the_message_there_is(db: Database) -> None:
    record(db)
    object_to(db)
    object_to(db, reason="Too dear", draft="o2")
    assert "“Too dear”" in tell(db)[ANA][0]


def test_an_objection_to_the_changed_text_is_told_anew(db: Database) -> None:
    record(db)
    object_to(db)
    edit(db, choice="Ship half of it")
    object_to(db, draft="o2")
    assert readers(db, NEWS) == [ANA, ANA]


def test_an_old_objection_delivered_late_does_not_contest_the_changed_text(db: Database) -> None:
    record(db)
    object_to(db)
    edit(db, choice="Ship half of it")
    object_to(db)
    assert readers(db, NEWS) == [ANA]


def test_a_driver_outside_the_private_channel_is_told_as_somebody_named(db: Database) -> None:
    record(db, by=CHLOE, channel=PRICING, driver=DEV)
    approve(db)
    assert tell(db) == {CHLOE: ["Ben approved D-1: Small model."], DEV: ["Ben approved D-1: Small model."]}


def test_a_driver_who_was_replaced_hears_nothing_more(db: Database) -> None:
    record(db, driver=DEV)
    object_to(db)
    edit(db, driver=CHLOE)
    assert tell(db) == {}


def test_whoever_left_is_not_told(db: Database) -> None:
    record(db, driver=DEV)
    leave(db, ANA)
    approve(db)
    assert readers(db, NEWS) == [DEV]


def test_of_an_approver_who_left_those_who_drive_it_hear_and_name_another(db: Database) -> None:
    record(db, driver=DEV)
    leave(db, BEN)
    leave(db, BEN)
    told = "Ben has left, and 1 thing of theirs waits for somebody: D-1. Please take it over, or choose somebody else."
    assert offer(db) == {ANA: [told], DEV: [told]}
    sheet = decision_forms.edit_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=ANA, now=NOW)
    assert "approver" not in sheet.given
    edit(db, approver=CHLOE)
    assert readers(db, "approval") == [BEN, CHLOE]
    assert offer(db, now=NOW + timedelta(hours=1)) == {}


def test_when_all_who_drive_it_have_left_too_one_who_leads_there_hears_and_names_another(db: Database) -> None:
    lead(db, DEV, CHLOE)
    record(db)
    leave(db, BEN)
    assert readers(db, "left") == [ANA]
    leave(db, ANA)
    leave(db, ANA)
    assert [(row.part, row.person_id) for row in owed(db, "left")] == [
        (f"{BEN}:1", ANA),
        (f"{ANA}:1", CHLOE),
        (f"{BEN}:1", CHLOE),
    ]
    with pytest.raises(NoSuchDecision):
        decision_forms.edit_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=GONE, now=NOW)
    sheet = decision_forms.edit_form(db, workspace_id=WORKSPACE, decision_id=1, person_id=CHLOE, now=NOW)
    assert "approver" not in sheet.given
    edit(db, by=CHLOE, approver=DEV)
    assert readers(db, "approval") == [BEN, DEV]


def test_an_objection_reaches_whoever_looks_after_the_channel_when_its_drivers_have_left(db: Database) -> None:
    lead(db, CHLOE)
    record(db)
    leave(db, ANA)
    assert owed(db, NEWS) == []
    object_to(db)
    assert "Ben objected to D-1: Small model" in tell(db)[CHLOE][0]
    edit(db, by=CHLOE, choice="Ship half of it")


def test_nobody_outside_a_direct_message_hears_of_its_decisions(db: Database) -> None:
    lead(db, CHLOE, DEV)
    record(db, channel="D1")
    leave(db, BEN)
    leave(db, ANA)
    assert readers(db, "left") == [ANA]


def test_of_an_approver_who_comes_back_nothing_says_any_more_that_they_left(db: Database) -> None:
    record(db)
    leave(db, BEN)
    assert "has left" in offer(db)[ANA][0]
    before = {row.key: row.wanted for row in (*owed(db, "left"), *owed(db, "decision"), *owed(db, "approval"))}
    leave(db, BEN, back=True)
    after = {row.key: row.wanted for row in (*owed(db, "left"), *owed(db, "decision"), *owed(db, "approval"))}
    assert all(after[key] > wanted for key, wanted in before.items())
    approve(db)


def test_the_next_approver_after_an_objector_who_left_is_asked_afresh(db: Database) -> None:
    record(db)
    object_to(db)
    leave(db, BEN)
    edit(db, approver=CHLOE)
    card = decision_cards.reader_card(db, workspace_id=WORKSPACE, decision_id=1, reader_id=CHLOE, now=NOW)
    assert card
    asked = approval_message(card, CHLOE, card.decision.version, is_out=False)
    assert asked
    assert labels(asked.blocks) == ["Approve", "Object", "Reject"]
    assert "Ana asks you to approve" in str(asked.blocks)


def lead(db: Database, *ids: str) -> None:
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        for person_id in ids:
            people.set_up_person(session, person=replace(known[person_id], role=Role.LEAD))


def test_an_accepted_decision_does_not_wait_for_whoever_approved_it(db: Database) -> None:
    record(db)
    approve(db)
    leave(db, BEN)
    assert [row.part.split(":")[0] for row in owed(db, NEWS)] == ["approved"]


def test_a_new_person_has_left_nothing_behind(db: Database) -> None:
    record(db)
    sync.save_person(db, person=Person(WORKSPACE, "UNEW", "New", left=True), now=NOW)
    assert owed(db, NEWS) == []


def test_whoever_is_named_as_its_driver_hears_of_it_once_and_whoever_was_that_it_is_another_now(db: Database) -> None:
    record(db, driver=DEV)
    assert readers(db, "driver") == [DEV]
    (text,) = said(db, kind=Kind.DRIVER, now=NOW)[DEV]
    assert "Ana named you as the one who drives D-1: Small model" in text
    edit(db, driver=CHLOE)
    assert readers(db, "driver") == [CHLOE, DEV]


@pytest.mark.parametrize("driver", [ANA, BEN])
def test_whoever_recorded_or_approves_it_is_not_told_that_they_drive_it(db: Database, driver: str) -> None:
    record(db, driver=driver)
    assert readers(db, "driver") == []
