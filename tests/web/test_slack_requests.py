"""Requests to the address that Slack knows: Slack's are answered, others refused before anything is read of them."""

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import httpx2
import pytest
from slack_bolt import App

from sandbox.client import eventually
from storage.engine import Database
from tests.web.conftest import Slow
from tests.web.slack import AT_ONCE, SECRET, Address, serving, signed
from web import slack_requests
from web.slack_requests import MOST_BYTES, READ_SECONDS, TURN_SECONDS

QUICK, SLOW = (urlencode({"command": name, "team_id": "T1", "user_id": "U1"}) for name in ("/quick", "/slow"))


def test_a_signed_command_is_answered(address: Address) -> None:
    answer = address.post(QUICK)
    assert (answer.status_code, answer.text) == (200, "Done.")


def test_slack_is_given_its_challenge_back(address: Address) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "old"})
    answer = address.post(body, {**signed(body.encode()), "content-type": "application/json"})
    assert (answer.status_code, answer.json()) == (200, {"challenge": "3eZbrw1aB"})
    assert address.post(body, {}).status_code == 401, "nobody else learns that Muster is here"


def test_a_look_at_the_certificate_needs_no_signature(address: Address) -> None:
    answer = address.post("ssl_check=1&token=old", {})
    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(QUICK.encode(), secret="another"),
        signed(QUICK.encode(), age=timedelta(hours=1)),
        signed(QUICK.encode(), age=-timedelta(hours=1)),
        {**signed(QUICK.encode()), "x-slack-request-timestamp": "yesterday"},
        {**signed(QUICK.encode()), "x-slack-signature": ""},
        signed(SLOW.encode()),
    ],
    ids=["unsigned", "another secret", "old", "from the future", "no time", "no signature", "for another body"],
)
def test_what_slack_did_not_sign_is_refused(address: Address, headers: dict[str, str]) -> None:
    answer = address.post(QUICK, headers)
    assert (answer.status_code, answer.text) == (401, "This request is not signed by Slack.")


