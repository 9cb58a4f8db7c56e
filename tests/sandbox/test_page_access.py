"""The sandbox's page without a mouse, without eyes, without colours: keys, names, contrast, calm."""

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Client
from tests.sandbox.browser import Helper, Sit, box, helper, impatient, log, send, sit
from tests.sandbox.sound import is_sound

__all__ = ["box", "helper", "impatient", "sit"]

pytestmark = pytest.mark.usefixtures("helper")

FORECAST = "C0000000001"


@pytest.fixture
def rich(client: Client, helper: Helper) -> None:
    """A channel with something of every kind in it."""
    assert helper.told == []
    ana, ben = client.person("Ana"), client.person("Ben")
    channel = ben.channel_id("forecast")
    ts = ben.say("forecast", "A message with `code`, *bold* and a mention of @Ana Souza")
    ben.say("forecast", "An answer", thread=ts)
    for path, fields in (("react", {"name": "tada"}), ("pin", {}), ("edit", {"text": "Edited, @Ana Souza"})):
        client.post(path, channel=channel, ts=ts, **{"as": ben.id}, **fields)
    ana.command("/show", "a secret", channel="forecast")
    ana.command("/show", "buttons", channel="forecast")
    client.change_person("Chloe", status_text="Away", status_emoji=":palm_tree:", is_set_away=True)


@pytest.mark.usefixtures("rich")
def test_everything_has_a_name_and_can_be_read(sit: Sit) -> None:
    page = sit("Ana")
    log(page).get_by_text("a secret").wait_for()
    is_sound(page)
    page.get_by_role("button", name="1 reply").click()
    page.get_by_role("log", name="Replies").get_by_text("An answer").wait_for()
    is_sound(page)
    page.get_by_role("button", name="Traffic", exact=True).click()
    page.get_by_role("listbox", name="Traffic").get_by_role("option").first.click()
    page.get_by_role("heading", name="Answer").wait_for()
    is_sound(page)
    page.keyboard.press("Escape")
    for place in ("Helper", "Threads"):
        page.get_by_role("navigation").get_by_role("link", name=place).click()
        page.get_by_role("heading", name=place).first.wait_for()
        is_sound(page)
    page.get_by_role("navigation").get_by_role("link", name="Helper").click()
    for tab, words in (("Home", "Your week"), ("About", "What it may do")):
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("heading", name=words).wait_for()
        is_sound(page)


@pytest.mark.usefixtures("rich", "impatient")
def test_so_has_what_goes_wrong_or_goes_on(sit: Sit, slack: WebClient) -> None:
    page = sit("Ana")
    blocks = [{"type": "header", "text": {"type": "mrkdwn", "text": "No header"}}]
    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel=FORECAST, text="Refused", blocks=blocks)
    page.keyboard.press("Control+.")
    page.get_by_role("listbox", name="Traffic").get_by_role("option", name="invalid_blocks").click()
    page.get_by_role("figure", name="Block 1").wait_for()
    is_sound(page)
    page.keyboard.press("Control+.")
    send(page, "/nonsense")
    page.get_by_role("status").get_by_text("/nonsense is not a command here").wait_for()
    is_sound(page)
    page.get_by_role("textbox", name="Message #forecast").fill("/f")
    page.get_by_role("option", name="/form").wait_for()
    is_sound(page)
    send(page, "/form short")
    form = page.get_by_role("dialog", name="Short form")
    for title, words in (("bad", "Say it in full."), ("silent", "We had some trouble connecting.")):
        form.get_by_label("Title").fill(title)
        form.get_by_role("button", name="Save").click()
        form.get_by_text(words).wait_for()
        is_sound(page)
    form.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("alertdialog", name="Sure?").wait_for()
    is_sound(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    is_sound(page)


@pytest.mark.usefixtures("rich")
def test_so_has_everything_that_opens(sit: Sit) -> None:
    page = sit("Ana")
    article = log(page).get_by_role("article", name="Ben Okafor")
    for keys in ("Control+k", "Control+j"):
        page.keyboard.press(keys)
        page.keyboard.type("nobody of this name")
        is_sound(page)
        page.keyboard.press("Escape")
    for name in ("9 members", "Create a channel", "People", "Acting as Ana Souza", "Jump to a time", "1 pin"):
        page.get_by_role("button", name=name).first.click()
        page.get_by_role("dialog").wait_for()
        is_sound(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("heading", name="forecast").get_by_role("button").click()
    is_sound(page)
    page.get_by_role("button", name="Bookmarks").click()
    page.get_by_role("dialog", name="Bookmarks").wait_for()
    is_sound(page)
    page.keyboard.press("Escape")
    article.get_by_role("button", name="Ben Okafor", exact=True).click()
    page.get_by_role("dialog", name="Ben Okafor").wait_for()
    is_sound(page)
    page.keyboard.press("Escape")
    for tool in ("Add a reaction", "More actions"):
        article.hover()
        article.get_by_role("button", name=tool).first.click()
        is_sound(page)
        page.keyboard.press("Escape")


def test_one_can_do_without_a_mouse(sit: Sit, client: Client) -> None:
    client.person("Ben").say("forecast", "Shall we?")
    page = sit("Ana", "app")
    page.get_by_role("textbox", name="Message Helper").wait_for()
    first = page.evaluate("() => document.querySelector('a[href], button, input, [tabindex]').textContent")
    assert first == "Skip to the conversation"
    page.get_by_role("link", name=first).press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("fore")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Message #forecast")
    expect(box).to_be_focused()
    log(page).get_by_role("article", name="Ben Okafor").wait_for()
    page.keyboard.press("Shift+Tab")
    expect(log(page).get_by_role("button", name="More actions")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Copy link")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Mark unread from here")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    reply = page.get_by_role("textbox", name="Reply")
    expect(reply).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Thread")).to_be_hidden()


FOCUS_SHOWN = """() => {
  const node = document.activeElement;
  if (node === document.body) return "";
  const styles = [node, node.closest(".box, .picker") ?? node].map((each) => getComputedStyle(each));
  const isShown = ({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none";
  return styles.some(isShown) ? "" : node.outerHTML.slice(0, 120);
}"""


def test_focus_is_always_visible(sit: Sit) -> None:
    page = sit("Ana")
    page.get_by_role("textbox", name="Message #forecast").wait_for()
    page.get_by_role("link", name="Skip to the conversation").focus()
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUS_SHOWN))
    assert seen == {""}


def test_news_are_announced(sit: Sit, client: Client) -> None:
    page = sit("Ana")
    assert log(page).get_attribute("role") == "log"
    send(page, "/nonsense")
    expect(page.get_by_role("status").get_by_text("/nonsense is not a command here")).to_be_visible()
    client.person("Ben").say("forecast", "Hello")
    expect(log(page).get_by_role("article", name="Ben Okafor")).to_be_visible()


def test_whoever_wants_calm_gets_it(sit: Sit) -> None:
    page = sit("Ana")
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].map((node) => getComputedStyle(node).transitionDuration)"
    )
    assert set(moving) == {"0s"}
