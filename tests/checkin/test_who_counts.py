"""Who is counted in a run: those away, gone or not reached are not, and a run that nobody answered is told of."""

from dataclasses import replace
from datetime import date, timedelta

from domain.deliveries import Kind, Outcome
from domain.people import Absence, Person
from domain.runs import PromptState
from services import asking, deliveries, opening
from services.deliveries import claim
from storage import absences as away_days
from storage import people
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)

MONDAY = date(2026, 11, 23)


def test_someone_away_is_not_counted_and_the_summary_says_so(database: Database) -> None:
    team = settle_in(database)
    absent(database, BEN, 23, 27)
    team.at(BERLIN)
    team.at(ANGELES)
    assert team.states()[1] == "away"
    assert not team.messages(Kind.PROMPT, BEN)
    for person in (ANA, DEV, GRACE):
        team.answer(person, ANGELES + AFTER if person is DEV else BERLIN_ENDS)
    team.at(ANGELES + AFTER)
    assert "3 of 3 answered · away: Ben" in team.messages(Kind.RUN)[0]


def absent(db: Database, person: Person, first: int, last: int) -> None:
    with db.write() as session:
        days = Absence(MONDAY.replace(day=first), MONDAY.replace(day=last))
        away_days.add(session, workspace_id=WORKSPACE, person_id=person.id, absence=days)


def test_a_leaver_who_had_not_answered_is_not_waited_for_nor_counted(team: Team) -> None:
    team.at(BERLIN)
    for person in (ANA, GRACE):
        team.answer(person, BERLIN + AFTER)
    team.change(replace(BEN, left=True))
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER)
    team.at(ANGELES + AFTER)
    assert not team.is_open()
    summary = team.messages(Kind.RUN)[0]
    assert "3 of 3 answered" in summary
    assert "Ben" not in summary


def test_the_answers_of_a_leaver_stay(team: Team) -> None:
    team.at(BERLIN)
    team.answer(BEN, BERLIN + AFTER, moved="Said before leaving.")
    team.change(replace(BEN, left=True))
    team.at(BERLIN_ENDS + AFTER)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    summary = team.messages(Kind.RUN)[0]
    assert "1 of 4 answered" in summary
    assert "Said before leaving." in summary


def test_a_ritual_with_nobody_to_ask_tells_the_facilitator_whom_to_add(database: Database) -> None:
    team = settle_in(database, replace(weekly(), who=("legal", "mlops")))
    with database.write() as session:
        people.set_up_person(session, person=replace(BEN, function="research"))
    team.at(utc(23, 10))
    assert not team.runs
    assert "Add somebody of legal or MLOps" in team.messages(Kind.NOBODY, GRACE)[0]


def test_a_refused_invitation_counts_as_not_asked_and_does_not_hold_up_the_run(team: Team) -> None:
    while opening.open_due(team.db, now=BERLIN) or asking.ask_due(team.db, now=BERLIN):
        continue
    due = claim(team.db, now=BERLIN, limit=100, paces={})
    refused = [
        Outcome(each, ended="refused: user_disabled", refused=True) for each in due if each.subject.person_id == BEN.id
    ]
    deliveries.settle(team.db, outcomes=refused, now=BERLIN)
    assert team.states()[1] == PromptState.FAILED


def test_two_notes_of_nobody_say_which_run_each_is_about(team: Team) -> None:
    for week in range(2):
        for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER, utc(24, 8)):
            team.at(moment + timedelta(days=7 * week))
    first, second = team.messages(Kind.NOTE, GRACE)
    assert "on Mon 23 Nov 2026" in first
    assert "on Mon 30 Nov 2026" in second


def test_a_note_that_somebody_made_needless_overnight_does_not_come(team: Team) -> None:
    for moment in (BERLIN, BERLIN_ENDS + AFTER, ANGELES, ANGELES_ENDS + AFTER):
        team.at(moment)
    team.answer(DEV, ANGELES_ENDS + 2 * AFTER)
    team.at(utc(24, 8))
    assert not team.messages(Kind.NOTE, GRACE)
