"""While a manager is away their delegate reads, with what the delegate may see and do."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from domain.decision_states import DecisionState
from domain.deliveries import Kind
from domain.digest_choices import Rhythm
from domain.digests import DigestCard
from services import absences, delegates
from storage import people
from storage.engine import Database
from storage.tables import DigestRow
from surface.digest import digest_message
from surface.digest_meanwhile import named_message
from tests.digest.test_digest_settings import choose as fill_in
from tests.digests import MONDAY, WEEK, fresh, show, write
from tests.records import action, decision
from tests.surface.views import labels
from tests.team import ANA, BEN, CHLOE, DEV, NOW, PRICING, WORKSPACE, readers

A_WEEK = timedelta(weeks=1)
PACIFIC = MONDAY + timedelta(hours=9)
"""08:00 where Dev is."""


def away(db: Database, first: str = "2026-11-23", last: str = "2026-11-24", now: datetime = NOW) -> None:
    absences.away(db, workspace_id=WORKSPACE, person_id=BEN, draft_id=first, first=first, last=last, now=now)


def live(db: Database, now: datetime) -> None:
    """A pass of the loop."""
    write(db, now)
    for _ in range(5):
        if not delegates.stand_ins_due(db, now=now):
            return
    raise AssertionError("It is worked out again and again.")


def got(db: Database) -> list[str]:
    """Who got whose, in order."""
    with db.read() as session:
        rows = session.exec(select(DigestRow).order_by(DigestRow.id))  # type: ignore[arg-type] # a column
        return [f"{row.person_id}/{row.about_id}/{row.week}" for row in rows]


def card(db: Database, digest_id: int, now: datetime) -> DigestCard:
    fresh(db, now)
    return show(db, now, digest_id=digest_id)


@pytest.mark.parametrize(("delegate", "at"), [(CHLOE, MONDAY), (DEV, PACIFIC)])
def test_it_comes_at_the_same_hour_on_the_delegates_clock(db: Database, delegate: str, at: datetime) -> None:
    fill_in(db, delegate=delegate)
    away(db)
    live(db, NOW)
    live(db, at - timedelta(minutes=1))
    assert got(db) == []
    live(db, at)
    live(db, at + timedelta(hours=1))
    assert got(db) == [f"{delegate}/{BEN}/{WEEK}"]
    live(db, MONDAY + timedelta(days=2))
    assert got(db) == [f"{delegate}/{BEN}/{WEEK}", f"{BEN}/{BEN}/{WEEK}"]


def test_nothing_comes_to_them_while_the_manager_is_there(db: Database) -> None:
    fill_in(db, delegate=CHLOE)
    away(db, "2026-11-24", "2026-11-26")
    live(db, MONDAY)
    live(db, MONDAY + timedelta(days=3))
    assert got(db) == [f"{BEN}/{BEN}/{WEEK}"]


def test_away_for_weeks_the_delegate_gets_each(db: Database) -> None:
    fill_in(db, delegate=DEV)
    away(db, "2026-11-21", "2026-12-06")
    for hours in range(0, 24 * 16, 6):
        live(db, NOW + timedelta(hours=hours))
    assert [each for each in got(db) if each.startswith(DEV)] == [f"{DEV}/{BEN}/{WEEK}", f"{DEV}/{BEN}/{WEEK + A_WEEK}"]


def test_away_long_after_it_was_said(db: Database) -> None:
    fill_in(db, delegate=CHLOE)
    away(db, "2027-02-08", "2027-02-09")
    for week in range(12):
        live(db, MONDAY + week * A_WEEK)
    assert [each for each in got(db) if each.startswith(CHLOE)] == [f"{CHLOE}/{BEN}/2027-02-01"]


def test_said_late_on_that_day_it_comes_at_once(db: Database) -> None:
    """Ben has chosen nine o'clock, and says at half past eight that he is ill; it is nine in Sao Paulo later."""
    fill_in(db, delegate=CHLOE, hour="9")
    early = MONDAY + timedelta(minutes=30)
    away(db, now=early)
    live(db, early)
    assert got(db) == []
    live(db, MONDAY + timedelta(hours=1))
    assert got(db) == [f"{CHLOE}/{BEN}/{WEEK}"]


def test_a_delegate_who_has_left_gets_nothing_and_the_manager_loses_nothing(db: Database) -> None:
    fill_in(db, delegate=CHLOE)
    away(db)
    with db.write() as session:
        chloe = people.people(session, workspace_id=WORKSPACE)[CHLOE]
        people.save_person(session, person=replace(chloe, left=True))
    live(db, MONDAY)
    live(db, MONDAY + timedelta(days=2))
    assert got(db) == [f"{BEN}/{BEN}/{WEEK}"]


def test_only_when_needed_holds_for_the_delegate_too(db: Database) -> None:
    fill_in(db, delegate=CHLOE, rhythm=Rhythm.NEEDED)
    away(db)
    live(db, MONDAY)
    assert got(db) == []


def test_it_says_for_whom_it_came_and_has_no_button_of_the_managers(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN)
    action(db, owner=BEN)
    action(db, number=2, owner=ANA)
    fill_in(db, delegate=DEV)
    away(db)
    live(db, PACIFIC)
    found = digest_message(card(db, 1, PACIFIC))
    assert "3 things need Ben" in found.text or "2 things need Ben" in found.text
    assert "For Ben, who is away until Tue 24 Nov 2026 and named you to read this meanwhile." in found.text
    assert "Waits for Ben:" in found.text
    assert "Action item of Ben:" in found.text
    assert not {"Approve", "Object", "Done", "New date"} & set(labels(found.blocks))


def test_the_delegate_sees_nothing_they_may_not_see(db: Database) -> None:
    decision(db, state=DecisionState.PROPOSED, approver=BEN, channel=PRICING)
    action(db, owner=BEN, channel=PRICING)
    fill_in(db, delegate=DEV)
    away(db)
    live(db, PACIFIC)
    shown = card(db, 1, PACIFIC)
    assert (shown.approvals, shown.own) == ([], [])
    assert "Title 1" not in digest_message(shown).text


def test_a_delegate_is_told_once_and_again_when_it_is_over(db: Database) -> None:
    fill_in(db, delegate=CHLOE)
    fill_in(db, delegate=CHLOE, hour="9")
    assert readers(db, Kind.DELEGATE) == [CHLOE]
    assert "Ben named you to read their digest" in told(db, CHLOE)
    fill_in(db, delegate=DEV)
    assert readers(db, Kind.DELEGATE) == [CHLOE, DEV]
    assert "Ben no longer asks you" in told(db, CHLOE)


def told(db: Database, delegate_id: str) -> str:
    found = delegates.named_by(db, workspace_id=WORKSPACE, manager_id=BEN, delegate_id=delegate_id)
    assert found
    return named_message(found[0], stands=found[1]).text
