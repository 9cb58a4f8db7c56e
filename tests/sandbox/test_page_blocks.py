"""The sandbox's page in use: what the app posts, and what it hears back."""

from typing import Any

from playwright.sync_api import Page, expect

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import connected
from tests.sandbox.browser import Helper, Sit, box, helper, send, sit

__all__ = ["box", "helper", "sit"]


def shown(page: Page, what: str) -> Any:
    """The app's message after `/show what`."""
    send(page, f"/show {what}")
    message = page.get_by_role("log").get_by_role("article", name="Helper").last
    message.wait_for()
    return message


def test_mrkdwn_is_drawn_once_unescaped_and_never_as_html(sit: Sit, helper: Helper) -> None:
    page = sit("Chloe")
    message = shown(page, "text")
    expect(message).to_contain_text("Hello @Chloe Martin, bold italic struck code in #forecast: <b> &amp; 🎉")
    for selector, text in {
        "strong": "bold", "em": "italic", "s": "struck", "code >> nth=0": "code", "pre": "block <i>",
        "blockquote": "a quote", "a >> text=a link": "a link",
    }.items():  # fmt: skip
        expect(message.locator(selector)).to_have_text(text)
    expect(message).to_contain_text("snake_case_stays a link 2025-11-24 10:30")
    expect(message.get_by_role("link", name="a link")).to_have_attribute("rel", "noopener noreferrer")
    expect(message.locator("b, i")).to_have_count(0)


def test_the_same_moment_is_shown_in_each_readers_zone(sit: Sit, helper: Helper) -> None:
    chloe, dev = sit("Chloe"), sit("Dev")
    expect(shown(chloe, "text")).to_contain_text("2025-11-24 10:30")
    expect(dev.get_by_role("article", name="Helper")).to_contain_text("2025-11-24 01:30")


def test_all_kinds_of_blocks_are_drawn(sit: Sit, helper: Helper) -> None:
    message = shown(sit("Ana"), "blocks")
    expect(message.get_by_role("heading", name="A header")).to_be_visible()
    expect(message.get_by_role("separator")).to_be_visible()
    expect(message.locator("li")).to_have_text("*literal* <b>")
    expect(message).to_contain_text("Some context")
    expect(message.get_by_role("img", name="Nothing was lost")).to_be_visible()


def test_menus_selects_and_dates_tell_the_app_at_once(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    message = shown(page, "blocks")
    message.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Beta").click()
    assert eventually(lambda: len(helper.told) == 1)
    assert helper.told[0]["selected_option"]["value"] == "b"

    message.get_by_role("combobox", name="Pick one").click()
    page.get_by_role("option", name="Gamma").click()
    assert eventually(lambda: len(helper.told) == 2)
    assert helper.told[1]["selected_option"]["value"] == "c"
    expect(message.get_by_role("combobox", name="Pick one")).to_have_value("Gamma")

    message.get_by_label("Pick a day").fill("2026-12-01")
    assert eventually(lambda: len(helper.told) == 3)
    assert helper.told[2]["selected_date"] == "2026-12-01"
    assert helper.told[2]["state"]["one"]["told"]["selected_option"]["value"] == "c"


def test_a_button_that_asks_first_tells_the_app_only_after_a_yes(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    message = shown(page, "buttons")
    message.get_by_role("button", name="No").click()
    question = page.get_by_role("alertdialog", name="Sure?")
    expect(question).to_contain_text("This is final.")
    question.get_by_role("button", name="Keep").click()
    message.get_by_role("button", name="Yes").click()
    assert eventually(lambda: [told["action_id"] for told in helper.told]) == ["yes"]
    message.get_by_role("button", name="No").click()
    question.get_by_role("button", name="Do it").click()
    assert eventually(lambda: len(helper.told) == 2)
    assert helper.told[1]["action_id"] == "no"


def test_a_button_with_an_address_is_a_link(sit: Sit, helper: Helper) -> None:
    message = shown(sit("Ana"), "buttons")
    link = message.get_by_role("link", name="Site")
    expect(link).to_have_attribute("href", "https://example.com/")
    expect(link).to_have_attribute("target", "_blank")


def test_what_is_typed_in_a_message_is_kept_and_told_only_with_a_click(
    sit: Sit, helper: Helper, client: Client
) -> None:
    page = sit("Ana")
    message = shown(page, "note")
    note = message.get_by_role("textbox", name="Note")
    note.press_sequentially("Remember ")
    client.person("Ben").say("forecast", "Something else")
    expect(page.get_by_role("log")).to_contain_text("Something else")
    expect(note).to_be_focused()
    note.press_sequentially("this")
    assert helper.told == []
    message.get_by_role("button", name="Tell").click()
    assert eventually(lambda: len(helper.told) == 1)
    assert helper.told[0]["state"]["Note"]["Note"]["value"] == "Remember this"


def test_an_updated_message_keeps_the_typing_of_a_field_that_stays(sit: Sit, helper: Helper, client: Client) -> None:
    page = sit("Ana")
    message = shown(page, "note")
    note = message.get_by_role("textbox", name="Note")
    note.press_sequentially("Remember this")
    send(page, "/show again")
    expect(message).to_contain_text("A second look")
    expect(note).to_have_value("Remember this")


def test_home_says_that_the_app_is_not_connected_until_it_is(sit: Sit, box: Sandbox) -> None:
    main = sit("Ana", "home").get_by_role("main")
    expect(main).to_contain_text("Helper is not connected.")
    with connected(box, Helper().register):
        expect(main.get_by_role("heading", name="Your week")).to_be_visible()
        expect(main.get_by_text("Connected", exact=True)).to_be_visible()
