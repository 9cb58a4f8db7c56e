"""Sandbox time, and the only place of the sandbox that reads the machine's clock."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

monotonic = time.monotonic


def machine_time() -> int:
    """Seconds since 1970 by the machine's clock: signatures expire by it, on both sides."""
    return int(time.time())  # noqa: TID251 - see above


FRIDAY = 4


def default_start() -> datetime:
    """Last Friday, 15:00 UTC: a fresh week lies ahead."""
    now = datetime.now(UTC)  # noqa: TID251 - without a given start the sandbox begins near the machine's date
    friday = (now - timedelta(days=(now.weekday() - FRIDAY) % 7)).replace(hour=15, minute=0, second=0, microsecond=0)
    return friday if friday <= now else friday - timedelta(days=7)


class Clock:
    """The start moment, plus the machine time elapsed since, plus jumps. It never runs backwards.

    One that does not run stands still between jumps, so that the same week can be lived twice to the microsecond.
    """

    def __init__(self, start: datetime, *, runs: bool = True) -> None:
        self.runs = runs
        self._moment = start.timestamp()
        self._since = monotonic()
        self._changed = asyncio.Event()
        self.version = 1

    def now(self) -> float:
        return self._moment + (monotonic() - self._since if self.runs else 0.0)

    def seconds(self) -> float:
        """What short windows are measured by: the machine's seconds, or of a clock that stands its own, so that no
        machine is too slow to live the same week twice."""
        return monotonic() if self.runs else self._moment

    def jump_to(self, moment: float) -> None:
        self._moment, self._since = max(moment, self.now()), monotonic()
        self.announce()

    def announce(self) -> None:
        """Raise the version, so that every app that waits for a change looks again."""
        self.version += 1
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def wait_for_change(self, *, since: int, at_most: float) -> None:
        """Return once the version is another than `since`, or after `at_most` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                while self.version == since:
                    await self._changed.wait()

    async def sleep_until(self, moment: float) -> None:
        while (left := moment - self.now()) > 0:
            await self.wait_for_change(since=self.version, at_most=left)
