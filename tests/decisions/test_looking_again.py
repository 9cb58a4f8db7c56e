"""Looking again at a decision on the day that was named, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import FieldErrors
from domain.people import Person, Role
from domain.submissions import Submission
from services import decision_reminders, decisions
from storage import people
from storage.engine import Database
from tests.team import ANA, BEN, DEV, FORECAST, NOW, WORKSPACE, ZONES
from tests.team import readers as told


def submit(db: Database, *, at: datetime = NOW, **given: str) -> None:
    """A decision that Ana takes alone."""
    form = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": ANA} | given
    decisions.submit(db, sent=Submission(WORKSPACE, ANA, "d1", form), channel_id=FORECAST, now=at)


def test_the_driver_looks_again_once_on_the_morning_of_that_day_in_their_zone(db: Database) -> None:
    submit(db, driver=DEV, look_again_on="2026-12-01")
    morning = datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert decision_reminders.look_again_due(db, now=morning - timedelta(seconds=1)) == 0
    assert decision_reminders.look_again_due(db, now=morning) == 1
    assert decision_reminders.look_again_due(db, now=morning + timedelta(days=1)) == 0
    assert told(db, "look_again") == [DEV]


def test_looking_again_waits_for_working_hours_after_a_stop(db: Database) -> None:
    submit(db, look_again_on="2026-12-05")
    sunday = datetime(2026, 12, 6, 15, tzinfo=UTC)
    assert decision_reminders.look_again_due(db, now=sunday) == 0
    monday = datetime(2026, 12, 7, 12, tzinfo=UTC)
    assert decision_reminders.look_again_due(db, now=monday + timedelta(hours=12)) == 1
    assert told(db, "look_again") == []
    decision_reminders.look_again_due(db, now=datetime(2026, 12, 8, 12, tzinfo=UTC))
    assert told(db, "look_again") == [ANA]


@pytest.mark.parametrize(
    ("driver", "day", "said"),
    [
        (ANA, "2026-11-20", "That day has begun already. Please choose a later one."),
        (ANA, "2026-11-19", "That day has passed. Please choose a later one."),
        (BEN, "2026-11-20", "That day has passed. Please choose a later one."),
    ],
)
def test_a_day_that_has_begun_or_passed_on_the_drivers_calendar_is_marked(
    db: Database, driver: str, day: str, said: str
) -> None:
    with pytest.raises(FieldErrors) as caught:
        submit(db, at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC), driver=driver, look_again_on=day)
    assert caught.value.fields == {"look_again_on": said}


def test_of_a_driver_who_left_whoever_recorded_it_looks_again(db: Database) -> None:
    submit(db, driver=DEV, look_again_on=str(date(2026, 12, 1)))
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, DEV, "Dev", left=True))
    decision_reminders.look_again_due(db, now=datetime(2026, 12, 1, 18, tzinfo=UTC))
    assert told(db, "look_again") == [ANA]


def test_when_all_who_answered_for_it_have_left_whoever_looks_after_the_channel_is_asked(db: Database) -> None:
    submit(db, look_again_on=str(date(2026, 12, 1)))
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, ANA, "Ana", left=True))
        people.set_up_person(session, person=Person(WORKSPACE, BEN, "Ben", role=Role.LEAD))
    decision_reminders.look_again_due(db, now=datetime(2026, 12, 1, 14, tzinfo=UTC))
    assert told(db, "look_again") == [BEN]


def test_when_nobody_is_left_nobody_is_asked(db: Database) -> None:
    submit(db, look_again_on=str(date(2026, 12, 1)))
    with db.write() as session:
        for person_id in ZONES:
            people.save_person(session, person=Person(WORKSPACE, person_id, "Gone", left=True))
    at = datetime(2026, 12, 1, 18, tzinfo=UTC)
    assert decision_reminders.look_again_due(db, now=at) == 1
    assert decision_reminders.look_again_due(db, now=at + timedelta(days=1)) == 0
    assert told(db, "look_again") == []
