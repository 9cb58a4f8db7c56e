"""Takes page.png anew from a living demo: `.venv/bin/python -m docs.images.take`."""  # noqa: INP001 - a program

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from bot.demo import set_up
from tests.conftest import chromium_flags, chromium_path
from tests.muster import running
from tests.story.page import Desk, press, send

PICTURE = Path(__file__).with_name("page.png")
SYNC, MOVED = "Weekly sync", "What moved last week that another team should know?"
ANSWERS = {
    "Ben Okafor": ("Retraining takes 35 minutes instead of 3 hours", "No GPU quota in the west region", "", "4 of 5"),
    "Chloe Martin": ("Two pilots signed; both want the forecast by region", "", "Yes", "5 (Certain)"),
    "Grace Kim": ("The budget for annotation is approved", "", "", "4 of 5"),
    "Farid Haddad": ("The data agreement is signed", "", "", "5 (Certain)"),
    "Dev Patel": ("Both regions deploy from one pipeline", "", "Yes", "4 of 5"),
    "Erin Walsh": ("Tickets about wrong units fell by half", "Nobody can see the old answers", "", "3 of 5"),
}
"""What moved, what is blocking, the choice of their function, how confident. Hana stays silent."""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        running(f"sqlite:///{folder}/muster.db") as muster,
    ):
        set_up(muster.process)
        take(playwright.chromium.launch(executable_path=chromium_path(), args=chromium_flags()), muster.box.url)


def take(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=2)
    page.goto(url)
    page.get_by_role("button", name="Acting as").wait_for()
    desk = Desk(page)
    live_a_day(desk)
    desk.message("Blockers (2)").evaluate("node => node.scrollIntoView()")
    expect(desk.message("Blockers (2)")).to_be_in_viewport()
    page.screenshot(path=PICTURE)
    browser.close()


def live_a_day(desk: Desk) -> None:
    """Ends as the product manager, reading the summary on Tuesday morning."""
    desk.sit("Ana Souza", "forecast")
    desk.ask("/muster away 2026-11-23")
    for name, said in ANSWERS.items():
        desk.sit(name)
        desk.live_until("Mon 23 Nov 2026 09:30")
        answer(desk, said)
    desk.sit("Chloe Martin", "forecast")
    desk.live_until("Tue 24 Nov 2026 02:30")


def answer(desk: Desk, said: tuple[str, str, str, str]) -> None:
    moved, blocked, choice, confidence = said
    press(desk.message(SYNC), "Answer")
    form = desk.form(SYNC)
    form.get_by_label(MOVED).fill(moved)
    if blocked:
        form.get_by_label("What is blocking you?").fill(blocked)
        desk.pick("who can clear it", "Dev Patel")
    if choice:
        form.get_by_label(choice).check()
    form.get_by_label(confidence).check()
    send(form, "Send")


if __name__ == "__main__":
    main()
