"""The whole life of a decision and of an action item, lived in the page."""

from playwright.sync_api import expect

from tests.story.page import Desk, press, send
from tests.story.test_story_records import RECORD, add_action, choose

STEPS = (
    "2026: Dev Patel says that it is done",
    "Fri 20 Nov 2026: Dev Patel moved it from Tue 24 Nov 2026 to Wed 25 Nov 2026",
    "Fri 20 Nov 2026: Ben Okafor handed it over to Dev Patel: Dev knows these tickets",
    "Fri 20 Nov 2026: Ben Okafor accepted it",
)
SMALL = "D-1: Let us ship the small model"
WHAT = "A-1: Relabel the March tickets"


def test_an_action_item_is_asked_handed_over_moved_escalated_and_done(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    add_action(desk, "Relabel the March tickets", owner="Ben Okafor", due="2026-11-24")

    desk.sit("Ben Okafor")
    press(desk.message(WHAT, "is yours"), "Accept")
    press(desk.message(WHAT), "Hand over")
    form = desk.form("Hand over")
    desk.pick("New owner", "Dev Patel")
    form.get_by_label("Why?").fill("Dev knows these tickets")
    send(form, "Hand over")

    desk.sit("Dev Patel")
    told = desk.message("Ben Okafor handed", WHAT, "over to you: “Dev knows these tickets”")
    press(told, "New date")
    form = desk.form("New date")
    form.get_by_label("New date").fill("2026-11-25")
    send(form, "Move")
    desk.live_until("Thu 26 Nov 2026 12:00")
    late = desk.message("A reminder", WHAT, "was due on Wed 25 Nov 2026")
    expect(late).to_contain_text("If it is still open after Wed 2 Dec 2026, Grace Kim hears of it.")

    desk.live_until("Mon 30 Nov 2026 16:00")
    desk.live_until("Thu 3 Dec 2026 09:00")
    desk.sit("Grace Kim")
    told_lead = desk.messages(WHAT, "is still open")
    expect(told_lead).to_have_count(1)
    expect(told_lead).to_contain_text("You hear of it because Dev Patel reports to you.")
    desk.sit("Dev Patel")
    press(late, "Done")
    expect(late).to_have_count(0)
    expect(desk.message(WHAT)).to_contain_text("is done.")
    desk.sit("Grace Kim")
    expect(desk.message(WHAT, "is done.")).to_be_visible()
    expect(told_lead).to_have_count(0)

    desk.sit("Chloe Martin")
    asked = desk.messages("A-1")
    expect(asked).to_have_count(1)
    for step in STEPS:
        expect(asked).to_contain_text(step)


def propose_from_a_thread(desk: Desk) -> None:
    desk.sit("Ben Okafor", "forecast")
    desk.type("How do we serve the March release?")
    said = desk.message("How do we serve the March release?")
    said.hover()
    press(said, "Reply in thread")
    thread = desk.page.get_by_role("textbox", name="Reply")
    thread.fill("Let us ship the small model")
    thread.press("Enter")

    desk.sit("Chloe Martin", "forecast")
    press(desk.message("How do we serve the March release?"), "1 reply")
    choose(desk.page.get_by_role("article").filter(has_text="Let us ship the small model").last, "Record decision")
    form = desk.form(RECORD)
    expect(form.get_by_label("Title")).to_have_value("Let us ship the small model")
    form.get_by_label("What was decided?").fill("The small model goes out in March.")
    form.get_by_label("Why?").fill("It is cheap to be wrong with.")
    desk.pick("Approver", "Grace Kim")
    press(form, "Go to People")
    desk.pick("Informed", "Ben Okafor")
    press(form, "Go to What follows")
    form.get_by_label("Expected outcome").fill("Answers in under a second")
    form.get_by_label("Look again on").fill("2026-11-24")
    send(form, "Record")


def test_a_decision_is_proposed_from_a_thread_objected_changed_accepted_read_and_superseded(desk: Desk) -> None:
    propose_from_a_thread(desk)
    desk.sit("Grace Kim")
    press(desk.message("Chloe Martin asks you to approve", SMALL), "Object")
    form = desk.form("Object")
    form.get_by_label("What would go wrong, and for whom?").fill("It knows no French, and half of support is French.")
    form.get_by_label("What change or alternative would make it acceptable?").fill("Keep the large one for French.")
    send(form, "Object")

    desk.sit("Chloe Martin")
    press(desk.message("Grace Kim objected to", SMALL), "Edit")
    form = desk.form("Edit a decision")
    form.get_by_label("What was decided?").fill("The small model goes out in March, the large one stays for French.")
    send(form, "Save")
    desk.sit("Grace Kim")
    press(desk.message("was changed after you objected", SMALL), "Approve")

    desk.sit("Ben Okafor")
    told = desk.message("Chloe Martin wants you to know of", SMALL)
    expect(told).to_contain_text("the large one stays for French")
    press(told, "I have read")
    desk.go("forecast")
    card = desk.message(SMALL)
    expect(card).to_contain_text("Accepted by Grace Kim")
    expect(card).to_contain_text("It knows no French")
    desk.sit("Dev Patel", "forecast")
    press(card, "I have read")
    expect(card).to_contain_text("Read by 2 people")

    desk.sit("Chloe Martin")
    desk.live_until("Tue 24 Nov 2026 09:00")
    again = desk.message("Today is the day to look again at", SMALL)
    expect(again).to_contain_text("Answers in under a second")
    press(again, "Supersede")
    form = desk.form(RECORD)
    form.get_by_label("Title").fill("One multilingual model")
    form.get_by_label("What was decided?").fill("One model for all languages.")
    form.get_by_label("Why?").fill("Two were too much to look after.")
    desk.pick("Approver", "Chloe Martin")
    send(form, "Record")
    desk.go("forecast")
    expect(card).to_contain_text("Superseded by D-2: One multilingual model")
    expect(desk.message("D-2: One multilingual model")).to_contain_text("supersedes D-1")
    desk.sit("Dev Patel")
    told = desk.message(SMALL, "which you have read,", "is superseded by D-2: One multilingual model")
    expect(told).to_contain_text("Two were too much to look after.")
    press(told, "I have read")
    expect(told).to_contain_text("You have read D-2, thank you.")
    desk.sit("Ben Okafor")
    expect(desk.messages("Chloe Martin wants you to know of D-2", "supersedes D-1")).to_have_count(1)
