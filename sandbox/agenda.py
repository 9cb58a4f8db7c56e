"""What the sandbox itself does later: scheduled messages, a status that runs out, a look at a new file."""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.clock import Clock

SOON_SECONDS = 0.2
"""Of the machine's time: how long Slack takes for what it does after it has answered."""


@dataclass(order=True)
class Entry:
    at: float
    number: int
    work: Callable[[], object] = field(compare=False)
    is_cancelled: bool = field(default=False, compare=False)


class Agenda:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self._count = 0
        self._soon = 0
        self._running: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def at(self, moment: float, work: Callable[[], object]) -> Entry:
        """Do it when the sandbox's clock says so, in the order of the moments, however far the clock jumps."""
        self._count += 1
        entry = Entry(moment, self._count, work)
        heapq.heappush(self._entries, entry)
        self._clock.announce()  # Whoever sleeps until a later moment looks again.
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run())
        return entry

    def cancel(self, entry: Entry) -> None:
        entry.is_cancelled = True

    def soon(self, work: Callable[[], None]) -> None:
        """Do it a moment after this answer, whether or not the sandbox's clock runs."""
        self._soon += 1
        task = asyncio.get_running_loop().create_task(self._after_a_moment(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def next_at(self) -> float | None:
        return min((entry.at for entry in self._entries if not entry.is_cancelled), default=None)

    @property
    def is_quiet(self) -> bool:
        """Whether all that was due has been done."""
        return self._soon == 0 and (self.next_at is None or self.next_at > self._clock.now())

    async def _run(self) -> None:
        while self._entries:
            if (first := self._entries[0]).at > self._clock.now():
                version, left = self._clock.version, first.at - self._clock.now()
                await self._clock.wait_for_change(since=version, at_most=max(0.0, left))
                continue
            heapq.heappop(self._entries)
            if not first.is_cancelled:
                self._do(first.work)

    def _do(self, work: Callable[[], object]) -> None:
        """What goes wrong with one keeps the others from nothing; the loop tells of it."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - see above
            told = {"message": "An entry of the agenda failed.", "exception": error}
            asyncio.get_running_loop().call_exception_handler(told)

    async def _after_a_moment(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.sleep(SOON_SECONDS)
            work()
        finally:
            self._soon -= 1
