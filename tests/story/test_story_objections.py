"""The story of a decision that is objected to, changed, withdrawn, overruled, accepted, read and worried about."""

import re

from playwright.sync_api import Locator, expect

from tests.story.page import Desk, press, send

HARM, HELP = "What would go wrong, and for whom?", "What change or alternative would make it acceptable?"


def propose(desk: Desk, title: str, *, contributors: tuple[str, ...] = (), informed: tuple[str, ...] = ()) -> None:
    desk.type(f"/decision {title}")
    form = desk.form("Record a decision")
    form.get_by_label("What was decided?").fill("One vendor for all labels.")
    form.get_by_label("Why?").fill("It is cheaper.")
    desk.pick("Approver", "Grace Kim")
    press(form, "Go to People")
    desk.pick("Contributors", *contributors)
    if informed:
        desk.pick("Informed", *informed)
    send(form, "Record")


def object_to(desk: Desk, where: Locator, *, harm: str, helps: str) -> None:
    press(where, "Object")
    form = desk.form("Object")
    form.get_by_label(HARM).fill(harm)
    form.get_by_label(HELP).fill(helps)
    send(form, "Object")


def test_an_objection_is_mended_by_another_text_and_said_to_be_fine(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    propose(desk, "Hire a vendor", contributors=("Ben Okafor", "Dev Patel"))
    desk.sit("Ben Okafor", "forecast")
    card = desk.message("D-1: Hire a vendor")
    object_to(desk, card, harm="We lose what our labellers know.", helps="Keep two of them.")
    expect(card).to_contain_text("Contested by Ben Okafor")
    desk.sit("Chloe Martin")
    told = desk.message("Ben Okafor objected to D-1: Hire a vendor")
    expect(told).to_contain_text("What would help: “Keep two of them.”")
    press(told, "Edit")
    form = desk.form("Edit a decision")
    form.get_by_label("What was decided?").fill("One vendor, and two of ours stay.")
    send(form, "Save")
    desk.sit("Ben Okafor")
    asked = desk.message("D-1: Hire a vendor, which you objected to, was changed. Is it fine now?")
    press(asked, "It is fine now")
    expect(asked.get_by_role("button", name="It is fine now")).to_have_count(0)
    desk.sit("Grace Kim")
    press(desk.message("asks you to approve D-1"), "Approve")
    desk.go("forecast")
    expect(desk.message("D-1: Hire a vendor")).to_contain_text("Accepted by Grace Kim")
    expect(desk.message("D-1: Hire a vendor")).to_contain_text(re.compile("objection of Ben Okafor, withdrawn"))


def test_an_approver_accepts_anyway_and_those_informed_read_it_or_raise_a_concern(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    propose(desk, "Hire a vendor", contributors=("Ben Okafor",), informed=("Dev Patel", "Ana Souza"))
    desk.sit("Ben Okafor", "forecast")
    object_to(desk, desk.message("D-1"), harm="We lose what our labellers know.", helps="Keep two of them.")
    desk.sit("Grace Kim")
    asked = desk.message("Ben Okafor objected to D-1: Hire a vendor, which waits for you")
    press(asked, "Accept anyway")
    form = desk.form("Accept anyway")
    expect(form).to_contain_text("Ben Okafor objects: “We lose what our labellers know.”")
    form.get_by_label("Why is it accepted all the same?").fill("They move to the review team.")
    send(form, "Accept")
    desk.sit("Ben Okafor")
    expect(desk.message("Grace Kim accepted D-1: Hire a vendor although you objected")).to_contain_text(
        "They move to the review team."
    )

    desk.sit("Dev Patel")
    told = desk.message("wants you to know of D-1: Hire a vendor")
    press(told, "I have read D-1")
    expect(told).to_contain_text("You have read it, thank you.")
    press(told, "Raise a concern")
    form = desk.form("Raise a concern")
    form.get_by_label("What worries you?").fill("Who checks their labels?")
    send(form, "Send")
    expect(told).to_contain_text("You raised a concern: “Who checks their labels?”")

    desk.sit("Grace Kim")
    expect(desk.message("Dev Patel raised a concern about D-1")).to_contain_text(
        "You are told because you approved it."
    )
    desk.sit("Chloe Martin")
    heard = desk.message("Dev Patel raised a concern about D-1: Hire a vendor", "“Who checks their labels?”")
    press(heard, "View")
    view = desk.form("D-1")
    expect(view).to_contain_text("Not read yet: Ana Souza.")
    expect(view).to_contain_text(re.compile("Concern of Dev Patel on Fri 20 Nov 2026\n?Who checks their labels?"))
    view.get_by_role("button", name="Close").last.click()
    desk.go("forecast")
    card = desk.message("D-1: Hire a vendor")
    expect(card).to_contain_text("Read by 1 person · 1 concern raised")
    expect(card).not_to_contain_text("Who checks")
    desk.sit("Ben Okafor", "forecast")
    press(desk.message("D-1: Hire a vendor"), "View")
    expect(desk.form("D-1")).to_contain_text("Who checks their labels?")
    expect(desk.form("D-1")).not_to_contain_text("Not read yet")


def test_whoever_has_not_read_what_they_are_to_know_of_is_reminded_once(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    desk.type("/decision Ship it")
    form = desk.form("Record a decision")
    form.get_by_label("What was decided?").fill("The small one.")
    form.get_by_label("Why?").fill("It is cheaper.")
    press(form, "Go to People")
    desk.pick("Informed", "Ben Okafor")
    send(form, "Record")
    desk.sit("Ben Okafor")
    expect(desk.message("wants you to know of D-1: Ship it")).to_be_visible()
    desk.live_until("Wed 25 Nov 2026 16:00")
    asked = desk.message("D-1: Ship it, in #forecast, is still to be read by you, when you have a moment.")
    press(asked, "I have read D-1")
    expect(desk.message("You have read D-1: Ship it, thank you.")).to_be_visible()
