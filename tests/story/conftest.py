"""The story's world: the demo's team or an empty workspace, Muster, and a browser to live it in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.demo import set_up
from tests.muster import Running, running
from tests.story.page import Desk


@pytest.fixture
def desk(tmp_path: Path, browser: Browser, over_http: bool) -> Iterator[Desk]:
    """At the demo's page, as `muster demo` begins it."""
    with running(database_in(tmp_path), over_http=over_http) as muster, page_of(muster, browser) as desk:
        set_up(muster.process)
        yield desk


@pytest.fixture
def blank(tmp_path: Path, browser: Browser, over_http: bool) -> Iterator[Desk]:
    """A workspace where nobody is set up, and Muster is in no channel."""
    with running(database_in(tmp_path), seed="empty", over_http=over_http) as muster, page_of(muster, browser) as desk:
        yield desk


def database_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'muster.db'}"


@contextmanager
def page_of(muster: Running, browser: Browser) -> Iterator[Desk]:
    """The page may log no error."""
    wrong: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(muster.box.url)
        page.get_by_role("button", name="Acting as").wait_for()
        yield Desk(page)
    assert wrong == []
