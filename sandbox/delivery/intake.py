"""How many events an app is sent, and when Slack stops sending them because it hardly confirms any."""

from collections import Counter
from typing import Literal

from sandbox.clock import Clock

MOST_AN_HOUR = 30_000
"""Of one workspace."""
FEWEST_JUDGED = 1000
"""Attempts within an hour; an app that hears less is not judged."""
LEAST_SUCCESS = 0.05
MINUTE = 60
HOUR = 3600


class Recent:
    """Counts by name of what happened within the last hour, to the minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: dict[int, Counter[str]] = {}

    def add(self, name: str) -> None:
        minute = int(self._clock.now() // MINUTE)
        if minute not in self._counts:
            kept = {each: count for each, count in self._counts.items() if (minute - each) * MINUTE < HOUR}
            self._counts = {**kept, minute: Counter()}
        self._counts[minute][name] += 1

    def total(self, name: str) -> int:
        since = self._clock.now() - HOUR
        return sum(count[name] for minute, count in self._counts.items() if minute * MINUTE > since)

    def forget(self) -> None:
        self._counts.clear()


class Intake:
    def __init__(self, clock: Clock, *, most: int = MOST_AN_HOUR, fewest_judged: int = FEWEST_JUDGED) -> None:
        self._clock = clock
        self._most = most
        self._fewest_judged = fewest_judged
        self._sent = Recent(clock)
        self._ends = Recent(clock)
        self._told: dict[str, int] = {}
        self.is_off = False
        """Whether the app is sent no events until somebody switches them on again."""

    def admit(self, team: str) -> Literal["yes", "no", "limited"]:
        """Whether another event of a workspace may go out; `limited` once a minute in place of `no`."""
        if self.is_off:
            return "no"
        if self._sent.total(team) < self._most:
            self._sent.add(team)
            return "yes"
        minute = int(self._clock.now() // MINUTE)
        was, self._told[team] = self._told.get(team), minute
        return "no" if was == minute else "limited"

    def judge(self, *, acked: bool) -> bool:
        """Note how an attempt ended; whether it was the one too many."""
        self._ends.add("acked" if acked else "missed")
        acks, misses = self._ends.total("acked"), self._ends.total("missed")
        all_of_them = acks + misses
        if self.is_off or all_of_them < self._fewest_judged or acks >= LEAST_SUCCESS * all_of_them:
            return False
        self.is_off = True
        return True

    def switch_on(self) -> None:
        self.is_off = False
        self._ends.forget()
