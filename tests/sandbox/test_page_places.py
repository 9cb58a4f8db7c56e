"""The sandbox's page in use: places."""

from typing import Any

import pytest
from playwright.sync_api import expect

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.browser import Helper, Sit, act_as, box, helper, log, sit

__all__ = ["box", "helper", "sit"]

pytestmark = pytest.mark.usefixtures("helper")


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
    expect(log(page)).to_contain_text("Helper has joined the channel")


def test_someone_elses_conversation_does_not_exist(sit: Sit) -> None:
    page = sit("Chloe", "pricing")
    expect(page.get_by_role("textbox", name="Message #pricing")).to_be_visible()
    act_as(page, "Ana")
    expect(page.get_by_role("heading", name="Nothing to see here")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Prices for the new plan")


def test_home_shows_what_the_app_publishes_and_its_buttons_work(sit: Sit, helper: Helper) -> None:
    page = sit("Ana", "app")
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="Your week")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Hello @Ana Souza")
    page.get_by_role("main").get_by_role("button", name="Plan").click()
    assert eventually(lambda: [told["action_id"] for told in helper.told]) == ["plan"]
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


def test_a_page_opened_too_early_waits_for_the_sandbox(sit: Sit) -> None:
    page = sit("Ana")
    asked: list[str] = []

    def refuse_once(route: Any) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route("**/page/workspace*", refuse_once)
    page.reload()
    expect(page.get_by_text("The sandbox does not answer. Trying again…")).to_be_visible()
    expect(page.get_by_role("button", name="Acting as Ana")).to_be_visible()
    expect(page.get_by_text("The sandbox does not answer. Trying again…")).to_be_hidden()
