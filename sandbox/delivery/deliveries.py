"""How payloads reach the app: once, or, for events, with Slack's three retries."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, Protocol

from sandbox.clock import Clock, monotonic
from sandbox.delivery.intake import Intake
from sandbox.delivery.socket_mode import NotAcknowledged
from sandbox.log import Attempt, Delivery, Log, Note
from sandbox.state import Json

RETRY_PAUSES = (0.0, 60.0, 300.0)
"""Seconds of sandbox time before each retry of an event."""

EVENTS_OFF = "events_off"
"""Why an event did not go out: too few before it were confirmed."""


class Transport(Protocol):
    """Websockets, or requests to an address."""

    async def deliver(self, envelope: Json) -> Json:
        """Bring one envelope to the app; what it answered. Raises NotAcknowledged."""

    async def close(self) -> None: ...


class Troubles(Protocol):
    """What goes wrong on the way to the app, if anything."""

    async def deliver(self, delivery: Delivery, send: Callable[[], Awaitable[Json]]) -> Json:
        """Send once, or not, or in vain. Raises NotAcknowledged."""

    def comes_twice(self, delivery: Delivery) -> bool: ...

    def comes_late(self, delivery: Delivery) -> float:
        """By how many seconds of sandbox time."""


class Deliveries:
    def __init__(self, clock: Clock, transport: Transport, log: Log, troubles: Troubles) -> None:
        self._clock = clock
        self.intake = Intake(clock)
        self._troubles = troubles
        self._transport = transport
        self._log = log
        self._count = 0
        self._envelopes = 0
        self._under_way = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._retry_at: dict[str, float] = {}

    async def ask(self, kind: str, envelope_type: str, payload: Json, *, wants_answer: bool = False) -> Json:
        """Deliver what a person waits for: one attempt, and NotAcknowledged if the app misses it."""
        delivery = self._new(kind, envelope_type, payload, wants_answer=wants_answer)
        try:
            return await self._attempt(delivery)
        except NotAcknowledged:
            delivery.acked = False
            raise

    def announce(self, payload: Json, *, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Deliver an event in the background, with retries, for as long as it is wanted and the app takes events."""
        admitted = self.intake.admit(payload["team_id"])
        if admitted == "yes":
            delivery = self._new(payload["event"]["type"], "events_api", payload)
            self._spawn(self._with_retries(delivery, is_wanted))
        elif admitted == "limited":
            self._spawn(self._tell_of_limit(payload))
        elif self.intake.is_off:
            self._note_unsent(payload)

    def _note_unsent(self, payload: Json) -> None:
        """Leave a trace of what was not even tried, for whoever looks for it."""
        delivery = self._new(payload["event"]["type"], "events_api", payload)
        delivery.acked = False
        self._log.tried(delivery, Attempt(delivery.at, 0.0, acked=False, reason=EVENTS_OFF))

    async def again(self, delivery_id: str) -> Json | None:
        """Deliver a past payload once more, exactly as it was; None if there is no such delivery."""
        past = next((d for d in self._log.deliveries() if d.id == delivery_id), None)
        if past is None:
            return None
        copy = self._new(past.type, past.envelope_type, past.payload, wants_answer=past.accepts_response)
        try:
            await self._attempt(copy)
        except NotAcknowledged:
            copy.acked = False
        return {"acked": copy.acked}

    @property
    def count(self) -> int:
        """How many payloads there have been."""
        return self._count

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is on its way and no retry is due."""
        return self._under_way == 0 and all(at > self._clock.now() for at in self._retry_at.values())

    @property
    def next_at(self) -> float | None:
        return min(self._retry_at.values(), default=None)

    def _new(self, kind: str, envelope_type: str, payload: Json, *, wants_answer: bool = False) -> Delivery:
        self._count += 1
        delivery = Delivery(
            f"delivery-{self._count}",
            kind,
            envelope_type,
            payload,
            at=self._clock.now(),
            accepts_response=wants_answer,
        )
        self._log.add(delivery)
        return delivery

    async def _attempt(self, delivery: Delivery) -> Json:
        self._envelopes += 1
        envelope = delivery.envelope(f"envelope-{self._envelopes}")
        self._under_way += 1
        at, began = self._clock.now(), monotonic()
        try:
            answer = await self._troubles.deliver(delivery, partial(self._transport.deliver, envelope))
        except NotAcknowledged as missed:
            self._log.tried(delivery, Attempt(at, monotonic() - began, acked=False, reason=missed.reason))
            raise
        finally:
            self._under_way -= 1
        delivery.acked = True
        self._log.tried(delivery, Attempt(at, monotonic() - began, acked=True, answer=answer))
        return answer

    async def _with_retries(self, delivery: Delivery, is_wanted: Callable[[], bool]) -> None:
        pauses = (self._troubles.comes_late(delivery), *RETRY_PAUSES)
        for pause in pauses:
            await self._wait(delivery, pause)
            if self.intake.is_off or not is_wanted():
                break
            if await self._is_done_with(delivery):
                return
        delivery.acked = False

    async def _wait(self, delivery: Delivery, seconds: float) -> None:
        self._retry_at[delivery.id] = due = self._clock.now() + seconds
        await self._clock.sleep_until(due)
        del self._retry_at[delivery.id]

    async def _is_done_with(self, delivery: Delivery) -> bool:
        """Try once; whether the app confirmed it, or asked for it not to come again."""
        try:
            await self._judged_attempt(delivery)
            if self._troubles.comes_twice(delivery):
                await self._attempt(delivery)
        except NotAcknowledged as missed:
            delivery.retry_reason = missed.reason
            if not missed.retry:
                delivery.acked = False
            return not missed.retry
        return True

    async def _judged_attempt(self, delivery: Delivery) -> None:
        """Try once, and send no more events once too many attempts were in vain."""
        acked = False
        try:
            await self._attempt(delivery)
            acked = True
        finally:
            if self.intake.judge(acked=acked):
                self._log.add(Note("fault", self._clock.now(), "", {"what": EVENTS_OFF}))

    async def _tell_of_limit(self, event: Json) -> None:
        """Not wrapped as events are. Slack does not say whether this comes again; here it comes once."""
        about = {name: event[name] for name in ("token", "team_id", "api_app_id")}
        minute = int(self._clock.now() // 60) * 60
        payload = {**about, "type": "app_rate_limited", "minute_rate_limited": minute}
        delivery = self._new("app_rate_limited", "events_api", payload)
        try:
            await self._attempt(delivery)
        except NotAcknowledged:
            delivery.acked = False

    async def close(self) -> None:
        await self._transport.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
