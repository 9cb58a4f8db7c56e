"""What was marked as done by mistake, or too early, is open again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.action_states import ActionState, AlreadyDropped
from domain.actions import NotYourAction
from domain.deliveries import Kind
from storage.engine import Database
from tests.actions.items import done, drop, item, reopen, submit
from tests.messages import said
from tests.team import ANA, BEN, CHLOE, NOW, audited, owed


def test_it_is_as_it_was_before_with_both_steps_kept(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    reopen(db)
    found = item(db)
    assert (found.state, found.done_at) == (ActionState.OPEN, None)
    assert [each.move for each in found.steps] == ["done", "reopen"]
    assert ("action item reopened", "A-1", BEN) in audited(db)


def test_whoever_asked_reads_it_in_their_one_message(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    reopen(db)
    (told,) = said(db, kind=Kind.ACTION, now=NOW)[ANA]
    assert told.splitlines() == [
        "Recorded A-1: Relabel March. Ben owns it, due on Thu 26 Nov 2026.",
        "Fri 20 Nov 2026: Ben says that it is not done after all",
    ]
    assert owed(db, "action_news") == []


def test_its_owner_hears_that_whoever_asked_does_not_find_it_done_each_time(db: Database) -> None:
    submit(db)
    for _ in range(2):
        done(db, person_id=BEN)
        reopen(db, person_id=ANA)
    told = "Ana says that A-1: Relabel March is not done after all. It is due on Thu 26 Nov 2026."
    assert said(db, kind=Kind.ACTION_NEWS, now=NOW) == {BEN: [told, told]}


def test_its_owner_hears_each_time_that_whoever_asked_finds_it_done(db: Database) -> None:
    submit(db)
    for _ in range(2):
        done(db, person_id=ANA)
        reopen(db)
    done(db, person_id=ANA)
    told = [row.part for row in owed(db, "action_news") if row.person_id == BEN]
    assert told == [f"done:{ANA}::{steps}" for steps in (1, 3, 5)]


def test_many_clicks_at_once_open_it_once(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: reopen(db), range(4)))
    assert [each.move for each in item(db).steps] == ["done", "reopen"]
    assert [what for what, _, _ in audited(db)].count("action item reopened") == 1


def test_only_its_people_open_it_again_and_what_was_dropped_stays_so(db: Database) -> None:
    submit(db)
    done(db, person_id=BEN)
    with pytest.raises(NotYourAction):
        reopen(db, person_id=CHLOE)
    reopen(db)
    drop(db)
    with pytest.raises(AlreadyDropped):
        reopen(db)
