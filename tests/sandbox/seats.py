"""Browser windows that last for all tests: a new one costs more than what most tests do in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from sandbox.server import Sandbox


class Seat:
    """A window of its own. It notes what a page must never do: log an error, or ask something of another machine."""

    def __init__(self, browser: Browser) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(10_000)
        self.page = context.new_page()
        self.trouble: list[str] = []
        self._home = ""
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def open(self, box: Sandbox, place: str, *, width: int, height: int) -> Page:
        self._home = box.url
        self.trouble.clear()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(f"{box.url}/{place}")
        return self.page

    def leave(self) -> None:
        """As if nobody had been here; what the browser keeps of the page's modules stays."""
        page = self.page
        page.unroute_all(behavior="ignoreErrors")
        if page.url.startswith(self._home):  # Elsewhere, as where it could not be reached, there is nothing to clear.
            page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.mouse.move(0, 0)

    def _hear(self, said: ConsoleMessage) -> None:
        """Chromium also logs each answer that is an error; a page may well ask for what is not there yet."""
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.trouble.append(said.text)

    def _see(self, sent: Request) -> None:
        if not sent.url.startswith((self._home, "about:")):
            self.trouble.append(sent.url)


class Seats:
    """As many as a test needs at once."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._all: list[Seat] = []
        self._taken = 0

    def take(self) -> Seat:
        if self._taken == len(self._all):
            self._all.append(Seat(self._browser))
        self._taken += 1
        return self._all[self._taken - 1]

    @contextmanager
    def test(self) -> Iterator[None]:
        """All seats are free again after the block, in which no page may do what it must not."""
        try:
            yield
        finally:
            used, self._taken = self._all[: self._taken], 0
            for seat in used:
                seat.leave()
        assert [trouble for seat in used for trouble in seat.trouble] == []


class Port:
    """The same for all sandboxes with a page: a browser keeps what it has read of the page by its address."""

    def __init__(self) -> None:
        self._number = 0

    def sandbox(self, **options: Any) -> Sandbox:
        try:
            box = Sandbox(port=self._number, **options)
        except OSError:  # Somebody else has it by now.
            box = Sandbox(**options)
        self._number = int(box.url.rpartition(":")[2])
        return box
