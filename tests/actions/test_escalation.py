"""What stays open long after it was due: who hears of it, when, and that its owner was told so before."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import select

from domain.action_reminders import open_until
from domain.deliveries import Kind
from domain.digest_times import Planned
from domain.people import Absence, Nudges, Person
from services import action_cards, action_changes, action_reminders, digests
from services.nudges import may_nudge
from storage import digests as stored
from storage import people
from storage.engine import Database
from storage.tables import NudgeCountRow
from surface.actions import late_message
from tests.actions.items import HOUR, done, hand_over, item, new_date, snooze, submit
from tests.messages import said
from tests.team import ANA, BEN, CHLOE, DEV, PRICING, WORKSPACE, owed

OVERDUE = datetime(2026, 11, 27, 8, tzinfo=UTC)
"""Friday, for Ben; it was due on Thursday."""
LATE = datetime(2026, 12, 4, 8, tzinfo=UTC)
"""The working day after five working days, for Chloe."""
DAY = timedelta(days=1)


def report(db: Database, manager: str | None = CHLOE, owner: str = BEN) -> None:
    with db.write() as session:
        person = people.people(session, workspace_id=WORKSPACE, ids=[owner])[owner]
        people.set_up_person(session, person=replace(person, manager_id=manager))


def live(db: Database, moments: Iterable[datetime]) -> None:
    for at in moments:
        while action_reminders.remind_due(db, now=at):
            continue


def told(db: Database) -> list[str]:
    return [f"{row.person_id} {row.part}" for row in owed(db, "action_late")]


def nudged(db: Database) -> int:
    """How often Ben was, on all days."""
    with db.read() as session:
        return sum(row.count for row in session.exec(select(NudgeCountRow).where(NudgeCountRow.person_id == BEN)))


def message_of(db: Database, part: str, now: datetime, reader: str = CHLOE) -> str:
    """What the message that is out says by then."""
    found = action_cards.readable(db, workspace_id=WORKSPACE, item_id=1, reader_id=reader, now=now)
    message = late_message(found, reader, part, is_out=True) if found else None
    assert message
    return message.text


def test_a_week_of_work_later_the_owners_manager_hears_of_it_once(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE, LATE - 10 * HOUR])
    assert told(db) == []
    live(db, [LATE, LATE + HOUR, LATE + 30 * DAY])
    assert told(db) == [f"{CHLOE} 2026-11-26"]
    assert said(db, kind=Kind.ACTION_LATE, now=LATE) == {
        CHLOE: [
            (
                "A-1: Relabel March is still open: Ben owns it, and it was due on Thu 26 Nov 2026.\n"
                "You hear of it because Ben reports to you. Ben was told so on Fri 27 Nov 2026, and may need your help."
            )
        ]
    }


def test_the_owner_reads_before_who_will_hear_and_how_to_stop_it(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    assert said(db, kind=Kind.ACTION_DUE, now=OVERDUE)[BEN] == [
        (
            "A reminder: A-1: Relabel March was due on Thu 26 Nov 2026.\n"
            "If it is still open after Thu 3 Dec 2026, Chloe hears of it. A new date stops that."
        )
    ]


@pytest.mark.parametrize(
    "use",
    [partial(done, person_id=BEN), partial(new_date, due="2026-12-18"), partial(hand_over, owner=DEV)],
    ids=["done", "new date", "hand over"],
)
def test_what_the_owner_does_in_time_stops_it(db: Database, use: Callable[[Database], object]) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    use(db)
    live(db, [LATE, LATE + DAY])
    assert told(db) == []


def test_putting_reminders_off_does_not_stop_it(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    snooze(db, now=OVERDUE)
    live(db, [LATE - DAY, LATE])
    assert told(db) == [f"{CHLOE} 2026-11-26"]
    assert [row.part for row in owed(db, "action_due")] == ["overdue:2026-11-26:", "overdue:2026-11-26:2026-12-02"]


def test_without_a_manager_whoever_asked_hears_and_of_ones_own_nobody(db: Database) -> None:
    submit(db)
    submit(db, by=BEN, draft="d2")
    live(db, [OVERDUE, LATE + 8 * HOUR])
    assert [(row.person_id, row.subject_id) for row in owed(db, "action_late")] == [(ANA, 1)]
    assert "You hear of it because you asked for it." in message_of(db, "2026-11-26", LATE + 8 * HOUR, ANA)


def test_a_manager_who_may_not_see_it_does_not_hear_of_it(db: Database) -> None:
    report(db, DEV)
    submit(db, channel=PRICING, by=CHLOE, owner=BEN)
    live(db, [OVERDUE, LATE, LATE + 12 * HOUR])
    assert told(db) == [f"{CHLOE} 2026-11-26"]


def test_whoever_was_not_warned_is_not_escalated(db: Database) -> None:
    report(db)
    submit(db)
    with db.write() as session:
        ben = people.people(session, workspace_id=WORKSPACE, ids=[BEN])[BEN]
        people.set_up_person(session, person=replace(ben, nudges=Nudges.NONE))
    live(db, [OVERDUE, LATE, LATE + 7 * DAY])
    assert told(db) == []


def test_absences_of_the_owner_and_a_late_warning_put_it_off() -> None:
    ben, due, warned_on = Person(WORKSPACE, BEN, "Ben", "Europe/Berlin"), date(2026, 11, 26), date(2026, 11, 27)
    assert open_until(ben, due, warned_on) == date(2026, 12, 3)
    away = replace(ben, absences=(Absence(date(2026, 11, 30), date(2026, 12, 2)),))
    assert open_until(away, due, warned_on) == date(2026, 12, 8)
    assert open_until(ben, due, date(2026, 12, 4)) == date(2026, 12, 8)


def test_while_it_waits_for_a_manager_to_be_at_work_its_owner_is_not_reminded_anew(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    before = nudged(db)
    with db.write() as session:
        chloe = people.people(session, workspace_id=WORKSPACE, ids=[CHLOE])[CHLOE]
        people.save_person(session, person=replace(chloe, zone_name="America/Los_Angeles", updated=9))
    live(db, [LATE, LATE + HOUR])
    assert (nudged(db), told(db)) == (before, [])
    live(db, [LATE + 9 * HOUR])
    assert told(db) == [f"{CHLOE} 2026-11-26"]


def test_a_manager_whose_day_has_no_room_hears_on_the_next(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    with db.write() as session:
        chloe = people.people(session, workspace_id=WORKSPACE, ids=[CHLOE])[CHLOE]
        while may_nudge(session, chloe, LATE):
            continue
    live(db, [LATE, LATE + HOUR])
    assert told(db) == []
    live(db, [LATE + 3 * DAY])
    assert told(db) == [f"{CHLOE} 2026-11-26"]


def test_what_the_digest_of_the_day_lists_is_not_told_a_second_time(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    with db.write() as session:
        people.set_next_digest(
            session, workspace_id=WORKSPACE, person_id=CHLOE, planned=Planned(LATE + HOUR, date(2026, 11, 16))
        )
    live(db, [LATE])
    assert told(db) == []
    while digests.digests_due(db, now=LATE + HOUR):
        continue
    with db.read() as session:
        digest = stored.newest_of(session, workspace_id=WORKSPACE, person_id=CHLOE)
    assert digest
    assert digest.listed.slipped == (1,)
    live(db, [LATE + 2 * HOUR, LATE + DAY])
    assert told(db) == []
    assert item(db).escalated_on == LATE.date()


def test_once_it_is_done_or_has_another_day_the_message_says_so(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE, LATE])
    new_date(db, "2026-12-18")
    assert message_of(db, "2026-11-26", LATE) == "A-1: Relabel March is due on Fri 18 Dec 2026, and Ben owns it."
    done(db, person_id=BEN)
    assert message_of(db, "2026-11-26", LATE) == "A-1: Relabel March is done."


def test_what_is_opened_again_weeks_later_is_warned_of_once_more_before_anybody_hears(db: Database) -> None:
    report(db)
    submit(db)
    live(db, [OVERDUE])
    done(db, person_id=BEN)
    weeks_later = LATE + 14 * DAY
    action_changes.reopen(db, workspace_id=WORKSPACE, item_id=1, person_id=BEN, now=weeks_later)
    live(db, [weeks_later + HOUR])
    assert (told(db), item(db).warned_on) == ([], None)
    live(db, [weeks_later + 3 * DAY])
    assert [row.part for row in owed(db, "action_due")] == ["overdue:2026-11-26:", "overdue:2026-11-26::1"]
    live(db, [weeks_later + 4 * DAY, weeks_later + 6 * DAY])
    assert told(db) == [f"{CHLOE} 2026-11-26:1"]
    assert item(db).escalated_on == (weeks_later + 6 * DAY).date()


def test_who_hears_of_it_hears_once_more_when_it_stays_open_with_somebody_else(db: Database) -> None:
    for owner in (BEN, DEV):
        report(db, owner=owner)
    submit(db)
    live(db, [OVERDUE, LATE])
    hand_over(db, DEV)
    live(db, [LATE + day * DAY + hours * HOUR for day in range(3, 8) for hours in (0, 9)])
    assert told(db) == [f"{CHLOE} 2026-11-26", f"{CHLOE} 2026-11-26:1"]
    assert message_of(db, "2026-11-26", LATE) == "A-1: Relabel March is due on Thu 26 Nov 2026, and Dev owns it."
    assert message_of(db, "2026-11-26:1", LATE).startswith("A-1: Relabel March is still open: Dev owns it")
