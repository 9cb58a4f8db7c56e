"""The story of a manager's Monday in the page: reading the digest, and settling in it what needs them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.digest.monday import MONDAY, live_friday, live_weeks
from tests.muster import Running, running
from tests.story.conftest import page_of
from tests.story.page import Desk, press, send

TRENDS = "Trends up to Sun 22 Nov 2026"
DRAWN = 30_000
"""Until charts are there: what draws them is loaded for the first of them."""
DIGEST = "Weekly digest, Mon 16 to Sun 22 Nov 2026."


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        live_weeks(found)
        yield found


@pytest.fixture
def desk(muster: Running, browser: Browser) -> Iterator[Desk]:
    with page_of(muster, browser) as found:
        yield found


def test_a_manager_settles_everything_in_place(desk: Desk, muster: Running) -> None:
    live_friday(muster)
    muster.people.jump_to(MONDAY)
    desk.sit("Grace Kim")
    digest = desk.message(DIGEST)
    expect(digest).to_contain_text("7 things need you. 2 slipping, 1 decided.")
    decide(desk, digest)
    settle_action_items(desk, digest)
    settle_blockers(desk, digest)
    expect(digest).to_contain_text("Nothing needs you any more. 2 slipping, 1 decided.")
    hand_on_what_slips(desk, digest)
    expect(desk.messages(DIGEST)).to_have_count(1)
    press_everything_again(muster)
    expect(digest).to_contain_text("Nothing needs you any more. 2 slipping, 1 decided.")
    others_are_told_once(desk)


def decide(desk: Desk, digest: Locator) -> None:
    """Approves one with two quick presses, and objects to the other."""
    digest.get_by_role("button", name="Approve").first.dblclick()
    expect(digest).to_contain_text("Done: Freeze the scoring API (D-6), approved.")
    expect(digest).to_contain_text("6 things need you.")
    press(digest, "Object")
    form = desk.form("Object")
    form.get_by_label("What would go wrong, and for whom?").fill("Legal has not seen it.")
    form.get_by_label("What change or alternative would make it acceptable?").fill("Wait for their word.")
    send(form, "Object")
    expect(digest).to_contain_text("You objected: Distilled model for all")
    press(digest, "Approve")
    expect(digest).to_contain_text("Done: Distilled model for all (D-7), approved.")


def settle_action_items(desk: Desk, digest: Locator) -> None:
    """One is handed over, one put off, one given another day."""
    press(digest, "Hand over A-1")
    form = desk.form("Hand over")
    desk.pick("New owner", "Ben Okafor")
    form.get_by_label("Why?").fill("Ben runs the rota now.")
    send(form, "Hand over")
    expect(digest).to_contain_text("Handed over: Publish the on-call rota (A-1), to Ben Okafor.")
    digest.get_by_role("combobox", name="Not now").first.fill("In 3")
    desk.page.get_by_role("option", name="In 3 working days").click()
    expect(digest).to_contain_text("Not now: Book the labelling vendor (A-2), you hear of it again on Thu 26 Nov 2026.")
    press(digest, "New date for A-3")
    form = desk.form("New date")
    form.get_by_label("New date").fill("2026-11-27")
    send(form, "Move")
    expect(digest).to_contain_text("Moved: Agree on the pilot's end (A-3), now due Fri 27 Nov 2026.")


def settle_blockers(desk: Desk, digest: Locator) -> None:
    press(digest, "I'll take it: Labels for refunds are undefined")
    expect(digest).to_contain_text("“Labels for refunds are undefined”, raised by Ana Souza, taken up by Grace Kim.")
    press(digest, "Cleared: Labels for refunds are undefined")
    expect(digest).to_contain_text("Cleared: Labels for refunds are undefined.")
    press(digest, "Make action item: No GPU quota in the west region")
    form = desk.form("New action item")
    desk.pick("Owner", "Dev Patel")
    form.get_by_label("Due").fill("2026-11-25")
    send(form, "Add")
    expect(digest).to_contain_text("Now action item A-6: No GPU quota in the west region.")


def hand_on_what_slips(desk: Desk, digest: Locator) -> None:
    """Of what slips, she may hand over what she asked for."""
    expect(digest.get_by_role("button", name="Hand over A-5")).to_have_count(0)
    press(digest, "Hand over A-4")
    form = desk.form("Hand over")
    desk.pick("New owner", "Erin Walsh")
    form.get_by_label("Why?").fill("Dev is on the pipeline.")
    send(form, "Hand over")
    expect(digest).to_contain_text("A-4 Rollback test: Erin Walsh, due Fri 20 Nov 2026")


def press_everything_again(muster: Running) -> None:
    """Slack delivers all of it a second time."""
    for each in muster.people.deliveries():
        muster.people.again(each["id"])


def others_are_told_once(desk: Desk) -> None:
    for name, words in (
        ("Ana Souza", "Grace Kim approved D-6: Freeze the scoring API."),
        ("Ben Okafor", "Distilled model for all is accepted by Grace Kim."),
        ("Ben Okafor", "Grace Kim approved D-7: Distilled model for all."),
        ("Ben Okafor", "Grace Kim handed A-1: Publish the on-call rota over to you: “Ben runs the rota now.”"),
        ("Dev Patel", "A-6: No GPU quota in the west region is yours."),
        ("Dev Patel", "Grace Kim handed A-4: Rollback test over to Erin Walsh"),
        ("Erin Walsh", "Grace Kim handed A-4: Rollback test over to you"),
    ):
        desk.sit(name)
        expect(desk.messages(words)).to_have_count(1)


def test_from_the_foot_and_by_command_a_manager_looks_further(desk: Desk, muster: Running) -> None:
    muster.people.jump_to(MONDAY)
    desk.sit("Grace Kim")
    digest = desk.message(DIGEST)
    press(digest, "How this is counted")
    view = desk.form("How this is counted")
    expect(view).to_contain_text("How many of those who were asked have answered.")
    view.get_by_role("button", name="Close").last.click()
    press(digest, "Change my digest")
    form = desk.form("Your digest")
    expect(form).to_contain_text("The next one comes Nov 30, 2026 at 08:00.")
    form.get_by_label("Every two weeks, about both").check()
    press(form, "Save")
    expect(form).to_contain_text("Saved. The next one comes Dec 7, 2026 at 08:00.")
    form.get_by_role("button", name="Close").last.click()
    press(digest, "Show it now")
    now = desk.message("Digest on request")
    expect(now).to_contain_text("Nothing needs you.")
    press(digest, "Show trends")
    expect(desk.message(TRENDS)).to_contain_text("Participation by function", timeout=DRAWN)

    desk.go("forecast")
    expect(desk.ask("/digest")).to_contain_text("Your digest of today is brought up to date")
    desk.type("/digest settings")
    expect(form).to_contain_text("The next one comes Dec 7, 2026 at 08:00.")
    send(form, "Cancel")
    expect(desk.ask("/digest trends")).to_contain_text("The trends come as a direct message")
    expect(desk.ask("/digest help")).to_contain_text("/digest settings says how often yours comes")
    desk.go("Muster")
    expect(desk.messages("Digest on request")).to_have_count(1)
    expect(desk.messages(TRENDS)).to_have_count(1)
