"""Muster over HTTP: as a process that starts, answers and ends, and as one that Slack may find gone or busy."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from sandbox.client import Client, eventually
from sandbox.log import Delivery
from sandbox.server import Sandbox
from tests.bot.command import muster, occupied, tokens
from tests.muster import FRIDAY, OwnProcess, muster_beside, settings_for

NOTHING = Delivery("none", "none", "none", {}, 0)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'muster.db'}"


def health(box: Sandbox) -> httpx2.Response:
    return httpx2.get(f"http://{settings_for(box, '').address}/health", trust_env=False)


def test_it_says_where_it_listens_and_ends_when_it_is_told_to(http_box: Sandbox, url: str) -> None:
    own = OwnProcess(http_box, url)
    said = own.wait_until_ready()
    assert said.endswith(f", and takes its requests at {settings_for(http_box, url).address}. Ctrl-C stops it.\n")
    assert health(http_box).json() == {"ok": True}
    assert own.stop() == 0
    with pytest.raises(httpx2.ConnectError):
        health(http_box)


def test_told_to_end_it_first_answers_what_it_has_taken(http_box: Sandbox, url: str) -> None:
    own = OwnProcess(http_box, url)
    own.wait_until_ready()
    opening = http_box.faults.add("views.open", "hold")
    with Client(http_box.url) as people, ThreadPoolExecutor(2) as hands:
        asked = hands.submit(people.person("Ana").command, "/action", "Relabel", channel="forecast")
        assert opening.reached.wait(10)
        ended = hands.submit(own.stop)
        assert eventually(lambda: is_closed(http_box))
        assert not asked.done()
        opening.release()
        asked.result()
        assert ended.result() == 0
        assert people.person("Ana").modal()


def is_closed(box: Sandbox) -> bool:
    try:
        health(box)
    except httpx2.ConnectError:
        return True
    return False


def test_a_port_in_use_gets_a_sentence(http_box: Sandbox, tmp_path: Path) -> None:
    settings = tokens(http_box, tmp_path / "muster.db")
    with occupied(settings["PORT"]):
        answer = muster("run", settings=settings)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == (
        f"muster: Muster cannot listen on {settings['PORT']}: address already in use. "
        "Let MUSTER_PORT name another port, or stop what listens there.\n"
    )


def test_events_sent_while_muster_does_not_run_come_again(http_box: Sandbox, url: str) -> None:
    with Client(http_box.url) as people:
        people.person("Dev").leave("forecast")
        assert eventually(lambda: reasons(http_box) == ["connection_failed"] * 2), "at once, and once more"
        with muster_beside(http_box, url):
            people.jump_to(FRIDAY + timedelta(minutes=2))
            assert eventually(lambda: reasons(http_box) == ["connection_failed", "connection_failed", None])


def test_an_event_that_finds_the_database_busy_comes_again(http_box: Sandbox, url: str) -> None:
    with muster_beside(http_box, url) as process, Client(http_box.url) as people:
        with process.db.write():
            people.person("Dev").leave("forecast")
            assert eventually(lambda: reasons(http_box) == ["http_error"])
        assert eventually(lambda: reasons(http_box) == ["http_error", None])


def reasons(box: Sandbox) -> list[str | None]:
    """Of each time that somebody leaving was told: why it was not confirmed, or None."""
    leaving = (each for each in box.log.deliveries() if each.type == "member_left_channel")
    return [each.reason for each in next(leaving, NOTHING).tries]
