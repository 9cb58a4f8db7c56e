"""The sandbox's page draws every block and element that a surface takes."""

import pytest
from playwright.sync_api import Locator, expect
from slack_sdk import WebClient

from sandbox.client import Client
from tests.sandbox.apps import EVERY_SCOPE, Inbox, manifest
from tests.sandbox.browser import Sit, sit
from tests.sandbox.samples import samples
from tests.sandbox.showing import opened, posted
from tests.sandbox.sound import nameless

__all__ = ["sit"]

MANIFEST = manifest(scopes=EVERY_SCOPE)
WIDTHS = (1280, 390)


def missing(where: Locator, names: dict[str, dict[str, object]]) -> list[str]:
    """The samples of which nothing is to be seen."""
    drawn = where.locator(".block")
    kinds = [str(block["type"]) for block in names.values()]
    return [kind for kind in set(kinds) if drawn.and_(where.locator(f".block-{kind}")).count() < kinds.count(kind)]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_message_shows_all_it_may_hold(sit: Sit, slack: WebClient, client: Client, width: int, inbox: Inbox) -> None:
    page = sit("Ana", width=width)
    every = samples("message")
    for part in (0, 1):  # Slack takes two charts in a message.
        some = dict(list(every.items())[part::2])
        message = posted(page, slack, client, *some.values())
        assert missing(message, some) == []
        expect(message.locator(".unknown")).to_have_count(0)
        expect(message.locator(".block").last).to_be_visible()
    assert nameless(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_shows_all_it_may_hold(sit: Sit, slack: WebClient, inbox: Inbox, width: int) -> None:
    page = sit("Ana", width=width)
    every = samples("modal")
    form = opened(page, slack, inbox, *every.values())
    assert missing(form, every) == []
    expect(form.locator(".unknown")).to_have_count(0)
    assert nameless(page) == []
    assert form.evaluate("node => node.querySelector('.modal-body').scrollWidth <= node.clientWidth")


def test_home_shows_all_it_may_hold(sit: Sit, slack: WebClient, client: Client, inbox: Inbox) -> None:
    every = samples("home")
    view = {"type": "home", "blocks": list(every.values())}
    slack.views_publish(user_id=client.person("Ana").id, view=view)
    page = sit("Ana", "home")
    home = page.get_by_role("region", name="Home")
    expect(home.locator(".block").first).to_be_visible()
    assert missing(home, every) == []
    expect(home.locator(".unknown")).to_have_count(0)
    assert nameless(page) == []
