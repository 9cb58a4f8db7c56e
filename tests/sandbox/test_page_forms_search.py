"""External selects at the page: the app is asked while somebody types, and its options stay known by their names."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox, connected
from tests.sandbox.browser import Sit, actions, field, impatient, option, plain, sit
from tests.sandbox.showing import opened, posted, submitted

__all__ = ["impatient", "sit"]

TICKETS = [option("Slow answers", "T-1"), option("Slow start", "T-2", "Since Monday"), option("Wrong total", "T-3")]


class Desk(Inbox):
    """An app that also answers searches, unless it is told to keep silent."""

    def __init__(self) -> None:
        super().__init__()
        self.searches: list[str] = []
        self.is_silent = False

    def _offer(self, body: dict[str, Any], ack: Any) -> None:
        self.searches.append(body["value"])
        typed = body["value"].lower()
        found = [ticket for ticket in TICKETS if typed in ticket["text"]["text"].lower()]
        if not self.is_silent:
            ack(option_groups=[{"label": plain("Tickets"), "options": found}] if found else [])


@pytest.fixture
def desk(box: Sandbox) -> Iterator[Desk]:
    found = Desk()
    with connected(box, found.register):
        yield found


def test_the_app_is_asked_from_the_third_letter_on(sit: Sit, slack: WebClient, desk: Desk) -> None:
    page = sit("Ana")
    form = opened(page, slack, desk, field("Ticket", "external_select"))
    box = form.get_by_role("combobox", name="Ticket")
    box.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_have_text("Type at least 3 letters")
    box.press_sequentially("sl")
    assert desk.searches == []
    box.press_sequentially("ow")
    expect(page.get_by_role("group", name="Tickets").get_by_role("option")).to_have_count(2)
    expect(form.get_by_role("status").and_(form.locator(".picker *"))).to_have_text("2 options")
    assert desk.searches == ["slow"]
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("Slow start")
    assert submitted(form, desk)["Ticket"] == {"selected_option": TICKETS[1]}


def test_a_choice_keeps_its_name_through_a_reload_and_other_searches(sit: Sit, slack: WebClient, desk: Desk) -> None:
    page = sit("Ana")
    form = opened(page, slack, desk, field("Tickets", "multi_external_select", min_query_length=1))
    box = form.get_by_role("combobox", name="Tickets")
    for typed in ("answers", "total"):
        box.fill(typed)
        page.get_by_role("option").first.click()
    page.reload()
    expect(form.get_by_role("button", name="Remove Slow answers")).to_be_visible()
    expect(form.get_by_role("button", name="Remove Wrong total")).to_be_visible()
    assert submitted(form, desk)["Tickets"] == {"selected_options": [TICKETS[0], TICKETS[2]]}


@pytest.mark.usefixtures("impatient")
def test_what_goes_wrong_with_a_search_is_said_in_its_list(sit: Sit, slack: WebClient, desk: Desk) -> None:
    page = sit("Ana")
    form = opened(page, slack, desk, field("Ticket", "external_select", min_query_length=2))
    box = form.get_by_role("combobox", name="Ticket")
    box.fill("zebra")
    expect(page.get_by_role("listbox")).to_have_text("Nothing found")
    desk.is_silent = True
    box.fill("slow")
    expect(page.get_by_role("listbox")).to_have_text("Searching…")
    expect(page.get_by_role("listbox")).to_have_text("The app did not send any options. Try again.")


def test_a_search_without_letters_begins_when_the_list_opens(
    sit: Sit, slack: WebClient, client: Client, desk: Desk
) -> None:
    page = sit("Ana")
    search = {"type": "external_select", "action_id": "t", "min_query_length": 0, "placeholder": plain("Ticket")}
    message = posted(page, slack, client, actions(search))
    message.get_by_role("combobox", name="Ticket").click()
    page.get_by_role("option", name="Wrong total").click()
    (body,) = desk.wait_for("block_actions")
    assert body["actions"][0]["selected_option"] == TICKETS[2]
    assert eventually(lambda: desk.searches) == [""]
