"""From a thread to a decision and its action items by way of a brief, lived in the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.demo import set_up
from tests.muster import running
from tests.story.conftest import database_in, page_of
from tests.story.page import Desk, press, send
from tests.story.test_story_records import RECORD, choose

QUESTION = "Should support answers come from the small model?"
PROPOSED = "the small model for everything except legal questions"
TOLD = (
    ("Dev", "I object: it was wrong on 3 of 20 legal questions last week."),
    ("Ben", f"PROPOSAL: {PROPOSED}."),
    ("Chloe", "+1"),
    ("Ana", "+1"),
    ("Grace", "ACTION: @Ben Okafor relabels the March tickets by 27 Nov"),
    ("Chloe", "Who tells the customers?"),
)


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    """Others have talked."""
    with running(database_in(tmp_path)) as muster, page_of(muster, browser) as found:
        set_up(muster.process)
        thread = muster.people.person("Ben").say("forecast", QUESTION)
        for who, text in TOLD:
            muster.people.person(who).say("forecast", text, thread=thread)
        yield found


def test_a_thread_is_briefed_reviewed_and_recorded(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    choose(desk.message(QUESTION), "Brief this thread")
    said = desk.page.get_by_role("dialog")
    expect(said).to_contain_text("The brief comes to you in a direct message, and nobody else sees it.")
    said.get_by_text("Close").click()

    desk.go("Muster")
    brief = desk.message("Brief of", "from 7 messages")
    for shown in (QUESTION, PROPOSED, "Who tells the customers?", "Dev Patel: “I object: it was wrong on 3 of 20"):
        expect(brief).to_contain_text(shown)
    expect(brief).to_contain_text("Ben Okafor, by Fri 27 Nov 2026")
    press(brief, "Review")
    review = desk.form("Review the brief")
    review.get_by_role("button", name="More options").nth(1).click()
    desk.page.get_by_role("menuitem", name="Put it in other words").click()
    form = desk.form("Other words")
    form.get_by_label("In your words").fill("The small model answers all but legal questions.")
    send(form, "Save")
    expect(desk.form("Review the brief")).to_contain_text("all but legal questions.” (changed by you)")
    desk.form("Review the brief").get_by_text("Close").click()

    press(brief, "Record decision")
    form = desk.form(RECORD)
    expect(form.get_by_label("What was decided?")).to_have_value("The small model answers all but legal questions.")
    form.get_by_label("Title").fill("The small model, but not for legal questions")
    form.get_by_label("Why?").fill("It answers in 300 ms.")
    form.get_by_label("Yes, it is decided").check()
    send(form, "Record")
    press(brief, "Add action items")
    form = desk.form("New action items")
    expect(form.get_by_label("1. What is to be done?")).to_have_value("relabels the March tickets")
    expect(form.get_by_label("1. Due")).to_have_value("2026-11-27")
    send(form, "Add")

    desk.sit("Ben Okafor")
    expect(desk.message("Chloe Martin has an action item for you", "relabels the March tickets")).to_be_visible()
    expect(desk.messages("Brief of")).to_have_count(0)
    desk.go("forecast")
    card = desk.message("D-1: The small model, but not for legal questions")
    expect(card).to_contain_text("Accepted by Chloe Martin")
    expect(card.get_by_role("link", name="from a message")).to_be_visible()
    expect(card).to_contain_text("from a brief drawn up by rules, corrected by Chloe Martin")
