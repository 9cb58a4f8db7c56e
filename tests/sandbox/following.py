"""Apps that follow the sandbox's clock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2

from sandbox.client import eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY


class Follower:
    """An app that follows the clock and knows one moment it wants to wake at."""

    def __init__(self, box: Sandbox, name: str = "app") -> None:
        self._url = box.url
        self._name = name
        self._stop = threading.Event()
        self.wake_at: float | None = None
        self.later: list[float] = []
        self.in_flight = 0
        self.told: list[float] = []
        self.reported = False

    def run(self) -> None:
        version: int | None = None
        with httpx2.Client(base_url=self._url, timeout=30) as http:
            stopping = False
            while not stopping:
                params = {"app": self._name} | ({} if version is None else {"version": version})
                answer = http.get("/clock", params=params).json()
                version = answer["version"]
                stopping = self._stop.is_set()
                self.told.append(answer["now"])
                self._catch_up(answer["now"])
                report = {"app": self._name, "version": version}
                http.post("/clock/report", json=report | {"wake_at": self.wake_at, "in_flight": self.in_flight})
                self.reported = True

    def _catch_up(self, now: float) -> None:
        if self.wake_at is not None and now >= self.wake_at:
            self.wake_at = self.later.pop(0) if self.later else None

    def stop(self) -> None:
        self._stop.set()


@contextmanager
def following(box: Sandbox, prepare: Callable[[Follower], None] = lambda _: None) -> Iterator[Follower]:
    follower = Follower(box)
    prepare(follower)
    thread = threading.Thread(target=follower.run)
    thread.start()
    assert eventually(lambda: follower.reported)
    try:
        yield follower
    finally:
        follower.stop()
        httpx2.post(f"{box.url}/page/clock/to", json={"now": 0})  # A new version of the clock ends the poll.
        thread.join(10)


def hourly(app: Follower) -> None:
    app.wake_at, *app.later = (FRIDAY.timestamp() + hours * 3600 for hours in range(1, 6))
