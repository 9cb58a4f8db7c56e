"""The sandbox's page in use: people, conversations, the clock."""

import re

import pytest
from playwright.sync_api import APIResponse, Route, expect

from sandbox.client import Client
from tests.sandbox.browser import Sit, act_as, box, helper, impatient, log, send, sit

__all__ = ["box", "helper", "impatient", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


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


def test_whom_to_act_as_is_found_by_typing(sit: Sit) -> None:
    page = sit("Ana")
    page.keyboard.press("Control+j")
    chooser = page.get_by_role("dialog", name="Act as")
    expect(chooser.get_by_role("option")).to_have_count(9)
    chooser.get_by_role("combobox").press_sequentially("lead")
    expect(chooser.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Acting as Hana Sato")).to_be_visible()


def test_the_switcher_shows_how_much_others_have_not_read(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    client.person("Ben").say("Chloe Martin", "Lunch?")
    page.get_by_role("button", name="Acting as").click()
    chooser = page.get_by_role("dialog", name="Act as")
    expect(chooser.get_by_role("option", name="Chloe").get_by_title("1 unread")).to_be_visible()
    expect(chooser).not_to_contain_text("Lunch")
    page.keyboard.press("Escape")
    expect(chooser).to_have_count(0)
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


def test_what_is_said_while_a_conversation_is_being_read_is_not_missed(sit: Sit, client: Client) -> None:
    page = sit("Ana", "app")
    held: list[tuple[Route, APIResponse]] = []
    page.route(re.compile("/page/conversation"), lambda route: held.append((route, route.fetch())), times=1)
    page.get_by_role("link", name="forecast").click()
    while not held:
        page.wait_for_timeout(10)
    client.person("Ben").say("forecast", "Just now")
    expect(page.get_by_role("link", name="forecast, 1 unread")).to_be_visible()
    for route, answer in held:
        route.fulfill(response=answer)
    expect(log(page)).to_contain_text("Just now")


def test_what_is_said_before_changes_are_heard_is_not_missed(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile("/page/changes"), hold)
    act_as(page, "Ben")
    page.wait_for_timeout(200)
    client.person("Ana").say("forecast", "Just now")
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    expect(log(page)).to_contain_text("Just now")


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


def test_channels_and_emoji_are_offered_as_well(sit: Sit) -> None:
    page = sit("Ana")
    message = page.get_by_role("textbox", name="Message #forecast")
    message.press_sequentially("See #su")
    expect(page.get_by_role("option")).to_have_text("#support-quality")
    message.press("Tab")
    message.press_sequentially("at 10:30 :tad")
    expect(page.get_by_role("option")).to_have_count(1)
    message.press("Enter")
    expect(message).to_have_value("See #support-quality at 10:30 :tada: ")
    message.press("Enter")
    expect(log(page).get_by_role("article")).to_contain_text("See #support-quality at 10:30 🎉")


def test_everyone_is_called_by_typing_at_channel(sit: Sit) -> None:
    page, ben = sit("Ana"), sit("Ben", "app")
    message = page.get_by_role("textbox", name="Message #forecast")
    message.press_sequentially("@chan")
    expect(page.get_by_role("option")).to_have_text("@channelEveryone in this channel")
    message.press("Tab")
    message.press("Enter")
    expect(log(page).get_by_role("article")).to_contain_text("@channel")
    expect(ben.get_by_role("link", name="forecast, 1 unread").locator(".strong")).to_be_visible()


@pytest.mark.usefixtures("impatient")
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
