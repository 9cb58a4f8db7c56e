"""Leaving Slack: at once when nothing is being done, and not before what is being done has been answered."""

import threading
import time
from pathlib import Path

from bot.process import Process, build
from sandbox.client import Client, Refused
from sandbox.server import Sandbox
from tests.muster import settings_for


def started(box: Sandbox, tmp_path: Path) -> Process:
    process, _name = build(settings_for(box, f"sqlite:///{tmp_path / 'muster.db'}"))
    return process


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
    opening.release()
    asking.join()
    closing.join()
    assert failed == []
