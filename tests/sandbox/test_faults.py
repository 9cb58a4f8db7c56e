"""Unkindness on order: what an app sees, and what really happened."""

import threading
import time
import urllib.error
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"
LOST = (RemoteDisconnected, ConnectionError, urllib.error.URLError)


def posted(box: Sandbox) -> list[str]:
    return [message.text for message in box.world.workspace.channels[FORECAST].messages.values()]


def test_a_limit_on_order_says_how_long_to_wait(box: Sandbox, slack: WebClient) -> None:
    box.faults.add("chat.postMessage", "ratelimited", times=2, retry_after=30)
    for _ in range(2):
        answer = refusal(slack.chat_postMessage, channel=FORECAST, text="Hi")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert posted(box) == ["Hi"]


def test_an_error_on_order_replaces_the_work(box: Sandbox, slack: WebClient) -> None:
    box.faults.add("chat.postMessage", "error", error="fatal_error")
    assert refusal(slack.chat_postMessage, channel=FORECAST, text="Hi")["error"] == "fatal_error"
    assert posted(box) == []


def test_an_answer_can_be_lost_after_the_work(box: Sandbox, slack: WebClient) -> None:
    box.faults.add("chat.postMessage", "drop_after")
    with pytest.raises(LOST):
        slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert posted(box) == ["Hi"]
    (call,) = box.log.calls("chat.postMessage")
    assert (call.status, call.answer["ok"]) == (0, True)


def test_a_call_can_be_lost_before_the_work(box: Sandbox, slack: WebClient) -> None:
    fault = box.faults.add("chat.postMessage", "drop_before")
    with pytest.raises(LOST):
        slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert fault.reached.is_set()
    assert posted(box) == []


def test_a_server_error_can_hide_work_that_was_done(box: Sandbox, slack: WebClient) -> None:
    box.faults.add("chat.postMessage", "http_500_after")
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert caught.value.response.status_code == 500
    assert posted(box) == ["Hi"]


def test_a_delay_comes_before_the_work(box: Sandbox, slack: WebClient) -> None:
    box.faults.add("chat.postMessage", "delay", seconds=0.4)
    began = time.monotonic()
    slack.chat_postMessage(channel=FORECAST, text="Hi")
    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize(("when", "meanwhile"), [("before", []), ("after", ["Hi"])])
def test_a_call_can_be_held_until_released(box: Sandbox, slack: WebClient, when: str, meanwhile: list[str]) -> None:
    fault = box.faults.add("chat.postMessage", "hold", when="before" if when == "before" else "after")
    call = threading.Thread(target=slack.chat_postMessage, kwargs={"channel": FORECAST, "text": "Hi"})
    call.start()
    assert fault.reached.wait(5)
    assert posted(box) == meanwhile
    slack.chat_getPermalink(channel="C0000000002", message_ts=_other_message(slack))
    fault.release()
    call.join(5)
    assert posted(box) == ["Hi"]


def _other_message(slack: WebClient) -> str:
    """Other calls go through while one is held."""
    return str(slack.chat_postMessage(channel="C0000000002", text="Other")["ts"])


def test_stopping_lets_held_calls_go(box: Sandbox, slack: WebClient) -> None:
    fault = box.faults.add("auth.test", "hold")
    call = threading.Thread(target=slack.auth_test)
    call.start()
    assert fault.reached.wait(5)
    box.stop()
    call.join(5)
    assert not call.is_alive()
