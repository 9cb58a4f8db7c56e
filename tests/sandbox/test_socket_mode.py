"""Websockets: one-time addresses, one connection for each payload, retries of what was not confirmed."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from sandbox.client import Client, Refused, eventually
from sandbox.log import Delivery
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest, web_client

FORECAST = "C0000000001"


@contextmanager
def raw_socket(box: Sandbox, slack: WebClient) -> Iterator[tuple[ClientConnection, dict[str, Any]]]:
    """A websocket by hand, and the first frame it got."""
    address = slack.apps_connections_open(app_token=box.app_token)["url"]
    with connect(address) as socket:
        yield socket, json.loads(socket.recv(timeout=5))


def say_in_background(client: Client, text: str) -> None:
    client.person("Ana").say("app", text)


def delivered(box: Sandbox, kind: str) -> list[Delivery]:
    return [delivery for delivery in box.log.deliveries() if delivery.type == kind]


def test_it_greets_with_the_number_of_connections(box: Sandbox, slack: WebClient) -> None:
    with raw_socket(box, slack) as (_, hello), raw_socket(box, slack) as (_, second):
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": box.world.workspace.app_id}
        assert second["num_connections"] == 2


def test_an_address_works_once(box: Sandbox, slack: WebClient) -> None:
    address = slack.apps_connections_open(app_token=box.app_token)["url"]
    with connect(address):
        pass
    with pytest.raises(Exception, match="HTTP 403"):
        connect(address)


def test_an_eleventh_connection_is_turned_away(box: Sandbox, slack: WebClient) -> None:
    with _sockets(box, slack, 10), raw_socket(box, slack) as (socket, first):
        assert first == {"type": "disconnect", "reason": "too_many_websockets"}
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)


@contextmanager
def _sockets(box: Sandbox, slack: WebClient, count: int) -> Iterator[list[ClientConnection]]:
    if count == 0:
        yield []
        return
    with raw_socket(box, slack) as (socket, _), _sockets(box, slack, count - 1) as others:
        yield [socket, *others]


def test_each_payload_goes_to_exactly_one_connection(box: Sandbox, slack: WebClient, client: Client) -> None:
    with _sockets(box, slack, 2) as sockets:
        for number in range(4):
            say_in_background(client, f"Hello {number}")
        envelopes = [_confirm_all(socket) for socket in sockets]
    assert sorted(len(found) for found in envelopes) == [2, 2]
    texts = {envelope["payload"]["event"]["text"] for found in envelopes for envelope in found}
    assert len(texts) == 4


def _confirm_all(socket: ClientConnection) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        try:
            envelope = json.loads(socket.recv(timeout=0.3))
        except TimeoutError:
            return found
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        found.append(envelope)


def test_an_event_that_is_not_confirmed_comes_again_three_times(box: Sandbox, client: Client, slack: WebClient) -> None:
    box.slack.connections.ack_seconds = 0.3
    heard: list[tuple[str, int, str]] = []
    with raw_socket(box, slack) as (socket, _):
        listener = threading.Thread(target=_hear, args=(socket, heard))
        listener.start()
        client.person("Ana").say("app", "Hello?")
        eventually(lambda: len(heard) == 2, within=8)
        client.next_event()
        eventually(lambda: len(heard) == 3, within=8)
        client.next_event()
        (delivery,) = delivered(box, "message")
        assert eventually(lambda: delivery.acked is False, within=8)
        socket.close()
        listener.join()
    assert len({event_id for event_id, _, _ in heard}) == 1
    reasons = [(attempt, reason) for _, attempt, reason in heard]
    assert reasons == [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")]
    assert box.world.clock.now() - delivery.at >= 360


def _hear(socket: ClientConnection, heard: list[tuple[str, int, str]]) -> None:
    for frame in socket:
        envelope = json.loads(frame)
        heard.append((envelope["payload"]["event_id"], envelope["retry_attempt"], envelope["retry_reason"]))


def test_an_event_while_the_app_is_away_reaches_it_a_minute_later(box: Sandbox, client: Client) -> None:
    say_in_background(client, "Anyone?")
    app = Inbox()
    with connected(box, app.register):
        assert app.all("message") == []
        assert client.next_event()["moved"]
        app.wait_for("message")
        (delivery,) = delivered(box, "message")
        assert eventually(lambda: delivery.acked)
    assert delivery.attempts == 3


def test_bolt_sees_the_number_of_the_retry(box: Sandbox, client: Client) -> None:
    say_in_background(client, "Anyone?")
    seen: list[Any] = []

    def register(app: App) -> None:
        app.event("message")(lambda request: seen.append(dict(request.headers)))

    with connected(box, register):
        client.next_event()
        assert eventually(lambda: seen)
    assert seen[0]["x-slack-retry-num"] == ["2"]
    assert seen[0]["x-slack-retry-reason"] == ["connection_failed"]


def test_an_app_that_is_asked_to_reconnect_misses_nothing(box: Sandbox, client: Client, inbox: Inbox) -> None:
    box.ask_to_reconnect()
    assert eventually(lambda: len(box.log.calls("apps.connections.open")) == 2)
    for number in range(5):
        say_in_background(client, f"Hello {number}")
        time.sleep(0.05)
    assert eventually(lambda: len({body["event"]["text"] for body in inbox.all("message")}) == 5)


def test_a_click_fails_when_the_network_drops_it(box: Sandbox, slack: WebClient, client: Client) -> None:
    blocks = [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}}]}]
    slack.chat_postMessage(channel=FORECAST, text="x", blocks=blocks)
    ana = client.person("Ana")
    (message,) = ana.messages("forecast")
    with raw_socket(box, slack):
        threading.Timer(0.3, box.hang_up).start()
        with pytest.raises(Refused, match="timeout"):
            ana.click(message, "Go")
    assert [delivery.acked for delivery in delivered(box, "block_actions")] == [False]


def test_a_past_payload_can_be_delivered_again_exactly_as_it_was(box: Sandbox, client: Client, inbox: Inbox) -> None:
    say_in_background(client, "Once")
    inbox.wait_for("message")
    assert eventually(lambda: client.deliveries()[0]["acked"])
    (listed,) = client.deliveries()
    assert listed["type"] == "message"
    assert client.again(listed["id"])
    first, second = inbox.wait_for("message", 2)
    assert first == second
    assert len(box.log.deliveries()) == 2
    with pytest.raises(Refused, match="no_such_delivery"):
        client.again("delivery-99")


def test_a_connection_is_warned_asked_to_make_way_and_cut(
    box: Sandbox, slack: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.delivery.socket_mode.WARNING_SECONDS", 0.1)
    monkeypatch.setattr("sandbox.delivery.socket_mode.SHORT_LIFETIME_SECONDS", 0.3)
    address = slack.apps_connections_open(app_token=box.app_token)["url"]
    with connect(f"{address}&debug_reconnects=true") as socket:
        frames = [json.loads(socket.recv(timeout=5)) for _ in range(3)]
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
    assert [(frame["type"], frame.get("reason")) for frame in frames] == [
        ("hello", None),
        ("disconnect", "warning"),
        ("disconnect", "refresh_requested"),
    ]


def listen_until(stop: threading.Event, box: Sandbox, slack: WebClient, heard: set[str]) -> None:
    """Confirms what comes, and opens the next websocket when one ends."""
    while not stop.is_set():
        with raw_socket(box, slack) as (socket, _), suppress(ConnectionClosed):
            while not stop.is_set():
                frame = json.loads(socket.recv())
                if "envelope_id" in frame:
                    heard.add(frame["payload"]["event"]["text"])
                    socket.send(json.dumps({"envelope_id": frame["envelope_id"]}))


def test_nothing_is_lost_when_connections_end_all_the_time(
    box: Sandbox, slack: WebClient, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.delivery.socket_mode.WARNING_SECONDS", 0.1)
    monkeypatch.setattr("sandbox.delivery.socket_mode.LIFETIME_SECONDS", 0.3)
    ana, stop = client.person("Ana"), threading.Event()
    heard: set[str] = set()
    listener = threading.Thread(target=listen_until, args=(stop, box, slack, heard))
    listener.start()
    for number in range(10):
        ana.say("app", str(number))
        time.sleep(0.1)
    assert eventually(lambda: client.next_event() and heard == {str(number) for number in range(10)})
    stop.set()
    listener.join()
    assert len(box.log.calls("apps.connections.open")) > 2


@pytest.mark.parametrize("frame", [b"\x00", "[]", '{"envelope_id": "x", "payload": "text"}', "[" * 5000])
def test_a_frame_that_is_no_acknowledgement_ends_the_connection(
    box: Sandbox, slack: WebClient, frame: str | bytes
) -> None:
    with raw_socket(box, slack) as (socket, _):
        socket.send(frame)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
    assert eventually(lambda: len(box.slack.connections) == 0)


def test_an_acknowledgement_may_name_an_envelope_of_any_type(box: Sandbox, slack: WebClient) -> None:
    with raw_socket(box, slack) as (socket, _):
        socket.send('{"envelope_id": ["x"]}')
        socket.ping().wait(timeout=5)
        assert len(box.slack.connections) == 1


def test_a_websocket_is_turned_away_while_socket_mode_is_off() -> None:
    with (
        Sandbox(manifest=manifest(), request_url="http://127.0.0.1:9/", start=FRIDAY) as box,
        raw_socket(box, web_client(box)) as (socket, first),
    ):
        assert first == {"type": "disconnect", "reason": "link_disabled"}
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
