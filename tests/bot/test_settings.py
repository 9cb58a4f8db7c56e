"""Settings that are wrong, missing or lead nowhere: a sentence that says what to do, never a trace."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import read_settings
from domain.errors import UserError
from sandbox.server import Sandbox
from services.secrets import Secrets, new_key
from tests.bot.command import muster, tokens


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "MUSTER_SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "MUSTER_SLACK_APP_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "MUSTER_SLACK_BOT_TOKEN does not begin with xoxb-"),
        ({"SLACK_SIGNING_SECRET": "x"}, "MUSTER_SLACK_BOT_TOKEN is not set"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "hidden"},
            "MUSTER_SLACK_SIGNING_SECRET for HTTP, and both are set. Take out the one you do not use.",
        ),
        ({"PORT": "http"}, "MUSTER_PORT is no port. Write 3000, or 0.0.0.0:3000 to let other machines in."),
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
    assert "hidden" not in answer.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refuses MUSTER_SLACK_BOT_TOKEN (invalid_auth)"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack refuses MUSTER_SLACK_APP_TOKEN (invalid_auth)"),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack did not answer at http://127.0.0.1:9/api/"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/x"}, "cannot be opened"),
        ({"DATABASE_URL": "sqlite:///no-database"}, "file is not a database"),
        ({"DATABASE_URL": "sqlite:///nowhere/muster.db"}, "nowhere. Make it, or check MUSTER_DATABASE_URL."),
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


def test_settings_may_stand_in_a_file_and_the_environment_goes_first(box: Sandbox, tmp_path: Path) -> None:
    found = tokens(box, tmp_path / "muster.db")
    (tmp_path / ".env").write_text("".join(f"MUSTER_{name}={value}\n" for name, value in found.items()))
    assert muster("doctor", cwd=tmp_path).returncode == 0
    assert muster("doctor", cwd=tmp_path, settings={"SLACK_BOT_TOKEN": "xoxb-wrong"}).returncode == 1


def refusal(name: str, value: str) -> str:
    with pytest.raises(UserError) as refused:
        read_settings({f"MUSTER_{name}": value}, Path("nowhere"))
    return str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:se@cret@127.0.0.1/x",
        "postgresql://u:s/e@c/ret@127.0.0.1/x",
        "postgresql://u:s@e#cret@127.0.0.1/x",
        "postgresql://u:secret@127.0.0.1:bad/x",
        "postgresql://u:secret@[::1/x",
        "postgresql+asyncpg://u:secret@127.0.0.1/x",
        "sqlite+aiosqlite:///secret.db",
        "sqlite://secret/x.db",
        "secret",
    ],
)
def test_a_database_url_that_cannot_be_understood_is_explained_and_not_repeated(url: str) -> None:
    said = refusal("DATABASE_URL", url)
    assert "Write sqlite:///muster.db or postgresql://user:password@host/name." in said
    assert "In the password escape @ / # as %40 %2F %23." in said
    assert "cret" not in said


def test_sqlite_takes_no_options() -> None:
    assert "SQLite takes none here" in refusal("DATABASE_URL", "sqlite:///x.db?foo=1")


@pytest.mark.parametrize("name", ["SLACK_API_URL", "CLOCK_URL", "PUBLIC_URL"])
@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "foo",
        "ftp://x/",
        "http://",
        "http://h:bad/",
        "http://[::1/",
        "http://a b/",
        "http://a?b",
        "http://a#b",
    ],
)
def test_what_is_no_web_address_is_said_to_be_none(name: str, value: str) -> None:
    assert refusal(name, value).startswith(f"MUSTER_{name} is no web address. Write http")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("postgres://u:p@h/x", "postgresql+psycopg://u:p@h/x"),
        ("postgresql+psycopg://u:p@h/x", "postgresql+psycopg://u:p@h/x"),
        (
            "postgresql://u:a%40b%2Fc%23@h:5433/x?sslmode=require",
            "postgresql+psycopg://u:a%40b%2Fc%23@h:5433/x?sslmode=require",
        ),
        ("postgresql:///x?host=/run/pg", "postgresql+psycopg:///x?host=%2Frun%2Fpg"),
        ("sqlite:////var/lib/m@x#.db", "sqlite:////var/lib/m%40x%23.db"),
    ],
)
def test_database_urls_that_are_right_are_taken(url: str, kept: str) -> None:
    assert read_settings({"MUSTER_DATABASE_URL": url}, Path("nowhere")).database_url == kept


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("", "127.0.0.1:3000"),
        ("8080", "127.0.0.1:8080"),
        ("0.0.0.0:8080", "0.0.0.0:8080"),
        ("muster.internal:65535", "muster.internal:65535"),
        ("[::1]:8080", "[::1]:8080"),
    ],
)
def test_a_port_alone_lets_only_this_machine_in(given: str, understood: str) -> None:
    assert str(read_settings({"MUSTER_PORT": given}, Path("nowhere")).address) == understood


@pytest.mark.parametrize("given", ["0", "65536", "-1", "8080/", ":8080", "::1:8080", "a b:1", "1.5", "\uff18\uff10"])
def test_what_is_no_port_is_said_to_be_none(given: str) -> None:
    assert refusal("PORT", given).startswith("MUSTER_PORT is no port.")


TOKEN = "MUSTER_SLACK_BOT_TOKEN=xoxb-1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_saved_with_a_mark_before_it_is_read_like_one_without(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / ".env"
    path.write_text(TOKEN, encoding=encoding)
    assert read_settings({}, path).bot_token == "xoxb-1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("command", ["run", "doctor", "db upgrade"])
def test_a_file_saved_in_another_encoding_gets_a_sentence(tmp_path: Path, encoding: str, command: str) -> None:
    (tmp_path / ".env").write_text(TOKEN, encoding=encoding)
    answer = muster(*command.split(), cwd=tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith("muster: .env cannot be read as text. Save it anew as UTF-8")


@pytest.mark.parametrize("command", ["run", "doctor", "db upgrade"])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:bad/x"}, "MUSTER_DATABASE_URL is not understood"),
        ({"SLACK_API_URL": "nonsense"}, "MUSTER_SLACK_API_URL is no web address"),
        (
            {"DATABASE_URL": "postgresql://u:hushhush@127.0.0.1:9/x?foo=1"},
            'x on 127.0.0.1:9 cannot be opened: invalid connection option "foo"',
        ),
        (
            {"DATABASE_URL": "postgresql://u:hushhush@127.0.0.1:9/x"},
            "x on 127.0.0.1:9 cannot be opened: Connection refused",
        ),
    ],
)
def test_each_command_says_what_is_wrong(
    box: Sandbox, tmp_path: Path, command: str, wrong: dict[str, str], said: str
) -> None:
    answer = muster(*command.split(), settings=tokens(box, tmp_path / "muster.db", **wrong))
    assert answer.returncode == 1
    assert said in answer.stderr + answer.stdout
    assert "Traceback" not in answer.stderr
    assert "hushhush" not in answer.stderr + answer.stdout
    assert "?." not in answer.stderr + answer.stdout


@pytest.mark.parametrize("command", ["run", "doctor"])
@pytest.mark.parametrize("path", ["http://127.0.0.1:9/clock", "{box}/nowhere", "{box}/page/workspace"])
def test_a_clock_that_does_not_answer_is_named(box: Sandbox, tmp_path: Path, command: str, path: str) -> None:
    url = path.format(box=box.url)
    answer = muster(command, settings=tokens(box, tmp_path / "muster.db", CLOCK_URL=url))
    assert answer.returncode == 1
    assert f"No sandbox's clock answers at {url}" in answer.stderr + answer.stdout
    assert "Traceback" not in answer.stderr


def test_keys_stand_in_a_list_and_what_is_no_key_is_named() -> None:
    keys = [new_key(), new_key()]
    found = read_settings({"MUSTER_SECRET_KEY": f" {keys[0]} , {keys[1]},"}, Path("nowhere"))
    assert found.secrets.open(Secrets(keys[1:]).seal("x")) == "x"
    assert not read_settings({}, Path("nowhere")).secrets.can_keep
    for wrong in ("hushhush", f"{keys[0]},hushhush", f"{keys[0]} {keys[1]}"):
        said = refusal("SECRET_KEY", wrong)
        assert "`muster doctor` makes one" in said
        assert "hushhush" not in said


def test_hosts_of_calendars_stand_in_a_list() -> None:
    found = read_settings({"MUSTER_CALENDAR_HOSTS": "Cal.Corp.example, 10.0.0.5"}, Path("nowhere"))
    assert found.calendar_hosts == {"cal.corp.example", "10.0.0.5"}
    for wrong in ("https://cal.corp.example", "cal.corp.example:8443", "cal.corp.example 10.0.0.5"):
        assert "without a port" in refusal("CALENDAR_HOSTS", wrong)


def test_answers_are_kept_for_good_unless_a_number_of_days_is_set() -> None:
    assert read_settings({}, Path("nowhere")).keep_answers is None
    assert read_settings({"MUSTER_KEEP_ANSWERS": "365"}, Path("nowhere")).keep_answers == timedelta(days=365)
    for wrong in ("a year", "29", "-1", "1.5", "9" * 30):
        assert "is a number of days, 30 or more, such as 365" in refusal("KEEP_ANSWERS", wrong)
