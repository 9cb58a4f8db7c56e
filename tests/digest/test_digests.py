"""Writing digests and what they show, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import col, select, update

from domain.decision_states import DecisionState
from domain.decisions import FIRST_VERSION
from domain.metrics.participation import Count
from domain.people import Absence, parse_hours
from domain.runs import Ritual
from domain.submissions import Submission
from services import absences, action_changes, digest_cards, digests, objections, owing, verdicts
from storage import absences as away_days
from storage import people, rituals
from storage.engine import Database
from storage.tables import DigestRow, PersonRow
from surface.digest import digest_message
from tests.digests import MONDAY, WEEK, assign, planned, show, text, wanted, weeks, write, written
from tests.records import TEMPLATE, action, decision, run
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE, owed


def test_a_manager_is_whoever_people_are_assigned_to(db: Database) -> None:
    assert planned(db) == MONDAY
    assert planned(db, ANA) is None
    assign(db, manager=None)
    assert planned(db) is None


def test_it_is_written_once_and_the_next_is_planned(db: Database) -> None:
    assert digests.digests_due(db, now=MONDAY - timedelta(seconds=1)) == 0
    write(db)
    write(db, MONDAY + timedelta(hours=1))
    assert weeks(db) == [WEEK]
    assert [row.person_id for row in owed(db, "digest")] == [BEN]
    assert planned(db) == MONDAY + timedelta(weeks=1)


def test_planning_again_on_that_monday_brings_no_second_one(db: Database) -> None:
    write(db)
    for zone in ("America/Los_Angeles", "Pacific/Kiritimati"):
        with db.write() as session:
            session.execute(update(PersonRow).where(col(PersonRow.id) == BEN).values(zone_name=zone))
            digests.plan(session, workspace_id=WORKSPACE, person_id=BEN, now=MONDAY + timedelta(minutes=1))
        write(db, MONDAY + timedelta(hours=30))
    assert weeks(db) == [WEEK]


def test_hours_changed_on_monday_do_not_lose_the_week(db: Database) -> None:
    set_hours(db, "tue-fri 09:00-17:00", NOW)
    assert planned(db) == MONDAY + timedelta(days=1)
    set_hours(db, "mon-fri 09:00-17:00", MONDAY + timedelta(hours=3))
    write(db, MONDAY + timedelta(hours=3))
    assert weeks(db) == [WEEK]
    assert "comes late" not in text(db)


def test_hours_changed_on_friday_do_not_lose_the_week(db: Database) -> None:
    friday = MONDAY + timedelta(days=4)
    set_hours(db, "sat 09:00-17:00", NOW)
    set_hours(db, "mon-fri 09:00-17:00", friday)
    write(db, friday)
    assert weeks(db) == [WEEK]
    assert show(db).digest.listed.missed == 0


def test_an_outage_after_the_hours_were_changed_is_told(db: Database) -> None:
    set_hours(db, "wed-fri 09:00-17:00", NOW)
    changed = MONDAY + timedelta(hours=3)
    set_hours(db, "mon-fri 09:00-17:00", changed)
    later = changed + timedelta(hours=3)
    write(db, later)
    assert "comes late" in text(db, later)


def test_whoever_says_they_are_away_gets_it_when_they_are_back(db: Database) -> None:
    away(db, "2026-11-23", "2026-11-24", NOW)
    assert planned(db) == MONDAY + timedelta(days=2)


@pytest.mark.parametrize("back", [MONDAY - timedelta(hours=13), MONDAY + timedelta(hours=3)])
def test_whoever_comes_back_early_gets_it_then_and_no_outage_is_told(db: Database, back: datetime) -> None:
    away(db, "2026-11-20", "2026-11-24", NOW)
    absences.back(db, workspace_id=WORKSPACE, person_id=BEN, now=back)
    due = max(MONDAY, back)
    write(db, due)
    assert weeks(db) == [WEEK]
    assert "comes late" not in text(db, due)


def away(db: Database, first: str, last: str, now: datetime) -> None:
    place = {"workspace_id": WORKSPACE, "person_id": BEN, "draft_id": "d1"}
    absences.away(db, **place, first=first, last=last, now=now)


def set_hours(db: Database, hours: str, now: datetime) -> None:
    with db.write() as session:
        ben = people.people(session, workspace_id=WORKSPACE)[BEN]
        found = parse_hours(hours)
        assert found
        people.set_up_person(session, person=replace(ben, hours=found))
        digests.plan(session, workspace_id=WORKSPACE, person_id=BEN, now=now)


def test_an_absence_nobody_planned_for_moves_it(db: Database) -> None:
    with db.write() as session:
        absence = Absence(date(2026, 11, 23), date(2026, 11, 24))
        away_days.add(session, workspace_id=WORKSPACE, person_id=BEN, absence=absence)
    write(db)
    assert weeks(db) == []
    assert planned(db) == MONDAY + timedelta(days=2)
    write(db, MONDAY + timedelta(days=2))
    assert weeks(db) == [WEEK]


def test_after_downtime_it_comes_for_the_newest_week_and_says_so(db: Database) -> None:
    wednesday = MONDAY + timedelta(days=9)
    write(db, wednesday)
    assert weeks(db) == [WEEK + timedelta(weeks=1)]
    assert "comes late" in text(db, wednesday)
    assert "Mon 23 to Sun 29 Nov 2026" in text(db, wednesday)
    assert planned(db) == MONDAY + timedelta(weeks=2)


def test_within_the_grace_it_is_not_called_late(db: Database) -> None:
    write(db, MONDAY + timedelta(hours=2))
    assert "late," not in text(db).replace("Nothing late", "")
    assert not show(db).digest.listed.is_late


def test_it_lists_the_readers_own_week_only(db: Database) -> None:
    start = datetime(2026, 11, 15, 23, tzinfo=UTC)
    for number, at in enumerate([start - timedelta(seconds=1), start, start + timedelta(days=7)], 1):
        decision(db, number=number, at=at)
        run(db, closed_at=at)
    card = written(db)
    assert [each.name for each in card.decided] == ["D-2"]
    assert len(card.closed) == 1
    assert len(card.closed_since) == 1


def test_who_was_heard_has_denominators(db: Database) -> None:
    run(db)
    assert written(db).closed[0].total == Count(2, 3)
    voices = show(db).numbers.voices
    assert voices
    assert (voices.week.total, dict(voices.week.functions)) == (
        Count(2, 3),
        {"research": Count(1, 1), "ml": Count(1, 2)},
    )
    assert "Sync in #forecast" in digest_message(replace(show(db), slipped=[action(db)])).text


def test_a_run_still_open_is_named(db: Database) -> None:
    run(db, closed_at=None)
    assert [each.title for each in written(db).open] == ["Sync"]
    assert "Not counted: answers to Sync that are still to come." in text(db)


def test_what_needs_the_reader_comes_first(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    action(db, owner=BEN)
    run(db, blocker="No labels")
    card = written(db)
    assert [each.name for each in card.approvals] == ["D-1"]
    assert [each.name for each in card.own] == ["A-1"]
    assert [each.title for each in card.blockers] == ["No labels"]
    assert card.slipped == []
    assert text(db).startswith("3 things need you.")


def test_overdue_is_the_owners_own_day(db: Database) -> None:
    """At 08:00 on Monday in Berlin it is still Sunday in Los Angeles."""
    action(db, owner=DEV, number=1, due=date(2026, 11, 22))
    action(db, owner=CHLOE, number=2, due=date(2026, 11, 22))
    assert [each.name for each in written(db).slipped] == ["A-2"]


def test_what_was_done_since_stays_and_is_struck(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    action(db, owner=BEN, number=1)
    action(db, owner=ANA, number=2)
    write(db)
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=FIRST_VERSION, person_id=BEN, now=MONDAY)
    action_changes.done(db, workspace_id=WORKSPACE, item_id=1, person_id=BEN, now=MONDAY)
    shown = digest_message(show(db))
    blocks = str(shown.blocks)
    assert "Done: ~Title 1~ (D-1), approved." in blocks
    assert "Done: ~What 1~ (A-1)." in blocks
    assert "*Nothing needs you any more.* 1 slipping." in blocks
    assert labels(shown.blocks) == ["Trends", "How this is counted", "Change my digest", "Show it now"]


@pytest.mark.parametrize(
    "change",
    [
        partial(verdicts.approve, workspace_id=WORKSPACE, decision_id=1, version=FIRST_VERSION, person_id=BEN),
        partial(
            objections.object_to,
            sent=Submission(WORKSPACE, BEN, "o1", {"reason": "No", "change": "Half"}),
            decision_id=1,
            version=FIRST_VERSION,
        ),
        partial(action_changes.done, workspace_id=WORKSPACE, item_id=1, person_id=ANA),
    ],
)
def test_a_change_of_what_it_lists_updates_it(db: Database, change: Callable[..., None]) -> None:
    """The manager is not named in the action item: it is one of Ana's, who is assigned to Ben."""
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    action(db, owner=ANA)
    write(db)
    assert wanted(db, "digest") == 1
    change(db, now=MONDAY)
    assert wanted(db, "digest") == 2


