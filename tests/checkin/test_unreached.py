"""Who was not asked in time, and why: told in the summary, in `/ritual` and to the doctor."""

from datetime import datetime, timedelta

import pytest

from domain.deliveries import TOO_LATE, Kind, Outcome
from domain.runs import Missed
from services import asking, deliveries, opening, rituals, unreached
from surface.ritual_list import list_answer
from tests.checkin.team import AFTER, ANA, ANGELES_ENDS, BEN, BERLIN, CHANNEL, DEV, GRACE, WORKSPACE, Team

ENDED = ANGELES_ENDS + AFTER
TRIED = {ANA.id: "TimeoutError", BEN.id: "missing_scope", GRACE.id: "it could not be drawn, see the log"}
"""What came of the last try. Dev is asked only later, when Muster is not running any more."""
TOLD = {
    "Slack did not take the message": "Ben",
    "Slack did not answer": "Ana",
    "Muster could not send it": "Grace",
    "Muster was not running": "Dev",
}


def let_pass(team: Team, now: datetime) -> None:
    """Nothing is sent."""
    while opening.open_due(team.db, now=now) or asking.ask_due(team.db, now=now):
        continue


@pytest.fixture
def refused(team: Team) -> Team:
    """Nobody has got the message, each for another reason."""
    let_pass(team, BERLIN)
    due = deliveries.claim(team.db, now=BERLIN, limit=100, paces={})
    failed = [
        Outcome(each, retry_at=ENDED + timedelta(days=1), why=TRIED[each.subject.person_id])
        for each in due
        if each.subject.person_id in TRIED
    ]
    deliveries.settle(team.db, outcomes=failed, now=BERLIN)
    let_pass(team, ENDED)
    return team


def test_the_reasons_are_told_apart(refused: Team) -> None:
    assert refused.prompt(ANA).missed is Missed.UNANSWERED
    assert refused.prompt(BEN).missed is Missed.REFUSED
    assert refused.prompt(GRACE).missed is Missed.FAULT
    assert refused.prompt(DEV).missed is Missed.DOWN


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ratelimited", Missed.REFUSED),
        ("503 service unavailable", Missed.UNANSWERED),
        ("ConnectionRefusedError", Missed.UNANSWERED),
        ("the lease had run out", Missed.FAULT),
    ],
)
def test_each_kind_of_failure_has_its_reason(team: Team, said: str, why: Missed) -> None:
    let_pass(team, BERLIN)
    due = deliveries.claim(team.db, now=BERLIN, limit=100, paces={})
    outcomes = [Outcome(each, retry_at=ENDED, why=said) for each in due]
    deliveries.settle(team.db, outcomes=outcomes, now=BERLIN)
    let_pass(team, ENDED)
    assert reasons_of(team) == {why}


def test_a_message_that_came_too_late_is_not_told_as_refused(team: Team) -> None:
    let_pass(team, BERLIN)
    due = deliveries.claim(team.db, now=BERLIN, limit=100, paces={})
    tried = [Outcome(each, retry_at=ENDED, why="TimeoutError") for each in due]
    deliveries.settle(team.db, outcomes=tried, now=BERLIN)
    again = deliveries.claim(team.db, now=ENDED, limit=100, paces={})
    late = [Outcome(each, shown=each.wanted, ended=TOO_LATE) for each in again if each.subject.kind is Kind.PROMPT]
    assert late
    deliveries.settle(team.db, outcomes=late, now=ENDED)
    let_pass(team, ENDED)
    assert reasons_of(team) == {Missed.UNANSWERED}


def reasons_of(team: Team) -> set[Missed | None]:
    return {prompt.missed for prompt in team.prompts if prompt.person_id in TRIED}


def test_the_summary_says_it_of_an_empty_run_and_beside_the_counts(refused: Team) -> None:
    refused.at(ENDED)
    (empty,) = refused.messages(Kind.RUN)
    refused.answer(ANA, ENDED)
    refused.at(ENDED + AFTER)
    (counted,) = refused.messages(Kind.RUN)
    for reason, name in TOLD.items():
        assert f"Not asked, because {reason}: {name}" in empty
        assert (f"not asked, because {reason}: {name}" in counted) is (name != "Ana")


def test_the_list_of_rituals_says_it_of_the_newest_run(refused: Team) -> None:
    on = rituals.listing(refused.db, workspace_id=WORKSPACE, channel_id=CHANNEL)
    shown = str(list_answer(on, CHANNEL))
    assert "The last one did not reach everybody." in shown
    for reason, name in TOLD.items():
        assert f"Not asked, because {reason}: {name}." in shown


def test_the_doctor_hears_of_the_last_week_and_not_of_leavers(refused: Team) -> None:
    (found,) = unreached.lately(refused.db, workspace_id=WORKSPACE, now=ENDED)
    assert found.text.startswith("Weekly sync in #forecast, Mon 23 Nov 2026: Not asked, because Slack did not take")
    assert found.reasons == {Missed.REFUSED, Missed.UNANSWERED, Missed.FAULT, Missed.DOWN}
    assert unreached.lately(refused.db, workspace_id=WORKSPACE, now=ENDED + timedelta(days=8)) == []
