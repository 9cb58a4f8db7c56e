"""Work that takes its time, a few pieces at once, in threads of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

Due = TypeVar("Due")


class Pool:
    def __init__(self, name: str, threads: int, *, ahead: int = 1, wake: Callable[[], None]) -> None:
        """`ahead`: how many pieces are taken for each thread. `wake` is called when one is done."""
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._room, self._wake = threads * ahead, wake
        self._in_flight = 0
        self._lock = Lock()

    @property
    def in_flight(self) -> int:
        return self._in_flight

    @property
    def free(self) -> int:
        """How many more there is room for."""
        return self._room - self._in_flight

    def begin(self, work: Callable[[Due], None], due: Due) -> None:
        self._count(1)
        self._threads.submit(self._done, work, due)

    def close(self) -> None:
        """Waits for what has begun; nothing else begins."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _done(self, work: Callable[[Due], None], due: Due) -> None:
        try:
            work(due)
        finally:
            self._count(-1)
            self._wake()

    def _count(self, change: int) -> None:
        with self._lock:
            self._in_flight += change
