"""Unkindness from a seed: each trouble as the app meets it, and that a seed brings the same ones again."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Refused
from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.weather import Weather
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest
from tests.sandbox.test_blocks import field, modal
from tests.sandbox.test_faults import LOST
from tests.sandbox.test_views import open_form
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"
Json = dict[str, Any]


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """Its clock moves only when it is told to."""
    with Sandbox(seed="demo", manifest=manifest(), start=FRIDAY, runs=False, rate_limits=False) as running:
        yield running


def only(box: Sandbox, **chances: float) -> None:
    box.change_weather("one", "none", chances)


def posted(box: Sandbox) -> list[str]:
    return [message.text for message in box.world.workspace.channels[FORECAST].messages.values()]


def faults(box: Sandbox) -> list[str]:
    return [note.details["what"] for note in box.log.notes("fault")]


def after(client: Client, **time: float) -> None:
    client.jump_to(FRIDAY + timedelta(**time))


def test_a_burst_of_limits_lasts_until_the_time_it_names(box: Sandbox, slack: WebClient, client: Client) -> None:
    only(box, ratelimited=1)
    first = refusal(slack.chat_postMessage, channel=FORECAST, text="Hi")
    only(box, ratelimited=0)
    assert first.status_code == 429
    assert 1 <= int(first.headers["Retry-After"]) <= 30
    slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert faults(box) == ["ratelimited"]


def test_a_method_stays_limited_until_its_time_is_over(box: Sandbox, slack: WebClient, client: Client) -> None:
    seed = next(str(n) for n in range(200) if _limits(str(n)) == [True, False])
    box.change_weather(seed, "none", {"ratelimited": 0.5})
    wait = int(refusal(slack.chat_postMessage, channel=FORECAST, text="Hi").headers["Retry-After"])
    after(client, seconds=wait - 0.5)
    assert refusal(slack.chat_postMessage, channel=FORECAST, text="Hi").status_code == 429
    after(client, seconds=wait + 0.1)
    slack.chat_postMessage(channel=FORECAST, text="Hi")


def _limits(seed: str) -> list[bool]:
    """Whether the first two posts begin a burst, told apart by an hour between them."""
    clock = Clock(FRIDAY, runs=False)
    weather = Weather(seed, "none", clock=clock, note=lambda *_: None, chances={"ratelimited": 0.5})
    found = []
    for hour in range(2):
        clock.jump_to(FRIDAY.timestamp() + 3600 * hour)
        found.append(weather.call("chat.postMessage", {"channel": FORECAST}) is not None)
    return found


@pytest.mark.parametrize(("trouble", "status"), [("http_500", 500), ("http_503", 503)])
def test_a_server_error_comes_before_the_work(box: Sandbox, slack: WebClient, trouble: str, status: int) -> None:
    only(box, **{trouble: 1})
    answer = httpx2.post(f"{box.url}/api/chat.postMessage", json={"channel": FORECAST, "text": "Hi"})
    assert answer.status_code == status
    assert posted(box) == []


def test_a_reply_is_lost_after_the_work(box: Sandbox, slack: WebClient) -> None:
    only(box, lost_reply=1)
    with pytest.raises(LOST):
        slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert posted(box) == ["Hi"]


def test_a_post_takes_effect_after_its_caller_has_given_up(box: Sandbox, slack: WebClient, client: Client) -> None:
    only(box, late_effect=1)
    with pytest.raises(LOST):
        slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert posted(box) == []
    after(client, seconds=21)
    assert posted(box) == ["Hi"]


def test_a_reply_is_slow(box: Sandbox, slack: WebClient) -> None:
    only(box, slow=1)
    began = time.monotonic()
    slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert time.monotonic() - began >= 0.05


def test_a_history_lags_behind(box: Sandbox, slack: WebClient, client: Client) -> None:
    only(box, history_lag=1)
    slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert slack.conversations_history(channel=FORECAST)["messages"] == []
    after(client, seconds=13)
    assert len(slack.conversations_history(channel=FORECAST)["messages"]) == 1


def test_what_a_person_does_never_arrives(box: Sandbox, client: Client, inbox: Inbox) -> None:
    only(box, lost_delivery=1)
    with pytest.raises(Refused, match="operation_timeout"):
        client.person("Ana").command("/note", channel="forecast")
    assert inbox.bodies == []


def test_a_confirmation_comes_too_late_for_the_person(
    box: Sandbox, slack: WebClient, client: Client, inbox: Inbox
) -> None:
    ana = client.person("Ana")
    view = open_form(slack, inbox, ana, blocks=[field(block_id="what")])
    ana.fill({"What": "Hi"})
    only(box, late_ack=1)
    with pytest.raises(Refused, match="timeout"):
        ana.submit()
    form = ana.modal()
    assert form
    assert form["id"] == view["id"]
    assert len(inbox.all("view_submission")) == 1
    only(box)
    assert ana.submit() == {}


def test_websockets_break_with_something_on_its_way(box: Sandbox, client: Client) -> None:
    inbox = Inbox()
    with connected(box, inbox.register, watch_seconds=0.5):
        only(box, dropped_socket=1)
        with pytest.raises(Refused, match="dispatch_failed"):
            client.person("Ana").command("/note", channel="forecast")
        only(box)
        client.person("Ana").command("/note", channel="forecast")


def test_an_event_comes_twice_under_the_same_id(box: Sandbox, client: Client, inbox: Inbox) -> None:
    only(box, duplicate_event=1)
    client.person("Ana").say("forecast", "Hi")
    first, second = inbox.wait_for("message", 2)
    assert first["event_id"] == second["event_id"]


def test_an_event_comes_after_those_that_follow_it(box: Sandbox, client: Client, inbox: Inbox) -> None:
    only(box, late_event=1)
    client.person("Ana").say("forecast", "first")
    only(box)
    client.person("Ana").say("forecast", "second")
    inbox.wait_for("message")
    after(client, minutes=1)
    assert [body["event"]["text"] for body in inbox.wait_for("message", 2)] == ["second", "first"]


def test_a_trigger_is_over_before_it_can_be_used(box: Sandbox, slack: WebClient, client: Client, inbox: Inbox) -> None:
    only(box, expired_trigger=1)
    client.person("Ana").command("/note", channel="forecast")
    trigger = inbox.all("command")[0]["trigger_id"]
    assert refusal(slack.views_open, trigger_id=trigger, view=modal())["error"] == "expired_trigger_id"


def weather(seed: str, profile: Any = "heavy", **chances: float) -> Weather:
    return Weather(seed, profile, clock=Clock(FRIDAY, runs=False), note=lambda *_: None, chances=chances)


def calls(of: Weather, method: str = "chat.update", count: int = 300) -> list[tuple[str, float] | None]:
    return [of.call(method, {"channel": FORECAST}) for _ in range(count)]


def test_a_seed_brings_the_same_troubles_again() -> None:
    first = calls(weather("one"))
    assert first == calls(weather("one"))
    assert first != calls(weather("two"))
    assert {trouble[0] for trouble in first if trouble} >= {"http_500", "lost_reply"}


def test_other_calls_change_nothing_about_a_trouble() -> None:
    busy = weather("one", ratelimited=0)
    found = []
    for number in range(300):
        busy.call("users.info", {"user": f"U{number}"})
        busy.call("chat.update", {"channel": "C0000000002"})
        found += calls(busy, count=1)
    assert found == calls(weather("one", ratelimited=0))


def test_no_weather_is_kind_and_each_trouble_can_be_switched_off() -> None:
    assert set(calls(weather("one", "none"))) == {None}
    kinds = {trouble[0] for trouble in calls(weather("one", lost_reply=0), count=1000) if trouble}
    assert "lost_reply" not in kinds
    assert kinds


def test_what_there_is_not_is_refused(box: Sandbox) -> None:
    with pytest.raises(ValueError, match="There is no weather 'stormy'; there is: none, mild, heavy"):
        weather("one", "stormy")
    with pytest.raises(ValueError, match="There is no trouble hail"):
        weather("one", hail=1)
    answer = httpx2.post(f"{box.url}/control/weather", json={"seed": "one", "profile": "stormy"})
    assert (answer.status_code, answer.json()["error"]) == (400, "wrong_value")


def test_weather_and_cast_can_be_ordered_over_http(box: Sandbox, slack: WebClient, client: Client) -> None:
    order = {"seed": "one", "profile": "none", "chances": {"http_500": 1}}
    assert httpx2.post(f"{box.url}/control/weather", json=order).json()["ok"]
    answer = httpx2.post(f"{box.url}/api/chat.postMessage", json={"channel": FORECAST, "text": "Hi"})
    assert answer.status_code == 500
    assert httpx2.post(f"{box.url}/control/cast", json={"seed": "talkative"}).json()["ok"]
    after(client, days=14)
    assert any(note.details["did"] == "said" for note in box.log.notes("diary"))
