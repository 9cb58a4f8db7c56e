"""The story of those who look after check-ins, read along, and come back from leave, lived in the page."""

import re

from playwright.sync_api import Locator, expect

from tests.story.page import Desk, press, send

SYNC = "Weekly sync"


def fill_in(form: Locator, moved: str, blocked: str = "") -> None:
    form.get_by_label("What moved last week").fill(moved)
    form.get_by_label("What is blocking you?").fill(blocked)
    form.get_by_label("5 (Certain)").check()


def test_a_facilitator_sets_up_runs_and_hands_over_and_an_observer_reads_along(desk: Desk) -> None:
    desk.sit("Grace Kim", "support-quality")
    press(desk.ask("/ritual"), "Browse the library")
    library = desk.form("Library")
    press(library, f"Preview: {SYNC}")
    form = desk.form(SYNC)
    expect(form).to_contain_text("This is the form that people get; it takes about a minute.")
    fill_in(form, "The backfill is done", "No GPU quota")
    press(form, "See the summary")
    expect(form).to_contain_text(
        re.compile("Open until.*Blockers \\(1\\).*No GPU quota.*The backfill is done", re.DOTALL)
    )
    press(form, f"Switch on: {SYNC}")
    form = desk.form("Switch on")
    form.get_by_label("When?").fill("every mon at 10:00")
    form.get_by_label("Their managers").check()
    desk.pick("Who only reads?", "Chloe Martin")
    press(form, "Switch on")
    form = desk.form("Switched on")
    expect(form).to_contain_text("It asks 4 people")
    leave(form)
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    expect(desk.message(f"{SYNC} is on here, switched on by Grace Kim")).to_contain_text("read by Chloe Martin")
    run_now(desk)
    somebody_is_blocked(desk)
    an_observer_reads_along(desk)
    the_blocker_is_taken(desk)
    it_is_handed_over(desk)


def run_now(desk: Desk) -> None:
    press(desk.ask("/ritual"), f"Details of {SYNC}")
    form = desk.form(SYNC)
    press(form, "Run now")
    expect(form).to_contain_text("Started: it asks 4 people")
    leave(form)


def somebody_is_blocked(desk: Desk) -> None:
    desk.sit("Ben Okafor")
    press(desk.message(SYNC, "support-quality"), "Answer")
    form = desk.form(SYNC)
    fill_in(form, "Retraining takes half an hour", "No GPU quota")
    send(form, "Send")
    desk.live_until("Mon 23 Nov 2026 09:00")


def an_observer_reads_along(desk: Desk) -> None:
    desk.sit("Chloe Martin")
    expect(desk.messages(SYNC)).to_have_count(0)
    desk.go("support-quality")
    expect(desk.messages(f"{SYNC}, Fri 20 Nov 2026", "not heard from")).to_contain_text(
        "1 of 4 answered · not heard from: Erin Walsh, Grace Kim and Hana Sato"
    )


def the_blocker_is_taken(desk: Desk) -> None:
    desk.sit("Grace Kim")
    expect(desk.message(f"{SYNC}, Fri 20 Nov 2026", "From #support-quality. You get it because")).to_contain_text(
        "No GPU quota"
    )
    desk.go("support-quality")
    summary = desk.messages(f"{SYNC}, Fri 20 Nov 2026", "not heard from")
    press(summary, "I'll take it")
    expect(summary).to_contain_text("Grace Kim")
    press(summary, "Cleared")
    expect(summary.get_by_role("button", name="Cleared")).to_have_count(0)


def it_is_handed_over(desk: Desk) -> None:
    press(desk.ask("/ritual"), f"Details of {SYNC}")
    form = desk.form(SYNC)
    expect(form).to_contain_text("Fri 20 Nov 2026: 1 of 4 answered, half of them within an hour")
    press(form, f"Hand {SYNC} to somebody else")
    form = desk.form("Hand over")
    desk.pick("New facilitator", "Ben Okafor")
    press(form, "Hand over")
    expect(form).to_contain_text("Ben Okafor facilitates Weekly sync now, and has been told.")
    leave(form)
    desk.sit("Ben Okafor")
    expect(
        desk.message("You facilitate Weekly sync in #support-quality now, in the place of Grace Kim.")
    ).to_be_visible()


def test_somebody_on_leave_is_not_asked_answers_late_on_return_and_is_asked_again(desk: Desk) -> None:
    go_on_leave(desk)
    desk.sit("Ben Okafor")
    desk.live_until("Mon 23 Nov 2026 09:30")
    press(desk.message(SYNC), "Answer")
    form = desk.form(SYNC)
    fill_in(form, "Retraining takes half an hour")
    send(form, "Send")
    desk.live_until("Tue 24 Nov 2026 02:30")
    desk.go("forecast")
    summary = desk.messages(f"{SYNC}, Mon 23 Nov 2026", "not heard from")
    expect(summary).to_contain_text("1 of 7 answered · away: Ana Souza · not heard from: Chloe Martin")
    desk.sit("Ana Souza")
    expect(desk.messages(SYNC)).to_have_count(0)

    desk.live_until("Mon 30 Nov 2026 04:00")
    home = desk.home("Ana Souza")
    expect(home).to_contain_text(f"You can still answer{SYNC}: closed Nov 23, 2026 at 17:30")
    press(home, f"Answer late: {SYNC}")
    fill_in(form, "The new labels are in")
    send(form, "Send")
    press(home, "I am back")
    expect(home).to_contain_text("You have not said that you are away.")
    desk.go("forecast")
    expect(summary).to_contain_text(re.compile("2 of 8 answered.*1 late.*Ana Souza \\(late\\)", re.DOTALL))
    expect(summary).to_contain_text("The new labels are in")
    desk.go("Muster")
    desk.live_until("Mon 30 Nov 2026 09:30")
    expect(desk.message(SYNC, "Open until today at 17:30")).to_be_visible()


def go_on_leave(desk: Desk) -> None:
    home = desk.home("Ana Souza")
    press(home, "I am away")
    form = desk.form("Away")
    form.get_by_label("First day").fill("2026-11-23")
    form.get_by_label("Last day").fill("2026-12-04")
    form.get_by_label("Reason").fill("Parental leave")
    press(form, "Save")
    expect(form).to_contain_text(
        "You are away from Mon 23 Nov 2026 to Fri 4 Dec 2026, and are asked again from Mon 7 Dec 2026 on."
    )
    leave(form)
    expect(home).to_contain_text("You are away from Mon 23 Nov 2026 to Fri 4 Dec 2026 (Parental leave).")


def leave(form: Locator) -> None:
    """Closes it, and whatever it stands on."""
    form.get_by_text("Close", exact=True).click()
    expect(form).to_have_count(0)
