"""Muster as tests run it: in this process beside the test, or as a process of its own that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.library import shipped_library
from bot.process import Process, build
from bot.settings import Settings
from bot.settings_model import ModelSettings
from bot.urls import LOOPBACK, Address
from domain.runs import Ritual
from sandbox.client import Client
from sandbox.server import Sandbox
from services import rituals
from services.secrets import Secrets, new_key
from web import slack_requests

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "app.yaml"
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
"""When the sandbox's week begins: Friday afternoon in Europe, morning in America."""

BOTH_WAYS = pytest.mark.parametrize("over_http", [False, True], ids=["socket_mode", "http"], indirect=True)
"""Marks what must be the same however Slack reaches Muster."""


@dataclass(frozen=True)
class Running:
    """A Muster connected to a sandbox, and the hands of the people there."""

    box: Sandbox
    process: Process
    people: Client

    @property
    def workspace_id(self) -> str:
        return str(self.people.get("workspace")["team"]["id"])

    def switch_on(self, template_id: str = "weekly-sync", *, channel: str = "forecast", by: str = "Grace") -> Ritual:
        person = self.people.person(by)
        ritual, _asked = rituals.switch_on(
            self.process.db,
            workspace_id=self.workspace_id,
            channel_id=person.channel_id(channel),
            person_id=person.id,
            template=shipped_library()[template_id],
            now=self.process.clock(),
        )
        return ritual


def settings_for(box: Sandbox, database_url: str) -> Settings:
    """For Socket Mode, or for HTTP if the sandbox sends its requests to an address."""
    for_socket_mode = Settings(
        bot_token=box.bot_token,
        app_token=box.app_token,
        api_url=f"{box.url}/api/",
        database_url=database_url,
        clock_url=f"{box.url}/clock",
        secrets=Secrets([new_key()]),
        calendar_hosts=frozenset({LOOPBACK}),
    )
    url = urlsplit(box.slack.manifest.events_url)
    if not url.hostname or not url.port:
        return for_socket_mode
    address = Address(url.hostname, url.port)
    return replace(for_socket_mode, app_token="", signing_secret=box.signing_secret, address=address)


@contextmanager
def request_url() -> Iterator[str]:
    """An address at which only Muster will listen: nobody else is given its port meanwhile."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind((LOOPBACK, 0))
        yield f"http://{LOOPBACK}:{kept.getsockname()[1]}{slack_requests.PATH}"


@contextmanager
def running(
    database_url: str,
    *,
    seed: str = "demo",
    rate_limits: bool = False,
    over_http: bool = False,
    keep_answers: timedelta | None = None,
    model: ModelSettings | None = None,
) -> Iterator[Running]:
    """A sandbox and a Muster connected to it, both in this process."""
    with (
        request_url() if over_http else nullcontext() as url,
        Sandbox(seed=seed, manifest=MANIFEST, start=FRIDAY, rate_limits=rate_limits, request_url=url) as box,
        Client(box.url) as people,
        muster_beside(box, database_url, keep_answers=keep_answers, model=model) as process,
    ):
        yield Running(box, process, people)


@contextmanager
def muster_beside(
    box: Sandbox, database_url: str, *, keep_answers: timedelta | None = None, model: ModelSettings | None = None
) -> Iterator[Process]:
    """A Muster in a thread of this process."""
    process, _name = build(replace(settings_for(box, database_url), keep_answers=keep_answers, model=model))
    loop = threading.Thread(target=process.loop.run, name="loop")
    loop.start()
    try:
        yield process
    finally:
        process.stop()
        loop.join(timeout=20)
        process.close()
        assert not loop.is_alive()


class OwnProcess:
    """`muster run` as a process of its own."""

    def __init__(self, box: Sandbox, database_url: str) -> None:
        settings = settings_for(box, database_url)
        environment = {
            **os.environ,
            "MUSTER_SLACK_BOT_TOKEN": settings.bot_token,
            "MUSTER_SLACK_APP_TOKEN": settings.app_token,
            "MUSTER_SLACK_SIGNING_SECRET": settings.signing_secret,
            "MUSTER_PORT": str(settings.address),
            "MUSTER_SLACK_API_URL": settings.api_url,
            "MUSTER_DATABASE_URL": settings.database_url,
            "MUSTER_CLOCK_URL": settings.clock_url,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> str:
        """What it says then."""
        assert self._process.stdout
        said = self._process.stdout.readline()
        assert "connected" in said
        return said

    def kill(self) -> None:
        """As a power cut would: nothing is flushed, nothing is said."""
        self._process.send_signal(signal.SIGKILL)
        self._wait()

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._wait()

    def _wait(self) -> int:
        code = self._process.wait(timeout=20)
        if self._process.stdout:
            self._process.stdout.close()
        return code
