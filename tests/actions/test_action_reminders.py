"""Whom an action item reminds, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.people import Nudges, Person
from domain.submissions import Submission
from services import action_changes, action_reminders
from services.nudges import may_nudge
from storage import agenda, people
from storage.engine import Database
from tests.actions.items import HOUR, done, hand_over, item, new_date, reopen, submit
from tests.team import ANA, BEN, CHLOE, DEV, WORKSPACE, owed

SOON = datetime(2026, 11, 25, 8, tzinfo=UTC)
OVERDUE = datetime(2026, 11, 27, 8, tzinfo=UTC)


def parts(db: Database) -> list[str]:
    return [f"{row.person_id} {row.part}" for row in owed(db, "action_due")]


def test_the_owner_hears_the_working_day_before_and_once_when_overdue(db: Database) -> None:
    submit(db)
    for at in (SOON - HOUR, SOON, SOON + HOUR, OVERDUE - HOUR, OVERDUE, OVERDUE + HOUR, OVERDUE + 100 * HOUR):
        action_reminders.remind_due(db, now=at)
    assert parts(db) == [f"{BEN} overdue:2026-11-26:", f"{BEN} soon:2026-11-26:"]


def test_a_done_item_needs_no_reminder(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    assert action_reminders.remind_due(db, now=OVERDUE) == 0


def test_the_new_owner_is_reminded_on_their_own_morning(db: Database) -> None:
    submit(db)
    hand_over(db, DEV)
    assert action_reminders.remind_due(db, now=SOON) == 0
    action_reminders.remind_due(db, now=SOON + 9 * HOUR)
    assert parts(db) == [f"{DEV} soon:2026-11-26::1"]


def test_a_new_date_brings_new_reminders(db: Database) -> None:
    submit(db)
    action_reminders.remind_due(db, now=SOON)
    new_date(db, "2026-12-03")
    action_reminders.remind_due(db, now=SOON + timedelta(days=7))
    assert parts(db) == [f"{BEN} soon:2026-11-26:", f"{BEN} soon:2026-12-03:"]


def test_after_a_stop_one_reminder_says_how_things_are_in_working_hours(db: Database) -> None:
    submit(db)
    saturday = datetime(2026, 11, 28, 12, tzinfo=UTC)
    while action_reminders.remind_due(db, now=saturday):
        continue
    assert parts(db) == []
    action_reminders.remind_due(db, now=saturday + timedelta(days=2))
    assert parts(db) == [f"{BEN} overdue:2026-11-26:"]


def test_when_the_day_has_no_room_for_it_an_overdue_reminder_comes_on_the_next_working_day(db: Database) -> None:
    submit(db)
    action_reminders.remind_due(db, now=SOON)
    with db.write() as session:
        ben = people.people(session, workspace_id=WORKSPACE, ids=[BEN])[BEN]
        while may_nudge(session, ben, OVERDUE):
            continue
    monday = OVERDUE + timedelta(days=3)
    for at in (OVERDUE, OVERDUE + HOUR, monday - HOUR):
        action_reminders.remind_due(db, now=at)
        assert parts(db) == [f"{BEN} soon:2026-11-26:"]
    for at in (monday, monday + HOUR, monday + 24 * HOUR):
        action_reminders.remind_due(db, now=at)
        assert parts(db) == [f"{BEN} overdue:2026-11-26:", f"{BEN} soon:2026-11-26:"]


def test_whoever_wants_no_reminders_is_not_looked_at_again(db: Database) -> None:
    submit(db)
    with db.write() as session:
        ben = people.people(session, workspace_id=WORKSPACE, ids=[BEN])[BEN]
        people.set_up_person(session, person=replace(ben, nudges=Nudges.NONE))
    action_reminders.remind_due(db, now=OVERDUE)
    assert parts(db) == []
    with db.read() as session:
        assert agenda.next_at(session) is None


def test_of_an_owner_who_left_the_asker_hears(db: Database) -> None:
    submit(db)
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, BEN, "Ben", "Europe/Berlin", left=True))
    action_reminders.remind_due(db, now=SOON + 5 * HOUR)
    assert parts(db) == [f"{ANA} soon:2026-11-26:"]


def live(db: Database, *days: int) -> None:
    """So many days after it was overdue for the first time."""
    for day in days:
        for hour in (0, 1, 8, 9):
            while action_reminders.remind_due(db, now=OVERDUE + timedelta(days=day, hours=hour)):
                continue


def test_a_late_one_reminds_its_new_owner_on_their_next_day_at_work_once(db: Database) -> None:
    submit(db)
    live(db, 0)
    sent = Submission(WORKSPACE, BEN, "h1", {"owner": CHLOE, "why": "On leave"})
    action_changes.hand_over(db, sent=sent, item_id=1, now=OVERDUE + HOUR)
    live(db, 0, 1, 2)
    assert parts(db) == [f"{BEN} overdue:2026-11-26:"]
    live(db, 3, 4, 5)
    assert parts(db) == [f"{BEN} overdue:2026-11-26:", f"{CHLOE} overdue:2026-11-26::1"]
    assert item(db).warned_on == (OVERDUE + timedelta(days=3)).date()
    live(db, 6, 7)
    assert [row.person_id for row in owed(db, "action_late")] == [ANA]


def test_a_late_one_that_a_leaver_had_reminds_whoever_takes_it_over(db: Database) -> None:
    submit(db)
    with db.write() as session:
        people.save_person(session, person=Person(WORKSPACE, BEN, "Ben", "Europe/Berlin", left=True))
    live(db, 0)
    assert parts(db) == [f"{ANA} overdue:2026-11-26:"]
    sent = Submission(WORKSPACE, ANA, "h1", {"owner": CHLOE})
    action_changes.hand_over(db, sent=sent, item_id=1, now=OVERDUE + 10 * HOUR)
    live(db, 3, 4)
    assert parts(db) == [f"{ANA} overdue:2026-11-26:", f"{CHLOE} overdue:2026-11-26::1"]


def test_one_opened_again_after_it_was_due_reminds_its_owner(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    reopen(db, person_id=ANA, now=OVERDUE + 5 * HOUR)
    live(db, 0)
    assert parts(db) == []
    live(db, 3, 4)
    assert parts(db) == [f"{BEN} overdue:2026-11-26::1"]


def test_of_ones_own_the_reminder_comes_once_and_nothing_is_looked_at_again(db: Database) -> None:
    submit(db, by=BEN)
    live(db, 0)
    assert parts(db) == [f"{BEN} overdue:2026-11-26:"]
    with db.read() as session:
        assert agenda.next_at(session) is None
