"""The sandbox's page in use: forms."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sandbox.client import Client, eventually
from tests.sandbox.browser import EVERY_FIELD, Helper, Sit, box, helper, impatient, send, sit

__all__ = ["box", "helper", "impatient", "sit"]


def opened(page: Page, what: str, title: str) -> Any:
    send(page, f"/form {what}")
    form = page.get_by_role("dialog", name=title)
    form.wait_for()
    return form


def save(form: Any) -> None:
    form.get_by_role("button", name="Save").click()


def test_every_field_can_be_filled_and_reaches_the_app(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "all", "Every field")
    expect(form.get_by_label("Title")).to_be_focused()
    form.get_by_label("Title").fill("Ship it")
    expect(form.get_by_label("Why")).to_have_value("Because it <works> & is *cheap*")
    pick(page, "Letter", "Beta")
    pick(page, "Letters", "Alpha", "Gamma")
    pick(page, "Approver", "Grace Kim")
    pick(page, "Informed", "Ben Okafor", "Dev Patel")
    page.get_by_role("button", name="Remove Ben Okafor").click()
    pick(page, "Channel", "#forecast")
    pick(page, "Place", "Chloe Martin")
    form.get_by_label("Beta", exact=True).first.check()
    form.get_by_role("group", name="Teams").get_by_label("Alpha").check()
    form.get_by_label("Due").fill("2026-12-01")
    form.get_by_label("Count").fill("12")
    form.get_by_label("Mail").fill("ana@example.com")
    form.get_by_label("Link").fill("https://example.com/x")
    save(form)
    expect(form).to_have_count(0)

    (values,) = helper.submitted
    people = dict(page.evaluate(PEOPLE))
    assert {label: answer(entry) for label, entry in values.items() if label not in ("Channel", "Place")} == {
        "Title": "Ship it", "Why": "Because it <works> & is *cheap*", "Letter": "b", "Letters": ["a", "c"],
        "Approver": people["Grace Kim"], "Informed": [people["Dev Patel"]], "Scale": "b", "Teams": ["a", "c"],
        "Due": "2026-12-01", "At": "09:30", "Count": "12", "Mail": "ana@example.com",
        "Link": "https://example.com/x",
    }  # fmt: skip
    assert answer(values["Channel"]).startswith("C")
    assert answer(values["Place"]).startswith("D")


PEOPLE = "fetch('page/workspace').then(a => a.json()).then(w => w.people.map(p => [p.name, p.id]))"


def pick(page: Page, label: str, *options: str) -> None:
    box = page.get_by_role("combobox", name=label).and_(
        page.get_by_role("combobox", name=f"{label} (optional)", exact=True)
    )
    for option in options:
        box.fill(option)
        page.get_by_role("option", name=option).click()
    if len(options) > 1:
        box.press("Escape")


def answer(entry: Any) -> Any:
    """The plain value in an entry of `state.values`, whatever its kind."""
    value = next(value for name, value in entry.items() if name != "type")
    if isinstance(value, list):
        return sorted(one["value"] if isinstance(one, dict) else one for one in value)
    return value["value"] if isinstance(value, dict) else value


def test_a_mistake_is_marked_on_its_field_and_nothing_typed_is_lost(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "all", "Every field")
    form.get_by_label("Why").fill("A good reason")
    title = form.get_by_label("Title")
    save(form)
    expect(title).to_have_accessible_description("One line that stands alone. Please complete this required field.")
    title.fill("bad")
    save(form)
    expect(form).to_contain_text("Say it in full.")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description("One line that stands alone. Say it in full.")
    expect(title).to_be_focused()
    expect(title).to_have_value("bad")
    expect(form.get_by_label("Why")).to_have_value("A good reason")
    title.fill("good")
    save(form)
    expect(form).to_have_count(0)
    assert [values["Title"]["value"] for values in helper.submitted] == ["bad", "good"]


def test_a_text_that_is_too_long_is_counted_and_refused_but_kept(sit: Sit, helper: Helper) -> None:
    form = opened(sit("Ana"), "short", "Short form")
    title = form.get_by_label("Title")
    title.fill("x" * 41)
    expect(form).to_contain_text("41 / 40")
    save(form)
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_value("x" * 41)
    assert helper.submitted == []


@pytest.mark.usefixtures("impatient")
def test_an_app_that_does_not_answer_leaves_the_form_open(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "short", "Short form")
    form.get_by_label("Title").fill("silent")
    save(form)
    expect(form.get_by_role("button", name="Save")).to_be_disabled()
    expect(form.get_by_role("alert")).to_have_text("We had some trouble connecting. Try again?")
    expect(form.get_by_role("button", name="Save")).to_be_focused()
    expect(form.get_by_label("Title")).to_have_value("silent")
    form.get_by_label("Title").fill("fine")
    save(form)
    expect(form).to_have_count(0)


def test_a_form_that_changes_keeps_what_was_typed(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "short", "Short form")
    form.get_by_label("Title").fill("Half done")
    form.get_by_role("button", name="Add detail").click()
    longer = page.get_by_role("dialog", name="Long form")
    expect(longer.get_by_label("Title")).to_have_value("Half done")
    longer.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Beta").click()
    assert eventually(lambda: len(helper.told) == 1)
    assert helper.told[0]["selected_option"]["value"] == "b"
    assert helper.told[0]["state"]["Title"]["Title"]["value"] == "Half done"


def test_a_pushed_form_leads_back_to_the_one_below(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "short", "Short form")
    form.get_by_label("Title").fill("more")
    save(form)
    pushed = page.get_by_role("dialog", name="One more step")
    expect(pushed.get_by_label("Reason")).to_be_focused()
    pushed.get_by_role("button", name="Back").click()
    expect(form.get_by_label("Title")).to_have_value("more")


def test_escape_closes_the_form_and_focus_goes_back(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "all", "Every field")
    form.get_by_role("combobox", name="Approver").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(page.get_by_role("textbox", name="Message #forecast")).to_be_focused()


def test_focus_stays_inside_an_open_form(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    opened(page, "short", "Short form")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_a_reload_brings_the_form_back_as_it_was(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    opened(page, "short", "Short form").get_by_label("Title").fill("Half done")
    page.reload()
    expect(page.get_by_role("dialog", name="Short form").get_by_label("Title")).to_have_value("Half done")


def test_a_select_is_worked_by_keys_alone(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "all", "Every field")
    approver = form.get_by_role("combobox", name="Approver")
    approver.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("gr")
    page.keyboard.press("Enter")
    expect(approver).to_have_value("Grace Kim")
    expect(approver).to_have_attribute("aria-expanded", "false")


def test_what_is_typed_into_a_select_is_found_from_its_first_letter_on(sit: Sit, helper: Helper) -> None:
    page = sit("Ana")
    form = opened(page, "all", "Every field")
    approver = form.get_by_role("combobox", name="Approver")
    approver.focus()
    for typed, found in (("Ben", "Ben Okafor"), ("er", "Erin Walsh")):
        page.keyboard.type(typed)
        expect(approver).to_have_value(typed)
        expect(page.get_by_role("option").first).to_contain_text(found)
        page.keyboard.press("Enter")
        expect(approver).to_have_value(found)


def test_every_field_has_a_name(sit: Sit, helper: Helper) -> None:
    form = opened(sit("Ana"), "all", "Every field")
    labels = [block["label"]["text"] for block in EVERY_FIELD]
    assert [label for label in labels if not form.get_by_label(label).first.is_visible()] == []


def test_a_form_opens_only_for_the_person_who_asked(sit: Sit, helper: Helper, client: Client) -> None:
    ana, ben = sit("Ana"), sit("Ben")
    opened(ana, "short", "Short form")
    client.person("Ana").say("forecast", "Looking at the form")
    expect(ben.get_by_role("log")).to_contain_text("Looking at the form")
    expect(ben.get_by_role("dialog")).to_have_count(0)
