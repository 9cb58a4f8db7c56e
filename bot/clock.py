"""Following the sandbox's clock, which can jump, and telling it what is to come."""

import logging
import threading
import time
from datetime import UTC, datetime

import httpx2

from domain.clock import new_id

log = logging.getLogger(__name__)
POLL_SECONDS = 25
RETRY_SECONDS = 0.5


class SandboxClock:
    """A Clock that reads the time of a sandbox at `url`. `wake` is set whenever the sandbox's time has jumped."""

    def __init__(self, url: str, wake: threading.Event) -> None:
        self._url, self._wake, self._app = url, wake, new_id()
        self._http = httpx2.Client(timeout=POLL_SECONDS, trust_env=False)
        self._stop = threading.Event()
        self._version = self._seen = 0
        self._offset = 0.0
        self._reported: tuple[int, datetime | None, int] | None = None
        self._follow(None)
        self._thread = threading.Thread(target=self._poll, name="sandbox clock", daemon=True)
        self._thread.start()

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.monotonic() + self._offset, UTC)

    def report(self, wake_at: datetime | None, in_flight: int) -> None:
        """Tells the sandbox when Muster next has something to do. Call it after a whole pass."""
        said = (self._seen, wake_at, in_flight)
        if said != self._reported:
            moment = wake_at.timestamp() if wake_at else None
            body = {"app": self._app, "version": self._seen, "wake_at": moment, "in_flight": in_flight}
            try:
                self._http.post(f"{self._url}/report", json=body)
            except httpx2.HTTPError:
                return
            self._reported = said

    def begin_pass(self) -> None:
        """What is reported next holds for the jumps known by now."""
        self._seen = self._version

    def close(self) -> None:
        self._stop.set()
        self._http.close()

    def _poll(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow(self._version)
            except (httpx2.HTTPError, RuntimeError):
                self._stop.wait(RETRY_SECONDS)

    def _follow(self, version: int | None) -> None:
        parameters = {"app": self._app} if version is None else {"app": self._app, "version": str(version)}
        found = self._http.get(self._url, params=parameters).raise_for_status().json()
        self._offset = found["now"] - time.monotonic()
        if found["version"] != self._version:
            self._version = found["version"]
            self._wake.set()
