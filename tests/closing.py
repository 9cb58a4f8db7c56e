"""Closing Slack's own client without its waits, which last up to four seconds and prove nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk.socket_mode import SocketModeClient

from sandbox.client import eventually
from sandbox.server import Sandbox


@contextmanager
def woken(client: SocketModeClient, box: Sandbox) -> Iterator[None]:
    """In this block, closing the client does not wait: its readers are given what they wait for."""
    # The one that reads the socket waits three seconds for data, unless the other side hangs up.
    client.auto_reconnect_enabled = False
    box.hang_up()
    # Closing it while it closes by itself would fail: the SDK looks before it takes its lock.
    eventually(lambda: not client.is_connected())
    is_closed = threading.Event()
    feeder = threading.Thread(target=_feed, args=(client, is_closed), name="feeder")
    feeder.start()
    try:
        yield
    finally:
        is_closed.set()
        feeder.join()


def _feed(client: SocketModeClient, is_closed: threading.Event) -> None:
    """The one that hands out messages waits a second for the next."""
    while not is_closed.wait(0.01):
        client.enqueue_message("{}")
