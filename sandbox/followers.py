"""Apps that follow the sandbox's clock: when each wakes next, and whether it is still busy."""

from dataclasses import dataclass

from sandbox.clock import Clock, monotonic

POLL_SECONDS = 20.0
SILENT_SECONDS = 10.0
"""An app that neither waits for news nor has been heard of for this long has stopped following the clock."""


@dataclass
class Follower:
    seen: float
    waiting: bool = False
    version: int = 0
    wake_at: float | None = None
    in_flight: int = 0


class Followers:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._apps: dict[str, Follower] = {}
        self.behind = 0.0
        """By how many seconds the clocks of the apps' hosts are behind Slack's."""

    @property
    def now(self) -> float:
        """What the clocks of the apps' hosts say."""
        return self._clock.now() - self.behind

    def set_back(self, seconds: float) -> None:
        """Set the clocks of the apps' hosts this much behind Slack's; 0 sets them right again."""
        self.behind = seconds
        self._clock.announce()

    def see(self, app: str, *, waiting: bool) -> None:
        follower = self._apps.setdefault(app, Follower(monotonic()))
        follower.seen, follower.waiting = monotonic(), waiting

    def forget(self, app: str) -> None:
        self._apps.pop(app, None)

    def report(self, app: str, *, version: int, wake_at: float | None, in_flight: int) -> None:
        """`wake_at` is by the clock of the app's host."""
        wake_at = None if wake_at is None else wake_at + self.behind
        waiting = app in self._apps and self._apps[app].waiting
        self._apps[app] = Follower(monotonic(), waiting, version, wake_at, in_flight)

    def present(self) -> list[Follower]:
        since = monotonic() - SILENT_SECONDS
        return [follower for follower in self._apps.values() if follower.waiting or follower.seen > since]

    @property
    def all_idle(self) -> bool:
        """Whether every app has caught up with the clock and sends nothing."""
        return all(f.version >= self._clock.version and f.in_flight == 0 for f in self.present())

    @property
    def wake_at(self) -> float | None:
        return min((f.wake_at for f in self.present() if f.wake_at is not None), default=None)

    @property
    def in_flight(self) -> int:
        return sum(follower.in_flight for follower in self.present())
