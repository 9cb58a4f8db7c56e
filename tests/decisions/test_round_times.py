"""A round over days, zones, people who leave, and several who act at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from domain.decision_states import DecisionState
from domain.runs import Missed, PromptState
from domain.submissions import Submission
from services import decision_endings, round_results, sync
from simulation.messages import Message as Seen
from simulation.messages import Version
from simulation.recognition import Kind, recognise
from storage import people
from storage.engine import Database
from tests.checkin.team import text_of
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
    deliver,
    edit,
    live,
    propose,
)
from tests.records import decision as recorded
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, audited, owed, readers

EVERYWHERE = f"{CHLOE},{DEV}"


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def leave(db: Database, person_id: str, *, now: datetime) -> None:
    with db.read() as session:
        person = people.person(session, workspace_id=WORKSPACE, person_id=person_id)
    assert person
    sync.save_person(db, person=replace(person, left=True), now=now)


def test_each_is_asked_and_has_a_deadline_in_their_own_working_days(db: Database) -> None:
    propose(db, contributors=EVERYWHERE)
    found = {each.person_id: (each.due_at, each.deadline) for each in asked(db).values()}
    assert found == {
        ANA: (NOW, utc(25, 15)),
        BEN: (NOW, utc(25, 15)),
        CHLOE: (NOW, utc(25, 15)),
        DEV: (utc(20, 17), utc(25, 17)),
    }, "in Los Angeles it is seven in the morning"


def test_it_is_open_until_the_last_of_their_deadlines(db: Database) -> None:
    propose(db, contributors=EVERYWHERE)
    edit(db, now=utc(20, 23), contributors=EVERYWHERE, choice="Ship half of it")
    found = {each.person_id: each.deadline for each in asked(db).values()}
    assert found[DEV] == utc(25, 23)
    assert found[CHLOE] == utc(26, 8), "in Berlin the week was over"
    assert "open until Thu 26 Nov 2026" in card(db)


def test_who_was_not_heard_is_offered_no_late_answer(db: Database) -> None:
    propose(db)
    said = live(db, LATER)
    found = [text_of(each) for key, each in said.items() if key.startswith("prompt:")]
    assert len(found) == 3
    assert all(text.startswith("Closed: Consent round D-1") and "late" not in text for text in found)


def test_only_those_who_have_not_spoken_are_reminded(db: Database) -> None:
    propose(db)
    said = [text_of(each) for key, each in live(db, MONDAY).items() if key.startswith("prompt:")]
    assert all("Ship it" in text and "said where they stand" not in text for text in said), "the card alone counts"
    answer(db, CHLOE, CONCERN)
    live(db, LATER)
    assert sorted({row.person_id or "" for row in owed(db, "reminder")}) == [ANA, BEN]
    assert {asked(db)[person].missed for person in (ANA, BEN)} == {Missed.NO_ANSWER}


def test_the_judge_of_simulations_knows_every_message_of_a_round(db: Database) -> None:
    propose(db, driver=CHLOE, contributors=DEV)
    said = live(db, utc(25, 12))
    for person, given in ((CHLOE, CONSENT), (DEV, OBJECTION), (BEN, CONSENT)):
        answer(db, person, given, now=utc(25, 12))
    said = deliver(db, utc(25, 12)) | said
    edit(db, now=utc(25, 13), driver=CHLOE, contributors=DEV, choice="Ship half of it")
    said = deliver(db, utc(25, 13)) | said
    live(db, LATER + timedelta(days=5))
    found = {}
    for key, each in said.items():
        seen = Seen("C", "1.1", "U", True, None, None, "", [Version(NOW, 1, each.text, each.blocks)])
        told = recognise(seen, is_direct=not key.startswith("decision:"))
        assert told, each.text
        found[told.kind] = told.title
    assert found[Kind.ROUND] == found[Kind.ROUND_REMINDER] == "Consent round D-1"
    assert {Kind.DECISION, Kind.DRIVER, Kind.DECISION_NEWS, Kind.APPROVAL} <= found.keys()


def test_nothing_is_told_until_the_last_deadline_anywhere(db: Database) -> None:
    propose(db, contributors=EVERYWHERE)
    live(db, MONDAY)
    for person, given in ((CHLOE, OBJECTION), (BEN, CONSENT), (ANA, CONCERN)):
        answer(db, person, given)
    live(db, utc(25, 17))
    said = card(db)
    assert "3 of 4 have said where they stand" in said
    assert not any(word in said for word in ("leaks", "slow", "Objection", "Chloe:", "Not heard"))
    assert (decision(db).state, decision(db).in_round) == (DecisionState.PROPOSED, True)
    live(db, utc(25, 17, 1))
    said = card(db)
    assert decision(db).state is DecisionState.CONTESTED
    assert all(word in said for word in ("leaks", "Ana: It is slow.", "Not heard"))


SILENT: dict[str, str] = {}
PROPOSED, CONTESTED, ACCEPTED = DecisionState.PROPOSED, DecisionState.CONTESTED, DecisionState.ACCEPTED


@pytest.mark.parametrize(
    ("approver", "contributor", "state"),
    [
        (SILENT, SILENT, PROPOSED),
        (SILENT, CONSENT, PROPOSED),
        (SILENT, OBJECTION, CONTESTED),
        (NO_STAKE, CONSENT, PROPOSED),
        (CONSENT, SILENT, ACCEPTED),
        (CONSENT, NO_STAKE, ACCEPTED),
        (CONCERN, CONCERN, ACCEPTED),
        (CONSENT, OBJECTION, CONTESTED),
        (OBJECTION, CONSENT, CONTESTED),
        (OBJECTION, OBJECTION, CONTESTED),
    ],
)
def test_what_the_answers_come_to_after_the_last_deadline(
    db: Database, approver: dict[str, str], contributor: dict[str, str], state: DecisionState
) -> None:
    propose(db)
    for person, given in ((BEN, approver), (CHLOE, contributor)):
        if given:
            answer(db, person, given)
    assert (decision(db).state, decision(db).in_round) == (PROPOSED, True), "its driver has not spoken"
    live(db, LATER)
    found = decision(db)
    assert (found.state, found.in_round) == (state, False)
    assert (found.decided_at is not None) == (state is ACCEPTED)
    assert len(found.standing) == [approver, contributor].count(OBJECTION)
    assert readers(db, "approval") == ([] if state is ACCEPTED else [BEN])


@pytest.mark.parametrize("given", [CONSENT, OBJECTION])
def test_several_who_settle_it_at_once_settle_it_once(db: Database, given: dict[str, str]) -> None:
    propose(db, driver=BEN, contributors=CHLOE)
    answer(db, CHLOE, given)
    before = len(audited(db))
    live(db, utc(25, 14))
    with ThreadPoolExecutor(4) as pool:
        last: Callable[[], object] = partial(answer, db, BEN, CONSENT, now=utc(25, 14), draft="one")
        work = [pool.submit(last), pool.submit(last)]
        work += [pool.submit(round_results.settle_due, db, now=utc(25, 14)) for _ in range(6)]
        for each in work:
            each.result()
    while round_results.settle_due(db, now=utc(25, 14)):
        continue
    found = [what for what, *_ in audited(db)[before:] if what.startswith("decision")]
    end = ["decision objected"] if given is OBJECTION else ["decision approved"]
    assert found == ["decision round closed", *end]
    assert len(decision(db).objections) == (given is OBJECTION)


def test_nobody_waits_for_a_contributor_who_has_left(db: Database) -> None:
    propose(db)
    live(db, MONDAY)
    for person in (ANA, BEN):
        answer(db, person, CONSENT)
    leave(db, CHLOE, now=MONDAY)
    live(db, MONDAY + timedelta(minutes=5))
    assert decision(db).state is DecisionState.ACCEPTED
    assert "2 of 2 have said where they stand" in card(db)


def test_a_new_round_asks_nobody_who_has_left(db: Database) -> None:
    propose(db)
    leave(db, CHLOE, now=MONDAY)
    edit(db, choice="Ship half of it")
    assert sorted(asked(db)) == [ANA, BEN]


def test_without_its_approver_it_waits_for_another_and_a_new_round(db: Database) -> None:
    propose(db)
    live(db, MONDAY)
    leave(db, BEN, now=MONDAY)
    for person in (ANA, CHLOE):
        answer(db, person, CONSENT)
    found = decision(db)
    assert (found.state, found.in_round) == (DecisionState.PROPOSED, False), "silence is never the approver's consent"
    assert readers(db, "left") == [ANA]
    edit(db, approver=CHLOE, contributors="")
    assert sorted(asked(db)) == [ANA, CHLOE]
    for person in (ANA, CHLOE):
        answer(db, person, CONSENT, now=MONDAY + timedelta(hours=1))
    assert decision(db).state is DecisionState.ACCEPTED


def test_what_was_to_be_superseded_and_ended_meanwhile_leaves_it_to_the_approver(db: Database) -> None:
    propose(db)
    older = recorded(db, number=7, by=BEN, approver=BEN)
    edit(db, supersedes="D-7")
    sent = Submission(WORKSPACE, BEN, "e1", {"reason": "It never worked."})
    decision_endings.deprecate(db, sent=sent, decision_id=older.id, now=MONDAY)
    for person in (ANA, BEN, CHLOE):
        answer(db, person, CONSENT, now=MONDAY + timedelta(hours=1))
    found = decision(db)
    assert (found.state, found.in_round) == (DecisionState.PROPOSED, False)
    assert readers(db, "approval") == [BEN]


def test_those_named_answer_wherever_they_are(db: Database) -> None:
    propose(db, by=CHLOE, channel=PRICING, contributors=DEV)
    assert sorted(asked(db)) == [BEN, CHLOE, DEV]
    live(db, MONDAY + timedelta(hours=4))
    assert asked(db)[DEV].state is PromptState.SENT
    for person in (BEN, CHLOE, DEV):
        answer(db, person, CONSENT, now=MONDAY + timedelta(hours=4))
    assert decision(db).state is DecisionState.ACCEPTED


def test_a_changed_text_without_a_round_is_left_to_the_approver(db: Database) -> None:
    propose(db)
    edit(db, choice="Ship half of it", round="alone")
    assert {each.missed for each in asked(db).values()} == {Missed.SETTLED}
    assert not decision(db).in_round
    assert readers(db, "approval") == [BEN]
    live(db, LATER)
    assert not readers(db, "prompt")
    assert decision(db).state is DecisionState.PROPOSED
