"""`muster simulate` as somebody who waits for it: it ends when it is told to, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.console import INTERRUPTED
from bot.simulate import DATABASE, TRACE
from sandbox.client import eventually

COMMAND = (sys.executable, "-m", "bot", "simulate", "--weeks", "1", "--members", "4", "--seed", "1")


@pytest.mark.parametrize(("send", "how"), [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)])
def test_whoever_stops_it_reads_a_sentence_and_leaves_no_muster_running(
    tmp_path: Path, send: Callable[[int, int], None], how: signal.Signals
) -> None:
    """Ctrl-C reaches both processes, as a terminal does it; a supervisor tells only the first."""
    command = [*COMMAND, "--keep", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as simulation:
        assert eventually(lambda: '"act": "started"' in read(tmp_path / TRACE), within=60)
        muster = int(read(tmp_path / f"{DATABASE}.lock"))
        send(simulation.pid, how)
        said, _ = simulation.communicate(timeout=60)
    assert simulation.returncode == INTERRUPTED
    assert said.splitlines() == [
        "Simulating 1 week of 4 people without faults, seed 1. Ctrl-C ends it.",
        "Stopped in the middle, with Muster and the sandbox. Nothing has been judged.",
        f"Judge what was lived until then with: muster simulate --replay {tmp_path}",
    ]
    with pytest.raises(ProcessLookupError):
        os.kill(muster, 0)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
