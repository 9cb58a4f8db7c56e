"""The sandbox's page in use: what one does with messages, threads and files."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from sandbox.client import Client
from tests.sandbox.browser import Sit, act_as, box, helper, log, send, sit
from tests.sandbox.test_uploads import picture

__all__ = ["box", "helper", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


def tool(page: Page, author: str, name: str) -> None:
    article = log(page).get_by_role("article", name=author).last
    article.hover()
    article.get_by_role("button", name=name).first.click()


def choose(page: Page, author: str, item: str) -> None:
    """Picks from the menu of somebody's newest message."""
    tool(page, author, "More actions")
    page.get_by_role("menuitem", name=item).click()


def test_a_reaction_is_found_by_name_added_counted_and_taken_back(sit: Sit, client: Client) -> None:
    ben = client.person("Ben")
    ts = ben.say("forecast", "We shipped it")
    client.post("react", channel=ben.channel_id("forecast"), ts=ts, name="tada", **{"as": ben.id})
    page = sit("Ana")
    tool(page, "Ben Okafor", "Add a reaction")
    emoji = page.get_by_role("dialog", name="Choose an emoji")
    emoji.get_by_role("searchbox", name="Search emoji").fill("tada")
    emoji.get_by_role("button", name="tada").click()
    both = log(page).get_by_role("button", name="Ben Okafor, Ana Souza reacted with :tada:")
    expect(both).to_have_attribute("aria-pressed", "true")
    expect(both).to_contain_text("2")
    both.click()
    mine = log(page).get_by_role("button", name="Ben Okafor reacted with :tada:")
    expect(mine).to_have_attribute("aria-pressed", "false")
    expect(mine).to_be_focused()


def test_ones_own_message_can_be_edited_and_deleted(sit: Sit) -> None:
    page = sit("Ana")
    send(page, "Teh plan for @Ben Okafor & <all>")
    choose(page, "Ana Souza", "Edit message")
    form = page.get_by_role("dialog", name="Edit message")
    expect(form.get_by_role("textbox")).to_have_value("Teh plan for @Ben Okafor & <all>")
    form.get_by_role("textbox").fill("The plan for @Ben Okafor")
    form.get_by_role("button", name="Save").click()
    expect(log(page).get_by_role("article")).to_contain_text("The plan for @Ben Okafor")
    expect(log(page).get_by_text("(edited)")).to_be_visible()
    choose(page, "Ana Souza", "Delete message")
    page.get_by_role("alertdialog", name="Delete this message?").get_by_role("button", name="Delete").click()
    expect(log(page).get_by_role("article")).to_have_count(0)


def test_others_messages_offer_neither(sit: Sit, client: Client) -> None:
    client.person("Ben").say("forecast", "Mine")
    page = sit("Ana")
    tool(page, "Ben Okafor", "More actions")
    expect(page.get_by_role("menuitem", name="Copy link")).to_be_visible()
    expect(page.get_by_role("menuitem", name=re.compile("Edit|Delete"))).to_have_count(0)


def test_a_deleted_message_with_answers_leaves_its_thread(sit: Sit, client: Client) -> None:
    ana = client.person("Ana")
    ts = ana.say("forecast", "Forget this")
    client.person("Ben").say("forecast", "Why?", thread=ts)
    client.post("delete", channel=ana.channel_id("forecast"), ts=ts, **{"as": ana.id})
    page = sit("Ana")
    expect(log(page)).to_contain_text("This message was deleted.")
    page.get_by_role("button", name="1 reply").click()
    expect(page.get_by_role("log", name="Replies")).to_contain_text("Why?")


def test_a_pin_is_shown_where_it_was_made_and_in_a_list_that_leads_there(sit: Sit, client: Client) -> None:
    client.person("Ben").say("forecast", "The rules")
    for number in range(45):
        client.person("Chloe").say("forecast", f"Line {number}")
    page = sit("Ana")
    page.get_by_role("region", name="Conversation").evaluate("node => { node.scrollTop = 0 }")
    choose(page, "Ben Okafor", "Pin to the channel")
    expect(log(page)).to_contain_text("Pinned by Ana Souza")
    page.get_by_role("button", name="Newest messages").click()
    page.get_by_role("button", name="1 pin").click()
    page.get_by_role("dialog", name="Pins").get_by_role("link", name="The rules").click()
    expect(log(page).get_by_text("The rules")).to_be_in_viewport()


