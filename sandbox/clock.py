"""Sandbox time, and the only place of the sandbox that reads the machine's clock."""

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

monotonic = time.monotonic

FRIDAY = 4


def default_start() -> datetime:
    """Last Friday, 15:00 UTC: a fresh week lies ahead."""
    now = datetime.now(UTC)  # noqa: TID251 - without a given start the sandbox begins near the machine's date
    friday = (now - timedelta(days=(now.weekday() - FRIDAY) % 7)).replace(hour=15, minute=0, second=0, microsecond=0)
    return friday if friday <= now else friday - timedelta(days=7)


class Clock:
    """The start moment, plus the machine time elapsed since, plus jumps. It never runs backwards."""

    def __init__(self, start: datetime) -> None:
        self._offset = start.timestamp() - monotonic()
        self._changed = asyncio.Event()
        self.version = 1

    def now(self) -> float:
        return monotonic() + self._offset

    def jump_to(self, moment: float) -> None:
        self._offset += max(0.0, moment - self.now())
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
