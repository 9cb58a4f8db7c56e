"""What `make check` and CI run: each of it can stop them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.project.scratch import ROOT, write

PASSES = "#!/bin/sh\n"
PROGRAMS = ("ruff", "mypy", "lint-imports", "muster", "python")
STEPS = [
    "ruff format --check",
    "ruff check",
    "mypy",
    "lint-imports",
    "muster rituals check",
    "python -m pytest -q tests/project/test_docs.py",
]
SAYS = """#!/bin/sh
said="$(basename "$0") $*"
echo "$said"
case "$said" in "$FAILS"*) exit 1 ;; esac
"""


def program(folder: Path, name: str, text: str) -> None:
    write(folder, name, text)
    (folder / name).chmod(0o755)


def check(folder: Path, *, fails: str) -> subprocess.CompletedProcess[str]:
    """`make check` with programs that only say what they were asked for, of which one fails."""
    for name in PROGRAMS:
        program(folder, name, SAYS)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "-o", "install-all", "check", f"BIN={folder}"],  # noqa: S607 - which make is the reader's choice
        cwd=ROOT, env={**kept, "FAILS": fails}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_whatever_finds_something_stops_the_check(tmp_path: Path, step: str) -> None:
    done = check(tmp_path, fails=step)
    assert done.returncode != 0
    assert done.stdout.splitlines()[-1].startswith(step)


def test_the_check_passes_when_nothing_is_found(tmp_path: Path) -> None:
    done = check(tmp_path, fails="nothing")
    assert done.returncode == 0, done.stderr
    assert len([line for line in done.stdout.splitlines() if line.startswith(PROGRAMS)]) == len(STEPS)


def test_in_ci_nothing_may_be_left_out(tmp_path: Path) -> None:
    """tests/missing.py skips what a machine cannot run, but not there."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    for name in ("python3.13", "apt-get"):
        program(tmp_path / "bin", name, PASSES)
    program(tmp_path / "bin", "ldconfig", "#!/bin/sh\necho libatomic.so.1\n")
    program(tmp_path / "bin", "make", '#!/bin/sh\necho "make $* where CI is $CI"\n')
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    environment = {**kept, "PATH": f"{tmp_path / 'bin'}:{kept['PATH']}", "MUSTER_CHROMIUM": "chromium"}
    done = subprocess.run([tmp_path / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "make test where CI is true\n"), done.stderr
