"""Rate limits, on the machine's clock."""

import time

from slack_sdk import WebClient

from sandbox.clock import Clock
from sandbox.limits import MESSAGES_A_MINUTE, RateLimits
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, manifest, web_client
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"
SUPPORT = "C0000000002"


def test_one_channel_takes_a_short_burst_and_then_one_message_a_second(slack: WebClient) -> None:
    for number in range(4):
        slack.chat_postMessage(channel=FORECAST, text=str(number))
    answer = refusal(slack.chat_postMessage, channel=FORECAST, text="4")
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "1"
    slack.chat_postMessage(channel=SUPPORT, text="Elsewhere")
    time.sleep(1.05)
    slack.chat_postMessage(channel=FORECAST, text="4")


def test_a_method_has_the_calls_of_its_tier_each_minute(box: Sandbox, slack: WebClient) -> None:
    for _ in range(20):
        slack.users_list(limit=1)
    answer = refusal(slack.users_list, limit=1)
    assert 1 <= int(answer.headers["Retry-After"]) <= 3
    slack.users_info(user="U0000000001")
    statuses = [call.status for call in box.log.calls("users.list")]
    assert statuses == [200] * 20 + [429]


def test_a_refused_message_is_not_posted(box: Sandbox, slack: WebClient) -> None:
    for number in range(4):
        slack.chat_postMessage(channel=FORECAST, text=str(number))
    refusal(slack.chat_postMessage, channel=FORECAST, text="lost")
    assert "lost" not in [m.text for m in box.world.workspace.channels[FORECAST].messages.values()]


def test_a_workspace_takes_three_hundred_messages_a_minute_over_all_channels() -> None:
    limits = RateLimits(Clock(FRIDAY, runs=False), active=True)
    refusals = [limits.refusal("chat.postMessage", MESSAGES_A_MINUTE, f"C{n}") for n in range(301)]
    assert refusals == [None] * 300 + [("rate_limited", 1)]


def test_the_limits_can_be_switched_off() -> None:
    with Sandbox(manifest=manifest(), start=FRIDAY, rate_limits=False) as box:
        slack = web_client(box)
        for number in range(10):
            slack.chat_postMessage(channel=FORECAST, text=str(number))
