"""`make` as a newcomer types it, in a pretend project whose only needs lie beside it."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from sandbox.client import eventually
from tests.project.backend import wheel
from tests.project.scratch import ROOT, write

PROJECT = """
[project]
name = "muster"
version = "1.0"

[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
OF_ANOTHER_MAKE = ("MAKEFLAGS", "MAKELEVEL", "PYTHON")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Muster's Makefile and installer with a package of its own; nothing is fetched."""
    for name in ("Makefile", "locks/install", "locks/install.py", "tests/project/backend.py"):
        copy = tmp_path / name.removeprefix("tests/project/")
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, copy)
    write(tmp_path, "pyproject.toml", PROJECT)
    need = wheel(tmp_path, "need", "")
    write(tmp_path, "locks/runtime.txt", f"need==1.0 --hash=sha256:{hashlib.sha256(need.read_bytes()).hexdigest()}\n")
    for name in OF_ANOTHER_MAKE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return tmp_path


def make(folder: Path, target: str) -> str:
    done = subprocess.run(["make", target], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S607 - which make is the reader's choice
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_second_make_installs_nothing(project: Path) -> None:
    assert "muster: done in" in make(project, "demo")
    assert make(project, "demo") == "Muster runs.\n"


def test_an_install_that_was_killed_begins_again(project: Path) -> None:
    (project / "slow").touch()
    making = subprocess.Popen(["make", "demo"], cwd=project, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S607 - the same
    assert eventually((project / "installing").exists, within=60)
    os.killpg(making.pid, signal.SIGKILL)
    making.wait()
    (project / "slow").unlink()
    again = make(project, "demo")
    assert "Making .venv" in again
    assert again.endswith("Muster runs.\n")


def test_what_the_pages_say_to_type_is_what_make_offers() -> None:
    pages = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    typed = set(re.findall(r"^ *(?:\| `)?make ([a-z]+)", pages, re.MULTILINE))
    assert {"demo", "test"} <= typed
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert typed <= set(targets)
    offered = set(re.findall(r"^  ([a-z]+) ", make(ROOT, "help"), re.MULTILINE))
    assert offered == {name for name in targets if not name.startswith("install")}
