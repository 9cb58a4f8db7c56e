"""`muster demo` from the command line: it starts, says where, and stops when told to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx2
import pytest

from sandbox.server import Sandbox
from tests.muster import MANIFEST, ROOT


@contextmanager
def demo(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    with started:
        try:
            yield started
        finally:
            if started.poll() is None:
                started.kill()


def test_the_demo_says_where_to_look_and_ctrl_c_stops_all_of_it() -> None:
    with demo("--port", "0") as started:
        assert started.stdout
        says = iter(started.stdout.readline, "")
        url = next(line for line in says if "Open http" in line).split()[1]
        assert "Next event" in next(line for line in says if line.strip())
        assert "Northlight AI" in httpx2.get(f"{url}/page/workspace").text
        os.killpg(started.pid, signal.SIGINT)
        said, complained = started.communicate(timeout=20)
        assert (started.returncode, complained) == (0, "")
        assert [line[:9] for line in said.strip().splitlines()] == ["Stopping:", "Stopped."]
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(url)


@pytest.mark.parametrize(("how", "said"), [([], " of 8 answered"), (["--alone"], "Closed, no answers")])
def test_the_others_answer_by_themselves_unless_one_wants_to_be_alone(how: list[str], said: str) -> None:
    with demo("--port", "0", *how) as started:
        assert started.stdout
        url = next(line for line in iter(started.stdout.readline, "") if "Open http" in line).split()[1]
        monday_evening = datetime(2026, 11, 24, 3, tzinfo=UTC).timestamp()
        assert httpx2.post(f"{url}/page/clock/to", json={"now": monday_evening}, timeout=90).json()["ok"]
        grace = {"as": "U0000000007", "channel": "C0000000001"}
        assert said in httpx2.get(f"{url}/page/conversation", params=grace).text
        os.killpg(started.pid, signal.SIGINT)
        assert started.wait(20) == 0


def test_a_port_in_use_gets_a_sentence() -> None:
    with Sandbox(seed="empty", manifest=MANIFEST) as box, demo("--port", box.url.rsplit(":", 1)[1]) as started:
        said, complained = started.communicate(timeout=20)
    assert (started.returncode, said) == (1, "")
    assert "already in use. Choose another one" in complained
    assert "Traceback" not in complained


def test_a_port_that_cannot_be_gets_a_sentence() -> None:
    with demo("--port", "70000") as started:
        _said, complained = started.communicate(timeout=20)
    assert complained == (
        "muster: The page cannot have port 70000: ports end at 65535. "
        "Choose another one, for example `muster demo --port 8701`.\n"
    )