def test_only_the_newest_digest_is_updated(db: Database) -> None:
    write(db)
    write(db, MONDAY + timedelta(weeks=1))
    with db.write() as session:
        owing.owe_homes(session, WORKSPACE, [BEN], now=MONDAY)
    assert sorted((row.subject_id, row.wanted) for row in owed(db, "digest")) == [(1, 1), (2, 2)]


def test_the_first_week_says_when_the_team_started_and_no_zeros(db: Database) -> None:
    with db.write() as session:
        ritual = Ritual(0, WORKSPACE, FORECAST, TEMPLATE, BEN, None, None)
        rituals.add(session, ritual=ritual, at=NOW)
    write(db)
    assert text(db).startswith("Your team started on Fri 20 Nov 2026. First numbers in your next digest.")
    assert "0" not in text(db).replace("2026", "").replace("20 Nov", "")


def test_without_a_ritual_it_says_what_to_do(db: Database) -> None:
    write(db)
    assert "Type `/ritual`" in text(db)


def test_one_that_fails_is_put_off_and_stops_no_other(db: Database) -> None:
    assign(db, DEV, manager=CHLOE)
    with db.write() as session:
        digests.plan(session, workspace_id=WORKSPACE, person_id=CHLOE, now=NOW)
        session.execute(update(PersonRow).where(col(PersonRow.id) == BEN).values(role="no such role"))
    write(db)
    with db.read() as session:
        assert list(session.exec(select(DigestRow.person_id))) == [CHLOE]
    assert planned(db) == MONDAY + timedelta(hours=1)


def test_a_reader_who_left_gets_none(db: Database) -> None:
    write(db)
    with db.write() as session:
        session.execute(update(PersonRow).where(col(PersonRow.id) == BEN).values(left=True))
        digests.plan(session, workspace_id=WORKSPACE, person_id=BEN, now=MONDAY)
    assert planned(db) is None
    assert digest_cards.card(db, workspace_id=WORKSPACE, digest_id=1, now=MONDAY) is None
