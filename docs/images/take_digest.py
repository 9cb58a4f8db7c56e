"""Takes digest.png and measures.png anew: `.venv/bin/python -m docs.images.take_digest`."""  # noqa: INP001 - a program

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, sync_playwright

from tests.conftest import chromium_flags, chromium_path, make_tables
from tests.digest.monday import MONDAY, live_friday, live_weeks
from tests.muster import Running, running
from tests.story.page import Desk

FOLDER = Path(__file__).parent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/muster.db"
        make_tables(url)
        with running(url) as muster, sync_playwright() as playwright:
            live_weeks(muster)
            live_friday(muster)
            muster.people.jump_to(MONDAY)
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_flags())
            take(browser, muster)
            browser.close()


def take(browser: Browser, muster: Running) -> None:
    page = browser.new_page(viewport={"width": 1060, "height": 2000}, device_scale_factor=1.5)
    page.goto(muster.box.url)
    page.get_by_role("button", name="Acting as").wait_for()
    desk = Desk(page)
    desk.sit("Grace Kim")
    picture(desk.message("Weekly digest"), "digest.png")
    desk.go("forecast")
    picture(desk.ask("/muster measures"), "measures.png")


def picture(message: Locator, name: str) -> None:
    message.scroll_into_view_if_needed()
    message.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    main()
