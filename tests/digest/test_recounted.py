"""What recounting a year of digests has shown."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.blockers import Move
from domain.decision_states import DecisionState
from domain.decisions import FIRST_VERSION
from domain.heard import Heard
from domain.measure_numbers import number_text
from domain.metrics.participation import Count
from domain.people import Person
from domain.submissions import Submission
from services import verdicts
from services.signals import week_edges
from storage.engine import Database
from surface.digest import digest_message
from tests.digest.cards import CARD, HEARD, blocker
from tests.digests import MONDAY, show, text, write
from tests.records import decision, version
from tests.team import ANA, BEN, NOW, WORKSPACE


def test_a_rejected_decision_was_decided_too(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    assert version(db) == FIRST_VERSION
    sent = Submission(WORKSPACE, BEN, "r1", {"reason": "Too dear"})
    verdicts.reject(db, sent=sent, decision_id=1, version=FIRST_VERSION, now=NOW)
    write(db)
    assert "1 decided: D-1 Title 1 (rejected)" in text(db)
    full = digest_message(replace(show(db), closed=[HEARD], slipped=[], approvals=[], blockers=[]))
    assert "rejected" in full.text


def test_its_row_says_why_it_was_rejected(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    decision(db, state=DecisionState.PROPOSED, approver=BEN, number=2)
    sent = Submission(WORKSPACE, BEN, "r1", {"reason": "Too dear"})
    verdicts.reject(db, sent=sent, decision_id=1, version=FIRST_VERSION, now=NOW)
    write(db)
    assert "D-1 Title 1 was rejected, because “Too dear”." in text(db)


def test_of_a_few_who_answered_without_a_name_no_count_is_told_later_either() -> None:
    few = Heard("Pulse", "forecast", 0, Count(0, 0), fewer_than=5)
    told = digest_message(replace(CARD, closed_since=[few])).text
    assert "Closed since: Pulse in #forecast, fewer than 5." in told
    assert "0 of 0" not in told


def test_a_blocker_that_a_second_person_takes_up_was_taken_up_before() -> None:
    taken = blocker().moved(Move.TAKE, by=ANA, at=NOW)
    again = taken.moved(Move.TAKE, by=BEN, at=MONDAY)
    assert (again.owner_id, again.acknowledged_at) == (BEN, NOW)


def test_a_median_has_no_digits_that_nobody_measured() -> None:
    assert number_text((68.7 + 88.4) / 2) == "78.55"
    assert number_text((0.1 + 0.2) / 2) == "0.15"


def test_weeks_begin_on_the_readers_monday_also_where_the_clock_was_set() -> None:
    ben = Person(WORKSPACE, BEN, "Ben", "Europe/Berlin")
    edges = week_edges(ben, datetime(2026, 3, 29, 22, tzinfo=UTC), 2)
    assert edges == [datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((15, 23), (22, 23), (29, 22))]
    assert week_edges(ben, MONDAY, 1)[0] == MONDAY.replace(day=16)
