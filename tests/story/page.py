"""People at the sandbox's page: what they look at, type and press, by the names they would use."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Locator, Page, expect

APP = "Muster"
MOST_EVENTS = 40


@dataclass(frozen=True)
class Desk:
    """One browser, at which one person sits at a time."""

    page: Page

    def sit(self, name: str, place: str = APP) -> None:
        """Acts as this person, and goes to a channel or to the messages with Muster."""
        switcher = self.page.get_by_role("button", name="Acting as")
        if switcher.get_attribute("aria-label") != f"Acting as {name}":
            with self._leaving():
                switcher.click()
                self.page.get_by_role("dialog", name="Act as").get_by_role("option", name=f"{name},").click()
        self.go(place)

    def go(self, place: str) -> None:
        link = self.page.get_by_role("navigation").get_by_role("link", name=re.compile(rf"^{place}(,|$)"))
        acting = re.search(r"as=\w+", self.page.url)
        expect(link).to_have_attribute("href", re.compile(acting[0] if acting else "as="))
        if not self.page.url.endswith(link.get_attribute("href") or ""):
            with self._leaving():
                link.click()

    @contextmanager
    def _leaving(self) -> Iterator[None]:
        """Waits until what is shown now has given way, so that nobody reads what was meant for somebody else."""
        shown = self.page.get_by_role("main").locator("> *").element_handle()
        yield
        shown.wait_for_element_state("hidden")

    def home(self, name: str) -> Locator:
        """What Muster shows this person on its Home page."""
        self.sit(name)
        with self._leaving():
            self.page.get_by_role("tab", name="Home").click()
        return self.page.get_by_role("region", name="Home")

    def type(self, text: str) -> None:
        box = self.page.get_by_role("main").get_by_role("textbox", name="Message")
        box.fill(text)
        box.press("Escape")
        box.press("Enter")
        expect(box).to_have_value("")

    def ask(self, command: str) -> Locator:
        """Types a command, and reads what only this person sees."""
        answers = self.messages("Only visible to you")
        before = answers.count()
        self.type(command)
        expect(answers).to_have_count(before + 1)
        expect(answers.last).not_to_contain_text("One moment")
        return answers.last

    def _log(self) -> Locator:
        return self.page.get_by_role("log", name="Messages in")

    def messages(self, *words: str) -> Locator:
        """The messages with all these words."""
        found = self._log().get_by_role("article")
        for word in words:
            found = found.filter(has_text=word)
        return found

    def message(self, *words: str) -> Locator:
        """The newest of them."""
        return self.messages(*words).last

    def form(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title)

    def pick(self, label: str, *options: str) -> None:
        """Chooses in a select of the open form."""
        box = self.page.get_by_role("dialog").get_by_role("combobox", name=label)
        for option in options:
            box.fill(option)
            self.page.get_by_role("option", name=option).click()
        if len(options) > 1:
            box.press("Escape")

    def next_event(self) -> None:
        button = self.page.get_by_role("button", name="Next event")
        button.click()
        expect(button).to_be_enabled(timeout=30_000)

    def live_until(self, moment: str) -> None:
        """Event after event, until it is at least that time where the person is."""
        for _ in range(MOST_EVENTS):
            if self._now() >= read_moment(moment):
                return
            self.next_event()
        raise AssertionError(self._now())

    def _now(self) -> datetime:
        return read_moment(self.page.get_by_role("timer", name="Sandbox clock").inner_text())


def read_moment(text: str) -> datetime:
    """ "Mon 23 Nov 2026 09:30" on somebody's own clock; the zone is not said and does not matter for comparing."""
    return datetime.strptime(" ".join(text.split()), "%a %d %b %Y %H:%M").replace(tzinfo=UTC)


def press(where: Locator, button: str) -> None:
    where.get_by_role("button", name=button).click()


def send(form: Locator, button: str) -> None:
    """Presses what closes the form, and waits until it has."""
    press(form, button)
    expect(form).to_have_count(0)
