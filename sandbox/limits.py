"""Slack's rate limits, on the machine's clock. Its tolerance for bursts is not documented, so there is none here
beyond a full minute's allowance, except the short burst of messages in one channel."""

import math

from sandbox.clock import monotonic

TIER_2 = 20
TIER_3 = 50
TIER_4 = 100
SPECIAL = 300
"""Calls a minute."""

MESSAGES_A_MINUTE = 300
CHANNEL_BURST = 4


class Bucket:
    def __init__(self, size: float, per_second: float) -> None:
        self._size = size
        self._per_second = per_second
        self._level = size
        self._at = monotonic()

    def wait(self) -> float:
        """Seconds until a call fits; 0 if one fits now."""
        now = monotonic()
        self._level = min(self._size, self._level + (now - self._at) * self._per_second)
        self._at = now
        return max(0.0, (1 - self._level) / self._per_second)

    def spend(self) -> None:
        self._level -= 1


class RateLimits:
    def __init__(self, *, active: bool) -> None:
        self._active = active
        self._buckets: dict[str, Bucket] = {}

    def retry_after(self, method: str, per_minute: int, channel: str | None = None) -> int:
        """Count one call; above the limit it does not count, and the answer is the seconds to wait."""
        if not self._active:
            return 0
        buckets = [self._bucket(method, per_minute, per_minute / 60)]
        if channel:
            buckets.append(self._bucket(f"{method} {channel}", CHANNEL_BURST, 1.0))
        wait = max(bucket.wait() for bucket in buckets)
        if wait > 0:
            return math.ceil(wait)
        for bucket in buckets:
            bucket.spend()
        return 0

    def _bucket(self, name: str, size: float, per_second: float) -> Bucket:
        return self._buckets.setdefault(name, Bucket(size, per_second))
