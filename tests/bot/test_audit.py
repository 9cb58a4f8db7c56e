"""`muster audit verify` as whoever runs Muster types it."""

from contextlib import closing
from subprocess import CompletedProcess

from sqlalchemy import text

from services import auditing
from storage import trail
from storage.engine import Database
from tests.bot.command import muster
from tests.team import ANA, NOW, WORKSPACE


def note(url: str, subject: str) -> str:
    """Answers the head after it."""
    with closing(Database(url)) as db:
        with db.write() as session:
            trail.note(session, workspace_id=WORKSPACE, at=NOW, actor_id=ANA, what="decision approved", subject=subject)
        (found,) = auditing.check(db)
        return str(found.head)


def tamper(url: str) -> None:
    with closing(Database(url)) as db, db.write() as session:
        session.execute(text("UPDATE audit_head SET number = 9"))


def verify(url: str, *options: str) -> CompletedProcess[str]:
    return muster("audit", "verify", *options, settings={"DATABASE_URL": url})


def test_it_tells_that_all_is_well_and_which_head_to_keep(tables_url: str) -> None:
    empty = verify(tables_url)
    assert (empty.returncode, empty.stderr) == (0, "")
    assert empty.stdout == "The audit trail is empty: nothing has been decided or changed yet.\n"
    head = note(tables_url, "D-1")
    found = verify(tables_url)
    assert (found.returncode, found.stderr) == (0, "")
    first, second, rest = found.stdout.split("\n", 2)
    assert (first, second) == (f"{WORKSPACE}: 1 line, none missing, none changed.", f"  Head: {head}")
    assert rest.startswith("Keep the head above where whoever runs the database cannot change it")


def test_it_tells_whether_a_head_that_was_kept_still_holds(tables_url: str) -> None:
    head = note(tables_url, "D-1")
    note(tables_url, "D-2")
    found = verify(tables_url, "--head", head)
    assert found.returncode == 0
    assert "Line 1 is the one you kept: everything up to there is as it was." in found.stdout
    other = verify(tables_url, "--head", "1:" + "0" * 64)
    assert other.returncode == 1
    assert "No line is the one you kept" in other.stdout
    wrong = verify(tables_url, "--head", "today")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("muster: today is no head of an audit trail.")


def test_it_tells_what_is_wrong_and_fails(tables_url: str) -> None:
    note(tables_url, "D-1")
    tamper(tables_url)
    found = verify(tables_url)
    assert (found.returncode, found.stderr) == (1, "")
    assert f"{WORKSPACE}: 9 lines, 1 fault:\n  Lines 2 to 9 are missing.\n" in found.stdout
