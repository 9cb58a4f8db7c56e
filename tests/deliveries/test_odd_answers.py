"""What Slack, or a proxy before it, may answer, and what the one client makes of it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from surface.kit import Message
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear, certificates

HELLO = Message("hello", [])
Serve = Callable[[bytes], Slack]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A server that answers every call with the same bytes, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def give(answer: bytes) -> Slack:
            threading.Thread(target=_answer, args=(listening, answer), daemon=True).start()
            return Slack("xoxb-1", f"http://127.0.0.1:{listening.getsockname()[1]}/api/")

        yield give


def _answer(listening: socket.socket, answer: bytes) -> None:
    with suppress(OSError):
        while True:
            connection, _address = listening.accept()
            with connection:
                _read_request(connection)
                connection.sendall(answer)


def _read_request(connection: socket.socket) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(65536)
    head, _, body = head.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)


def http(status: str, body: str, *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", body]
    return "\r\n".join(lines).encode()


LIMITED = '{"ok": false, "error": "ratelimited"}'
DATE = "Date: Mon, 23 Nov 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (["Retry-After: 30"], 30),
        (["retry-after: 7"], 7),
        (["Retry-After: 0"], 1),
        (["Retry-After: 99999999999"], 3600),
        ([], 5),
        (["Retry-After: soon"], 5),
        ([DATE, "Retry-After: Mon, 23 Nov 2026 09:00:42 GMT"], 42),
        ([DATE, "Retry-After: Mon, 23 Nov 2026 08:59:00 GMT"], 1),
        (["Retry-After: Mon, 23 Nov 2026 09:00:42 GMT"], 5),
    ],
    ids=str,
)
def test_it_waits_as_long_as_it_is_told_and_never_not_at_all(serve: Serve, headers: list[str], seconds: int) -> None:
    slack = serve(http("429 Too Many Requests", LIMITED, *headers))
    with pytest.raises(SlackLimited) as limited:
        slack.post("C1", HELLO, "id")
    assert (limited.value.method, limited.value.seconds) == ("chat.postMessage", seconds)


@pytest.mark.parametrize(
    "answer",
    [
        http("500 Internal Server Error", "<html>oops</html>"),
        http("503 Service Unavailable", '{"ok": false, "error": "fatal_error"}'),
        http("502 Bad Gateway", ""),
        http("200 OK", "<html>Please sign in to this network</html>"),
        http("200 OK", ""),
        http("200 OK", '{"ok": false, "error": "internal_error"}'),
        http("200 OK", '{"ok": true', length=4000),
        b"not HTTP at all\r\n\r\n",
        b"",
    ],
    ids=["500", "503", "502", "sign-in page", "nothing", "internal_error", "cut off", "not HTTP", "hung up"],
)
def test_what_says_nothing_of_the_call_leaves_it_unclear(serve: Serve, answer: bytes) -> None:
    slack = serve(answer)
    with pytest.raises(SlackUnclear) as unclear:
        slack.post("C1", HELLO, "id")
    assert unclear.value.method == "chat.postMessage"
    with pytest.raises(SlackUnclear):
        list(slack.people())


def test_a_refusal_is_a_refusal(serve: Serve) -> None:
    slack = serve(http("200 OK", '{"ok": false, "error": "is_archived"}'))
    with pytest.raises(SlackRefused, match="is_archived"):
        slack.post("C1", HELLO, "id")


def test_nobody_there_is_unclear_too() -> None:
    with pytest.raises(SlackUnclear):
        Slack("xoxb-1", "http://127.0.0.1:9/api/").post("C1", HELLO, "id")


def test_whom_this_machine_trusts_is_read_once_for_all_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it takes longer than most calls do."""
    read: list[object] = []
    real = ssl.SSLContext.load_default_certs
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", lambda self, *given: read.append(real(self, *given)))
    certificates.cache_clear()
    for _ in range(2):
        slack = Slack("xoxb-1", "https://127.0.0.1:9/api/")
        for _ in range(2):
            with pytest.raises(SlackUnclear):
                slack.whoami()
    assert len(read) == 1
