"""Muster as a process of its own beside a sandbox, which can be killed at any moment."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from bot.settings import Settings
from domain.errors import UserError

READY_SECONDS = 60
STOP_SECONDS = 60


class DidNotStart(UserError):
    """Muster ended, or said nothing, before it was connected. What it said is in {log}."""


class AppProcess:
    """`muster run` with these settings and `more` of them by name; what it says goes into `log`."""

    def __init__(self, settings: Settings, log: Path, more: Mapping[str, str]) -> None:
        self._environment = {**environment(settings), **more}
        self._log = log
        self._process: subprocess.Popen[str] | None = None
        self._said: IO[str] | None = None

    def start(self) -> None:
        """Returns when it is connected. Raises DidNotStart."""
        self._said = self._log.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            env={**_without_settings(os.environ), **self._environment},
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        out = self._process.stdout
        if out is None or not select.select([out], [], [], READY_SECONDS)[0] or "connected" not in out.readline():
            raise DidNotStart(log=self._log)

    def kill(self) -> None:
        """As a power cut would: nothing is flushed, nothing is said."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdout, self._said):
            if stream:
                stream.close()


def environment(settings: Settings) -> dict[str, str]:
    """The settings as a process reads them."""
    return {
        "MUSTER_SLACK_BOT_TOKEN": settings.bot_token,
        "MUSTER_SLACK_APP_TOKEN": settings.app_token,
        "MUSTER_SLACK_API_URL": settings.api_url,
        "MUSTER_DATABASE_URL": settings.database_url,
        "MUSTER_CLOCK_URL": settings.clock_url,
    }


def _without_settings(environment: os._Environ[str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("MUSTER_")}
