"""A consent round in the page: objected to, changed, and accepted."""

from playwright.sync_api import expect

from tests.story.page import Desk, press, send

CONSENT = "Consent round: accepted unless somebody objects"
TITLE = "Distilled model for all"


def propose(desk: Desk) -> None:
    desk.sit("Chloe Martin", "forecast")
    desk.type(f"/decision {TITLE}")
    form = desk.form("Record a decision")
    form.get_by_label("What was decided?").fill("Serve the distilled model to everybody")
    form.get_by_label("Why?").fill("It costs a third")
    form.get_by_label(CONSENT).check()
    desk.pick("Approver", "Grace Kim")
    press(form, "Go to People")
    desk.pick("Contributors", "Ben Okafor")
    form.get_by_role("combobox", name="Contributors").press("Escape")
    send(form, "Record")


def stand(desk: Desk, name: str, stance: str, reason: str = "", change: str = "") -> None:
    desk.sit(name)
    press(desk.message("Consent round D-1", "Open until"), "Answer")
    form = desk.form("Consent round D-1")
    form.get_by_label(stance, exact=True).check()
    if reason:
        form.get_by_label("What would go wrong, and for whom?").fill(reason)
    if change:
        form.get_by_label("What change or alternative would make it safe enough to try?").fill(change)
    send(form, "Send")


def test_an_objection_changes_the_text_and_a_new_round_accepts_it(desk: Desk) -> None:
    propose(desk)
    desk.live_until("Mon 23 Nov 2026 09:30")
    desk.go("forecast")
    card = desk.message(TITLE, "0 of 3 have said where they stand")
    expect(card).not_to_contain_text("Approve")
    stand(desk, "Ben Okafor", "Objection", "Refund texts leak names", "Mask names first")
    stand(desk, "Grace Kim", "Consent")
    desk.go("forecast")
    card = desk.message(TITLE, "2 of 3 have said where they stand")
    expect(card).not_to_contain_text("leak")
    stand(desk, "Chloe Martin", "Consent")
    desk.go("forecast")
    expect(desk.message(TITLE, "Contested")).to_contain_text("Refund texts leak names")

    desk.go("Muster")
    press(desk.message(TITLE, "objected"), "Edit")
    form = desk.form("Edit a decision")
    form.get_by_label("What was decided?").fill("Serve the distilled model to everybody, with names masked")
    send(form, "Save")
    desk.live_until("Mon 23 Nov 2026 15:00")
    for name in ("Ben Okafor", "Grace Kim"):
        stand(desk, name, "Consent")
    stand(desk, "Chloe Martin", "Consent with a concern", "Masking may slow it")
    desk.go("forecast")
    expect(desk.message(TITLE, "Accepted")).to_contain_text("Masking may slow it")
