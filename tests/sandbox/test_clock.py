"""The clock that can jump, and the apps that follow it."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from sandbox.client import Client, Refused, eventually
from sandbox.clock import default_start
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY
from tests.sandbox.following import following, hourly


def test_time_passes_from_the_given_start(box: Sandbox) -> None:
    answer = httpx2.get(f"{box.url}/clock").json()
    assert FRIDAY.timestamp() <= answer["now"] < FRIDAY.timestamp() + 30
    assert answer["version"] == 1
    time.sleep(0.2)
    assert httpx2.get(f"{box.url}/clock").json()["now"] - answer["now"] >= 0.2


def test_without_a_start_it_begins_on_a_friday_at_15() -> None:
    start = default_start()
    assert (start.weekday(), start.hour, start.minute, start.tzinfo) == (4, 15, 0, UTC)
    assert timedelta(0) <= datetime.now(UTC) - start < timedelta(days=7)  # noqa: TID251 - the date it begins near


def test_next_event_jumps_to_the_moment_the_app_waits_for(box: Sandbox, client: Client) -> None:
    monday = datetime(2026, 11, 23, 8, 30, tzinfo=UTC).timestamp()
    with following(box, lambda app: setattr(app, "wake_at", monday)) as app:
        assert client.person("Ana").sidebar()["clock"]["wake_at"] == monday
        answer = client.next_event()
        assert (answer["moved"], app.wake_at) == (True, None)
        assert monday <= answer["now"] < monday + 10
        assert app.told[-1] >= monday
        again = client.next_event()
        assert (again["moved"], again["reason"]) == (False, "Nothing is planned.")


def test_next_event_does_not_move_while_the_app_is_sending(
    box: Sandbox, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.time_travel.PATIENCE_SECONDS", 0.5)
    before = box.world.clock.now()
    with following(box, lambda app: setattr(app, "in_flight", 3)) as app:
        with pytest.raises(Refused, match="Helper is still sending"):
            client.next_event()
        assert box.world.clock.now() - before < 10
        app.in_flight = 0
        assert client.next_event()["reason"] == "Nothing is planned."


def test_a_jump_waits_until_the_app_has_done_what_was_due(box: Sandbox, client: Client) -> None:
    moment = FRIDAY.timestamp() + 3600
    with following(box, lambda app: setattr(app, "wake_at", moment)) as app:
        assert client.jump_to(FRIDAY + timedelta(hours=2))["moved"]
        assert app.wake_at is None
        assert client.jump_to(FRIDAY)["reason"] == "That moment has passed."


def test_a_jump_stops_at_each_moment_on_its_way_so_that_no_app_takes_it_for_downtime(
    box: Sandbox, client: Client
) -> None:
    with following(box, hourly) as app:
        assert client.jump_to(FRIDAY + timedelta(hours=4, minutes=30))["moved"]
        seen = [round((told - FRIDAY.timestamp()) / 3600, 1) for told in app.told]
        assert list(dict.fromkeys(seen)) == [0.0, 1.0, 2.0, 3.0, 4.0, 4.5]
        assert app.wake_at == FRIDAY.timestamp() + 5 * 3600


def test_a_leap_is_downtime_and_passes_what_was_due(box: Sandbox, client: Client) -> None:
    with following(box, hourly) as app:
        assert client.leap_to(FRIDAY + timedelta(hours=4, minutes=30))["moved"]
        assert not [told for told in app.told if 60 < told - FRIDAY.timestamp() < 4 * 3600]


def test_the_next_event_lies_no_further_than_a_given_moment(box: Sandbox, client: Client) -> None:
    with following(box, hourly):
        soon = FRIDAY.timestamp() + 1800
        assert client.post("clock/next", until=soon)["now"] == pytest.approx(soon, abs=5)
        assert client.post("clock/next", until=soon + 86_400)["now"] == pytest.approx(soon + 1800, abs=5)


def test_an_app_that_died_between_two_polls_is_given_up_in_time(
    box: Sandbox, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with following(box):
        pass
    monkeypatch.setattr("sandbox.followers.SILENT_SECONDS", 0.5)
    assert client.next_event()["reason"].startswith("Moved one hour")


def test_without_an_app_that_follows_next_event_moves_one_hour(client: Client) -> None:
    now = client.next_event()["now"]
    assert client.next_event()["now"] - now == pytest.approx(3600, abs=5)


def test_an_app_that_hangs_up_follows_no_more(box: Sandbox, client: Client) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        httpx2.get(f"{box.url}/clock", params={"app": "gone", "version": 1}, timeout=0.3)
    assert eventually(lambda: not box.world.followers.present())
    assert client.next_event()["moved"]


def test_the_clock_never_goes_back(box: Sandbox, client: Client) -> None:
    before = box.world.clock.now()
    assert not client.jump_to(FRIDAY - timedelta(days=1))["moved"]
    box.world.clock.jump_to(0)
    assert box.world.clock.now() >= before


@pytest.mark.parametrize("behind", [600, -600])
def test_the_hosts_of_apps_can_be_wrong_and_nothing_is_passed_by(box: Sandbox, client: Client, behind: int) -> None:
    due = FRIDAY.timestamp() + 3600
    with following(box, lambda app: setattr(app, "wake_at", due)) as app:
        httpx2.post(f"{box.url}/control/hosts/clock", json={"behind": behind})
        assert eventually(lambda: app.told[-1] == pytest.approx(app.told[0] - behind, abs=5)), "time jumped for the app"
        assert client.next_event()["now"] == pytest.approx(due + behind, abs=5)
        assert app.wake_at is None
        httpx2.post(f"{box.url}/control/hosts/clock", json={"behind": 0})
        assert eventually(lambda: app.told[-1] == pytest.approx(due + behind, abs=10))


def test_a_poll_ends_at_once_when_the_version_is_new(box: Sandbox, client: Client) -> None:
    answers: list[Any] = []

    def poll() -> None:
        answers.append(httpx2.get(f"{box.url}/clock", params={"version": 1}, timeout=30).json())

    waiting = threading.Thread(target=poll)
    waiting.start()
    client.jump_to(FRIDAY + timedelta(days=3))
    waiting.join(5)
    assert answers[0]["now"] >= FRIDAY.timestamp() + 3 * 86_400 or answers[0]["version"] == 2
