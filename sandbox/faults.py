"""Unkindness on order, and from a seed: what Slack's network and servers do to an app on a bad day."""

import asyncio
import math
import threading
from dataclasses import dataclass, field
from typing import Literal, get_args

from sandbox.state import Json
from sandbox.weather import Weather

Kind = Literal[
    "ratelimited", "error", "http_500", "http_503", "http_500_after", "drop_after", "drop_before", "delay", "hold",
    "late_effect", "lag",
]  # fmt: skip
IN_WEATHER: dict[str, Kind] = {
    "ratelimited": "ratelimited",
    "http_500": "http_500",
    "http_503": "http_503",
    "lost_reply": "drop_after",
    "late_effect": "late_effect",
    "slow": "delay",
    "history_lag": "lag",
}
"""The kind of fault for each trouble of a call."""


@dataclass
class Fault:
    """One order. `reached` is set when a call has met it; a `hold` lets go at `release()`."""

    method: str
    kind: Kind
    times: int
    spare: int
    retry_after: int
    error: str
    seconds: float
    when: Literal["before", "after"]
    reached: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        self._released.set()

    async def hold(self) -> None:
        self.reached.set()
        while not self._released.is_set():  # noqa: ASYNC110 - the release comes from another thread
            await asyncio.sleep(0.005)


class Faults:
    def __init__(self) -> None:
        self._orders: list[Fault] = []
        self._all: list[Fault] = []
        self.weather: Weather | None = None
        """The troubles from a seed, beside those on order."""
        self.unknown_blocks: frozenset[str] = frozenset()
        """Types of blocks that this Slack is too old for, and refuses in messages."""

    def add(
        self,
        method: str,
        kind: Kind,
        times: int = 1,
        *,
        spare: int = 0,
        retry_after: int = 1,
        error: str = "internal_error",
        seconds: float = 1.0,
        when: Literal["before", "after"] = "before",
    ) -> Fault:
        """Order a fault for the next `times` calls of `method`, but spare the first of them."""
        if kind not in get_args(Kind):
            raise ValueError(f"There is no fault {kind!r}; there are: {', '.join(get_args(Kind))}.")
        fault = Fault(method, kind, times, spare, retry_after, error, seconds, when)
        self._orders.append(fault)
        self._all.append(fault)
        return fault

    def take(self, method: str, args: Json) -> Fault | None:
        return self._ordered(method) or self._from_weather(method, args)

    def ends_trigger(self, person: str) -> bool:
        """Whether a trigger that somebody just made is over before an app can use it."""
        return self.weather is not None and self.weather.ends_trigger(person)

    def _from_weather(self, method: str, args: Json) -> Fault | None:
        trouble = self.weather.call(method, args) if self.weather else None
        if trouble is None:
            return None
        what, seconds = trouble
        return Fault(method, IN_WEATHER[what], 1, 0, max(1, math.ceil(seconds)), "", seconds, "before")

    def _ordered(self, method: str) -> Fault | None:
        fault = next((order for order in self._orders if order.method == method), None)
        if fault and fault.spare > 0:
            fault.spare -= 1
            return None
        if fault:
            fault.times -= 1
            if fault.times <= 0:
                self._orders.remove(fault)
        return fault

    def clear(self) -> None:
        """Be kind again."""
        self._orders.clear()
        self.weather = None
        self.unknown_blocks = frozenset()

    def release_all(self) -> None:
        for fault in self._all:
            fault.release()
