"""A server that failed five times within ten minutes is left alone for ten."""

from datetime import datetime, timedelta
from threading import Lock

FAILURES = 5
WHILE = timedelta(minutes=10)


class Breaker:
    def __init__(self) -> None:
        self._failed: list[datetime] = []
        self._until: datetime | None = None
        self._lock = Lock()

    def is_open(self, now: datetime) -> bool:
        with self._lock:
            return self._until is not None and now < self._until

    def failed(self, now: datetime) -> None:
        with self._lock:
            self._failed = [*(each for each in self._failed if now - each < WHILE), now]
            if len(self._failed) >= FAILURES:
                self._failed, self._until = [], now + WHILE

    def answered(self) -> None:
        with self._lock:
            self._failed = []
