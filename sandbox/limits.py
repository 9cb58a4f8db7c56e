"""Slack's rate limits, on the sandbox's clock. Its tolerance for bursts is not documented, so there is none here
beyond a full minute's allowance, except the short burst of messages in one channel."""

import math

from sandbox.clock import Clock

TIER_1 = 1
TIER_2 = 20
TIER_3 = 50
TIER_4 = 100
SPECIAL = 300
"""Calls a minute."""

MESSAGES_A_MINUTE = 300
CHANNEL_BURST = 4


class Bucket:
    def __init__(self, clock: Clock, size: float, per_second: float) -> None:
        self._clock = clock
        self._size = size
        self._per_second = per_second
        self._level = size
        self._at = clock.now()

    def wait(self) -> float:
        """Seconds until a call fits; 0 if one fits now."""
        now = self._clock.now()
        self._level = min(self._size, self._level + (now - self._at) * self._per_second)
        self._at = now
        return max(0.0, (1 - self._level) / self._per_second)

    def spend(self) -> None:
        self._level -= 1


class RateLimits:
    def __init__(self, clock: Clock, *, active: bool) -> None:
        self._clock = clock
        self._active = active
        self._buckets: dict[str, Bucket] = {}

    def refusal(self, method: str, per_minute: int, channel: str | None = None) -> tuple[str, int] | None:
        """Count one call; above a limit it does not count, and the answer is Slack's word and the seconds to wait.

        A method has its tier, a conversation its messages, and the workspace all messages of the app together.
        """
        if not self._active:
            return None
        buckets = {"rate_limited": [], "ratelimited": [self._bucket(method, per_minute, per_minute / 60)]}
        if channel:
            buckets["rate_limited"].append(self._bucket("messages", MESSAGES_A_MINUTE, MESSAGES_A_MINUTE / 60))
            buckets["ratelimited"].append(self._bucket(f"messages of {channel}", CHANNEL_BURST, 1.0))
        for word, limits in buckets.items():
            if (wait := max((bucket.wait() for bucket in limits), default=0.0)) > 0:
                return word, math.ceil(wait)
        for bucket in [bucket for limits in buckets.values() for bucket in limits]:
            bucket.spend()
        return None

    def _bucket(self, name: str, size: float, per_second: float) -> Bucket:
        return self._buckets.setdefault(name, Bucket(self._clock, size, per_second))
