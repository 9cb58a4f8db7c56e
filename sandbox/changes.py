"""Tells each open page what to read again, as server-sent events."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Protocol

from sandbox.state import Json

KEEP_ALIVE_SECONDS = 15.0


class Hearer(Protocol):
    """Whoever is told what has changed for one person: a page, or a person who acts by themselves."""

    def tell(self, *what: str) -> None: ...

    def notice(self, text: str) -> None: ...

    def wake(self) -> None: ...


class Listener:
    """An open page."""

    def __init__(self) -> None:
        self._what: dict[str, None] = {}
        self._notices: list[str] = []
        self._woken = asyncio.Event()

    def tell(self, *what: str) -> None:
        self._what |= dict.fromkeys(what)
        self._woken.set()

    def notice(self, text: str) -> None:
        self._notices.append(text)
        self._woken.set()

    def wake(self) -> None:
        self._woken.set()

    async def news(self) -> list[Json]:
        """What has changed since the last call; empty after a quiet while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                await self._woken.wait()
        self._woken.clear()
        news: list[Json] = [{"what": list(self._what)}] if self._what else []
        news += [{"what": ["notice"], "notice": text} for text in self._notices]
        self._what.clear()
        self._notices.clear()
        return news


class Changes:
    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Hearer]] = defaultdict(set)
        self._stopping = False

    def tell(self, users: Iterable[str], *what: str) -> None:
        for user in users:
            for listener in self._listeners.get(user, ()):
                listener.tell(*what)

    def tell_all(self, *what: str) -> None:
        self.tell(list(self._listeners), *what)

    def has_page(self, user: str) -> bool:
        """Whether somebody acts as this person right now."""
        return bool(self._listeners.get(user))

    def notice(self, user: str, text: str) -> None:
        for listener in self._listeners.get(user, ()):
            listener.notice(text)

    def attend(self, user: str, hearer: Hearer) -> None:
        """Tell somebody else than a page as well."""
        self._listeners[user].add(hearer)

    def leave(self, user: str, hearer: Hearer) -> None:
        self._listeners[user].discard(hearer)

    def is_watched(self, user: str) -> bool:
        """Whether a page is open on which somebody acts as this person."""
        return any(isinstance(listener, Listener) for listener in self._listeners.get(user, ()))

    async def stream(self, user: str) -> AsyncIterator[str]:
        listener = Listener()
        self._listeners[user].add(listener)
        try:
            yield ": listening\n\n"
            while not self._stopping:
                news = await listener.news()
                yield "".join(f"data: {json.dumps(item)}\n\n" for item in news) or ": still here\n\n"
        finally:
            self._listeners[user].discard(listener)

    def stop(self) -> None:
        self._stopping = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.wake()
