"""A channel with ten thousand messages: few of them are ever read or drawn."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sandbox.client import Client
from sandbox.server import Sandbox
from sandbox.state import Message
from tests.sandbox.apps import FRIDAY
from tests.sandbox.browser import Sit, box, helper, log, sit

__all__ = ["box", "helper", "sit"]

pytestmark = pytest.mark.usefixtures("helper")

MANY = 10_000
MOST_DRAWN = 160
LONG_AGO = (FRIDAY - timedelta(days=3)).timestamp()


@pytest.fixture
def stamps(box: Sandbox, client: Client) -> list[str]:
    channel = box.world.workspace.channels[client.person("Ana").channel_id("forecast")]
    people = [person.id for person in box.world.workspace.humans()]
    for number in range(MANY):
        moment = channel.next_ts(LONG_AGO + number * 20)
        channel.add(Message(moment, people[number // 3 % len(people)], f"Message {number}."))
    return list(channel.messages)


def drawn(page: Page) -> int:
    return log(page).get_by_role("article").count()


def test_it_opens_at_the_newest_with_one_request_and_few_nodes(sit: Sit, stamps: list[str]) -> None:
    assert len(stamps) == MANY
    page = sit("Ana", "app")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/page/conversation" in sent.url else None)
    page.get_by_role("link", name="forecast").click()
    expect(page.get_by_text("Message 9999.", exact=True)).to_be_in_viewport()
    assert len(asked) == 1
    assert drawn(page) == 50


def test_scrolling_far_up_reads_page_by_page_and_lets_go_of_what_is_far(sit: Sit, stamps: list[str]) -> None:
    assert len(stamps) == MANY
    page = sit("Ana")
    expect(page.get_by_text("Message 9999.", exact=True)).to_be_in_viewport()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/page/conversation" in sent.url else None)
    page.get_by_role("region", name="Conversation").hover()
    while not page.get_by_text("Message 9700.", exact=True).count():
        page.mouse.wheel(0, -900)
        page.wait_for_timeout(30)
        assert drawn(page) <= MOST_DRAWN
    assert len(asked) <= 8
    expect(page.get_by_text("Message 9999.", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Newest messages").click()
    expect(page.get_by_text("Message 9999.", exact=True)).to_be_in_viewport()


def test_what_is_read_stays_where_it_is_while_more_is_put_above(sit: Sit, stamps: list[str]) -> None:
    assert len(stamps) == MANY
    page = sit("Ana")
    expect(page.get_by_text("Message 9999.", exact=True)).to_be_in_viewport()
    region, held = page.get_by_role("region", name="Conversation"), page.get_by_text("Message 9960.", exact=True)
    with page.expect_response(re.compile("/page/conversation.*before=")):
        held.evaluate("node => node.scrollIntoView({ block: 'start' })")
        before = held.bounding_box()
    expect(page.get_by_text("Message 9900.", exact=True)).to_have_count(1)
    after = held.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) < 2
    assert region.evaluate("node => node.scrollTop") > 1000


def test_a_link_into_the_middle_leads_there(sit: Sit, stamps: list[str]) -> None:
    page = sit("Ana")
    expect(page.get_by_text("Message 9999.", exact=True)).to_be_in_viewport()
    page.evaluate("ts => { location.hash = `${location.hash}&ts=${ts}` }", stamps[5000])
    expect(page.get_by_text("Message 5000.", exact=True)).to_be_in_viewport()
    assert drawn(page) <= MOST_DRAWN
    page.get_by_role("button", name="Newest messages").click()
    expect(page.get_by_text("Message 9999.", exact=True)).to_be_in_viewport()


def test_what_comes_in_while_one_reads_the_middle_does_not_disturb(sit: Sit, stamps: list[str], client: Client) -> None:
    page = sit("Ana")
    page.evaluate("ts => { location.hash = `${location.hash}&ts=${ts}` }", stamps[3000])
    expect(page.get_by_text("Message 3000.", exact=True)).to_be_in_viewport()
    client.person("Ben").say("forecast", "The newest of all")
    expect(page.get_by_role("link", name="forecast, ")).to_be_visible()
    expect(page.get_by_text("Message 3000.", exact=True)).to_be_in_viewport()
    expect(page.get_by_text("The newest of all")).to_have_count(0)
    page.get_by_role("button", name="Newest messages").click()
    expect(page.get_by_text("The newest of all")).to_be_in_viewport()
    expect(page.get_by_role("link", name="forecast", exact=True)).to_be_visible()
