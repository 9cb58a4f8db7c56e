"""The sandbox's page in use: the panel that lists what goes between the sandbox and the app."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Client
from sandbox.log import Call
from sandbox.server import Sandbox
from tests.sandbox.browser import Helper, Sit, box, helper, impatient, sit

__all__ = ["box", "helper", "impatient", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


@pytest.fixture
def refused(client: Client, slack: WebClient) -> None:
    """The app posts a message whose second block Slack does not take."""
    blocks: list[dict[str, Any]] = [
        {"type": "divider"},
        {"type": "section", "block_id": "plan", "text": {"type": "mrkdwn", "text": "x" * 3001}},
    ]
    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel=client.person("Ana").channel_id("forecast"), text="Long", blocks=blocks)


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Traffic", exact=True).click()
    return page.get_by_role("region", name="Traffic")


@pytest.mark.usefixtures("refused")
def test_a_refusal_is_marked_with_its_reason_and_the_block(sit: Sit) -> None:
    panel = opened(sit("Ana"))
    panel.get_by_role("checkbox", name="Only refusals").check()
    line = panel.get_by_role("option")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("invalid_blocks")
    line.click()
    entry = panel.get_by_role("region", name="Entry")
    expect(entry).to_contain_text("Refused: invalid_blocks")
    place = entry.get_by_role("button", name=re.compile("Block 2 .section, “plan”., at text . text"))
    expect(entry).to_contain_text("must be less than 3001 characters")
    expect(entry).to_contain_text("Slack does not take these blocks.")
    drawn = entry.get_by_role("figure", name="Block 2 (section, “plan”) as it would look")
    expect(drawn.locator(".block-section")).to_contain_text("xxx")
    place.click()
    expect(entry.locator(".around")).to_contain_text('block_id: "plan"')
    expect(entry.locator("mark")).to_be_in_viewport()
    expect(entry.locator("mark")).to_contain_text("xxx")


@pytest.mark.usefixtures("refused")
def test_lines_are_found_by_kind_and_by_words_anywhere_in_them(sit: Sit, client: Client) -> None:
    panel = opened(sit("Ana"))
    client.person("Ben").command("/show", "blocks", channel="forecast")
    panel.get_by_role("radio", name="Commands").check()
    expect(panel.get_by_role("option")).to_have_count(1)
    expect(panel.get_by_role("option")).to_contain_text("#forecast · Ben Okafor · /show blocks")
    panel.get_by_role("radio", name="All", exact=True).check()
    panel.get_by_role("searchbox").fill("at least one thing nobody said")
    expect(panel.get_by_role("option")).to_have_count(0)
    expect(panel).to_contain_text("Nothing of this kind so far.")
    panel.get_by_role("searchbox").fill("3001 characters")
    expect(panel.get_by_role("option")).to_have_count(1)
    panel.get_by_role("searchbox").press("Escape")
    expect(panel.get_by_role("searchbox")).to_have_value("")
    panel.get_by_role("searchbox").press("Escape")
    expect(panel).to_be_hidden()


@pytest.mark.usefixtures("impatient")
def test_a_missed_acknowledgement_shows_why_and_how_long_it_took(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    panel = opened(page)
    page.get_by_role("textbox", name="Message #forecast").fill("/silent ")
    page.get_by_role("textbox", name="Message #forecast").press("Enter")
    line = panel.get_by_role("option", name="/silent")
    expect(line).to_contain_text("timeout")
    line.click()
    entry = panel.get_by_role("region", name="Entry")
    expect(entry).to_contain_text("The app did not acknowledge it within three seconds.")
    expect(entry).to_contain_text('"/silent"')
    assert client.deliveries()[-1]["acked"] is False


def test_it_is_live_until_paused_and_can_be_cleared(sit: Sit, client: Client) -> None:
    panel = opened(sit("Ana"))
    ben = client.person("Ben")
    ben.command("/show", "one", channel="forecast")
    expect(panel.get_by_role("option", name="/show one")).to_be_visible()
    panel.get_by_role("button", name="Pause").click()
    ben.command("/show", "two", channel="forecast")
    panel.get_by_role("button", name="Clear").click()
    expect(panel.get_by_role("option")).to_have_count(0)
    panel.get_by_role("button", name="Resume").click()
    expect(panel.get_by_role("option", name="/show two")).to_be_visible()
    expect(panel.get_by_role("option", name="/show one")).to_have_count(0)


def test_a_payload_can_be_delivered_once_more(sit: Sit, helper: Helper) -> None:
    page = sit("Ana", "home")
    page.get_by_role("main").get_by_role("button", name="Plan").click()
    panel = opened(page)
    panel.get_by_role("option", name="block_actions").click()
    panel.get_by_role("button", name="Deliver again").click()
    expect(page.get_by_role("status").get_by_text("Delivered again, and acknowledged.")).to_be_visible()
    assert [told["action_id"] for told in helper.told] == ["plan", "plan"]


def test_ten_thousand_entries_are_a_few_lines_on_the_page(sit: Sit, box: Sandbox) -> None:
    for number in range(10_000):
        box.log.add(Call("api.test", {"text": f"Entry {number}."}, {"ok": True}, at=number))
    page = sit("Ana")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/page/traffic" in sent.url else None)
    panel = opened(page)
    expect(panel.get_by_role("option", name="Entry 9999.")).to_be_visible()
    assert panel.get_by_role("option").count() < 60
    assert len(asked) < 40
    panel.get_by_role("listbox").press("Home")
    expect(panel.get_by_role("option", selected=True)).to_be_visible()
    assert panel.get_by_role("option").count() < 60


def test_it_opens_moves_and_closes_by_keys(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    message = page.get_by_role("textbox", name="Message #forecast")
    message.focus()
    page.keyboard.press("Control+.")
    panel = page.get_by_role("region", name="Traffic")
    expect(panel.get_by_role("listbox")).to_be_focused()
    client.person("Ben").command("/show", "one", channel="forecast")
    client.person("Ben").command("/show", "two", channel="forecast")
    panel.get_by_role("radio", name="Commands").check()
    lines = panel.get_by_role("listbox")
    expect(panel.get_by_role("option")).to_have_count(2)
    lines.press("End")
    expect(panel.get_by_role("option", selected=True)).to_contain_text("/show two")
    lines.press("ArrowUp")
    expect(panel.get_by_role("option", selected=True)).to_contain_text("/show one")
    lines.press("Escape")
    expect(panel).to_be_hidden()
    expect(message).to_be_focused()
