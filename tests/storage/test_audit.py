"""Nobody rewrites the audit trail, what must be forgotten can be, and a change behind Muster's back is found."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from domain.chain import Head
from services import auditing
from storage import trail
from storage.engine import Database, DatabaseBusy
from tests.team import ANA, NOW, WORKSPACE
from tests.trail import entries

ELSEWHERE = "T2"


def note(session: Session, subject: str, workspace_id: str = WORKSPACE) -> None:
    details = {"reason": "It is too slow, and Zoë said so \ud83d \x00"}
    trail.note(
        session,
        workspace_id=workspace_id,
        at=NOW,
        actor_id=ANA,
        what="decision objected",
        subject=subject,
        details=details,
    )


@pytest.fixture
def db(database: Database) -> Database:
    for number in range(1, 4):
        with database.write() as session:
            note(session, f"D-{number}")
    return database


def change(db: Database, statement: str) -> None:
    with db.write() as session:
        session.execute(text(statement), {"now": NOW.replace(tzinfo=None), "where": WORKSPACE})


def told(db: Database, copy: Head | None = None) -> tuple[str, ...]:
    (found,) = auditing.check(db, copy)
    return found.faults


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'decision approved'",
        "DELETE FROM audit WHERE number = 3",
        "UPDATE audit_value SET value = '\"somebody else\"' WHERE name = 'actor'",
        "UPDATE audit_value SET value = NULL WHERE name = 'actor'",
        "UPDATE audit_value SET number = 7, value = NULL, salt = NULL, erased_at = :now WHERE number = 3",
        "DELETE FROM audit_value",
    ],
)
def test_a_line_can_be_neither_changed_nor_deleted(db: Database, statement: str) -> None:
    before = entries(db)
    with pytest.raises(DBAPIError, match=r"append-only|(?i:foreign key)"):
        change(db, statement)
    assert entries(db) == before


def test_what_a_line_says_of_somebody_can_be_erased_and_the_trail_is_whole(db: Database) -> None:
    change(db, "UPDATE audit_value SET value = NULL, salt = NULL, erased_at = :now WHERE name = 'actor' AND number = 2")
    (found,) = auditing.check(db)
    assert (found.faults, found.erased, found.head.number) == ((), 1, 3)
    assert [line.actor_id for line in entries(db)] == [ANA, None, ANA]


def test_lines_of_one_transaction_keep_their_order_and_those_of_a_failed_one_are_not_there(db: Database) -> None:
    with db.write() as session:
        for subject in ("D-4", "D-5"):
            note(session, subject)
    with pytest.raises(RuntimeError):
        _note_and_fail(db)
    assert [line.subject for line in entries(db)] == ["D-1", "D-2", "D-3", "D-4", "D-5"]
    assert told(db) == ()


def _note_and_fail(db: Database) -> None:
    with db.write() as session:
        note(session, "D-6")
        raise RuntimeError


def test_each_workspace_has_a_trail_of_its_own(db: Database) -> None:
    with db.write() as session:
        note(session, "D-1", ELSEWHERE)
    assert [(each.workspace_id, each.head.number, each.faults) for each in auditing.check(db)] == [
        (WORKSPACE, 3, ()),
        (ELSEWHERE, 1, ()),
    ]


def test_replicas_that_add_at_once_make_one_chain(tables_url: str) -> None:
    together = threading.Barrier(4)

    def add(replica: int) -> None:
        with closing(Database(tables_url)) as db:
            together.wait(timeout=20)
            for number in range(5):
                patiently(db, f"D-{replica}{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    with closing(Database(tables_url)) as db:
        assert told(db) == ()
        assert {line.subject for line in entries(db)} == {f"D-{one}{two}" for one in range(4) for two in range(5)}


def patiently(db: Database, subject: str) -> None:
    """As people do who are told that it is busy."""
    for _ in range(50):
        with suppress(DatabaseBusy), db.write() as session:
            note(session, subject)
            return
    raise AssertionError(subject)


def behind_its_back(db: Database, *statements: str) -> None:
    """As somebody would who may do anything with the database."""
    guards = ("audit_no_update", "audit_no_delete", "audit_value_only_erased", "audit_value_no_delete")
    off = (
        [f"DROP TRIGGER {guard}" for guard in guards]
        if db.is_sqlite
        else ["SET LOCAL session_replication_role = replica"]
    )
    with db.write() as session:
        for statement in (*off, *statements):
            session.execute(text(statement))


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["UPDATE audit SET what = 'decision approved' WHERE number = 2"], "Line 2 was changed"),
        (["UPDATE audit_value SET value = '\"U9\"' WHERE number = 2 AND name = 'actor'"], "The actor of line 2 is not"),
        (["DELETE FROM audit_value WHERE number = 2", "DELETE FROM audit WHERE number = 2"], "Line 2 is missing."),
        (["DELETE FROM audit_value WHERE number = 3", "DELETE FROM audit WHERE number = 3"], "Line 3 is missing."),
    ],
)
def test_a_change_behind_its_back_is_found(db: Database, statements: list[str], fault: str) -> None:
    behind_its_back(db, *statements)
    assert any(each.startswith(fault) for each in told(db)), told(db)


def test_a_trail_cut_together_with_its_head_is_found_with_a_copy_kept_elsewhere(db: Database) -> None:
    (before,) = auditing.check(db)
    kept = auditing.read_head(f" {before.head}\n")
    cut = ["DELETE FROM audit_value WHERE number = 3", "DELETE FROM audit WHERE number = 3"]
    head = "UPDATE audit_head SET number = 2, digest = (SELECT digest FROM audit WHERE number = 2)"
    behind_its_back(db, *cut, head)
    (after,) = auditing.check(db, kept)
    assert (after.faults, after.has_copy) == ((), False)


def test_a_copy_of_an_earlier_head_is_known_later(db: Database) -> None:
    (before,) = auditing.check(db)
    with db.write() as session:
        note(session, "D-4")
    (after,) = auditing.check(db, before.head)
    assert after.has_copy


@pytest.mark.parametrize("typed", ["", "3", "3:abc", "x:" + "0" * 64, "3:" + "g" * 64])
def test_what_is_no_head_gets_a_sentence(typed: str) -> None:
    with pytest.raises(auditing.NoHead, match="is no head of an audit trail"):
        auditing.read_head(typed)
