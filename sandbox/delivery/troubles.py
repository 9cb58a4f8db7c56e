"""What the weather does to payloads on their way to the app."""

import asyncio
from collections.abc import Awaitable, Callable

from sandbox.delivery.socket_mode import Connections, NotAcknowledged
from sandbox.faults import Faults
from sandbox.log import Delivery
from sandbox.state import Json

RECONNECT_SECONDS = 15.0
"""Of the machine's time: so long a person waits for an app that has lost its websockets."""


class Troubles:
    def __init__(self, faults: Faults, connections: Connections) -> None:
        self._faults = faults
        self._connections = connections

    async def deliver(self, delivery: Delivery, send: Callable[[], Awaitable[Json]]) -> Json:
        """Send once, or not, or in vain. Raises NotAcknowledged."""
        weather = self._faults.weather
        trouble = weather.delivery(delivery.type, _person(delivery)) if weather else None
        if trouble == "lost_delivery":
            raise NotAcknowledged("timeout")
        if trouble == "dropped_socket" and len(self._connections):
            return await self._break_off(send)
        answer = await send()
        if trouble == "late_ack":
            raise NotAcknowledged("timeout")
        return answer

    def comes_twice(self, delivery: Delivery) -> bool:
        return self._faults.weather is not None and self._faults.weather.comes_twice(delivery.type)

    def comes_late(self, delivery: Delivery) -> float:
        """By how many seconds of sandbox time."""
        return self._faults.weather.comes_late(delivery.type) if self._faults.weather else 0.0

    async def _break_off(self, send: Callable[[], Awaitable[Json]]) -> Json:
        """The payload goes out, and then every websocket breaks."""
        sending = asyncio.ensure_future(send())
        await asyncio.sleep(0)
        await self._connections.renew(self._connections.close_all, patience=RECONNECT_SECONDS)
        return await sending


def _person(delivery: Delivery) -> str:
    user = delivery.payload.get("user") or delivery.payload.get("user_id") or ""
    return str(user["id"] if isinstance(user, dict) else user)
