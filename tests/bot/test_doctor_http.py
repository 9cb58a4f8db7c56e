"""What `muster doctor` finds about HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.bot.command import muster, occupied, tokens
from tests.muster import OwnProcess


@pytest.fixture
def settings(http_box: Sandbox, tmp_path: Path) -> dict[str, str]:
    return tokens(http_box, tmp_path / "muster.db", CLOCK_URL=f"{http_box.url}/clock")


def test_before_the_first_start_it_finds_the_port_free(settings: dict[str, str]) -> None:
    answer = muster("doctor", settings=settings)
    assert answer.returncode == 0
    assert "ok    settings: the bot token and the signing secret are set" in answer.stdout
    assert f"ok    port: {settings['PORT']} is free" in answer.stdout
    assert "?     request URL: not known, because MUSTER_PUBLIC_URL is not set" in answer.stdout
    assert "app token" not in answer.stdout
    public = muster("doctor", settings={**settings, "PUBLIC_URL": "https://muster.example.org"})
    assert "https://muster.example.org/slack/events was not tried, because Muster is not running" in public.stdout


def test_a_port_that_something_else_has_is_to_be_changed(settings: dict[str, str]) -> None:
    with occupied(settings["PORT"]):
        answer = muster("doctor", settings=settings)
    assert answer.returncode == 1
    assert f"MEND  port: Muster cannot listen on {settings['PORT']} (address already in use)" in answer.stdout


@pytest.fixture
def running(http_box: Sandbox, settings: dict[str, str]) -> Iterator[dict[str, str]]:
    own = OwnProcess(http_box, settings["DATABASE_URL"])
    own.wait_until_ready()
    yield settings
    assert own.stop() == 0


def test_while_muster_runs_it_is_reached_from_outside(running: dict[str, str]) -> None:
    public = f"http://{running['PORT']}"
    answer = muster("doctor", settings={**running, "PUBLIC_URL": public})
    assert answer.returncode == 0
    assert f"ok    port: Muster answers at {running['PORT']}" in answer.stdout
    assert f"ok    request URL: {public}/slack/events leads to Muster" in answer.stdout


def test_an_address_that_leads_elsewhere_is_to_be_mended(running: dict[str, str]) -> None:
    elsewhere = running["SLACK_API_URL"].removesuffix("/api/")
    wrong = muster("doctor", settings={**running, "PUBLIC_URL": elsewhere})
    assert wrong.returncode == 1
    assert f"{elsewhere}/slack/events does not lead to Muster (something else answers, with 404)\n" in wrong.stdout
    assert f"Let the proxy at {elsewhere} pass its requests on to {running['PORT']}." in wrong.stdout
    nowhere = muster("doctor", settings={**running, "PUBLIC_URL": "http://127.0.0.1:9"})
    assert "http://127.0.0.1:9/slack/events does not lead to Muster (ConnectError)" in nowhere.stdout
