"""`muster` as typed, with settings of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sandbox.server import Sandbox
from tests.bot import prestarted
from tests.muster import ROOT, settings_for


def muster(
    *arguments: str, cwd: Path = ROOT, settings: Mapping[str, str] | None = None, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Runs `muster` with only those settings; `before` is the command that starts it, if not the shell."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        **{f"MUSTER_{name}": value for name, value in (settings or {}).items()},
    }
    if not before:
        return prestarted.run(arguments, cwd=cwd, environment=environment)
    command = [*before, sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=60)


def tokens(box: Sandbox, database: Path, **other: str) -> dict[str, str]:
    found = settings_for(box, f"sqlite:///{database}")
    return {
        "SLACK_BOT_TOKEN": found.bot_token,
        "SLACK_APP_TOKEN": found.app_token,
        "SLACK_SIGNING_SECRET": found.signing_secret,
        "PORT": str(found.address),
        "SLACK_API_URL": found.api_url,
        "DATABASE_URL": found.database_url,
        **other,
    }


@contextmanager
def occupied(address: str) -> Iterator[None]:
    """Something else listens there."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(address.rpartition(":")[2])))
        other.listen()
        yield
