"""The command line as whoever runs Muster sees it: sentences and exit codes, never a trace."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import update

from domain.clock import machine_now
from domain.deliveries import Kind as DeliveryKind
from sandbox.faults import Kind
from sandbox.server import Sandbox
from services import runs
from services.troubles import WORDS
from storage.engine import Database
from storage.tables import ChannelRow, DeliveryRow, PersonRow, PromptRow, WorkspaceRow
from tests.checkin.team import BERLIN, settle_in
from tests.muster import FRIDAY, MANIFEST, ROOT, OwnProcess, settings_for


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as found:
        yield found


def muster(
    *arguments: str, cwd: Path = ROOT, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs `muster` with only those settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        **{f"MUSTER_{name}": value for name, value in (settings or {}).items()},
    }
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=60)


def tokens(box: Sandbox, database: Path, **other: str) -> dict[str, str]:
    found = settings_for(box, f"sqlite:///{database}")
    return {
        "SLACK_BOT_TOKEN": found.bot_token,
        "SLACK_APP_TOKEN": found.app_token,
        "SLACK_API_URL": found.api_url,
        "DATABASE_URL": found.database_url,
        **other,
    }


@pytest.mark.parametrize("command", ["", "run", "demo", "doctor", "db", "db upgrade", "rituals", "rituals check"])
def test_every_command_has_its_help(command: str) -> None:
    answer = muster(*command.split(), "--help")
    assert answer.returncode == 0
    assert "usage: muster" in answer.stdout


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "MUSTER_SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "MUSTER_SLACK_APP_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "MUSTER_SLACK_BOT_TOKEN does not begin with xoxb-"),
        ({"SLACK_SIGNING_SECRET": "x"}, "Muster can only use Socket Mode yet"),
        ({"SLACK_BOT_TOKE": "x"}, "MUSTER_SLACK_BOT_TOKE is no setting of Muster"),
        ({"DATABASE_URL": "mysql://x"}, "MUSTER_DATABASE_URL is not understood"),
        ({"DATABASE_URL": "sqlite://"}, "MUSTER_DATABASE_URL names no database that lasts"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "MUSTER_DATABASE_URL names no database that lasts"),
        ({"DATABASE_URL": "postgresql://muster@host"}, "MUSTER_DATABASE_URL names no database that lasts"),
    ],
)
def test_a_wrong_setting_gets_a_sentence(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    answer = muster("run", cwd=tmp_path, settings=settings)
    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refuses MUSTER_SLACK_BOT_TOKEN (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack refuses MUSTER_SLACK_APP_TOKEN (invalid_auth)"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack did not answer at http://127.0.0.1:9/api/"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}, "cannot be opened"),
        ({"DATABASE_URL": "sqlite:///no-database"}, "file is not a database"),
        ({"DATABASE_URL": "sqlite:///nowhere/muster.db"}, "nowhere/muster.db.lock is not there"),
        ({"RITUALS": "broken"}, "bad.yaml:1: this is not readable as YAML"),
        ({"RITUALS": "empty"}, "There is no template in empty."),
        ({"RITUALS": "gone"}, "There is no template in gone."),
    ],
)
def test_a_start_that_cannot_succeed_gets_a_sentence(
    box: Sandbox, tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "bad.yaml").write_text("id: [")
    (tmp_path / "empty").mkdir()
    (tmp_path / "no-database").write_text("Dear diary. " * 100)
    answer = muster("run", cwd=tmp_path, settings=tokens(box, tmp_path / "muster.db", **wrong))
    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


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
    held = box.faults.add("users.list", "hold")
    command = [sys.executable, "-m", "bot", "run"]
    settings = {f"MUSTER_{name}": value for name, value in tokens(box, tmp_path / "muster.db").items()}
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True) as run:
        assert held.reached.wait(20)
        run.send_signal(signal.SIGINT)
        _said, complained = run.communicate(timeout=20)
    held.release()
    assert run.returncode == 130
    assert complained == ""


def test_settings_may_stand_in_a_file_and_the_environment_goes_first(box: Sandbox, tmp_path: Path) -> None:
    found = tokens(box, tmp_path / "muster.db")
    (tmp_path / ".env").write_text("".join(f"MUSTER_{name}={value}\n" for name, value in found.items()))
    assert muster("doctor", cwd=tmp_path).returncode == 0
    assert muster("doctor", cwd=tmp_path, settings={"SLACK_BOT_TOKEN": "xoxb-wrong"}).returncode == 1


def test_the_doctor_says_how_to_mend_each_thing(box: Sandbox, tmp_path: Path) -> None:
    found = tokens(box, tmp_path / "muster.db")
    well = muster("doctor", settings=found)
    assert (well.returncode, "All is well." in well.stdout) == (0, True)
    ill = muster("doctor", settings={**found, "SLACK_BOT_TOKEN": "xoxb-wrong"})
    assert ill.returncode == 1
    assert "MEND  bot token: Slack refuses it (invalid_auth)" in ill.stdout
    assert "Copy MUSTER_SLACK_BOT_TOKEN again" in ill.stdout


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DATABASE_URL": "sqlite:///nowhere/muster.db"}, "Make the folder nowhere, or check MUSTER_DATABASE_URL."),
        ({"DATABASE_URL": "sqlite:///no-database"}, "cannot be opened: file is not a database"),
        ({"RITUALS": "gone"}, "There is no template in gone."),
    ],
)
def test_the_doctor_finds_what_would_keep_muster_from_starting(
    box: Sandbox, tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    (tmp_path / "no-database").write_text("Dear diary. " * 100)
    answer = muster("doctor", cwd=tmp_path, settings=tokens(box, tmp_path / "muster.db", **wrong))
    assert answer.returncode == 1
    assert said in answer.stdout
    assert "Traceback" not in answer.stderr


def test_the_doctor_names_missing_scopes(tmp_path: Path) -> None:
    manifest = tmp_path / "app.yaml"
    less = "\n".join(line for line in MANIFEST.read_text().splitlines() if "- im:history" not in line)
    manifest.write_text(less)
    with Sandbox(seed="demo", manifest=manifest, start=FRIDAY, rate_limits=False) as poor:
        answer = muster("doctor", settings=tokens(poor, tmp_path / "muster.db"))
    assert "MEND  scopes: not granted: im:history" in answer.stdout


def in_trouble(settings: Mapping[str, str], *rows: DeliveryRow) -> subprocess.CompletedProcess[str]:
    """What the doctor says of those deliveries in a workspace with #forecast, Ana, and Gone who left."""
    assert muster("db", "upgrade", settings=settings).returncode == 0
    db = Database(settings["DATABASE_URL"])
    with db.write() as session:
        session.add(WorkspaceRow(id="T1"))
        session.flush()
        session.add(ChannelRow(workspace_id="T1", id="C1", name="forecast"))
        session.add(PersonRow(workspace_id="T1", id="U1", name="Ana"))
        session.add(PersonRow(workspace_id="T1", id="U2", name="Gone", left=True))
        session.add_all(rows)
    db.close()
    return muster("doctor", settings=settings)


