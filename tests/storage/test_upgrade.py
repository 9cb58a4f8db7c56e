"""A database that an older Muster has filled comes to the tables of a later one, with all that is in it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from sandbox.server import Sandbox
from storage import migrate
from storage.engine import Database
from storage.migrate import Schema
from storage.tables import Row
from tests import records
from tests.checkin.team import ANA, BEN, BERLIN, FRIDAY, GRACE, settle_in
from tests.muster import MANIFEST, settings_for
from tests.project.scratch import copy_python

ROOT = Path(__file__).parents[2]
PACKAGES = ["bot", "briefs", "domain", "handlers", "schedules", "services", "storage", "surface"]
Rows = dict[str, list[Any]]


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it will be: with one migration more."""
    folder = tmp_path_factory.mktemp("later")
    copy_python(PACKAGES, folder)
    shutil.copytree(ROOT / "rituals", folder / "rituals")
    shutil.copy(ROOT / "app.yaml", folder)
    for migration in (Path(__file__).parent / "later").glob("*.py"):
        shutil.copy(migration, folder / "storage" / "migrations" / "versions")
    return folder


@pytest.fixture
def filled(database_url: str) -> str:
    """A team in the middle of a check-in, with a decision and an action item."""
    with closing(Database(database_url)) as db:
        migrate.upgrade(db)
        team = settle_in(db)
        team.at(BERLIN)
        team.answer(ANA, BERLIN, blocked="The GPUs are gone", unblocker=GRACE.id)
        team.skip(BEN, BERLIN)
        records.decision(db, informed=(BEN.id,))
        records.action(db)
    return database_url


def rows(url: str) -> Rows:
    """Everything, by table, in the columns of today."""
    with closing(Database(url)) as db, db.read() as session:
        found = {name: session.execute(select(*table.columns)) for name, table in Row.metadata.tables.items()}
        return {name: sorted(map(repr, lines)) for name, lines in found.items()}


def schema(url: str) -> Schema:
    with closing(Database(url)) as db:
        return migrate.schema(db)


def command(later: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=later, env=environment, capture_output=True, text=True, check=False
    )


def settings(box: Sandbox, url: str) -> dict[str, str]:
    found = settings_for(box, url)
    return {
        "MUSTER_SLACK_BOT_TOKEN": found.bot_token,
        "MUSTER_SLACK_APP_TOKEN": found.app_token,
        "MUSTER_SLACK_API_URL": found.api_url,
        "MUSTER_DATABASE_URL": url,
        "MUSTER_CLOCK_URL": found.clock_url,
    }


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY) as found:
        yield found


def is_upgraded(url: str, before: Rows) -> None:
    assert schema(url) is Schema.NEWER, "to the program of today"
    assert rows(url) == before
    with closing(Database(url)) as db, db.engine.connect() as connection:
        assert set(connection.execute(text("SELECT motto FROM workspace")).scalars()) == {"Ask, then act"}
        assert {key["referred_table"] for key in inspect(connection).get_foreign_keys("prompt")} == {"run", "workspace"}
        with pytest.raises(IntegrityError):
            connection.execute(text("UPDATE prompt SET run_id = 999"))


def test_a_filled_database_is_upgraded_with_all_that_is_in_it(filled: str, later: Path) -> None:
    before = rows(filled)
    assert all(before[name] for name in ("prompt", "answer", "blocker", "delivery", "audit", "decision", "action_item"))
    done = command(later, "db", "upgrade", MUSTER_DATABASE_URL=filled)
    assert (done.returncode, done.stdout, done.stderr) == (0, "The database is up to date now.\n", "")
    is_upgraded(filled, before)
    again = command(later, "db", "upgrade", MUSTER_DATABASE_URL=filled)
    assert again.stdout == "The database was up to date.\n"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_start_upgrades_sqlite_after_a_copy(filled: str, later: Path, box: Sandbox, sqlite_url: str) -> None:
    before = rows(filled)
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=later, env={**os.environ, **settings(box, filled)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with running:
        assert running.stdout
        assert "connected" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
    copy = f"{sqlite_url}.before-upgrade"
    assert schema(copy) is Schema.CURRENT
    assert rows(copy) == before
    assert schema(filled) is Schema.NEWER
    assert rows(filled)["answer"] == before["answer"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_start_on_an_older_postgresql_is_refused_with_the_command_to_type(
    filled: str, later: Path, box: Sandbox
) -> None:
    before = rows(filled)
    done = command(later, "run", **settings(box, filled))
    assert done.returncode == 1
    assert done.stderr.endswith("was made by an older Muster. Type `muster db upgrade`, after a backup.\n")
    assert schema(filled) is Schema.CURRENT, "to the program of today"
    assert rows(filled) == before
