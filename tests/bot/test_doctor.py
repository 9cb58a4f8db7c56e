"""What `muster doctor` finds, and how it says to mend it."""

import re
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import update

from bot.doctor import _clock, _line, _summary
from domain.calendars import Calendar
from domain.clock import machine_now
from domain.deliveries import Kind as DeliveryKind
from sandbox.server import Sandbox
from services import opening
from services.secrets import Secrets, new_key
from services.troubles import WORDS
from storage import calendars
from storage.engine import Database
from storage.migrate import upgrade
from storage.tables import ChannelRow, DeliveryRow, PersonRow, PromptRow, WorkspaceRow
from tests.bot.command import muster, tokens
from tests.checkin.team import BERLIN, settle_in
from tests.muster import FRIDAY, MANIFEST
from tests.team import BEN, WORKSPACE, settle


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
        ({"DATABASE_URL": "sqlite:///nowhere/muster.db"}, "nowhere\n      Make it, or check MUSTER_DATABASE_URL."),
        ({"DATABASE_URL": "sqlite:///no-database"}, "cannot be opened: file is not a database"),
        ({"DATABASE_URL": "sqlite:///no-database"}, "?     deliveries: not known while the database cannot be read"),
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


@pytest.mark.parametrize(
    ("emoji", "said"), [("scales", "MEND  reactions: are not shown to Muster"), ("", "All is well.")]
)
def test_the_doctor_minds_a_missing_optional_scope_only_where_it_is_used(tmp_path: Path, emoji: str, said: str) -> None:
    manifest = tmp_path / "app.yaml"
    less = [line for line in MANIFEST.read_text().splitlines() if "reaction" not in line and "bot_optional" not in line]
    manifest.write_text("\n".join(less))
    with Sandbox(seed="demo", manifest=manifest, start=FRIDAY, rate_limits=False) as poor:
        settings = tokens(poor, tmp_path / "muster.db")
        assert muster("db", "upgrade", settings=settings).returncode == 0
        db = Database(settings["DATABASE_URL"])
        with db.write() as session:
            session.add(WorkspaceRow(id="T1", decision_emoji=emoji))
        db.close()
        assert said in muster("doctor", settings=settings).stdout


def test_the_doctor_says_that_the_field_of_managers_is_gone(box: Sandbox, tmp_path: Path) -> None:
    settings = tokens(box, tmp_path / "muster.db")
    assert muster("db", "upgrade", settings=settings).returncode == 0
    db = Database(settings["DATABASE_URL"])
    with db.write() as session:
        session.add(WorkspaceRow(id="T1", manager_field="Boss", manager_field_trouble="no_such_field"))
    db.close()
    answer = muster("doctor", settings=settings)
    assert "MEND  managers: the field “Boss” of Slack's profiles cannot be read" in answer.stdout
    assert "No field of profiles is called so here." in answer.stdout


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
    assert "a summary for #forecast: refused: is_archived\n      Unarchive the channel in Slack.\n" in answer.stdout
    assert "a reminder for Ana: fatal_error, next try" in answer.stdout
    assert "a digest for the unknown person U9: posted again" in answer.stdout
    assert (
        "a check-in for Ana: too late, after missing_scope\n      Paste what `muster manifest` prints" in answer.stdout
    )
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
    opening.open_due(db, now=BERLIN)
    with db.write() as session:
        session.execute(update(PromptRow).values(state="missed", missed="down", due_at=machine_now()))
    db.close()
    answer = muster("doctor", settings=settings)
    assert answer.returncode == 1
    assert "Not asked, because Muster was not running: Ana, Ben, Dev and Grace" in answer.stdout
    assert "Let the machine start Muster by itself" in answer.stdout


def test_the_doctor_does_not_mind_waits_that_slack_asked_for_unless_they_go_on(box: Sandbox, tmp_path: Path) -> None:
    now = machine_now()
    waiting: dict[str, Any] = {"person_id": "U1", "failure": "ratelimited", "next_at": now}
    answer = in_trouble(
        tokens(box, tmp_path / "muster.db"),
        delivery("1", "prompt", limited_since=now - timedelta(minutes=10), **waiting),
        delivery("2", "digest", limited_since=now - timedelta(minutes=20), **waiting),
    )
    assert "a check-in for Ana" not in answer.stdout
    assert "MEND  delivery: a digest for Ana: Slack goes on asking to wait, next try" in answer.stdout


def test_without_tokens_the_doctor_does_not_ask_slack(box: Sandbox, tmp_path: Path) -> None:
    found = {**tokens(box, tmp_path / "muster.db"), "SLACK_APP_TOKEN": ""}
    asked = len(box.log.calls("auth.test"))
    answer = muster("doctor", settings=found)
    assert answer.returncode == 1
    assert "?     Slack: was not asked" in answer.stdout
    assert len(box.log.calls("auth.test")) == asked
    assert "1 of" in answer.stdout


def test_what_cannot_be_looked_at_is_neither_fine_nor_to_be_mended() -> None:
    dateless = {"team": "Northlight"}
    found = _clock(dateless)
    assert (found.unknown, found.mend) == (True, "")
    assert _line(found).startswith("?     clock: could not be compared")
    assert _summary(8, 0, 1) == "Nothing needs mending; 1 of 8 could not be looked at."


def test_every_kind_of_delivery_has_words() -> None:
    assert set(WORDS) == set(DeliveryKind)


def test_the_doctor_makes_a_key_while_there_is_none_and_finds_what_no_key_decrypts(
    box: Sandbox, tmp_path: Path
) -> None:
    found = tokens(box, tmp_path / "muster.db")
    without = muster("doctor", settings=found)
    assert without.returncode == 0
    (key,) = re.findall(r"MUSTER_SECRET_KEY=(\S+) into .env", without.stdout)
    assert "secret key: is set" in muster("doctor", settings={**found, "SECRET_KEY": key}).stdout
    with closing(Database(found["DATABASE_URL"])) as db:
        upgrade(db)
        settle(db)
        with db.write() as session:
            sealed = Secrets([new_key()]).seal("https://calendar.example.com/private.ics")
            calendar = Calendar(BEN, "calendar.example.com")
            calendars.follow(session, workspace_id=WORKSPACE, calendar=calendar, sealed=sealed, now=FRIDAY)
    lost = muster("doctor", settings={**found, "SECRET_KEY": key})
    assert lost.returncode == 1
    assert "MEND  secret key: 1 calendar cannot be read: no key decrypts the address" in lost.stdout
    assert "private.ics" not in lost.stdout