def test_what_only_one_person_sees_can_be_put_away(sit: Sit) -> None:
    page = sit("Ana")
    send(page, "/show a secret")
    log(page).get_by_role("button", name="Dismiss").click()
    expect(log(page).get_by_role("article")).to_have_count(0)


def test_a_file_is_attached_sent_and_seen_as_a_picture_or_a_card(sit: Sit) -> None:
    ana, ben = sit("Ana"), sit("Ben")
    files: list[FilePayload] = [
        {"name": "chart.png", "mimeType": "image/png", "buffer": picture(40, 30)},
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"},
        {"name": "wrong.txt", "mimeType": "text/plain", "buffer": b"oops"},
    ]
    with ana.expect_file_chooser() as chooser:
        ana.get_by_role("main").get_by_role("button", name="Attach files").click()
    chooser.value.set_files(files)
    attached = ana.get_by_role("list", name="Attached files")
    attached.get_by_role("button", name="Remove wrong.txt").click()
    expect(attached.get_by_role("listitem")).to_have_count(2)
    expect(ana.get_by_role("main").get_by_role("button", name="Send")).to_be_enabled()
    ana.get_by_role("main").get_by_role("button", name="Send").click()
    expect(attached).to_be_hidden()
    shown = log(ben).get_by_role("img", name="chart.png")
    expect(shown).to_be_visible()
    assert shown.evaluate("node => node.decode().then(() => node.naturalWidth)") == 40
    expect(log(ben).get_by_role("link", name="Download notes.txt")).to_contain_text("5 bytes")


def test_new_answers_show_on_the_thread_in_the_sidebar_and_in_the_list_of_threads(sit: Sit, client: Client) -> None:
    ana, ben = client.person("Ana"), client.person("Ben")
    ts = ana.say("forecast", "Shall we retrain?")
    page = sit("Ana", "app")
    ben.say("forecast", "Yes", thread=ts)
    page.get_by_role("link", name="Threads, 1 unread").click()
    expect(page.get_by_role("button", name="Ana Souza in #forecast, 1 reply, 1 new")).to_be_visible()
    ben.say("forecast", "This week", thread=ts)
    page.get_by_role("button", name="Ana Souza in #forecast, 2 replies, 2 new").click()
    expect(page.get_by_role("log", name="Replies")).to_contain_text("This week")
    expect(page.get_by_role("link", name="Threads", exact=True)).to_be_visible()
    page.get_by_role("button", name="Close thread").click()
    ben.say("forecast", "Tonight", thread=ts)
    expect(log(page).get_by_role("button", name="3 replies 1 new")).to_be_visible()


def test_a_reply_also_sent_to_the_channel_leads_back_to_its_thread(sit: Sit, client: Client) -> None:
    client.person("Ben").say("forecast", "Shall we retrain?")
    page = sit("Ana")
    tool(page, "Ben Okafor", "Reply in thread")
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_role("checkbox", name="Also send to #forecast").check()
    thread.get_by_role("textbox", name="Reply").fill("Yes, tonight")
    thread.get_by_role("textbox", name="Reply").press("Enter")
    expect(log(page)).to_contain_text("Yes, tonight")
    expect(thread.get_by_role("checkbox")).not_to_be_checked()
    thread.get_by_role("button", name="Close thread").click()
    log(page).get_by_role("button", name="Replied in a thread").click()
    expect(page.get_by_role("log", name="Replies")).to_contain_text("Yes, tonight")


def test_what_is_new_is_marked_and_can_be_marked_again(sit: Sit, client: Client) -> None:
    ana, ben = client.person("Ana"), client.person("Ben")
    ben.say("forecast", "Old")
    ana.read("forecast")
    ben.say("forecast", "Fresh")
    page = sit("Ana")
    new = log(page).get_by_role("separator").filter(has_text="New")
    expect(new).to_be_visible()
    expect(page.get_by_role("link", name="forecast", exact=True)).to_be_visible()
    choose(page, "Ben Okafor", "Mark unread from here")
    expect(page.get_by_role("link", name="forecast, 1 unread")).to_be_visible()


def test_on_a_phone_what_is_unread_shows_on_the_button_of_the_menu(sit: Sit, client: Client) -> None:
    page = sit("Ana", width=390, height=844)
    client.person("Ben").say("Ana Souza", "Lunch?")
    page.get_by_role("button", name="Conversations, 1 unread").click()
    expect(page.get_by_role("link", name="Ben Okafor, 1 unread")).to_be_visible()
    page.keyboard.press("Escape")
    act_as(page, "Ben")
    expect(page.get_by_role("button", name="Conversations", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
