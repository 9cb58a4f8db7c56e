"""The command line as whoever runs Muster sees it: sentences and exit codes, never a trace."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.client import Client
from sandbox.faults import Kind
from sandbox.server import Sandbox
from tests.bot.command import muster, tokens
from tests.muster import ROOT, OwnProcess


@pytest.mark.parametrize(
    "command",
    ["", "run", "demo", "simulate", "doctor", "manifest", "db", "db upgrade", "export", "export answers", "rituals"],
)
def test_every_command_has_its_help(command: str) -> None:
    answer = muster(*command.split(), "--help")
    assert answer.returncode == 0
    assert "usage: muster" in answer.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--members 1", "A team has 4 to 416 people here."),
        ("--members 5000", "A team has 4 to 416 people here."),
        ("--weeks 0", "must be a number from 1 on"),
        ("--keep README.md/weeks", "README.md/weeks cannot be made or written to (Not a directory)."),
        ("--replay nowhere", "There is nothing to judge in nowhere: nowhere/plan.yaml cannot be read"),
        ("--replay rituals", "There is nothing to judge in rituals: rituals/plan.yaml cannot be read"),
    ],
)
def test_a_simulation_that_cannot_be_gets_a_sentence(words: str, said: str) -> None:
    answer = muster("simulate", *words.split())
    assert answer.returncode in (1, 2)
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_simulation_leaves_alone_what_no_simulation_has_left(tmp_path: Path) -> None:
    database = tmp_path / "muster.db"
    database.write_text("A real one.")
    answer = muster("simulate", "--weeks", "1", "--members", "4", "--keep", str(tmp_path))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"muster: {database} is there already, and no simulation has left it.")
    assert database.read_text() == "A real one."
    assert list(tmp_path.iterdir()) == [database]


@pytest.mark.parametrize(
    ("method", "kind", "said"),
    [
        ("auth.test", "ratelimited", "Slack asks Muster to wait. Start it again in 30 s."),
        ("apps.connections.open", "ratelimited", "Slack asks Muster to wait. Start it again in 30 s."),
        ("users.list", "drop_before", "Slack did not answer at"),
        ("users.list", "error", "Slack does not tell Muster who is in the workspace (missing_scope)."),
    ],
)
def test_a_start_that_slack_does_not_help_with_gets_a_sentence(
    box: Sandbox, tmp_path: Path, method: str, kind: Kind, said: str
) -> None:
    box.faults.add(method, kind, times=1, error="missing_scope", retry_after=30)
    answer = muster("run", settings=tokens(box, tmp_path / "muster.db"))
    box.faults.clear()
    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_ctrl_c_while_it_starts_stops_it_without_a_trace(box: Sandbox, tmp_path: Path) -> None:
    # What was begun in the background of a shell ignores it, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    held = box.faults.add("users.list", "hold")
    command = [sys.executable, "-m", "bot", "run"]
    settings = {f"MUSTER_{name}": value for name, value in tokens(box, tmp_path / "muster.db").items()}
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True) as run:
        assert held.reached.wait(20)
        run.send_signal(signal.SIGINT)
        _said, complained = run.communicate(timeout=20)
    held.release()
    assert (run.returncode, complained) == (130, "")


def test_ctrl_c_is_answered_at_once_and_a_second_one_ends_without_waiting(box: Sandbox, tmp_path: Path) -> None:
    held = box.faults.add("views.publish", "hold", times=9)
    command = [sys.executable, "-m", "bot", "run"]
    settings = {f"MUSTER_{name}": value for name, value in tokens(box, tmp_path / "muster.db").items()}
    with (
        Client(box.url) as people,
        subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True) as run,
    ):
        assert run.stdout
        assert "is connected" in run.stdout.readline()
        people.person("Ana").home(open_tab=True)
        assert held.reached.wait(20)
        run.send_signal(signal.SIGINT)
        assert run.stdout.readline().startswith("Stopping")
        assert run.poll() is None
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=2) == 130
    box.faults.clear()
    held.release()


def test_a_second_muster_on_one_file_is_refused(box: Sandbox, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'muster.db'}"
    first = OwnProcess(box, url)
    first.wait_until_ready()
    try:
        second = muster("run", settings=tokens(box, tmp_path / "muster.db"))
        assert second.returncode == 1
        assert "Another Muster is running" in second.stderr
        lock = (tmp_path / "muster.db.lock").read_text()
        assert int(lock) == first.pid, "whoever looks for the running one finds it"
    finally:
        assert first.stop() == 0


def test_checking_templates_says_file_line_and_what_to_write(tmp_path: Path) -> None:
    bad = tmp_path / "sync.yaml"
    bad.write_text("id: sync\ntitle: Sync\npurpose: p\nwhen: mondays\nwho: [everyone]\nask: []\n")
    answer = muster("rituals", "check", str(bad), str(tmp_path / "gone.yaml"))
    assert answer.returncode == 1
    assert f"{bad}:6: ask: nothing stands here; write a list of questions" in answer.stdout
    assert "gone.yaml: this file cannot be read" in answer.stdout
    assert muster("rituals", "check", "rituals/weekly-sync.yaml").returncode == 0
