"""Whoever is to know of a decision and has not said that they have read it is reminded once, on both databases.

It is accepted on Friday 20 November 2026, 16:00 UTC; three working days later is Wednesday the 25th.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.people import Absence, Nudges
from domain.submissions import Submission
from services import decision_cards, decision_endings, informed, sync, unread
from storage import absences, agenda, nudges, people
from storage.engine import Database
from surface.informed import unread_message
from tests.messages import said
from tests.objecting import approve, propose
from tests.records import version
from tests.surface.views import check_message, labels
from tests.team import ANA, BEN, CHLOE, DEV, WORKSPACE, owed, readers

IN_BERLIN = datetime(2026, 11, 25, 16, tzinfo=UTC)
"""17:00 there."""
IN_LOS_ANGELES = IN_BERLIN + timedelta(hours=1)
"""Dev's day begins at 9:00, which is 17:00 UTC."""
SAID = "Still to read: D-1: Small model. Decided: Ship it Why: Cheaper"


def accept(db: Database, **given: str) -> None:
    propose(db, **{"informed": CHLOE, "contributors": ""} | given)
    approve(db)


def read(db: Database, person_id: str = CHLOE, *, now: datetime = IN_BERLIN) -> None:
    informed.read(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=person_id, now=now)


def remind(db: Database, at: datetime) -> dict[str, list[str]]:
    unread.remind_due(db, now=at)
    return said(db, Kind.UNREAD, now=at)


def next_at(db: Database) -> datetime | None:
    with db.read() as session:
        return agenda.next_at(session)


def test_three_working_days_later_they_are_reminded_in_their_own_hours_and_never_again(db: Database) -> None:
    accept(db, informed=f"{CHLOE},{DEV}")
    assert next_at(db) == IN_BERLIN
    assert unread.remind_due(db, now=IN_BERLIN - timedelta(seconds=1)) == 0
    assert remind(db, IN_BERLIN) == {CHLOE: [SAID]}
    assert next_at(db) == IN_LOS_ANGELES
    assert remind(db, IN_LOS_ANGELES)[DEV] == [SAID]
    assert next_at(db) is None
    assert {row.person_id: row.wanted for row in owed(db, "unread")} == {CHLOE: 1, DEV: 1}


def test_whoever_recorded_or_approved_it_is_not_reminded(db: Database) -> None:
    accept(db, informed=f"{ANA},{BEN}")
    assert next_at(db) is None


def test_while_it_waits_for_a_verdict_nobody_is_to_be_reminded(db: Database) -> None:
    propose(db, informed=CHLOE)
    assert next_at(db) is None


def test_what_is_recorded_as_accepted_is_reminded_of_too(db: Database) -> None:
    propose(db, informed=CHLOE, approver=ANA, contributors="")
    assert remind(db, IN_BERLIN) == {CHLOE: [SAID]}


def leave(db: Database) -> None:
    with db.read() as session:
        chloe = people.people(session, workspace_id=WORKSPACE)[CHLOE]
    sync.save_person(db, person=replace(chloe, left=True), now=IN_BERLIN - timedelta(hours=1))


def deprecate(db: Database) -> None:
    sent = Submission(WORKSPACE, BEN, "end", {"reason": "Prices rose"})
    decision_endings.deprecate(db, sent=sent, decision_id=1, now=IN_BERLIN - timedelta(hours=1))


def worry(db: Database) -> None:
    sent = Submission(WORKSPACE, CHLOE, "c1", {"reason": "Who pays?"})
    informed.raise_concern(db, sent=sent, decision_id=1, version=version(db), now=IN_BERLIN)


@pytest.mark.parametrize("happens", [read, worry, leave, deprecate])
def test_nobody_is_reminded_of_what_they_have_read_or_need_not_read(
    db: Database, happens: Callable[[Database], None]
) -> None:
    accept(db)
    happens(db)
    assert remind(db, IN_BERLIN) == {}
    assert (readers(db, "unread"), next_at(db)) == ([], None)


def test_what_was_read_between_the_moment_and_the_sending_is_not_sent(db: Database) -> None:
    accept(db)
    unread.remind_due(db, now=IN_BERLIN)
    read(db)
    assert said(db, Kind.UNREAD, now=IN_BERLIN) == {}


def test_after_downtime_or_an_absence_it_comes_at_the_next_working_moment(db: Database) -> None:
    accept(db)
    away = Absence(date(2026, 11, 25), date(2026, 11, 26))
    with db.write() as session:
        absences.add(session, workspace_id=WORKSPACE, person_id=CHLOE, absence=away, said_by=CHLOE)
    assert remind(db, IN_BERLIN + timedelta(hours=1)) == {}
    back = datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert next_at(db) == back
    assert remind(db, back) == {CHLOE: [SAID]}


def test_it_counts_towards_the_limit_of_the_day_and_is_left_out_where_that_is_reached(db: Database) -> None:
    accept(db)
    with db.write() as session:
        for _ in range(Nudges.STANDARD.a_day):
            assert nudges.take(
                session, workspace_id=WORKSPACE, person_id=CHLOE, day=IN_BERLIN.date(), most=Nudges.STANDARD.a_day
            )
    assert remind(db, IN_BERLIN) == {}
    assert (readers(db, "unread"), next_at(db)) == ([], None)


def test_whoever_wants_no_reminders_gets_none(db: Database) -> None:
    accept(db)
    with db.write() as session:
        chloe = people.people(session, workspace_id=WORKSPACE)[CHLOE]
        people.set_up_person(session, person=replace(chloe, nudges=Nudges.NONE))
    assert remind(db, IN_BERLIN) == {}


def test_the_reminder_says_what_to_do_and_follows_what_is_done(db: Database) -> None:
    accept(db)
    remind(db, IN_BERLIN)

    def shown(*, is_out: bool = True) -> str:
        card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
        assert card
        found = unread_message(card, CHLOE, is_out=is_out)
        if found:
            check_message(found)
            assert bool(labels(found.blocks)) == (CHLOE in card.decision.unread_by)
        return str(found and found.blocks)

    assert "*D-1: Small model*, in #forecast, is still to be read by you, when you have a moment." in shown()
    assert "This is the only reminder." in shown(is_out=False)
    read(db)
    assert "You have read *D-1: Small model*, thank you." in shown()
    assert shown(is_out=False) == "None"
    deprecate(db)
    assert "You have read" in shown()
