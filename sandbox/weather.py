"""Unkindness from a seed: how often Slack, the network and people's admins make an app's life hard.

Each decision is a function of the seed and of what it is about (a method, a channel, and the how-manieth of its
kind), so the same seed brings the same troubles, whatever else happens.
"""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Literal

from sandbox.chance import dice, happens
from sandbox.clock import Clock
from sandbox.state import Json

Profile = Literal["none", "mild", "heavy"]
CALLS = {
    "ratelimited": 0.003,
    "http_500": 0.003,
    "http_503": 0.002,
    "lost_reply": 0.004,
    "late_effect": 0.003,
    "slow": 0.006,
    "history_lag": 0.1,
}
"""Chances of a Web API call, in mild weather: a burst of 429, a server error before or after the work, a lost reply,
a post that takes effect after the caller has given up, a slow reply, a history without its newest messages."""
DELIVERIES = {
    "lost_delivery": 0.003,
    "late_ack": 0.006,
    "dropped_socket": 0.0005,
    "duplicate_event": 0.02,
    "late_event": 0.02,
    "expired_trigger": 0.006,
}
"""Of a payload to the app: it never arrives, its confirmation comes too late for the person, the websockets break
with it on its way, an event comes twice or after those that follow it, its trigger is over before it can be used."""
DAYS = {
    "refreshed_socket": 0.15,
    "token_revoked": 0.0,
    "channel_archived": 0.0,
    "channel_private": 0.0,
    "person_deactivated": 0.0,
    "clock_leap": 0.0,
    "clock_back": 0.0,
}
"""Of a day: websockets are to be opened anew, the token is revoked and given back, a channel is archived and brought
back, or turns private for good, somebody is deactivated and comes back, time passes while the app's host sleeps, or the
host's clock is set back and right again. The last is in no profile, as an app is late by as much: ask for it."""
HEAVY_DAYS = {
    "refreshed_socket": 0.25,
    "token_revoked": 0.05,
    "channel_archived": 0.08,
    "channel_private": 0.02,
    "person_deactivated": 0.05,
    "clock_leap": 0.08,
    "clock_back": 0.0,
}
HEAVIER = 4.0
MILD = CALLS | DELIVERIES | DAYS
PROFILES: dict[str, dict[str, float]] = {
    "none": dict.fromkeys(MILD, 0.0),
    "mild": MILD,
    "heavy": {what: chance * HEAVIER for what, chance in (CALLS | DELIVERIES).items()} | HEAVY_DAYS,
}

POSTS = ("chat.postMessage", "chat.postEphemeral", "chat.meMessage")
HISTORIES = ("conversations.history", "conversations.replies")
SPARED = ("apps.connections.open", "auth.test")
"""What an app asks when it starts; without them there is nothing to be unkind to."""
RETRY_AFTER = (1, 30)
LATE_EFFECT = (2.0, 20.0)
LAG = (2.0, 12.0)
LATE_EVENT = (2.0, 40.0)
"""Seconds of sandbox time."""
SLOW = (0.05, 0.4)
"""Seconds of the machine's."""


class Weather:
    """`chances` change those of the profile, by name; 0 switches one off. `note` hears of each trouble."""

    def __init__(
        self,
        seed: str,
        profile: Profile = "none",
        *,
        clock: Clock,
        note: Callable[[str, Json], None],
        chances: dict[str, float] | None = None,
    ) -> None:
        if profile not in PROFILES:
            raise ValueError(f"There is no weather {profile!r}; there is: {', '.join(PROFILES)}.")
        if unknown := set(chances or {}) - set(MILD):
            raise ValueError(f"There is no trouble {', '.join(sorted(unknown))}; there are: {', '.join(sorted(MILD))}.")
        self.seed = seed
        self.chances = PROFILES[profile] | (chances or {})
        self._clock = clock
        self._note = note
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._bursts: dict[str, float] = {}
        """Until when each method is refused."""

    def call(self, method: str, args: Json) -> tuple[str, float] | None:
        """The trouble of a call of the Web API, and for how many seconds."""
        if method in SPARED:
            return None
        if (left := self._bursts.get(method, 0.0) - self._clock.now()) > 0:
            return self._met("ratelimited", method, left)
        place = str(args.get("channel") or args.get("user_id") or args.get("user") or "")
        number = self._count("call", method, place)
        for what, seconds in _troubles(method):
            about = (self.seed, what, method, place, number)
            if happens(self.chances[what], *about):
                lasts = seconds(dice(*about))
                if what == "ratelimited":
                    self._bursts[method] = self._clock.now() + lasts
                return self._met(what, method, lasts, channel=place)
        return None

    def delivery(self, kind: str, person: str) -> str | None:
        """The trouble of bringing a payload to the app: one of lost_delivery, late_ack and dropped_socket."""
        number = self._count("delivery", kind, person)
        for what in ("lost_delivery", "late_ack", "dropped_socket"):
            if happens(self.chances[what], self.seed, what, kind, person, number):
                self._note(what, {"type": kind, "details": {"person": person}})
                return what
        return None

    def comes_twice(self, kind: str) -> bool:
        return self._befalls("duplicate_event", kind)

    def comes_late(self, kind: str) -> float:
        """By how many seconds an event is held back."""
        number = self._counts["late_event", kind]
        return dice(self.seed, kind, number).uniform(*LATE_EVENT) if self._befalls("late_event", kind) else 0.0

    def ends_trigger(self, person: str) -> bool:
        return self._befalls("expired_trigger", person)

    def _befalls(self, what: str, whom: str) -> bool:
        """`whom`: the type of an event, or a person."""
        if not happens(self.chances[what], self.seed, what, whom, self._count(what, whom)):
            return False
        self._note(what, {"type": whom, "details": {}})
        return True

    def _met(self, what: str, method: str, seconds: float, **details: str) -> tuple[str, float]:
        self._note(what, {"method": method, "details": {"seconds": seconds, **details}})
        return what, seconds

    def _count(self, *kind: str) -> int:
        self._counts[kind] += 1
        return self._counts[kind]


Seconds = Callable[[Random], float]


def _between(low: float, high: float) -> Seconds:
    return lambda throw: throw.uniform(low, high)


def _troubles(method: str) -> list[tuple[str, Seconds]]:
    """What can befall a method, and for how long."""
    found: list[tuple[str, Seconds]] = [
        ("ratelimited", lambda throw: throw.randint(*RETRY_AFTER)),
        ("http_500", _between(0, 0)),
        ("http_503", _between(0, 0)),
        ("lost_reply", _between(0, 0)),
        ("slow", _between(*SLOW)),
    ]
    if method in POSTS:
        found.append(("late_effect", _between(*LATE_EFFECT)))
    if method in HISTORIES:
        found.append(("history_lag", _between(*LAG)))
    return found
