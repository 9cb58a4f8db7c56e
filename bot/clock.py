"""Following the sandbox's clock, which can jump, and telling it what is to come."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2

from domain.clock import new_id
from domain.errors import UserError

log = logging.getLogger(__name__)
POLL_SECONDS = 25
RETRY_SECONDS = 0.5
HELD_BACK = timedelta(seconds=1)
UNANSWERED = (httpx2.HTTPError, ValueError, TypeError, LookupError)
"""There is no answer, or another than a clock would give."""


class ClockNotReached(UserError):
    """No sandbox's clock answers at {url} ({why}). Start the sandbox, or take MUSTER_CLOCK_URL out."""


Answer = dict[str, Any]


def check_clock(url: str) -> None:
    """Raises ClockNotReached."""
    with _new_http(url) as http:
        _first(http, url, {})


def _new_http(url: str) -> httpx2.Client:
    # Loading certificates takes longer than all else that the clock of a sandbox needs.
    return httpx2.Client(timeout=POLL_SECONDS, trust_env=False, verify=not url.startswith("http:"))


def _first(http: httpx2.Client, url: str, parameters: dict[str, str]) -> Answer:
    try:
        return _ask(http, url, parameters)
    except (*UNANSWERED, httpx2.InvalidURL) as error:
        raise ClockNotReached(url=url, why=type(error).__name__) from error


def _ask(http: httpx2.Client, url: str, parameters: dict[str, str]) -> Answer:
    found = http.get(url, params=parameters).raise_for_status().json()
    return {"now": float(found["now"]), "version": int(found["version"]), "runs": bool(found.get("runs", True))}


class SandboxClock:
    """A Clock that reads the time of a sandbox at `url`. `wake` is set whenever the sandbox's time has jumped.

    Raises ClockNotReached when it is made.
    """

    def __init__(self, url: str, wake: threading.Event) -> None:
        self._url, self._wake, self._app = url, wake, new_id()
        self._http = _new_http(url)
        self._stop = threading.Event()
        self._version = self._seen = 0
        self._read = (0.0, 0.0, True)
        """The sandbox's time, when it was that by the machine's clock, and whether it runs on from there."""
        self._reported: tuple[int, datetime | None, int] | None = None
        self._follow(_first(self._http, url, {"app": self._app}))
        self._thread = threading.Thread(target=self._poll, name="sandbox clock", daemon=True)
        self._thread.start()

    def __call__(self) -> datetime:
        moment, since, runs = self._read
        return datetime.fromtimestamp(moment + (time.monotonic() - since if runs else 0.0), UTC)

    def report(
        self, wake_at: datetime | None, in_flight: int, *, is_due: bool, next_try: Callable[[], datetime | None]
    ) -> None:
        """Tells the sandbox when Muster next has something to do. Call it after a whole pass.

        What is due and held back by Slack's limits will go in a moment: while the sandbox's time runs, that counts as
        being sent; if it stands still, that moment has to be waited for, and so has the next time something is tried.
        """
        if self._read[2]:
            in_flight = max(in_flight, int(is_due))
        else:
            moments = (wake_at, next_try(), self() + HELD_BACK if is_due else None)
            later = self() + HELD_BACK
            wake_at = min((max(moment, later) for moment in moments if moment), default=None)
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
                self._follow(_ask(self._http, self._url, {"app": self._app, "version": str(self._version)}))
            except (*UNANSWERED, RuntimeError):
                self._stop.wait(RETRY_SECONDS)

    def _follow(self, found: Answer) -> None:
        self._read = (found["now"], time.monotonic(), found["runs"])
        if found["version"] != self._version:
            self._version = found["version"]
            self._wake.set()
