"""Blocks put before somebody's eyes: in a message or in a form."""

from typing import Any

from playwright.sync_api import Locator, Page
from slack_sdk import WebClient

from sandbox.client import Client
from tests.sandbox.apps import Inbox
from tests.sandbox.browser import modal, send

Json = dict[str, Any]


def posted(page: Page, slack: WebClient, client: Client, *blocks: Json) -> Locator:
    """The app's newest message in #forecast, with these blocks."""
    before = messages(page).count()
    channel = client.person("Ana").channel_id("forecast")
    slack.chat_postMessage(channel=channel, text="Shown", blocks=list(blocks))
    message = messages(page).nth(before)
    message.wait_for()
    return message


def messages(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages in").get_by_role("article", name="Helper,")


def opened(page: Page, slack: WebClient, inbox: Inbox, *blocks: Json, **more: Any) -> Locator:
    """A form with these blocks, opened by a command."""
    view = modal("A form", list(blocks), **more)

    def work(body: Json) -> None:
        if body.get("command"):
            slack.views_open(trigger_id=body["trigger_id"], view=view)

    inbox.work = work
    send(page, "/raw")
    form = page.get_by_role("dialog", name="A form")
    form.wait_for()
    return form


def submitted(form: Locator, inbox: Inbox) -> Json:
    """What the app receives in the fields, by block id, after Save is pressed."""
    before = len(inbox.all("view_submission"))
    form.get_by_role("button", name="Save").click()
    body = inbox.wait_for("view_submission", before + 1)[-1]
    return entries(body["view"]["state"]["values"])


def entries(values: Json) -> Json:
    """What stands in each block's one element, without its type."""
    return {
        block: {name: value for name, value in next(iter(actions.values())).items() if name != "type"}
        for block, actions in values.items()
    }
