"""How far a simulation is, as whoever waits for it sees it."""

import sys
import time
from datetime import datetime, timedelta

from bot.console import say

DAY = timedelta(days=1)
DAYS_A_LINE = 7
CLEAR = "\r\x1b[K"
MINUTE = 60


class Progress:
    """On a terminal one line that changes every day; elsewhere, as in a log, a line a week."""

    def __init__(self, begins: datetime, ends: datetime) -> None:
        self._begins, self._length = begins, ends - begins
        self._is_terminal = sys.stdout.isatty()
        self._told = 0
        self._since = time.monotonic()

    def tell(self, now: datetime) -> None:
        day = (now - self._begins) // DAY
        if day - self._told < (1 if self._is_terminal else DAYS_A_LINE):
            return
        self._told = day
        text = f"  {now:%a %d %b}: {day} of {self._length // DAY} days lived, {self._left(now)} to go"
        if self._is_terminal:
            _rewrite(text)
        else:
            say(text)

    def end(self) -> None:
        """What is said next has the line to itself."""
        if self._is_terminal:
            _rewrite("")

    def _left(self, now: datetime) -> str:
        lived = (now - self._begins) / self._length
        seconds = (time.monotonic() - self._since) * (1 / lived - 1)
        return f"about {seconds / MINUTE:.0f} min" if seconds > MINUTE else "less than a minute"


def _rewrite(text: str) -> None:
    print(f"{CLEAR}{text}", end="", flush=True)  # noqa: T201 - the command line speaks here
