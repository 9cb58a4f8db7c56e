"""What `muster doctor` says of the database, which it only reads."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from bot.doctor_database import database as look
from bot.findings import Finding
from bot.settings import Settings
from sandbox.server import Sandbox
from storage import migrate
from storage.engine import Database
from storage.migrate import Schema
from storage.tables import WorkspaceRow
from tests.bot.command import muster, tokens
from tests.databases import text_of
from tests.muster import OwnProcess

NOBODY = 65534
LIKE_OTHERS = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Starts a command to which permissions mean something, also when the tests are run by root."""


@pytest.fixture
def path(_sqlite_tables: Path, tmp_path: Path) -> Path:
    """An up-to-date database in a folder of its own."""
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(_sqlite_tables, tmp_path / "data" / "muster.db"))


@pytest.fixture
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program with a write transaction that does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE another (id INT)")
        yield other


def of_file(path: Path) -> list[Finding]:
    return list(look(Settings(database_url=text_of(URL.create("sqlite", database=str(path))))))


def beside(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def let_only(part: Path, mode: int) -> None:
    """Nobody may do more with it, and only whoever owns it may change that: not root where root starts the tests."""
    part.chmod(mode)
    if os.geteuid() == 0:
        os.chown(part, NOBODY, NOBODY)


def test_it_changes_nothing_on_the_disk(path: Path) -> None:
    before = beside(path)
    assert [finding.found for finding in of_file(path)] == [
        f"{path} is current",
        "none is in trouble",
        "everybody was asked in time this week",
    ]
    assert beside(path) == before


def test_it_makes_no_database_and_says_who_does(tmp_path: Path) -> None:
    found = of_file(tmp_path / "muster.db")
    assert found == [Finding("database", f"there is no {tmp_path / 'muster.db'} yet; `muster run` makes it")]
    assert list(tmp_path.iterdir()) == []


def test_it_waits_for_nobody_who_writes(box: Sandbox, path: Path, writing: sqlite3.Connection) -> None:
    answer = muster("doctor", settings=tokens(box, path))
    assert f"ok    database: {path} is current" in answer.stdout
    assert answer.returncode == 0
    writing.execute("COMMIT")


def test_it_looks_on_while_muster_runs(box: Sandbox, path: Path) -> None:
    settings = tokens(box, path)
    running = OwnProcess(box, settings["DATABASE_URL"])
    running.wait_until_ready()
    try:
        answer = muster("doctor", settings=settings)
    finally:
        assert running.stop() == 0
    assert "ok    deliveries: none is in trouble" in answer.stdout
    assert answer.returncode == 0


def test_it_reads_what_it_may_not_write(box: Sandbox, path: Path) -> None:
    let_only(path, 0o444)
    let_only(path.parent, 0o555)
    answer = muster("doctor", settings=tokens(box, path), before=LIKE_OTHERS)
    assert f"database: {path} is current" in answer.stdout
    assert "ok    deliveries: none is in trouble" in answer.stdout
    said = "so start Muster as the user nobody" if LIKE_OTHERS else "let yourself write there (chmod)"
    assert said in answer.stdout
    assert list(beside(path)) == ["muster.db"]


def test_it_reads_what_it_may_not_write_beside_a_program_that_writes(
    box: Sandbox, path: Path, writing: sqlite3.Connection
) -> None:
    for part in (*path.parent.iterdir(), path.parent):
        let_only(part, 0o555)
    answer = muster("doctor", settings=tokens(box, path), before=LIKE_OTHERS)
    assert "ok    deliveries: none is in trouble" in answer.stdout


def closed(path: Path) -> None:
    let_only(path, 0o000)


def in_a_closed_folder(path: Path) -> None:
    let_only(path.parent, 0o000)


def where_nothing_can_be_made(path: Path) -> None:
    path.unlink()
    let_only(path.parent, 0o555)


def left_open(path: Path) -> None:
    """As after a copy of some of its files."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE another (id INT)")
        kept = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(kept)
    let_only(path.parent, 0o555)


@pytest.mark.parametrize(
    ("spoil", "found", "mend"),
    [
        (closed, "may not read muster.db", "read it"),
        (in_a_closed_folder, "may not look into its folder", "look into it"),
        (where_nothing_can_be_made, "and it cannot be made", "write there"),
        (left_open, "it was not closed, and reading it then takes the right to write in", "or start Muster once"),
    ],
)
def test_what_it_may_not_do_names_who_may(
    box: Sandbox, path: Path, spoil: Callable[[Path], None], found: str, mend: str
) -> None:
    spoil(path)
    answer = muster("doctor", settings=tokens(box, path), before=LIKE_OTHERS)
    path.parent.chmod(0o755)
    assert answer.stderr == ""
    lines = answer.stdout.splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("MEND  database"))
    assert found in lines[place]
    assert mend in lines[place + 1]
    assert ("the user nobody" if LIKE_OTHERS else "") in lines[place + 1]


def in_no_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_diary(path: Path) -> None:
    path.write_text("Dear diary. " * 100)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60_000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def revision(number: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("UPDATE alembic_version SET version_num = ?", (number,))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "found", "mend"),
    [
        (in_no_folder, "there is no folder", "Make it, or check MUSTER_DATABASE_URL."),
        (a_folder, "that is a folder", "Let MUSTER_DATABASE_URL name a file, such as muster.db/muster.db."),
        (a_diary, "file is not a database", "that file is something else"),
        (cut_short, "malformed", "put your last copy of it in its place"),
        (revision("0001"), "was made by an older Muster", "Stop Muster and start it again: it copies the file first"),
        (revision("9999"), "was made by a newer Muster", "Install the newer Muster again"),
        (empty, "is empty; `muster run` makes its tables", ""),
    ],
)
def test_each_file_that_is_not_right_has_its_own_remedy(
    path: Path, spoil: Callable[[Path], None], found: str, mend: str
) -> None:
    spoil(path)
    finding, *others = of_file(path)
    assert found in finding.found
    assert mend in finding.mend
    assert bool(mend) == bool(finding.mend)
    assert all(other.unknown for other in others)


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_file_that_is_held_alone_is_said_to_be_held(path: Path, mode: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE another (id INT)")
        finding = of_file(path)[0]
    assert finding.found == f"{path} cannot be opened: another program holds it"
    assert finding.mend.startswith("Close the program that holds it")


def test_a_name_with_signs_that_mean_something_in_an_address_is_read(path: Path) -> None:
    odd = path.rename(path.with_name("a b#1%41.db"))
    assert of_file(odd)[0].found == f"{odd} is current"


def test_what_is_opened_to_read_refuses_to_write(database: Database) -> None:
    with closing(Database(text_of(database.url), read_only=True)) as db:
        assert migrate.schema(db) is Schema.CURRENT
        with pytest.raises(DBAPIError, match=r"readonly|read-only"), db.write() as session:
            session.add(WorkspaceRow(id="T1"))


def of_server(url: str | URL) -> Finding:
    return next(look(Settings(database_url=text_of(make_url(url)))))


def test_on_a_server_it_waits_for_nobody_who_writes(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as db:
        assert of_server(postgres_url).found.endswith("is empty; `muster run` makes its tables")
        migrate.upgrade(db)
        with db.write() as session:
            session.add(WorkspaceRow(id="T1"))
            session.flush()
            assert of_server(postgres_url).found.endswith("is current")
            session.execute(text("LOCK TABLE alembic_version"))
            assert of_server(postgres_url).found.endswith("another program holds it")


def test_each_server_that_is_not_right_has_its_own_remedy(postgres_url: str) -> None:
    url = make_url(postgres_url)
    role = f"poor_{url.database}"
    with (
        closing(Database(postgres_url)) as db,
        psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as server,
    ):
        migrate.upgrade(db)
        server.execute("UPDATE alembic_version SET version_num = '0001'")
        assert of_server(postgres_url).mend == "Make a backup, then type `muster db upgrade`."
        server.execute(f"CREATE ROLE {role} LOGIN")
        try:
            assert "GRANT" in of_server(url.set(username=role)).mend
        finally:
            server.execute(f"DROP ROLE {role}")
    assert "check the name in MUSTER_DATABASE_URL" in of_server(url.set(database="gone")).mend
    assert "check the user in MUSTER_DATABASE_URL" in of_server(url.set(username="ghost")).mend
