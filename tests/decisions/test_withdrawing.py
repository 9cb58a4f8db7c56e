"""Those who proposed a decision take it back before there is a verdict, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.decision_refusals import NoSuchDecision, NotYoursToWithdraw
from domain.decision_states import AlreadyAccepted, AlreadyWithdrawn, DecisionState
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Role
from domain.runs import Missed
from domain.submissions import Submission
from services import decision_cards, decision_endings, decision_reminders, home, verdicts
from storage import people
from storage.engine import Database
from surface import decision_list
from surface.decisions import card_message
from surface.home import home_page
from tests.decisions.round_team import (
    CONSENT,
    MONDAY,
    OBJECTION,
    answer,
    asked,
    card,
    decision,
    deliver,
    edit,
    live,
    propose,
)
from tests.messages import said
from tests.records import object_to, version
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, NOW, WORKSPACE, readers
from tests.trail import entries

WHY = "Withdrawn by Ana on Fri 20 Nov 2026"


def withdraw(db: Database, *, by: str = ANA, reason: str = "It was too early", draft: str = "w1") -> None:
    sent = Submission(WORKSPACE, by, draft, {"reason": reason})
    decision_endings.withdraw(db, sent=sent, decision_id=1, now=NOW)


def alone(db: Database, **given: str) -> None:
    propose(db, how="alone", **given)


def test_its_card_says_who_withdrew_it_and_why_and_that_it_was_a_proposal(db: Database) -> None:
    alone(db, informed=DEV, supersedes="")
    withdraw(db)
    found = decision(db)
    assert (found.state, found.ended_by, found.ended_at) == (DecisionState.WITHDRAWN, ANA, NOW)
    assert (found.ended_because, found.decided_at) == ("It was too early", None)
    shown = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert shown
    posted = card_message(shown)
    assert posted.text.startswith(f"Withdrawn: D-1: Small model. {WHY}: It was too early Proposal: Ship it")
    assert f"*{WHY}*" in str(posted.blocks)
    assert str(posted.blocks).count("ithdrawn") == 1
    assert "Proposed on Fri 20 Nov 2026" in str(posted.blocks)
    assert labels(posted.blocks) == ["View"]


def test_the_approver_and_whoever_drives_it_are_told_and_nobody_else(db: Database) -> None:
    alone(db, driver=DEV, informed=CHLOE, contributors="")
    withdraw(db)
    told = said(db, Kind.DECISION_NEWS, now=NOW)
    assert sorted(told) == [BEN, DEV]
    says = "Ana withdrew D-1: Small model: “It was too early” You are told because"
    assert told[BEN] == [f"{says} it waited for you to approve. Nothing is left to do."]
    assert told[DEV] == [f"{says} you drive it. Nothing is left to do."]
    assert readers(db, "informed") == []


def test_the_driver_can_withdraw_it_and_whoever_recorded_it_is_told(db: Database) -> None:
    alone(db, driver=DEV)
    withdraw(db, by=DEV)
    told = said(db, Kind.DECISION_NEWS, now=NOW)
    assert sorted(told) == [ANA, BEN]
    assert "you recorded it" in told[ANA][0]


def test_the_request_to_approve_says_so_and_one_that_was_not_sent_never_is(db: Database) -> None:
    alone(db)
    withdraw(db)
    assert said(db, Kind.APPROVAL, now=NOW) == {}


def test_a_request_to_approve_that_is_out_asks_no_more(db: Database) -> None:
    alone(db)
    deliver(db, NOW)
    withdraw(db)
    (changed,) = (each for key, each in deliver(db, NOW).items() if key.startswith("approval:"))
    assert "was withdrawn by Ana on Fri 20 Nov 2026: “It was too early”." in changed.text
    assert labels(changed.blocks) == []


def test_whoever_objects_is_told_and_their_objection_stays_in_the_record(db: Database) -> None:
    alone(db)
    object_to(db, by=CHLOE)
    withdraw(db)
    found = decision(db)
    assert (found.state, [each.person_id for each in found.standing]) == (DecisionState.WITHDRAWN, [CHLOE])
    assert "you objected to it" in said(db, Kind.DECISION_NEWS, now=NOW)[CHLOE][0]
    assert "Objection of Chloe" in card(db)


def test_an_open_round_ends_with_it_and_those_it_has_asked_are_told(db: Database) -> None:
    propose(db)
    live(db, MONDAY)
    answer(db, CHLOE, OBJECTION)
    withdraw(db)
    found = decision(db)
    assert (found.state, found.in_round, found.objections) == (DecisionState.WITHDRAWN, False, ())
    assert {each.missed for each in asked(db).values()} == {None, Missed.SETTLED}
    assert "It ended early: 1 of 3 had said where they stand." in card(db)
    out = deliver(db, MONDAY)
    told = {key.rpartition(":")[2]: each.text for key, each in out.items() if key.startswith("decision_news:")}
    assert sorted(told) == [BEN, CHLOE]
    assert "you were asked about it" in told[CHLOE]
    prompts = [each.text for key, each in out.items() if key.startswith("prompt:")]
    assert any("The decision was changed or ended first." in each for each in prompts)
    assert decision(db).state is DecisionState.WITHDRAWN


def test_nobody_hears_of_a_round_that_had_not_asked_them(db: Database) -> None:
    propose(db)
    withdraw(db)
    assert said(db, Kind.DECISION_NEWS, now=NOW) == {}
    assert said(db, Kind.PROMPT, now=NOW) == {}


def test_those_asked_about_an_earlier_text_alone_hear_nothing(db: Database) -> None:
    propose(db)
    live(db, MONDAY)
    for person in (ANA, BEN, CHLOE):
        answer(db, person, OBJECTION if person == BEN else CONSENT)
    edit(db, round="alone", now=MONDAY + timedelta(hours=1))
    withdraw(db)
    told = {each.split(":")[-1] for each in deliver(db, MONDAY + timedelta(hours=1)) if "proposal withdrawn" in each}
    assert told == {BEN}


def test_somebody_else_is_told_whom_to_ask(db: Database) -> None:
    alone(db, driver=DEV)
    for person in (BEN, CHLOE):
        with pytest.raises(
            NotYoursToWithdraw, match="Only Ana, who recorded it, or Dev, who drives it, can withdraw D-1"
        ):
            withdraw(db, by=person)
    with pytest.raises(NoSuchDecision):
        withdraw(db, by="U404")
    assert decision(db).state is DecisionState.PROPOSED


def test_it_needs_a_word_why(db: Database) -> None:
    alone(db)
    with pytest.raises(FieldErrors) as caught:
        withdraw(db, reason=" ")
    assert list(caught.value.fields) == ["reason"]
    assert decision(db).state is DecisionState.PROPOSED


def test_the_same_form_sent_twice_or_at_once_withdraws_it_once(db: Database) -> None:
    alone(db)
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(withdraw, db) for _ in range(2)]:
            attempt.result()
    withdraw(db)
    (line,) = (line for line in entries(db) if line.what == "decision withdrawn")
    assert line.details == {"reason": "It was too early", "before": "proposed", "after": "withdrawn"}
    assert readers(db, "decision_news") == [BEN]


def test_of_a_verdict_and_a_withdrawal_at_once_the_first_counts(db: Database) -> None:
    alone(db)
    about: dict[str, Any] = {"workspace_id": WORKSPACE, "decision_id": 1, "version": version(db), "person_id": BEN}
    with ThreadPoolExecutor(2) as pool:
        approved, withdrawn = pool.submit(verdicts.approve, db, **about, now=NOW), pool.submit(withdraw, db)
        errors = [approved.exception(), withdrawn.exception()]
    if decision(db).state is DecisionState.ACCEPTED:
        assert [type(each) for each in errors] == [type(None), AlreadyAccepted]
    else:
        assert [type(each) for each in errors] == [AlreadyWithdrawn, type(None)]


def test_once_it_is_decided_or_withdrawn_it_stays_so(db: Database) -> None:
    alone(db)
    withdraw(db)
    with pytest.raises(AlreadyWithdrawn, match="D-1 was withdrawn and stays as it is"):
        withdraw(db, draft="w2")
    with pytest.raises(AlreadyWithdrawn):
        object_to(db, by=CHLOE)
    with pytest.raises(AlreadyWithdrawn):
        edit(db)


def test_nobody_is_asked_to_look_again_at_it(db: Database) -> None:
    alone(db, look_again_on="2026-12-01")
    withdraw(db)
    assert decision_reminders.look_again_due(db, now=datetime(2026, 12, 1, 18, tzinfo=UTC)) == 0


def test_lists_home_and_digests_say_so_and_it_waits_for_nobody(db: Database) -> None:
    alone(db)
    withdraw(db)
    page = home.card(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert page
    assert page.approvals == []
    assert "D-1* Small model · withdrawn on Fri 20 Nov 2026" in str(home_page(page))
    found = decision_cards.listing(db, workspace_id=WORKSPACE, reader_id=ANA, now=NOW)
    assert "withdrawn on Fri 20 Nov 2026" in decision_list.list_answer(found)["text"]


def test_once_its_proposers_have_left_whoever_looks_after_it_can(db: Database) -> None:
    alone(db, driver=ANA)
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        people.save_person(session, person=replace(known[ANA], left=True))
        people.set_up_person(session, person=replace(known[CHLOE], role=Role.LEAD))
    withdraw(db, by=CHLOE)
    assert decision(db).state is DecisionState.WITHDRAWN
