"""The story of decisions and action items, lived in the page, and of those who look after them."""

import re

from playwright.sync_api import Locator, expect

from tests.muster import BOTH_WAYS
from tests.story.page import Desk, press, send

RECORD, ACTION = "Record a decision", "New action item"


def record(desk: Desk, title: str, *, approver: str = "") -> Locator:
    """Records a decision where the desk is, with its title after the command; its card."""
    desk.type(f"/decision {title}")
    form = desk.form(RECORD)
    expect(form.get_by_label("Title")).to_have_value(title)
    form.get_by_label("What was decided?").fill(f"Yes: {title}.")
    form.get_by_label("Why?").fill("Because customers asked for it.")
    if approver:
        desk.pick("Approver", approver)
    send(form, "Record")
    return desk.message(title, "Because customers asked for it.")


def add_action(desk: Desk, what: str, *, owner: str, due: str) -> None:
    desk.type(f"/action {what}")
    form = desk.form(ACTION)
    expect(form.get_by_label("What is to be done?")).to_have_value(what)
    desk.pick("Owner", owner)
    form.get_by_label("Due").fill(due)
    send(form, "Add")


def test_a_decision_of_ones_own_is_accepted_at_once_and_read(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    desk.type("/decision")
    form = desk.form(RECORD)
    expect(form).to_contain_text("It is posted in #forecast as a card that everybody there sees.")
    expect(form.get_by_role("combobox", name="Approver")).to_have_value("Chloe Martin")
    press(form, "Record")
    for label in ("Title", "What was decided?", "Why?"):
        expect(form.get_by_label(label)).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Title").fill("Ship the small model first")
    form.get_by_label("What was decided?").fill("The small one goes out in March.")
    form.get_by_label("Why?").fill("It is cheap to be wrong with.")
    send(form, "Record")

    desk.sit("Ben Okafor", "forecast")
    card = desk.message("D-1: Ship the small model first")
    expect(card).to_contain_text("It is cheap to be wrong with.")
    expect(card).to_contain_text("Accepted by Chloe Martin")
    press(card, "I have read")
    expect(card).to_contain_text("Read by 1 person")
    desk.sit("Dev Patel", "forecast")
    press(desk.message("D-1"), "I have read")
    expect(desk.message("D-1")).to_contain_text("Read by 2 people")


@BOTH_WAYS
def test_a_decision_with_all_its_detail_is_approved_told_and_looked_at_again(desk: Desk) -> None:
    desk.sit("Chloe Martin", "pricing")
    propose_in_detail(desk)
    card = desk.message("D-1: Raise the price", "Serving costs rose.")
    expect(card).to_contain_text("Proposed on Fri 20 Nov 2026, waits for Grace Kim to approve")
    expect(card.get_by_role("button", name="I have read")).to_have_count(0)
    desk.sit("Ben Okafor")
    expect(desk.messages("D-1")).to_have_count(0)

    desk.sit("Grace Kim")
    asked = desk.message("Chloe Martin asks you to approve D-1: Raise the price, recorded in #pricing.")
    expect(asked).to_contain_text("Keep 39")
    press(asked, "Approve")
    approved = desk.message("You approved D-1: Raise the price.")
    expect(approved).to_be_visible()
    expect(approved.get_by_role("button", name="Approve")).to_have_count(0)
    desk.go("pricing")
    expect(card).to_contain_text("Accepted by Grace Kim")

    desk.sit("Ben Okafor")
    told = desk.messages("Chloe Martin wants you to know of D-1: Raise the price, in a private channel.")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("Serving costs rose.")
    press(told, "I have read")
    expect(told).to_contain_text("You have read it, thank you.")

    desk.sit("Chloe Martin")
    desk.live_until("Mon 23 Nov 2026 09:00")
    again = desk.messages("Today is the day to look again at D-1: Raise the price, in #pricing.")
    expect(again).to_have_accessible_name("Muster, Mon 09:00")
    expect(again).to_contain_text("Does it still hold?")


def propose_in_detail(desk: Desk) -> None:
    desk.type("/decision Raise the price")
    form = desk.form(RECORD)
    form.get_by_label("What was decided?").fill("49 a seat from March.")
    form.get_by_label("Why?").fill("Serving costs rose.")
    desk.pick("Approver", "Grace Kim")
    press(form, "Go to Context")
    form.get_by_role("textbox", name="Context").fill("The new plan opens in March.")
    press(form, "Go to Options")
    form.get_by_label("More options").fill("Keep 39\nRaise to 49")
    press(form, "Go to People")
    desk.pick("Contributors", "Farid Haddad")
    desk.pick("Informed", "Erin Walsh", "Ben Okafor")
    press(form, "Go to What follows")
    form.get_by_label("Look again on").fill("2026-11-23")
    press(form, "Go to Decision")
    expect(form.get_by_label("Why?")).to_have_value("Serving costs rose.")
    press(form, "Record")
    expect(form).to_contain_text("Ben Okafor is not in #pricing and will see this decision.")
    send(form, "Record anyway")


def test_an_approver_objects_with_a_reason_that_stays(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    record(desk, "Hire a vendor", approver="Grace Kim")
    desk.sit("Grace Kim")
    press(desk.message("Hire a vendor"), "Object")
    form = desk.form("Object")
    press(form, "Object")
    expect(form.get_by_label("What would go wrong, and for whom?")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("What would go wrong, and for whom?").fill("We promised the team to hire.")
    form.get_by_label("What change or alternative would make it acceptable?").fill("Hire one of them.")
    send(form, "Object")
    expect(desk.message("You objected to D-1: Hire a vendor")).to_contain_text("You can still approve it.")
    desk.go("forecast")
    card = desk.message("D-1: Hire a vendor")
    expect(card).to_contain_text("Contested by Grace Kim")
    expect(card).to_contain_text(re.compile("Objection of Grace Kim\n?We promised the team to hire."))


def test_what_was_decided_in_private_is_unknown_to_others(desk: Desk) -> None:
    desk.sit("Chloe Martin", "pricing")
    record(desk, "Raise the price")
    expect(desk.ask("/decision list")).to_contain_text("D-1 Raise the price · accepted on Fri 20 Nov 2026 · #pricing")
    desk.go("forecast")
    record(desk, "Ship it")
    desk.sit("Ana Souza", "forecast")
    hidden, unknown = (desk.ask(f"/decision {name}").locator(".body").inner_text() for name in ("D-1", "D-99"))
    assert hidden == "There is no decision D-1 that you can see. Type /decision list to see those you can."
    assert unknown == hidden.replace("D-1", "D-99")
    listed = desk.ask("/decision list")
    expect(listed).to_contain_text("D-2 Ship it · accepted on Fri 20 Nov 2026 · #forecast")
    expect(listed).not_to_contain_text("price")
    desk.sit("Ben Okafor", "forecast")
    expect(desk.messages("Only visible to you")).to_have_count(0)
    expect(desk.ask("/decision d2")).to_contain_text("Because customers asked for it.")


def test_an_action_item_is_told_reminded_moved_handed_over_and_done(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    add_action(desk, "Relabel the March tickets", owner="Ben Okafor", due="2026-11-24")
    desk.sit("Ben Okafor")
    told = desk.messages("A-1").first
    expect(told).to_contain_text(
        "A-1: Relabel the March tickets is yours. It is due on Tue 24 Nov 2026, asked for by Chloe Martin."
    )
    desk.live_until("Mon 23 Nov 2026 09:00")
    expect(desk.message("A reminder")).to_contain_text("is due on Tue 24 Nov 2026")
    desk.live_until("Wed 25 Nov 2026 09:00")
    late = desk.message("A reminder", "was due on Tue 24 Nov 2026", "overdue")
    expect(late).to_have_accessible_name("Muster, Wed 09:00")
    press(late, "New date")
    form = desk.form("New date")
    form.get_by_label("New date").fill("2026-11-27")
    send(form, "Move")
    expect(told).to_contain_text("It is due on Fri 27 Nov 2026, asked for by")
    expect(told).to_contain_text("moved once, first due Tue 24 Nov 2026")
    expect(desk.messages("A reminder")).to_have_count(0)
    press(told, "Hand over")
    desk.pick("New owner", "Dev Patel")
    desk.form("Hand over").get_by_label("Why?").fill("I am on leave")
    send(desk.form("Hand over"), "Hand over")
    expect(told).to_contain_text("A-1: Relabel the March tickets was handed over to Dev Patel.")
    finish_what_was_handed_over(desk)


def finish_what_was_handed_over(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    expect(desk.ask("/action list")).to_contain_text("A-1 Relabel the March tickets · Dev Patel · due Fri 27 Nov 2026")
    desk.sit("Dev Patel", "forecast")
    listed = desk.ask("/action list")
    expect(listed).to_contain_text("Yours (1)")
    press(listed, "Done")
    expect(listed).to_contain_text("Nothing is yours to do")
    desk.go("Muster")
    expect(desk.message("A-1")).to_contain_text("A-1: Relabel the March tickets is done.")
    desk.sit("Chloe Martin")
    told = desk.message("A-1")
    expect(told).to_contain_text("A-1: Relabel the March tickets is done.")
    expect(told).to_contain_text("Ben Okafor handed it over to Dev Patel: I am on leave")
    expect(desk.messages("A-1")).to_have_count(1)


def test_the_digest_comes_on_monday_at_eight_and_its_buttons_work_in_place(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    record(desk, "Hire a vendor", approver="Grace Kim")
    record(desk, "Ship it")
    add_action(desk, "Ask legal about Acme", owner="Grace Kim", due="2026-11-20")
    add_action(desk, "Send the numbers", owner="Ben Okafor", due="2026-11-20")
    desk.sit("Grace Kim")
    desk.live_until("Mon 23 Nov 2026 08:00")
    digest = desk.message("You get this because")
    expect(digest).to_have_accessible_name("Muster, Mon 08:00")
    expect(digest).to_contain_text("2 things need you. 1 slipping, 1 decided.")
    expect(digest).to_contain_text("Approve or object: Hire a vendor (D-1), recorded by Chloe Martin")
    expect(digest).to_contain_text("Your action item: Ask legal about Acme (A-1), due Fri 20 Nov 2026")
    expect(digest).to_contain_text("A-2 Send the numbers: Ben Okafor, due Fri 20 Nov 2026")
    expect(digest).to_contain_text("D-2 Ship it, because “customers asked for it”.")
    press(digest, "Approve D-1")
    expect(digest).to_contain_text("Done: Hire a vendor (D-1), approved.")
    press(digest, "Done: A-1")
    expect(digest).to_contain_text("Nothing needs you any more. 1 slipping, 1 decided.")
    expect(digest.get_by_role("button", name="Done")).to_have_count(0)
    desk.go("forecast")
    expect(desk.message("D-1")).to_contain_text("Accepted by Grace Kim")
    desk.sit("Ben Okafor")
    expect(desk.messages("You get this because")).to_have_count(0)


def test_home_shows_each_person_their_own(desk: Desk) -> None:
    desk.sit("Chloe Martin", "pricing")
    record(desk, "Raise the price")
    desk.go("forecast")
    record(desk, "Ship it")
    add_action(desk, "Send the numbers", owner="Ben Okafor", due="2026-12-04")
    desk.live_until("Mon 23 Nov 2026 09:30")
    home = desk.home("Ben Okafor")
    expect(home).to_contain_text("Weekly sync: open until today at 17:30")
    expect(home).to_contain_text("A-1 Send the numbers Due Fri 4 Dec 2026, asked for by Chloe Martin")
    expect(home).to_contain_text("D-2 Ship it · accepted")
    expect(home).not_to_contain_text("Raise the price")
    press(home, "Done")
    expect(home).to_contain_text("You have no action items.")
    press(home, "Answer")
    expect(desk.form("Weekly sync")).to_be_visible()
    send(desk.form("Weekly sync"), "Cancel")
    home = desk.home("Chloe Martin")
    expect(home).to_contain_text("D-1 Raise the price · accepted")


HELP = {
    "/muster help": "Muster asks your team at its own hours",
    "/muster  HELP ": "/muster people sets up who does what",
    "/checkin help": "/checkin shows the check-ins you can answer now",
    "/decision help": "/decision D-1 shows one of them.",
    "/action help": "/action list shows what is yours",
    "/ritual help": "/ritual on weekly-sync switches one on here",
    "/muster decision help": "/decision list shows the newest decisions you may see.",
    "/muster dance": "Muster does not know “dance”. This is what you can type:",
    "/muster decison list": "Did you mean /muster decision?",
    "/muster people Bob": "Type /muster people, /muster people csv",
    "/ritual dance": "Muster does not understand “dance” here.",
    "/ritual on weekly-snc": "weekly-sync",
    "/ritual on": "Which one? Type for example /ritual on weekly-sync",
    "/checkin dance": "/checkin shows the check-ins you can answer now",
    "/checkin": "Weekly sync, asks",
    "/decision list": "There is no decision here that you can see yet.",
    "/action list": "Nothing is yours to do",
    "/action A-99": "There is no action item A-99 that you can see.",
}


def test_help_and_what_is_not_understood_say_what_can_be_typed(desk: Desk) -> None:
    desk.sit("Ana Souza", "forecast")
    for typed, said in HELP.items():
        expect(desk.ask(typed)).to_contain_text(said)


def test_a_message_becomes_a_decision_and_a_reply_an_action_item_that_leads_back_to_it(desk: Desk) -> None:
    desk.sit("Ben Okafor", "forecast")
    desk.type("Let us ship the small model first")
    said = desk.message("Let us ship the small model first")
    said.hover()
    press(said, "Reply in thread")
    thread = desk.page.get_by_role("textbox", name="Reply")
    thread.fill("I could relabel March by Friday")
    thread.press("Enter")
    choose(desk.page.get_by_role("article").filter(has_text="I could relabel March").last, "Add action")
    form = desk.form(ACTION)
    expect(form.get_by_label("What is to be done?")).to_have_value("I could relabel March by Friday")
    desk.pick("Owner", "Chloe Martin")
    form.get_by_label("Due").fill("2026-11-27")
    send(form, "Add")

    desk.sit("Ana Souza", "forecast")
    choose(desk.message("Let us ship the small model first"), "Record decision")
    form = desk.form(RECORD)
    expect(form.get_by_label("Title")).to_have_value("Let us ship the small model first")
    form.get_by_label("What was decided?").fill("The small one goes out in March.")
    form.get_by_label("Why?").fill("It is cheap to be wrong with.")
    send(form, "Record")
    expect(desk.message("D-1").get_by_role("link", name="from a message of Ben Okafor")).to_be_visible()

    desk.sit("Chloe Martin")
    desk.message("A-1: I could relabel March").get_by_role("link", name="from a message of Ben Okafor").click()
    replies = desk.page.get_by_role("article").filter(has_text="I could relabel March by Friday")
    expect(replies.last).to_be_visible()


def choose(message: Locator, entry: str) -> None:
    """In the menu of a message."""
    message.hover()
    press(message, "More actions")
    message.page.get_by_role("menuitem", name=entry).click()
