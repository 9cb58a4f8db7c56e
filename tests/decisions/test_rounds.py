"""A proposed decision asks those named in it: consent, or advice, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.library import shipped_rounds
from domain.decision_states import DecisionState
from domain.decisions import Decision, InRound
from domain.deliveries import Outcome
from domain.errors import FieldErrors
from domain.runs import Missed, Prompt, PromptState
from domain.submissions import Submission
from schedules.contents import contents
from services import (
    agenda,
    asking,
    checkins,
    decision_cards,
    decisions,
    deliveries,
    objections,
    round_results,
    verdicts,
)
from services.own_prompts import RoundOver
from storage import decisions as stored
from storage import prompts, rituals
from storage.engine import Database
from surface.decisions import card_message
from surface.kit import Message
from tests.checkin.team import text_of
from tests.records import version
from tests.team import ANA, BEN, CHLOE, FORECAST, NOW, WORKSPACE, audited, readers

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN, "contributors": CHLOE}
CONSENT, NO_STAKE = {"stance": "Consent"}, {"stance": "No stake"}
CONCERN = {"stance": "Consent with a concern", "reason": "It is slow."}
OBJECTION = {"stance": "Objection", "reason": "It leaks.", "change": "Mask the names."}
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 27, tzinfo=UTC)


def propose(db: Database, *, by: str = ANA, how: str = "consent", draft: str = "d1", **given: str) -> None:
    sent = Submission(WORKSPACE, by, draft, FORM | {"round": how} | given)
    decisions.submit(db, sent=sent, channel_id=FORECAST, rounds=shipped_rounds(), now=NOW)


def edit(db: Database, *, now: datetime = MONDAY, **given: str) -> None:
    sent = Submission(WORKSPACE, ANA, f"e{now}", FORM | {"round": "consent"} | given)
    decisions.submit(
        db, sent=sent, channel_id=FORECAST, decision_id=1, version=version(db), rounds=shipped_rounds(), now=now
    )


def decision(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        return found


def asked(db: Database) -> dict[str, Prompt]:
    with db.read() as session:
        run = rituals.newest_about(session, workspace_id=WORKSPACE, decision_id=1)
        return {each.person_id: each for each in prompts.of_run(session, run_id=run.id)} if run else {}


def live(db: Database, until: datetime) -> None:
    """What falls due is done at its moment, as the loop does it."""
    now = NOW
    while (coming := agenda.outlook(db, now=now).next_at) and max(coming, now) <= until:
        now = max(coming, now)
        while asking.ask_due(db, now=now) or round_results.settle_due(db, now=now):
            continue
        deliver(db, now)
        now += timedelta(seconds=1)


def deliver(db: Database, now: datetime) -> dict[str, str]:
    said: dict[str, str] = {}
    while due := deliveries.claim(db, now=now, limit=100, paces={}):
        drawn = contents(db, due, now)
        outcomes = []
        for each in due:
            content = drawn.get(each.id)
            is_shown = isinstance(content, Message)
            if isinstance(content, Message):
                said[each.subject.key] = text_of(content)
            outcomes.append(
                Outcome(each, sent=True, shown=each.wanted, channel="C", ts="1.1") if is_shown
                else Outcome(each, shown=each.wanted, ended="nothing")
            )  # fmt: skip
        deliveries.settle(db, outcomes=outcomes, now=now)
    return said


def answer(db: Database, person_id: str, given: dict[str, str], *, now: datetime = MONDAY, draft: str = "") -> None:
    prompt = asked(db)[person_id]
    checkins.submit(
        db, workspace_id=WORKSPACE, prompt_id=prompt.id, person_id=person_id, draft_id=draft or f"{prompt.id}",
        given=given, now=now,
    )  # fmt: skip
    while round_results.settle_due(db, now=now):
        continue


def card(db: Database) -> str:
    found = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert found
    return text_of(card_message(found))


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


def test_the_objection_of_somebody_whom_it_does_not_ask_ends_a_round(db: Database) -> None:
    propose(db, how="advice")
    words = {"reason": "It leaks.", "change": "Mask the names."}
    with pytest.raises(InRound):
        object_to(db, CHLOE, words)
    object_to(db, BEN, words)
    found = decision(db)
    assert (found.state, found.in_round) == (DecisionState.CONTESTED, False)
    assert {each.missed for each in asked(db).values()} == {Missed.SETTLED}


def object_to(db: Database, person_id: str, words: dict[str, str]) -> None:
    sent = Submission(WORKSPACE, person_id, f"o{person_id}", words)
    objections.object_to(db, sent=sent, decision_id=1, version=version(db), now=NOW)


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
