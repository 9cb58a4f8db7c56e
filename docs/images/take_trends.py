"""Takes trends.png anew: `.venv/bin/python -m docs.images.take_trends`."""  # noqa: INP001 - a program

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from services import trends
from tests.conftest import chromium_flags, chromium_path, make_tables
from tests.muster import Running, running
from tests.story.page import Desk
from tests.trends.team_weeks import live

PICTURE = Path(__file__).with_name("trends.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/muster.db"
        make_tables(url)
        with running(url) as muster:
            take(muster)


def take(muster: Running) -> None:
    """What Grace reads: the first of two charts, with what belongs to it."""
    live(muster)
    process, grace = muster.process, muster.people.person("Grace")
    trends.ask(process.db, workspace_id=muster.workspace_id, person_id=grace.id, now=process.clock())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_flags())
        page = browser.new_page(viewport={"width": 1060, "height": 2600})
        page.goto(muster.box.url)
        page.get_by_role("button", name="Acting as").wait_for()
        desk = Desk(page)
        desk.sit("Grace Kim")
        message = desk.message("Trends up to")
        message.get_by_role("button", name="CSV").first.wait_for()
        box = message.bounding_box()
        below = message.get_by_role("button", name="CSV").first.bounding_box()
        assert box  # noqa: S101 - it is there
        assert below  # noqa: S101 - it is there
        height = below["y"] + below["height"] + 12 - box["y"]
        page.screenshot(path=PICTURE, clip={"x": box["x"], "y": box["y"], "width": 720, "height": height})
        browser.close()


if __name__ == "__main__":
    main()