def test_the_log_says_why_a_request_was_refused_and_tells_no_secret(
    address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    address.post(f"{QUICK}&text=private", signed(QUICK.encode()))
    assert "its signature is not made with MUSTER_SLACK_SIGNING_SECRET" in caplog.text
    assert SECRET not in caplog.text
    assert "private" not in caplog.text


@pytest.mark.parametrize("body", ["{" * 5, "[" * 100_000, '{"type": ', "payload=%7B"])
def test_what_is_signed_and_cannot_be_read_is_refused(address: Address, body: str) -> None:
    headers = {**signed(body.encode()), "content-type": "application/json" if body[0] in "{[" else "text/plain"}
    answer = address.post(body, headers)
    assert (answer.status_code, answer.text) == (400, "This cannot be read.")


def test_what_nobody_expected_is_told_to_the_log_and_not_to_the_caller(
    address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    answer = address.post("payload=%5B%5D")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert eventually(lambda: "AttributeError" in caplog.text)


def test_bytes_that_are_no_text_are_refused(address: Address) -> None:
    assert raw(address, request(b"command=\xff\xfe", {})).startswith(b"HTTP/1.1 401")
    body = "command=ÿþ".encode("latin-1")
    assert raw(address, request(body, signed_bytes(body))).startswith(b"HTTP/1.1 400")


def signed_bytes(body: bytes) -> dict[str, str]:
    """The SDK signs text only."""
    headers = signed(b"")
    signature = hmac.new(SECRET.encode(), f"v0:{headers['x-slack-request-timestamp']}:".encode() + body, hashlib.sha256)
    return {**headers, "x-slack-signature": f"v0={signature.hexdigest()}"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/slack/events", 405),
        ("PUT", "/slack/events", 405),
        ("POST", "/health", 405),
        ("GET", "/", 404),
        ("POST", "/slack/events/", 404),
        ("POST", "/slack/../../etc/passwd", 404),
        ("GET", "/%00", 404),
    ],
)
def test_other_ways_lead_nowhere(address: Address, method: str, path: str, status: int) -> None:
    answer = httpx2.request(method, f"{address.url}{path}", trust_env=False)
    assert answer.status_code == status
    assert answer.text in ("Not Found", "Method Not Allowed")
    assert "server" not in answer.headers


def request(body: bytes, headers: dict[str, str], *, length: int | None = None) -> bytes:
    lines = {"host": "muster", "content-length": str(len(body) if length is None else length), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {slack_requests.PATH} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body


def raw(address: Address, sent: bytes) -> bytes:
    """What comes back for those bytes."""
    with socket.create_connection(("127.0.0.1", address.port), timeout=20) as connection:
        connection.sendall(sent)
        return connection.recv(65536)


def test_a_body_that_is_too_large_is_refused_before_it_is_read_to_the_end(address: Address) -> None:
    sent = request(b"x" * (MOST_BYTES + 1), {}, length=10**12)
    assert raw(address, sent).startswith(b"HTTP/1.1 413")


def test_a_body_just_within_the_limit_is_read(address: Address) -> None:
    body = f"{QUICK}&text=".ljust(MOST_BYTES, "x")
    assert address.post(body).text == "Done."


def test_whoever_does_not_send_what_was_announced_is_sent_away(address: Address) -> None:
    began = time.monotonic()
    assert raw(address, request(QUICK.encode(), signed(QUICK.encode()), length=10_000)).startswith(b"HTTP/1.1 408")
    assert READ_SECONDS <= time.monotonic() - began < READ_SECONDS + 5


@pytest.mark.parametrize("sent", [b"\x16\x03\x01\x02\x00", b"POST /slack/events HTTP/1.1\r\ncontent-length: x\r\n\r\n"])
def test_what_is_no_http_is_refused(address: Address, sent: bytes) -> None:
    assert raw(address, sent + b"\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_whoever_hangs_up_in_the_middle_leaves_no_trace(address: Address, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_connection(("127.0.0.1", address.port)) as connection:
        connection.sendall(request(b"comm", {}, length=100))
    assert address.post(QUICK).text == "Done."
    assert caplog.text == ""


@contextmanager
def asking(address: Address, slow: Slow, number: int) -> Iterator[Callable[[], list[int]]]:
    """That many slow commands at once, all begun. What is called at the end lets them go on, and tells how it went."""
    with ThreadPoolExecutor(number) as slack:
        sent = [slack.submit(address.post, SLOW) for _ in range(number)]
        for _ in sent:
            assert slow.begun.acquire(timeout=20)

        def end() -> list[int]:
            slow.may_end.set()
            return [each.result().status_code for each in sent]

        try:
            yield end
        finally:
            slow.may_end.set()


def test_slow_commands_delay_no_other(address: Address, slow: Slow) -> None:
    with asking(address, slow, AT_ONCE - 1) as end:
        began = time.monotonic()
        assert address.post(QUICK).text == "Done."
        assert address.get("/health").status_code == 200
        assert time.monotonic() - began < 10
        assert end() == [200] * (AT_ONCE - 1)


def test_when_every_thread_is_busy_slack_hears_of_it_in_time(address: Address, slow: Slow) -> None:
    with asking(address, slow, AT_ONCE) as end:
        began = time.monotonic()
        assert address.post(QUICK).status_code == 503
        assert TURN_SECONDS <= time.monotonic() - began < TURN_SECONDS + 5
        assert address.get("/health").status_code == 200
        assert end() == [200] * AT_ONCE
    assert address.post(QUICK).text == "Done."


def test_an_end_waits_for_what_is_being_answered_and_takes_nothing_more(bolt: App, db: Database, slow: Slow) -> None:
    with ThreadPoolExecutor(1) as slack:
        with serving(bolt, db) as address:
            sent = slack.submit(address.post, SLOW)
            assert slow.begun.acquire(timeout=20)
            threading.Thread(target=let_go_when_closed, args=(address, slow)).start()
        assert sent.done()
        assert sent.result().text == "Done at last."


def let_go_when_closed(address: Address, slow: Slow) -> None:
    for _ in range(1000):
        try:
            address.get("/health")
        except httpx2.ConnectError:
            slow.may_end.set()
            return
        time.sleep(0.01)


def test_an_end_does_not_wait_for_whoever_sends_nothing(bolt: App, db: Database) -> None:
    with serving(bolt, db) as address:
        idle = [socket.create_connection(("127.0.0.1", address.port)) for _ in range(3)]
        idle[1].sendall(b"POST /slack/events HTTP/1.1\r\n")
        idle[2].sendall(request(b"", {}, length=10))
        assert address.post(QUICK).text == "Done."
        began = time.monotonic()
    assert time.monotonic() - began < READ_SECONDS + 5
    for connection in idle:
        connection.close()
