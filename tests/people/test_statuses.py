"""Being away by one's Slack status, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.people import Absence, Person
from domain.statuses import away_until
from services import absences, sync
from storage.engine import Database
from surface.slack_people import as_person
from tests.people.crew import person
from tests.team import BEN, NOW, WORKSPACE

FRIDAY = NOW.date()
TUESDAY_EVENING = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
"""A minute before midnight in Berlin."""


def status(db: Database, until: datetime | None, *, now: datetime = NOW) -> tuple[Absence, ...]:
    """Slack tells of Ben's status; answers when he is away."""
    before = person(db, BEN)
    sync.save_person(db, person=replace(before, status_until=until, updated=before.updated + 1), now=now)
    return person(db, BEN).absences


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        (":palm_tree:", ""),
        (":airplane:", "To Lisbon"),
        (":speech_balloon:", "On parental leave until May"),
        ("", "Out of Office"),
        ("", "OOO"),
        (":face_with_thermometer:", "Resting"),
        ("", "off sick today"),
    ],
)
def test_some_signs_and_words_mean_away_if_the_status_has_an_end(sign: str, text: str) -> None:
    ends = int(TUESDAY_EVENING.timestamp())
    assert away_until(sign, text, ends) == TUESDAY_EVENING
    assert away_until(sign, text, 0) is None


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        (":headphones:", "Focusing"),
        ("", "In a meeting"),
        (":house:", "Working remotely"),
        ("", "Leave it to me, still"),
    ],
)
def test_other_statuses_mean_nothing(sign: str, text: str) -> None:
    assert away_until(sign, text, int(TUESDAY_EVENING.timestamp())) is None


def test_the_status_is_read_from_the_profile() -> None:
    profile = {"status_emoji": ":palm_tree:", "status_text": "", "status_expiration": int(TUESDAY_EVENING.timestamp())}
    found = as_person(WORKSPACE, {"id": BEN, "name": "ben", "profile": profile})
    assert found
    assert found.status_until == TUESDAY_EVENING


def test_a_status_counts_in_whole_days_from_today_until_it_ends(db: Database) -> None:
    assert status(db, TUESDAY_EVENING) == (Absence(FRIDAY, date(2026, 11, 24)),)
    longer = TUESDAY_EVENING + timedelta(days=1)
    assert status(db, longer) == (Absence(FRIDAY, date(2026, 11, 25)),)
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert status(db, None, now=monday) == (Absence(FRIDAY, date(2026, 11, 22)),)


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        (datetime(2026, 11, 23, 8, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 15, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_the_day_it_ends_counts_if_more_than_half_of_it_is_left_out(db: Database, ends: datetime, last: date) -> None:
    assert status(db, ends) == (Absence(FRIDAY, last),)


def test_a_status_of_this_morning_alone_is_no_absence_and_one_that_is_cleared_the_same_day_leaves_none(
    db: Database,
) -> None:
    morning = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    assert status(db, morning + timedelta(hours=1), now=morning) == ()
    assert status(db, TUESDAY_EVENING)
    assert status(db, None) == ()


def test_what_the_person_said_themselves_is_left_alone(db: Database) -> None:
    own = Absence(date(2026, 11, 19), date(2026, 11, 27))
    absences.away(
        db, workspace_id=WORKSPACE, person_id=BEN, first=str(own.first), last=str(own.last), draft_id="d1", now=NOW
    )
    assert len(status(db, TUESDAY_EVENING)) == 2
    assert status(db, None) == (own,)


def test_coming_back_stands_although_the_status_is_still_there(db: Database) -> None:
    status(db, TUESDAY_EVENING)
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=NOW)
    assert status(db, TUESDAY_EVENING) == ()


def test_somebody_new_may_be_away_already(db: Database) -> None:
    new = Person(WORKSPACE, "UNEW", "New", "Europe/Berlin", status_until=TUESDAY_EVENING)
    sync.save_person(db, person=new, now=NOW)
    assert person(db, "UNEW").absences == (Absence(FRIDAY, date(2026, 11, 24)),)
