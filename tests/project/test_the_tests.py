"""What pytest itself refuses and says, seen in a run of its own."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.project.scratch import ROOT, Tool, write

BAD = """
import contextlib, socket, warnings

def test_it_is_good(): pass

def test_it_warns(): warnings.warn("old")

def test_it_leaves_a_socket_open(): socket.socket()

def test_it_reaches_out(): socket.create_connection(("192.0.2.1", 80))

def test_it_reaches_out_in_secret():
    with contextlib.suppress(OSError): socket.create_connection(("192.0.2.1", 80))
"""


@pytest.fixture(autouse=True)
def _shared_fixtures(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for path in (ROOT / "tests").glob("*.py"):
        shutil.copy(path, tmp_path / "tests")


def test_warnings_leaks_and_the_network_fail_a_test(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path, "tests/test_bad.py", BAD)
    done = tool("pytest")
    assert done.returncode == 1
    assert set(re.findall(r"^(?:FAILED|ERROR) tests/test_bad.py::(\w+)", done.stdout, re.MULTILINE)) == {
        "test_it_warns",
        "test_it_leaves_a_socket_open",
        "test_it_reaches_out",
        "test_it_reaches_out_in_secret",
    }


def test_an_unknown_marker_is_refused(tool: Tool, tmp_path: Path) -> None:
    write(tmp_path, "tests/test_bad.py", "import pytest\n@pytest.mark.brwoser\ndef test_it(): pass\n")
    done = tool("pytest")
    assert done.returncode == 2
    assert "'brwoser' not found in `markers`" in done.stdout


@pytest.fixture
def _no_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.delenv("MUSTER_CHROMIUM", raising=False)
    write(tmp_path, "tests/test_page.py", "def test_it_shows(browser): pass\ndef test_it_counts(): pass\n")


@pytest.mark.usefixtures("_no_chromium")
@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_did_not_run_is_named_in_the_last_line(tool: Tool, monkeypatch: pytest.MonkeyPatch, workers: str) -> None:
    monkeypatch.delenv("CI", raising=False)
    done = tool("pytest", "-n", workers)
    assert done.returncode == 0
    assert re.fullmatch(
        r"Not run: 1 test, needs Chromium; to install it: .*chromium libatomic1", done.stdout.splitlines()[-1]
    )


@pytest.mark.usefixtures("_no_chromium")
def test_what_cannot_run_in_ci_is_a_failure(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    done = tool("pytest")
    assert done.returncode == 1
    assert "needs Chromium; to install it: " in done.stdout
    assert "1 passed, 1 error" in done.stdout.splitlines()[-1]
