"""The app's websockets: each payload goes to exactly one of them and waits there for its acknowledgement."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox import strict_json
from sandbox.clock import monotonic
from sandbox.state import Json

ACK_SECONDS = 3.0
POLL_SECONDS = 0.01
MOST_CONNECTIONS = 10
LIFETIME_SECONDS = 3600.0
SHORT_LIFETIME_SECONDS = 360.0
"""For an address with `debug_reconnects=true`."""
WARNING_SECONDS = 10.0
"""How long before the end of its life a connection is warned."""


class NotAcknowledged(Exception):
    """The app did not confirm a payload; `reason` is what a retry of it will say, if it wants one."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry


class Connection:
    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self.is_leaving = False
        """Whether it was asked to make way; others are preferred then."""
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    async def say(self, frame: Json) -> None:
        await self._websocket.send_text(json.dumps(frame))

    async def deliver(self, envelope: Json, ack_seconds: float) -> Json:
        """Send an envelope; the answer is the payload that came with its acknowledgement."""
        envelope_id = envelope["envelope_id"]
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            await self.say(envelope)
            async with asyncio.timeout(ack_seconds):
                return await answer
        except TimeoutError:
            raise NotAcknowledged("timeout") from None
        except (WebSocketDisconnect, RuntimeError):
            raise NotAcknowledged("connection_failed") from None
        finally:
            del self._waiting[envelope_id]

    async def listen(self) -> None:
        """Read acknowledgements until the app hangs up.

        Only the connection that carried a payload may confirm it. Slack does not say whether it takes the
        confirmation from another one, so an app must be ready for the stricter answer.
        """
        with suppress(ValueError, KeyError):  # What is no JSON, or no text at all, ends the conversation as well.
            async for text in self._websocket.iter_text():
                if not self._takes(strict_json.parse(text)):
                    break
        self.give_up()

    def _takes(self, frame: Any) -> bool:
        """Whether the frame has the shape of an acknowledgement."""
        if not isinstance(frame, dict) or not isinstance(frame.get("payload"), dict | None):
            return False
        answer = self._waiting.get(str(frame.get("envelope_id")))
        if answer and not answer.done():
            answer.set_result(frame.get("payload") or {})
        return True

    def give_up(self) -> None:
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(NotAcknowledged("connection_failed"))

    async def close(self) -> None:
        self.give_up()
        with suppress(WebSocketDisconnect, RuntimeError):  # The app may have hung up first.
            await self._websocket.close()


class Connections:
    def __init__(self, app_id: str, on_change: Callable[[], None], *, is_on: bool, ack_seconds: float) -> None:
        """`is_on`: whether the app uses Socket Mode at all."""
        self._is_on = is_on
        self.ack_seconds = ack_seconds
        self._app_id = app_id
        self._on_change = on_change
        self._open: list[Connection] = []
        self._tickets: set[str] = set()
        self._numbers = count(1)
        self._turns = count()

    def __len__(self) -> int:
        return len(self._open)

    def new_ticket(self) -> str:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return ticket

    async def accept(self, websocket: WebSocket) -> None:
        """The websocket endpoint: an address from apps.connections.open works once."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(websocket)
        if not self._is_on or len(self._open) >= MOST_CONNECTIONS:
            reason = "too_many_websockets" if self._is_on else "link_disabled"
            await connection.say({"type": "disconnect", "reason": reason})
            await connection.close()
            return
        is_short = websocket.query_params.get("debug_reconnects") == "true"
        await self._serve(connection, SHORT_LIFETIME_SECONDS if is_short else LIFETIME_SECONDS)

    async def _serve(self, connection: Connection, lifetime: float) -> None:
        self._open.append(connection)
        self._on_change()
        end = asyncio.get_running_loop().create_task(self._end(connection, lifetime))
        try:
            await connection.say(self._hello(lifetime))
            await connection.listen()
        finally:
            end.cancel()
            self._open.remove(connection)
            self._on_change()

    async def _end(self, connection: Connection, lifetime: float) -> None:
        """Slack lets no connection live for ever: it warns, asks for a new one, and hangs up."""
        await asyncio.sleep(max(0.0, lifetime - WARNING_SECONDS))
        await self._ask(connection, "warning")
        await asyncio.sleep(min(WARNING_SECONDS, lifetime))
        await self._ask(connection, "refresh_requested")
        await connection.close()

    def _hello(self, lifetime: float) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": int(lifetime)},
        }

    async def deliver(self, envelope: Json) -> Json:
        if not self._open:
            raise NotAcknowledged("connection_failed")
        staying = [connection for connection in self._open if not connection.is_leaving] or self._open
        return await staying[next(self._turns) % len(staying)].deliver(envelope, self.ack_seconds)

    async def close(self) -> None:
        await self.close_all()

    async def renew(self, ask: Callable[[], Awaitable[None]], *, patience: float) -> None:
        """Do what ends every websocket, and wait, at most so long on the machine's clock, for new ones."""
        before, until = list(self._open), monotonic() + patience
        await ask()
        while monotonic() < until and not self._renewed(before):  # noqa: ASYNC110 - nobody is told who connects
            await asyncio.sleep(POLL_SECONDS)

    def _renewed(self, before: list[Connection]) -> bool:
        return bool(self._open) and not any(old in self._open for old in before)

    async def close_all(self) -> None:
        for connection in list(self._open):
            await connection.close()

    async def ask_to_reconnect(self, reason: str) -> None:
        """Tell every connection to make way for a new one, as Slack does about once an hour."""
        for connection in list(self._open):
            await self._ask(connection, reason)

    async def _ask(self, connection: Connection, reason: str) -> None:
        connection.is_leaving = True
        with suppress(WebSocketDisconnect, RuntimeError):  # The app may have hung up first.
            await connection.say({"type": "disconnect", "reason": reason})
