"""What changes in a reader's week, and so in their digest, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.digests import may_list
from domain.runs import PromptState, Run
from services import action_changes, closing
from storage import prompts
from storage.engine import Database
from tests.digests import MONDAY, assign, text, wanted, write
from tests.records import action, run
from tests.team import ANA, DEV, WORKSPACE, settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    assign(database, ANA)
    return database


def answer(db: Database, of: Run, count: int) -> None:
    """The first so many of those asked have answered; nobody waits for the others once all have."""
    with db.write() as session:
        for prompt in prompts.of_run(session, run_id=of.id)[:count]:
            prompts.move(session, prompt_id=prompt.id, state=PromptState.ANSWERED)
        closing.finish(session, of, now=MONDAY)


def test_a_run_that_was_open_is_counted_on_and_then_closed(db: Database) -> None:
    asked = run(db, closed_at=None, answered=1)
    write(db)
    assert "Next: Mon Sync in #forecast closes (1 of 3 so far)." in text(db)
    answer(db, asked, 2)
    assert wanted(db, "digest") == 2
    assert "Next: Mon Sync in #forecast closes (2 of 3 so far)." in text(db)
    answer(db, asked, 3)
    assert wanted(db, "digest") == 3
    assert "Closed since: Sync in #forecast, 3 of 3." in text(db)
    assert "closes" not in text(db)


def test_a_late_answer_is_counted(db: Database) -> None:
    asked = run(db, answered=2)
    write(db)
    answer(db, asked, 3)
    assert wanted(db, "digest") == 2
    assert "3 of 3" in text(db)


def test_a_run_of_this_week_touches_no_digest(db: Database) -> None:
    asked = run(db, closed_at=MONDAY + timedelta(hours=4))
    write(db)
    answer(db, asked, 3)
    assert wanted(db, "digest") == 1


def test_an_item_of_somebody_elses_people_is_settled_where_it_is_listed(db: Database) -> None:
    """Dev is not assigned to Ben, who reads of the item because it was added in a channel of his."""
    action(db, owner=DEV)
    write(db)
    assert "A-1 What 1: Dev" in text(db)
    action_changes.done(db, workspace_id=WORKSPACE, item_id=1, person_id=DEV, now=MONDAY)
    assert wanted(db, "digest") == 2
    assert "Done: What 1 (A-1)." in text(db)


def test_a_digest_may_list_a_run_once_its_week_has_ended_anywhere(db: Database) -> None:
    friday = run(db)
    midnight_in_kiritimati = datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert not may_list(friday, midnight_in_kiritimati - timedelta(seconds=1))
    assert may_list(friday, midnight_in_kiritimati)
