"""The sandbox's page in use: the clock, and the ways to move it."""

import pytest
from playwright.sync_api import Page, expect

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY
from tests.sandbox.browser import Sit, box, helper, sit
from tests.sandbox.following import Follower, following, hourly

__all__ = ["box", "helper", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


def press(page: Page, name: str) -> None:
    """Presses a button of the panel about time."""
    page.get_by_role("button", name="Jump to a time").click()
    page.get_by_role("dialog", name="Jump to a time").get_by_role("button", name=name).click()


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("status").get_by_text(words)).to_be_visible()


def test_the_next_event_moves_the_clock_for_everyone(sit: Sit) -> None:
    ana, dev = sit("Ana"), sit("Dev")
    ana.get_by_role("button", name="Next event").press("Enter")
    says(ana, "Moved to Fri 13:00 for Ana")
    expect(ana.get_by_role("button", name="Next event")).to_be_focused()
    expect(dev.get_by_role("timer", name="Sandbox clock")).to_contain_text("08:00")
    press(ana, "Next Monday 09:00")
    says(ana, "Moved to Mon 09:00 for Ana")


def test_when_nothing_is_planned_the_page_says_so(sit: Sit, box: Sandbox) -> None:
    page = sit("Ana")
    with following(box):
        page.get_by_role("button", name="Next event").click()
        says(page, "Nothing is planned.")
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("12:00")


def test_it_says_what_comes_next_and_a_day_later_stops_at_all_of_it(sit: Sit, box: Sandbox) -> None:
    page = sit("Ana")
    with following(box, hourly) as app:
        eventually(lambda: box.world.followers.wake_at)
        page.reload()
        page.get_by_role("button", name="Jump to a time").click()
        panel = page.get_by_role("dialog", name="Jump to a time")
        expect(panel).to_contain_text("Next event: Fri 13:00, in 59 min")
        panel.get_by_role("button", name="Plus a day").click()
        says(page, "Moved to Sat 12:00 for Ana, 6 stops")
        assert len({round((told - FRIDAY.timestamp()) / 3600) for told in app.told}) == 7


def test_one_goes_to_a_moment_in_somebody_elses_zone(sit: Sit) -> None:
    page = sit("Ana")
    page.get_by_role("button", name="Jump to a time").click()
    panel = page.get_by_role("dialog", name="Jump to a time")
    panel.get_by_label("Date").fill("2026-11-24")
    panel.get_by_label("Time", exact=True).fill("08:30")
    panel.get_by_label("Zone").select_option("Los Angeles, UTC-8")
    panel.get_by_role("button", name="Go").click()
    says(page, "Moved to Tue 13:30 for Ana")


def test_play_goes_from_event_to_event_until_it_is_paused(sit: Sit, box: Sandbox) -> None:
    page = sit("Ana")
    with following(box, hourly):
        eventually(lambda: box.world.followers.wake_at)
        page.get_by_role("button", name="Play").click()
        expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("14:00")
        page.get_by_role("button", name="Pause").press("Enter")
        says(page, "Played to Fri 14:00 for Ana, 2 stops")
        expect(page.get_by_role("button", name="Play")).to_be_focused()
        expect(page.get_by_role("button", name="Next event")).to_be_enabled()
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("14:00")


def test_play_at_a_speed_ends_when_asked_to_and_what_was_today_gets_a_date(sit: Sit, client: Client) -> None:
    client.person("Ben").say("forecast", "The numbers are in")
    page = sit("Ana")
    expect(page.get_by_text("Today", exact=True)).to_be_visible()
    press(page, "A day a second")
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("Sun 22 Nov")
    expect(page.get_by_text("Friday, 20 November", exact=True)).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Next event")).to_be_enabled()


def test_play_ends_by_itself_when_nothing_is_left(sit: Sit, box: Sandbox) -> None:
    page = sit("Ana")

    def once(app: Follower) -> None:
        app.wake_at = FRIDAY.timestamp() + 3600

    with following(box, once):
        eventually(lambda: box.world.followers.wake_at)
        page.get_by_role("button", name="Play").click()
        says(page, "Nothing is planned.")
        says(page, "Played to Fri 13:00 for Ana")
        expect(page.get_by_role("button", name="Play")).to_be_enabled()


def test_why_it_does_not_move_is_said_plainly(sit: Sit, box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.time_travel.PATIENCE_SECONDS", 0.3)
    page = sit("Ana")
    with following(box, lambda app: setattr(app, "in_flight", 2)):
        eventually(lambda: box.world.followers.in_flight)
        page.get_by_role("button", name="Next event").click()
        says(page, "Helper is still sending messages or working on what is due.")
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("12:00")


def test_everyone_has_a_clock_of_their_own(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    beside = page.get_by_role("navigation").get_by_role("link", name="Ben Okafor")
    expect(beside).to_contain_text("16:00")
    client.change_person("Ben", tz="Asia/Tokyo")
    expect(beside).to_contain_text("00:00")
    page.get_by_role("button", name="Acting as").click()
    ben = page.get_by_role("dialog", name="Act as").get_by_role("option", name="Ben Okafor")
    expect(ben).to_contain_text("Sat 00:00 · Tokyo, UTC+9")
