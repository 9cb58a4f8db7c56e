"""The control API, and the trace."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest, web_client
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"


def order(box: Sandbox, name: str, **fields: Any) -> Any:
    return httpx2.post(f"{box.url}/control/{name}", json=fields, timeout=30).json()


def test_it_tells_what_an_app_needs(box: Sandbox) -> None:
    told = httpx2.get(f"{box.url}/control/app").json()
    client = WebClient(token=next(iter(told["bot_tokens"].values())), base_url=told["api_url"])
    assert client.auth_test()["ok"]
    assert client.apps_connections_open(app_token=told["app_token"])["ok"]


def test_it_orders_faults_and_takes_them_back(box: Sandbox, slack: WebClient) -> None:
    order(box, "faults/add", method="auth.test", kind="error", error="fatal_error", times=2)
    assert httpx2.post(f"{box.url}/api/auth.test", data={"token": box.bot_token}).json()["error"] == "fatal_error"
    order(box, "faults/clear")
    assert slack.auth_test()["ok"]


def test_it_is_a_slack_that_has_not_got_some_blocks_yet(box: Sandbox, slack: WebClient) -> None:
    post: dict[str, Any] = {"channel": FORECAST, "text": "Week", "blocks": [{"type": "divider"}]}
    order(box, "faults/blocks", types=["divider"])
    assert refusal(slack.chat_postMessage, **post)["errors"] == [
        "[ERROR] unsupported type: divider [json-pointer:/blocks/0/type]"
    ]
    order(box, "faults/clear")
    assert slack.chat_postMessage(**post)["ok"]


def test_it_moves_time(box: Sandbox) -> None:
    at = FRIDAY.timestamp() + 86_400
    assert order(box, "time/to", now=at)["now"] == pytest.approx(at, abs=5)


def test_it_hangs_up_and_asks_to_reconnect(box: Sandbox, slack: WebClient) -> None:
    with connect(slack.apps_connections_open(app_token=box.app_token)["url"]) as socket:
        assert json.loads(socket.recv(timeout=5))["type"] == "hello"
        assert order(box, "sockets/refresh", reason="warning")["ok"]
        assert json.loads(socket.recv(timeout=5)) == {"type": "disconnect", "reason": "warning"}
        assert order(box, "sockets/hang-up")["ok"]
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)


def test_it_takes_the_app_out_and_brings_it_back(box: Sandbox) -> None:
    assert order(box, "app/uninstall")["ok"]
    assert box.bot_token == ""
    assert order(box, "app/uninstall")["error"] == "not_installed"
    assert order(box, "app/install")["bot_token"] == box.bot_token
    assert web_client(box).auth_test()["ok"]
    assert order(box, "app/revoke")["ok"]


@pytest.mark.parametrize(
    ("name", "fields", "error"),
    [
        ("faults/add", {}, "missing_field"),
        ("time/to", {"now": "noon"}, "wrong_value"),
        ("time/to", {"now": 10**15}, "wrong_value"),
        ("faults/add", {"method": "chat.postMessage", "kind": "rudeness"}, "wrong_value"),
        ("faults/add", {"method": "chat.postMessage", "kind": "error", "times": "many"}, "wrong_value"),
        ("hosts/clock", {"behind": "nan"}, "wrong_value"),
        ("app/install", {"team": "T7"}, "no_such_workspace"),
        ("moon/rise", {}, "no_such_order"),
    ],
)
def test_a_wrong_order_is_answered_with_what_is_wrong(
    box: Sandbox, name: str, fields: dict[str, Any], error: str
) -> None:
    assert order(box, name, **fields)["error"] == error


def test_what_is_no_order_at_all_is_refused(box: Sandbox) -> None:
    assert httpx2.post(f"{box.url}/control/faults/clear", content="[1]").json()["error"] == "wrong_value"
    assert httpx2.get(f"{box.url}/control/log", params={"since": "noon"}).json()["error"] == "wrong_value"
    assert httpx2.post(f"{box.url}/clock/report", content="[]").status_code == 400


def test_the_log_is_read_from_where_one_stopped(box: Sandbox, slack: WebClient) -> None:
    slack.chat_postMessage(channel=FORECAST, text="one")
    first = httpx2.get(f"{box.url}/control/log").json()
    slack.chat_postMessage(channel=FORECAST, text="two")
    more = httpx2.get(f"{box.url}/control/log", params={"since": first["next"]}).json()
    assert [entry["kind"] for entry in more["entries"]] == ["message", "delivery", "call"]
    assert [entry["args"]["text"] for entry in more["entries"] if entry["kind"] == "call"] == ["two"]


def test_a_trace_has_a_line_for_everything_that_happened(tmp_path: Path) -> None:
    path, inbox = tmp_path / "trace.jsonl", Inbox()
    with (
        Sandbox(manifest=manifest(), start=FRIDAY, runs=False, trace=path) as box,
        Client(box.url) as client,
        connected(box, inbox.register),
    ):
        client.person("Ana").command("/note", "secret", channel="forecast")
        web_client(box).chat_postMessage(channel=FORECAST, text="Noted")
        client.person("Ben").leave("forecast")
        client.jump_to(FRIDAY.replace(hour=18))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kinds = [line["kind"] for line in lines]
    assert kinds[0] == "workspace"
    assert {"call", "delivery", "message", "membership", "clock"} <= set(kinds)
    (delivery,) = [line for line in lines if line["kind"] == "delivery" and line["type"] == "command"]
    assert (delivery["attempt"], delivery["acked"], delivery["payload"]["text"]) == (0, True, "secret")
    assert delivery["workspace"] == lines[0]["workspace"]


def test_a_clock_that_does_not_run_stands_still_between_jumps() -> None:
    with Sandbox(manifest=manifest(), start=FRIDAY, runs=False) as box:
        told = httpx2.get(f"{box.url}/clock").json()
        assert (told["now"], told["runs"]) == (FRIDAY.timestamp(), False)
        assert web_client(box).chat_postMessage(channel=FORECAST, text="a")["ts"] == f"{FRIDAY.timestamp():.6f}"
        order(box, "time/to", now=FRIDAY.timestamp() + 3600)
        assert httpx2.get(f"{box.url}/clock").json()["now"] == FRIDAY.timestamp() + 3600