def delivery(key: str, kind: str = "run", *, days_ago: int = 0, **values: Any) -> DeliveryRow:
    claimed_at = machine_now() - timedelta(days=days_ago, minutes=1)
    return DeliveryRow(id=key, workspace_id="T1", key=key, kind=kind, claimed_at=claimed_at, **values)


def test_the_doctor_shows_deliveries_in_trouble_by_name(box: Sandbox, tmp_path: Path) -> None:
    answer = in_trouble(
        tokens(box, tmp_path / "muster.db"),
        delivery("1", channel_id="C1", ended="refused: is_archived"),
        delivery("2", "reminder", person_id="U1", failures=3, failure="fatal_error", next_at=machine_now()),
        delivery("3", "digest", person_id="U9", unchecked=1),
        delivery("4", "prompt", person_id="U1", ended="too late", failures=2, failure="missing_scope"),
    )
    assert answer.returncode == 1
    assert "a summary for #forecast: refused: is_archived\n      Unarchive the channel" in answer.stdout
    assert "a reminder for Ana: fatal_error, next try" in answer.stdout
    assert "a digest for the unknown person U9: posted again" in answer.stdout
    assert "a check-in for Ana: too late, after missing_scope\n      Paste app.yaml" in answer.stdout
    assert "4 of" in answer.stdout


def test_the_doctor_says_nothing_of_what_needs_nothing_or_is_long_over(box: Sandbox, tmp_path: Path) -> None:
    answer = in_trouble(
        tokens(box, tmp_path / "muster.db"),
        delivery("1", person_id="U1", ended="refused: user_disabled"),
        delivery("2", person_id="U1", ended="refused: message_not_found"),
        delivery("3", person_id="U2", ended="refused: messages_tab_disabled"),
        delivery("4", channel_id="C1", ended="refused: is_archived", failures=3, days_ago=7),
        delivery("5", channel_id="C1", unchecked=1, days_ago=7),
    )
    assert "none is in trouble" in answer.stdout
    assert answer.returncode == 0


def test_the_doctor_goes_on_about_what_is_still_tried_and_lists_at_most_twenty(box: Sandbox, tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "channel_id": "C1",
        "failures": 3,
        "failure": "fatal_error",
        "next_at": machine_now(),
        "days_ago": 30,
    }
    answer = in_trouble(tokens(box, tmp_path / "muster.db"), *(delivery(str(number), **values) for number in range(21)))
    assert answer.stdout.count("a summary for #forecast") == 20


def test_the_doctor_says_why_people_were_not_asked(box: Sandbox, tmp_path: Path) -> None:
    settings = tokens(box, tmp_path / "muster.db")
    assert muster("db", "upgrade", settings=settings).returncode == 0
    db = Database(settings["DATABASE_URL"])
    settle_in(db)
    runs.open_due(db, now=BERLIN)
    with db.write() as session:
        session.execute(update(PromptRow).values(state="missed", missed="down", due_at=machine_now()))
    db.close()
    answer = muster("doctor", settings=settings)
    assert answer.returncode == 1
    assert "Not asked, because Muster was not running: Ana, Ben, Dev and Grace" in answer.stdout
    assert "Let the machine start Muster by itself" in answer.stdout


def test_every_kind_of_delivery_has_words() -> None:
    assert set(WORDS) == set(DeliveryKind)


def test_a_second_muster_on_one_file_is_refused(box: Sandbox, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'muster.db'}"
    first = OwnProcess(box, url)
    first.wait_until_ready()
    try:
        second = muster("run", settings=tokens(box, tmp_path / "muster.db"))
        assert second.returncode == 1
        assert "Another Muster is running" in second.stderr
    finally:
        assert first.stop() == 0


def test_checking_templates_says_file_line_and_what_to_write(tmp_path: Path) -> None:
    bad = tmp_path / "sync.yaml"
    bad.write_text("id: sync\ntitle: Sync\npurpose: p\nwhen: mondays\nwho: [everyone]\nask: []\n")
    answer = muster("rituals", "check", str(bad), str(tmp_path / "gone.yaml"))
    assert answer.returncode == 1
    assert f'{bad}:1: the key "ask" is missing' in answer.stdout
    assert "gone.yaml: this file cannot be read" in answer.stdout
    assert muster("rituals", "check", "rituals/weekly-sync.yaml").returncode == 0
