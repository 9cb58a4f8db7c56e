"""Slack's SDK repeats a call that was hung up on, if it is let; then a person would read an answer twice."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from surface.kit import Message
from surface.slack import Slack, SlackUnclear

Call = Callable[[Slack, str], object]
CALLS: dict[str, Call] = {
    "post": lambda slack, _url: slack.post("C1", Message("hello", []), "id"),
    "open_view": lambda slack, _url: slack.open_view("trigger", {}),
    "check_app_token": lambda slack, _url: slack.check_app_token("xapp-1"),
    "respond": lambda slack, url: slack.respond(url, {"text": "hello"}),
}


class HangsUp:
    """A server that counts who calls, and hangs up on each without a word."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening, self.calls = listening, 0
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self._listening.accept()
                self.calls += 1
                with connection:
                    connection.recv(65536)


@pytest.fixture
def server() -> Iterator[HangsUp]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = HangsUp(listening)
        threading.Thread(target=found.run, daemon=True).start()
        yield found


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_was_hung_up_on_is_made_once(server: HangsUp, call: str) -> None:
    with pytest.raises(SlackUnclear):
        CALLS[call](Slack("xoxb-1", server.url), server.url)
    assert server.calls == 1
