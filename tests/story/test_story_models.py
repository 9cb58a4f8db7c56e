"""From a thread to a decision and its action item by way of a brief that a language model wrote, lived in the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.demo import set_up
from bot.settings_model import ModelSettings
from briefs.endpoint.contract import EndpointSettings
from tests.model.answering import honest
from tests.model.server import standing_in
from tests.muster import running
from tests.story.conftest import database_in, page_of
from tests.story.page import Desk, press, send
from tests.story.test_story_records import RECORD, choose

QUESTION = "Should support answers come from the small model?"
DECIDED = "We agreed to take the small model for all but legal questions."
TOLD = (
    ("Dev", "I object: it was wrong on 3 of 20 legal questions last week."),
    ("Chloe", DECIDED),
    ("Grace", "Ben, please relabel the March tickets by 27 Nov"),
)


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    """Others have talked."""
    with standing_in(honest) as model:
        settings = ModelSettings(EndpointSettings(model.url, "small-1"))
        with running(database_in(tmp_path), model=settings) as muster, page_of(muster, browser) as found:
            set_up(muster.process)
            thread = muster.people.person("Ben").say("forecast", QUESTION)
            for who, text in TOLD:
                muster.people.person(who).say("forecast", text, thread=thread)
            yield found


def test_what_a_model_wrote_is_reviewed_and_recorded(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    choose(desk.message(QUESTION), "Brief this thread")
    desk.page.get_by_role("dialog").get_by_text("Close").click()

    desk.go("Muster")
    brief = desk.message("Brief of", "Worded by small-1")
    for shown in (QUESTION, "Dev Patel", "We agreed to take the small model"):
        expect(brief).to_contain_text(shown)
    press(brief, "Record decision")
    form = desk.form(RECORD)
    form.get_by_label("Title").fill("The small model, but not for legal questions")
    form.get_by_label("Why?").fill("It answers in 300 ms.")
    send(form, "Record")
    press(brief, "Add action items")
    form = desk.form("New action items")
    expect(form.get_by_label("1. Due")).to_have_value("2026-11-27")
    send(form, "Add")
    desk.sit("Ben Okafor")
    expect(desk.message("Chloe Martin has an action item for you", "relabel the March tickets")).to_be_visible()
    desk.go("forecast")
    card = desk.message("D-1: The small model, but not for legal questions")
    expect(card).to_contain_text("from a brief worded by small-1, corrected by Chloe Martin")
