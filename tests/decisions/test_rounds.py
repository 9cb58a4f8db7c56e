"""A proposed decision asks those named in it: consent, or advice, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.decision_refusals import InRound
from domain.decision_states import DecisionState
from domain.errors import FieldErrors
from domain.history import Filter
from domain.runs import Missed, PromptState, counts
from domain.submissions import Submission
from services import checkins, verdicts
from services.own_prompts import RoundOver
from storage import decisions as stored
from storage import forgetting, history, prompts, rituals
from storage.engine import Database
from tests.decisions.round_team import (
    CONCERN,
    CONSENT,
    LATER,
    MONDAY,
    NO_STAKE,
    OBJECTION,
    answer,
    asked,
    card,
    decision,
    edit,
    live,
    propose,
)
from tests.records import object_to, version
from tests.team import ANA, BEN, CHLOE, FORECAST, NOW, WORKSPACE, audited, readers


def test_it_asks_each_of_those_named_once_in_their_own_hours(db: Database) -> None:
    propose(db, driver=ANA, contributors=f"{ANA},{CHLOE}")
    found = asked(db)
    assert sorted(found) == [ANA, BEN, CHLOE]
    assert found[CHLOE].deadline == datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert decision(db).state is DecisionState.PROPOSED
    assert not readers(db, "approval"), "the approver is asked with the others"
    propose(db, driver=ANA, contributors=f"{ANA},{CHLOE}")
    assert len(asked(db)) == 3, "the same form again asks nobody again"


def test_the_card_counts_and_tells_no_stance_before_the_close(db: Database) -> None:
    propose(db)
    answer(db, CHLOE, CONCERN)
    said = card(db)
    assert "1 of 3 have said where they stand" in said
    assert "open until" in said
    assert "slow" not in said
    assert "Chloe:" not in said


def test_it_is_accepted_when_all_have_spoken_and_nobody_objects(db: Database) -> None:
    propose(db)
    for person, given in ((CHLOE, CONCERN), (ANA, CONSENT), (BEN, CONSENT)):
        answer(db, person, given)
    assert decision(db).state is DecisionState.ACCEPTED
    said = card(db)
    assert "Chloe: It is slow." in said
    assert said.startswith("Accepted") or "*Accepted* by Ben" in said
    assert ("decision approved", "D-1", BEN) in audited(db)


def test_after_the_deadline_silence_is_consent_except_the_approvers(db: Database) -> None:
    propose(db)
    answer(db, BEN, CONSENT)
    live(db, LATER)
    assert decision(db).state is DecisionState.ACCEPTED
    assert "Not heard" in card(db)


@pytest.mark.parametrize("given", [None, NO_STAKE])
def test_without_the_approvers_consent_it_waits_for_them_with_the_results(
    db: Database, given: dict[str, str] | None
) -> None:
    propose(db)
    answer(db, CHLOE, CONCERN)
    if given:
        answer(db, BEN, given)
    live(db, LATER)
    found = decision(db)
    assert (found.state, found.in_round) == (DecisionState.PROPOSED, False)
    assert readers(db, "approval") == [BEN]
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=LATER)
    assert decision(db).state is DecisionState.ACCEPTED


def test_an_objection_contests_it_with_its_reason_and_what_would_help(db: Database) -> None:
    propose(db)
    for person, given in ((CHLOE, OBJECTION), (ANA, CONSENT), (BEN, CONSENT)):
        answer(db, person, given)
    assert decision(db).state is DecisionState.CONTESTED
    said = card(db)
    assert said.count("It leaks.") == 2, "once in the notification, once in the card"
    assert "Mask the names." in said
    assert [(each.person_id, each.change) for each in decision(db).standing] == [(CHLOE, "Mask the names.")]
    assert readers(db, "decision_news") == [ANA], "who proposed it hears of it, and the approver is asked"
    assert readers(db, "approval") == [BEN]


def test_who_objected_and_consents_to_the_changed_text_has_withdrawn_it(db: Database) -> None:
    propose(db)
    for person, given in ((CHLOE, OBJECTION), (ANA, CONSENT), (BEN, CONSENT)):
        answer(db, person, given)
    edit(db, choice="Ship it, names masked")
    assert readers(db, "decision_news") == [ANA], "the round asks whoever objected, and nothing else does"
    for person in (ANA, BEN, CHLOE):
        answer(db, person, CONSENT, now=MONDAY + timedelta(hours=1))
    found = decision(db)
    assert found.state is DecisionState.ACCEPTED
    assert found.objections[0].withdrawn_at


@pytest.mark.parametrize("how", ["consent", "advice"])
def test_while_a_round_is_open_whoever_objects_does_so_there(db: Database, how: str) -> None:
    propose(db, how=how)
    for person in (BEN, CHLOE):
        with pytest.raises(InRound):
            object_to(db, by=person)
    assert (decision(db).state, decision(db).in_round) == (DecisionState.PROPOSED, True)


def test_the_approver_can_reject_it_before_all_are_heard(db: Database) -> None:
    propose(db, how="advice")
    sent = Submission(WORKSPACE, BEN, "r1", {"reason": "There is no budget."})
    verdicts.reject(db, sent=sent, decision_id=1, version=version(db), now=MONDAY)
    found = decision(db)
    assert (found.state, found.in_round) == (DecisionState.REJECTED, False)
    assert {each.missed for each in asked(db).values()} == {Missed.SETTLED}
    live(db, LATER)
    assert not readers(db, "prompt"), "nobody is asked any more"
    assert decision(db).state is DecisionState.REJECTED


def test_an_objection_needs_a_reason_and_a_change(db: Database) -> None:
    propose(db)
    with pytest.raises(FieldErrors) as caught:
        answer(db, CHLOE, {"stance": "Objection"})
    assert sorted(caught.value.fields) == ["change", "reason"]


def test_a_changed_text_ends_the_round_and_asks_anew(db: Database) -> None:
    propose(db)
    live(db, MONDAY)
    answer(db, CHLOE, OBJECTION)
    before = asked(db)
    edit(db, choice="Ship it, names masked")
    with db.read() as session:
        old = prompts.prompts(session, workspace_id=WORKSPACE, ids=[each.id for each in before.values()])
    assert {each.missed for each in old.values()} == {None, Missed.SETTLED}
    assert [each.person_id for each in old.values() if counts(each)] == [CHLOE]
    assert sorted(asked(db)) == [ANA, BEN, CHLOE]
    assert {each.state for each in asked(db).values()} == {PromptState.PENDING}
    assert "leaks" not in card(db)
    with pytest.raises(RoundOver):
        checkins.submit(
            db,
            workspace_id=WORKSPACE,
            prompt_id=before[BEN].id,
            person_id=BEN,
            draft_id="old",
            given=CONSENT,
            now=MONDAY,
        )
    for person in (ANA, BEN, CHLOE):
        answer(db, person, CONSENT, now=MONDAY + timedelta(hours=1))
    assert decision(db).state is DecisionState.ACCEPTED


def test_advice_leaves_it_to_the_approver(db: Database) -> None:
    propose(db, how="advice")
    assert sorted(asked(db)) == [ANA, CHLOE]
    answer(db, CHLOE, {"stance": "Do not do it", "reason": "It leaks."})
    answer(db, ANA, {"stance": "Do it"})
    found = decision(db)
    assert (found.state, found.in_round) == (DecisionState.PROPOSED, False)
    assert readers(db, "approval") == [BEN]
    assert "It leaks." in card(db)


def test_an_approver_who_records_it_with_a_round_has_not_decided_yet(db: Database) -> None:
    propose(db, by=BEN)
    assert decision(db).state is DecisionState.PROPOSED
    answer(db, CHLOE, CONSENT)
    answer(db, BEN, CONSENT)
    assert decision(db).state is DecisionState.ACCEPTED


def test_a_round_that_would_ask_nobody_else_is_refused(db: Database) -> None:
    with pytest.raises(FieldErrors, match="nobody but you"):
        propose(db, by=BEN, contributors="")


def test_while_a_round_is_open_nobody_gives_a_verdict_beside_it(db: Database) -> None:
    propose(db)
    with pytest.raises(InRound):
        verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=NOW)


def test_what_was_answered_is_changed_no_more_once_it_has_counted(db: Database) -> None:
    propose(db)
    for person in (ANA, BEN, CHLOE):
        answer(db, person, CONSENT)
    with pytest.raises(RoundOver):
        answer(db, CHLOE, OBJECTION, draft="again")


def test_while_it_is_asked_in_a_round_it_waits_for_nobody_else(db: Database) -> None:
    propose(db)
    with db.read() as session:
        assert stored.awaiting(session, workspace_id=WORKSPACE, person_id=BEN) == []
    for person, given in ((ANA, CONSENT), (BEN, NO_STAKE), (CHLOE, CONSENT)):
        answer(db, person, given)
    with db.read() as session:
        assert [each.id for each in stored.awaiting(session, workspace_id=WORKSPACE, person_id=BEN)] == [1]


def test_what_was_said_in_a_round_stands_with_its_decision_alone(db: Database) -> None:
    propose(db)
    for person in (ANA, BEN, CHLOE):
        answer(db, person, CONSENT)
    with db.read() as session:
        assert history.closed(session, workspace_id=WORKSPACE, asked=Filter(FORECAST), limit=9) == []
        assert history.of_channel(session, workspace_id=WORKSPACE, channel_id=FORECAST, limit=9) == []
        assert forgetting.due(session, closed_before=LATER, limit=9) == [], "it is kept as long as its decision"
        assert rituals.active(session, workspace_id=WORKSPACE) == []


def test_what_is_recorded_in_a_direct_message_asks_nobody(db: Database) -> None:
    with pytest.raises(FieldErrors, match="asked for a channel"):
        propose(db, channel="DANA")
