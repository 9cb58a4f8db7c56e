"""What comes again: the next one is there once this one is over, exactly once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from domain.action_recurrence import next_due
from domain.action_states import ActionState, Followed
from domain.deliveries import Kind
from domain.errors import FieldErrors
from domain.people import Absence, Person
from domain.submissions import Submission
from services import action_changes
from storage import actions
from storage.engine import Database
from tests.actions.items import done, hand_over, item, new_date, reopen, submit
from tests.messages import said
from tests.team import ANA, BEN, CHLOE, DEV, NOW, WORKSPACE, audited, readers

FRIDAY = date(2026, 11, 27)
BERLIN = Person(WORKSPACE, BEN, "Ben", "Europe/Berlin")


def drop(db: Database, how: str, *, why: str = "Not this week", draft: str = "x1") -> None:
    sent = Submission(WORKSPACE, BEN, draft, {"why": why, "how": how})
    action_changes.drop(db, sent=sent, item_id=1, now=NOW)


def numbers(db: Database) -> list[int]:
    with db.read() as session:
        found = actions.open_of(session, workspace_id=WORKSPACE, owner_ids=[BEN, CHLOE, DEV])
        return [each.number for each in found]


def test_once_it_is_done_the_next_one_is_there_for_the_same_people(db: Database) -> None:
    submit(db, every="week", helpers=CHLOE, important="yes")
    done(db, person_id=BEN)
    again = item(db, 2)
    assert (again.what, again.owner_id, again.asked_by, again.helpers) == ("Relabel March", BEN, ANA, (CHLOE,))
    assert (again.state, again.due, again.first_due) == (ActionState.OPEN, date(2026, 12, 3), date(2026, 12, 3))
    assert (again.follows, again.steps, again.done_at, again.dates_moved) == (1, (), None, 0)
    assert item(db).followed_by == "A-2"
    assert again.accepted_at == NOW
    assert ("action item recorded", "A-2", BEN) in audited(db)


def test_its_owner_is_told_and_whoever_asked_reads_it_where_the_last_one_is(db: Database) -> None:
    submit(db, every="week")
    done(db, person_id=BEN)
    found = said(db, kind=Kind.ACTION, now=NOW)
    assert "A-2: Relabel March is yours. It is due on Thu 3 Dec 2026, asked for by Ana." in found[BEN]
    (told,) = found[ANA]
    assert told.splitlines()[-1] == "Fri 20 Nov 2026: Ben says that it is done; A-2 follows"


def test_many_clicks_at_once_make_one(db: Database) -> None:
    submit(db, every="week")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda who: done(db, person_id=who), [BEN, ANA, BEN, ANA]))
    assert numbers(db) == [2]


def test_what_has_been_followed_is_not_opened_again(db: Database) -> None:
    submit(db, every="week")
    done(db, person_id=BEN)
    with pytest.raises(Followed, match="A-1 comes again, and A-2 has taken its place"):
        reopen(db)


def test_it_is_dropped_this_time_or_for_good(db: Database) -> None:
    submit(db, every="week")
    drop(db, "once")
    assert numbers(db) == [2]
    drop(db, "once", why="We were away")
    assert numbers(db) == [2]
    assert item(db).steps[-1].to == "A-2"
    sent = Submission(WORKSPACE, BEN, "x2", {"why": "We stopped", "how": "good"})
    action_changes.drop(db, sent=sent, item_id=2, now=NOW)
    assert numbers(db) == []


def test_a_moved_date_does_not_change_the_rhythm_and_a_new_owner_keeps_it(db: Database) -> None:
    submit(db, every="week")
    new_date(db, "2026-12-01")
    hand_over(db, DEV)
    done(db, person_id=DEV)
    again = item(db, 2)
    assert (again.owner_id, again.due) == (DEV, date(2026, 12, 3))
    assert readers(db, "action") == [ANA, BEN, DEV]


def test_what_comes_again_needs_a_first_day(db: Database) -> None:
    with pytest.raises(FieldErrors, match="due"):
        submit(db, every="week", due="")


@pytest.mark.parametrize(
    ("every", "first", "today", "due"),
    [
        ("week", FRIDAY, FRIDAY, date(2026, 12, 4)),
        ("week", FRIDAY, date(2026, 12, 20), date(2026, 12, 25)),
        ("2 weeks", FRIDAY, FRIDAY, date(2026, 12, 11)),
        ("month", date(2026, 1, 31), date(2026, 1, 31), date(2026, 3, 2)),
        ("month", date(2026, 1, 31), date(2026, 3, 2), date(2026, 3, 31)),
        ("quarter", date(2026, 11, 30), date(2026, 11, 30), date(2027, 3, 1)),
        ("quarter", date(2026, 11, 30), date(2027, 3, 1), date(2027, 5, 31)),
    ],
)
def test_the_rhythm_goes_by_the_first_day_and_moves_to_a_day_at_work(
    db: Database, every: str, first: date, today: date, due: date
) -> None:
    submit(db, every="week")
    series = replace(item(db), every=every, series_from=first, due=first, first_due=first)
    assert next_due(series, BERLIN, today) == due


def test_the_next_one_waits_for_an_owner_who_is_away(db: Database) -> None:
    submit(db, every="week")
    away = replace(BERLIN, absences=(Absence(date(2026, 12, 1), date(2026, 12, 6)),))
    assert next_due(item(db), away, date(2026, 11, 26)) == date(2026, 12, 7)
