"""From threads that wait to the event loop that asks."""

from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from briefs.endpoint.contract import EndpointSettings, Stopped
from briefs.endpoint.messages import Said
from briefs.endpoint.replies import Reply
from domain.clock import Clock

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal

    from briefs.endpoint.client import Client


class Connection:
    """Nothing is loaded or started before the first request."""

    def __init__(self, settings: EndpointSettings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._lock, self._ended = Lock(), Event()
        self._running: set[Future[Reply]] = set()
        self._open = ExitStack()
        self._started: tuple[BlockingPortal, Client] | None = None

    def complete(self, messages: Sequence[Said], fields: Mapping[str, Any], seconds: float) -> Reply:
        """Raises Failed, and Stopped when it is closed."""
        running = self._begun(messages, fields, seconds)
        try:
            return running.result()
        except CancelledError:
            raise Stopped from None
        finally:
            with self._lock:
                self._running.discard(running)

    def wait(self, seconds: float) -> None:
        """Raises Stopped when it is closed."""
        if self._ended.wait(seconds):
            raise Stopped

    def close(self) -> None:
        with self._lock:
            self._ended.set()
            running = list(self._running)
        for each in running:
            each.cancel()
        self._open.close()

    def _begun(self, *arguments: Any) -> Future[Reply]:
        with self._lock:
            if self._ended.is_set():
                raise Stopped
            portal, client = self._started = self._started or self._start()
            running = portal.start_task_soon(client.complete, *arguments)
            self._running.add(running)
            return running

    def _start(self) -> "tuple[BlockingPortal, Client]":
        from anyio.from_thread import start_blocking_portal

        from briefs.endpoint.client import Client

        client = Client(self._settings, self._clock)
        portal = self._open.enter_context(start_blocking_portal(name="model"))
        self._open.callback(portal.call, client.close)
        return portal, client
