"""Reading long lists from Slack: what has been read is kept, and Slack is not asked again sooner than it wants."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.clock import Clock
from surface.slack import Page, SlackLimited, SlackRefused, SlackUnclear

SlackError = SlackLimited | SlackRefused | SlackUnclear
QUIET = timedelta(seconds=5)
"""How long nothing is read after Slack did not answer."""
REFUSED = timedelta(minutes=1)
"""How long what Slack refused is not asked for again."""
EVERYTHING = ""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class Listing:
    """A list that Slack gives in pages; reading goes on with the page that Slack did not give."""

    began: datetime
    found: set[str] = field(default_factory=set)
    _cursor: str = ""

    def pages(self, ask: Callable[[str], Page]) -> Iterator[list[Any]]:
        """The pages that are left. One whose taker fails comes again."""
        while True:
            found, cursor = ask(self._cursor)
            yield found
            self._cursor = cursor
            if not cursor:
                return


class Stopping(Exception):
    """Muster is being stopped: what has been begun is not finished."""


class Pauses:
    """When Slack may be asked again: for each method after its own wait, for everything after no answer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def check(self) -> None:
        """Raises Stopping."""
        if self._stopping.is_set():
            raise Stopping

    def holds(self, *things: str) -> bool:
        """Whether one of these methods or channels, or everything, has to wait."""
        return self._clock() < self.over(*things)

    def over(self, *things: str) -> datetime:
        """From when on none of them has to wait any more."""
        known = (self._until[thing] for thing in (EVERYTHING, *things) if thing in self._until)
        return max(known, default=LONG_AGO)

    def note(self, error: SlackError, thing: str) -> None:
        """`thing`: what Slack did not tell."""
        match error:
            case SlackLimited():
                self._until[error.method] = self._clock() + timedelta(seconds=error.seconds)
            case SlackUnclear():
                self._until[EVERYTHING] = self._clock() + QUIET
            case SlackRefused():
                self._until[thing] = self._clock() + REFUSED
