"""The sandbox's page in use: people, conversations, the clock."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.browser import Sit, box, helper, send, sit

__all__ = ["box", "helper", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


def log(page: Page) -> Any:
    return page.get_by_role("log", name="Messages in")


def act_as(page: Page, name: str) -> None:
    page.get_by_role("button", name="Acting as").click()
    page.get_by_role("menuitemradio", name=re.compile(f"^{name}")).click()
    page.get_by_role("button", name=f"Acting as {name}").wait_for()


def test_one_can_act_as_anyone_and_sees_their_time_and_places(sit: Sit) -> None:
    page = sit("Ana")
    expect(page.get_by_role("banner")).to_contain_text("Northlight AI")
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("Fri 20 Nov 2026 12:00")
    expect(page.get_by_role("link", name="pricing")).to_have_count(0)

    act_as(page, "Erin")
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("07:00")
    expect(page.get_by_role("button", name="Acting as")).to_contain_text("Support lead · Los Angeles, UTC-8")
    expect(page.get_by_role("link", name="pricing")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Acting as Erin")).to_be_visible()


def test_the_switcher_shows_how_much_others_have_not_read(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    client.person("Ben").say("Chloe Martin", "Lunch?")
    page.get_by_role("button", name="Acting as").click()
    expect(page.get_by_role("menuitemradio", name="Chloe").get_by_title("1 unread")).to_be_visible()
    expect(page.get_by_role("menu")).not_to_contain_text("Lunch")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(page.get_by_role("button", name="Acting as")).to_be_focused()


def test_what_one_says_reaches_the_others_while_they_look(sit: Sit) -> None:
    ana, ben = sit("Ana"), sit("Ben", "app")
    send(ana, "The numbers are in, @Ben Okafor: 3 < 4 & rising")
    message = log(ana).get_by_role("article", name="Ana Souza, Fri 12:00")
    expect(message).to_contain_text("The numbers are in, @Ben Okafor: 3 < 4 & rising")

    forecast = ben.get_by_role("link", name="forecast, 1 unread")
    expect(forecast).to_be_visible()
    expect(ben).to_have_title("(1) Ben Okafor · Northlight AI")
    forecast.click()
    expect(log(ben)).to_contain_text("The numbers are in, @Ben Okafor: 3 < 4 & rising")
    expect(ben.get_by_role("link", name="forecast", exact=True)).to_be_visible()


def test_a_draft_survives_news_a_walk_and_a_reload(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    message = page.get_by_role("textbox", name="Message #forecast")
    message.fill("Half a thought")
    client.person("Ben").say("forecast", "Something new")
    expect(log(page)).to_contain_text("Something new")
    expect(message).to_have_value("Half a thought")
    page.get_by_role("link", name="Helper").click()
    expect(page.get_by_role("textbox", name="Message Helper")).to_have_value("")
    page.get_by_role("link", name="forecast").click()
    expect(message).to_have_value("Half a thought")
    page.reload()
    expect(message).to_have_value("Half a thought")


def test_reading_further_up_is_not_disturbed_by_news(sit: Sit, client: Client) -> None:
    ben = client.person("Ben")
    for number in range(40):
        ben.say("forecast", f"Line {number}")
    page = sit("Ana")
    expect(log(page)).to_contain_text("Line 39")
    scroller = page.get_by_role("region", name="Conversation")
    expect(page.get_by_text("Line 39", exact=True)).to_be_in_viewport()
    scroller.hover()
    page.mouse.wheel(0, -400)
    expect(page.get_by_text("Line 39", exact=True)).not_to_be_in_viewport()
    before = scroller.evaluate("node => node.scrollTop")
    ben.say("forecast", "The newest")
    page.get_by_role("button", name="New messages").wait_for()
    assert scroller.evaluate("node => node.scrollTop") == before
    page.get_by_role("button", name="New messages").click()
    expect(page.get_by_text("The newest")).to_be_in_viewport()


def test_a_thread_opens_beside_the_channel_and_counts_its_replies(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    ts = client.person("Ben").say("forecast", "Shall we retrain?")
    page.get_by_role("article", name="Ben Okafor").hover()
    page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    reply = thread.get_by_role("textbox", name="Reply")
    expect(reply).to_be_focused()
    reply.fill("Yes, tonight")
    reply.press("Enter")
    expect(thread.get_by_role("log", name="Replies")).to_contain_text("Yes, tonight")
    expect(log(page)).not_to_contain_text("Yes, tonight")
    client.person("Chloe").say("forecast", "Agreed", thread=ts)
    expect(thread.get_by_text("2 replies")).to_be_visible()

    reply.fill("/show text")
    reply.press("Enter")
    expect(page.get_by_role("status").get_by_text("no commands in threads")).to_be_visible()
    expect(reply).to_have_value("/show text")
    thread.get_by_role("button", name="Close thread").click()
    expect(thread).to_be_hidden()
    expect(page.get_by_role("button", name="2 replies")).to_be_focused()


def test_commands_are_offered_while_typing(sit: Sit) -> None:
    page = sit("Ana")
    message = page.get_by_role("textbox", name="Message #forecast")
    message.press_sequentially("/")
    expect(page.get_by_role("option")).to_have_count(3)
    message.press_sequentially("sh")
    expect(page.get_by_role("option")).to_have_text("/show [what]Post something")
    message.press("Tab")
    expect(message).to_have_value("/show ")
    expect(page.get_by_text("/show [what] Post something")).to_be_visible()
    message.press_sequentially("me the way")
    message.press("Enter")
    only = log(page).get_by_role("article", name="Helper").filter(has_text="Only visible to you")
    expect(only).to_contain_text("Only you read: me the way")


def test_people_are_offered_after_an_at_sign(sit: Sit) -> None:
    page = sit("Ana")
    message = page.get_by_role("textbox", name="Message #forecast")
    message.press_sequentially("Ask @gr")
    page.get_by_role("option", name="Grace Kim").click()
    expect(message).to_have_value("Ask @Grace Kim ")
    message.press("Enter")
    expect(log(page).get_by_role("article")).to_contain_text("Ask @Grace Kim")


def test_a_command_that_fails_says_so_and_comes_back(sit: Sit) -> None:
    page = sit("Ana")
    message = page.get_by_role("textbox", name="Message #forecast")
    send(page, "/nonsense now")
    expect(page.get_by_role("status").get_by_text("/nonsense is not a command here")).to_be_visible()
    expect(message).to_have_value("/nonsense now")
    send(page, "/silent")
    failed = page.get_by_role("status").get_by_text("/silent failed with the error “operation_timeout”")
    expect(failed).to_be_visible()
    expect(message).to_have_value("/silent")


def test_only_the_person_meant_sees_an_answer_to_a_command(sit: Sit) -> None:
    ana, ben = sit("Ana"), sit("Ben")
    send(ana, "/show a secret")
    expect(log(ana)).to_contain_text("a secret")
    send(ana, "Done")
    expect(log(ben)).to_contain_text("Done")
    expect(log(ben)).not_to_contain_text("a secret")


def test_a_message_menu_has_the_shortcuts_of_the_app(sit: Sit, client: Client) -> None:
    client.person("Ben").say("forecast", "Worth keeping")
    page = sit("Ana")
    page.get_by_role("article", name="Ben Okafor").hover()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Keep this").click()
    expect(log(page)).to_contain_text("Kept: Worth keeping")


def test_a_public_channel_can_be_joined_and_left(sit: Sit) -> None:
    page = sit("Ana", "support-quality")
    expect(page.get_by_text("You are looking at #support-quality from outside.")).to_be_visible()
    page.get_by_role("button", name="Join #support-quality").click()
    expect(page.get_by_role("textbox", name="Message #support-quality")).to_be_visible()
    expect(log(page)).to_contain_text("Ana Souza has joined the channel")
    page.get_by_role("button", name="7 members").click()
    members = page.get_by_role("dialog", name="Members of #support-quality")
    expect(members).to_contain_text("Grace Kim")
    members.get_by_role("button", name="Leave channel").click()
    expect(page.get_by_role("button", name="Join #support-quality")).to_be_visible()


def test_a_member_brings_the_app_into_a_channel(sit: Sit, client: Client) -> None:
    app = client.person_id("Helper")
    client.post(
        "leave", channel=client.person("Ben").channel_id("forecast"), user=app, **{"as": client.person_id("Ben")}
    )
    page = sit("Ana")
    page.get_by_role("button", name="8 members").click()
    page.get_by_role("combobox", name="Add someone").click()
    page.get_by_role("option", name="Helper").click()
    expect(page.get_by_role("status").get_by_text("Added to #forecast: Helper")).to_be_visible()
    expect(page.get_by_role("button", name="9 members")).to_be_visible()


def test_someone_elses_conversation_does_not_exist(sit: Sit) -> None:
    page = sit("Chloe", "pricing")
    expect(page.get_by_role("textbox", name="Message #pricing")).to_be_visible()
    act_as(page, "Ana")
    expect(page.get_by_role("heading", name="Nothing to see here")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Prices for the new plan")


def test_the_next_event_moves_the_clock_for_everyone(sit: Sit) -> None:
    ana, dev = sit("Ana"), sit("Dev")
    ana.get_by_role("button", name="Next event").click()
    expect(ana.get_by_role("status").get_by_text("Moved to Fri 13:00 for Ana")).to_be_visible()
    expect(dev.get_by_role("timer", name="Sandbox clock")).to_contain_text("08:00")
    ana.get_by_role("button", name="Jump to a time").click()
    ana.get_by_role("menuitem", name="Next Monday 09:00").click()
    expect(ana.get_by_role("status").get_by_text("Moved to Mon 09:00 for Ana")).to_be_visible()


@contextmanager
def following(box: Sandbox) -> Iterator[None]:
    """An app that follows the clock and plans nothing."""

    def follow() -> None:
        with httpx2.Client(base_url=box.url, timeout=30) as http:
            version = 0
            while not done.is_set():
                version = http.get("/clock", params={"app": "quiet", "version": version}).json()["version"]
                http.post("/clock/report", json={"app": "quiet", "version": version, "wake_at": None, "in_flight": 0})

    done = threading.Event()
    thread = threading.Thread(target=follow)
    thread.start()
    yield
    done.set()
    box.world.clock.announce()
    thread.join()


def test_when_nothing_is_planned_the_page_says_so(sit: Sit, box: Sandbox) -> None:
    page = sit("Ana")
    with following(box):
        eventually(box.world.followers.present)
        page.get_by_role("button", name="Next event").click()
        expect(page.get_by_role("status").get_by_text("Nothing is planned.")).to_be_visible()
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("12:00")


def test_home_shows_what_the_app_publishes(sit: Sit) -> None:
    page = sit("Ana", "app")
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="Your week")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Hello @Ana Souza")
    page.get_by_role("tab", name="Messages").click()
    expect(page.get_by_role("textbox", name="Message Helper")).to_be_visible()


def test_a_permalink_leads_to_its_message(sit: Sit, client: Client, box: Sandbox) -> None:
    ben = client.person("Ben")
    ts = ben.say("forecast", "The one")
    for number in range(40):
        ben.say("forecast", f"Line {number}")
    ben.say("Ana Souza", f"{box.url}/archives/{ben.channel_id('forecast')}/p{ts.replace('.', '')}")
    page = sit("Ana", "Ben Okafor")
    page.get_by_role("main").get_by_role("link", name="/archives/").click()
    expect(page.get_by_text("The one", exact=True)).to_be_in_viewport()


def test_on_a_phone_the_sidebar_folds_away(sit: Sit) -> None:
    page = sit("Ben", width=390, height=844)
    link = page.get_by_role("link", name="support-quality")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Conversations").click()
    link.click()
    expect(page.get_by_role("textbox", name="Message #support-quality")).to_be_visible()
    expect(link).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_page_follows_a_change_of_zone(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    client.change_person("Ana", tz="Asia/Tokyo")
    expect(page.get_by_role("timer", name="Sandbox clock")).to_contain_text("Sat 21 Nov 2026 00:00")
