"""Leaving Slack: at once when nothing is being done, and not before what is being done has been answered."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.process import Process, build
from bot.socket_mode import SocketMode
from sandbox.client import Client, Refused, eventually
from sandbox.server import Sandbox
from tests.muster import settings_for


def started(box: Sandbox, tmp_path: Path) -> Process:
    process, _name = build(settings_for(box, f"sqlite:///{tmp_path / 'muster.db'}"))
    return process


def client_of(process: Process) -> SocketModeClient:
    assert isinstance(process.intake, SocketMode)
    return process.intake.client


def test_it_does_not_wait_for_slacks_next_message(box: Sandbox, tmp_path: Path) -> None:
    process = started(box, tmp_path)
    process.loop.close()
    began = time.monotonic()
    process.close()
    assert time.monotonic() - began < 2, "the SDK's reader looks up every three seconds"


def test_what_is_being_handled_is_answered_first(box: Sandbox, tmp_path: Path) -> None:
    process = started(box, tmp_path)
    process.loop.close()
    failed: list[str] = []

    def ask() -> None:
        with Client(box.url) as people:
            try:
                people.person("Ana").command("/action", "Relabel", channel="forecast")
            except Refused as refused:
                failed.append(str(refused))

    opening = box.faults.add("views.open", "hold")
    asking, closing = threading.Thread(target=ask), threading.Thread(target=process.close)
    asking.start()
    assert opening.reached.wait(10)
    closing.start()
    assert eventually(lambda: client_of(process).closed)
    hear_from_slack(process)
    opening.release()
    asking.join()
    closing.join()
    assert failed == []


def hear_from_slack(process: Process) -> None:
    """The SDK's own way of closing hangs up after the next message, whatever is being handled."""
    session = client_of(process).current_session
    assert session
    before = session.last_ping_pong_time
    session.check_state()
    assert eventually(lambda: session.last_ping_pong_time != before)


def test_a_goodbye_of_slacks_at_the_same_moment_keeps_nothing_open(box: Sandbox, tmp_path: Path) -> None:
    process = started(box, tmp_path)
    process.loop.close()
    session, runner = client_of(process).current_session, client_of(process).current_session_runner
    assert session
    with ThreadPoolExecutor(1) as closer:
        with session.sock_send_lock:
            box.hang_up()
            assert eventually(lambda: disconnecting() == {runner.thread.ident})
            closing = closer.submit(process.close)
            assert eventually(lambda: len(disconnecting()) == 2), "both have seen the socket, and wait for the lock"
        assert closing.result() is None
    assert not runner.is_alive()
    again = started(box, tmp_path)
    again.loop.close()
    again.close()


def disconnecting() -> set[int]:
    """The threads that are just now in the SDK's `Connection.disconnect`."""
    frames = sys._current_frames().items()  # noqa: SLF001 # CPython has no other way to see where a thread waits
    return {thread for thread, frame in frames if frame.f_code is Connection.disconnect.__code__}
