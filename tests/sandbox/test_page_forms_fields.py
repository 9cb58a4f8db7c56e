"""Every element of a form, filled in by keys alone, and what the app receives of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient

from sandbox.client import Client, eventually
from tests.sandbox.apps import EVERY_SCOPE, Inbox, manifest
from tests.sandbox.browser import LETTERS, Sit, actions, button, field, modal, mrkdwn, plain, section, sit
from tests.sandbox.showing import entries, opened, posted, submitted

__all__ = ["sit"]

MANIFEST = manifest(scopes=EVERY_SCOPE)
Json = dict[str, Any]


def keys(page: Page, *pressed: str) -> None:
    """Keys by their names; anything longer than a name is typed."""
    for key in pressed:
        if re.fullmatch(r"[A-Z]\w+(\+\w+)*", key):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


TYPED: dict[str, tuple[Json, tuple[str, ...], Json]] = {
    "text": (field("F", "plain_text_input"), ("two words",), {"value": "two words"}),
    "lines": (field("F", "plain_text_input", multiline=True), ("one", "Enter", "two"), {"value": "one\ntwo"}),
    "number": (field("F", "number_input", is_decimal_allowed=True), ("2.5",), {"value": "2.5"}),
    "mail": (field("F", "email_text_input"), ("ana@example.com",), {"value": "ana@example.com"}),
    "link": (field("F", "url_text_input"), ("https://example.com/x",), {"value": "https://example.com/x"}),
    "day": (field("F", "datepicker"), ("11242026",), {"selected_date": "2026-11-24"}),
    "hour": (field("F", "timepicker"), ("0215PM",), {"selected_time": "14:15"}),
    "moment": (field("F", "datetimepicker"), ("11242026", "Tab", "0930AM"), {"selected_date_time": 1795509000}),
    "box": (field("F", "checkboxes", options=LETTERS), ("Space", "Tab", "Tab", "Space"),
            {"selected_options": [LETTERS[0], LETTERS[2]]}),
    "choice": (field("F", "radio_buttons", options=LETTERS), ("Space", "ArrowDown"), {"selected_option": LETTERS[1]}),
    "select": (field("F", "static_select", options=LETTERS), ("ArrowDown", "ArrowDown", "Enter"),
               {"selected_option": LETTERS[1]}),
    "many": (field("F", "multi_static_select", options=LETTERS), ("alp", "Enter", "gam", "Enter", "be", "Enter",
             "Backspace", "Escape"), {"selected_options": [LETTERS[0], LETTERS[2]]}),
    "group": (field("F", "static_select", option_groups=[{"label": plain("Greek"), "options": LETTERS}]),
              ("second", "Enter"), {"selected_option": LETTERS[1]}),
}  # fmt: skip


@pytest.mark.parametrize("kind", TYPED)
def test_a_field_is_filled_by_keys_alone(sit: Sit, slack: WebClient, inbox: Inbox, kind: str) -> None:
    block, pressed, received = TYPED[kind]
    page = sit("Chloe")
    form = opened(page, slack, inbox, block)
    keys(page, *pressed)
    assert submitted(form, inbox)["F"] == received


def test_people_and_places_are_found_by_name(sit: Sit, slack: WebClient, client: Client, inbox: Inbox) -> None:
    page, ana = sit("Ana"), client.person("Ana")
    form = opened(
        page, slack, inbox, field("Who", "users_select"), field("Team", "multi_users_select", max_selected_items=2),
        field("Channel", "channels_select"), field("Channels", "multi_channels_select"),
        field("Place", "conversations_select", default_to_current_conversation=True),
        field("Places", "multi_conversations_select", filter={"include": ["im"], "exclude_bot_users": True}),
    )  # fmt: skip
    keys(page, "grace", "Enter", "Tab", "Tab", "ben", "Enter", "dev", "Enter", "erin", "Enter")
    expect(page.get_by_role("listbox")).to_contain_text("No more than 2 can be chosen")
    keys(page, "Escape")
    form.get_by_role("combobox", name="Channel (optional)").focus()
    keys(page, "forecast", "Enter")
    form.get_by_role("combobox", name="Channels").focus()
    keys(page, "fore", "Enter", "Escape")
    form.get_by_role("combobox", name="Places").focus()
    keys(page, "fore")
    expect(page.get_by_role("listbox")).to_have_text("Nothing found")
    keys(page, "Escape", "ben", "Enter", "Escape")
    received = submitted(form, inbox)
    forecast, ids = ana.channel_id("forecast"), {name: client.person(name).id for name in ("Grace", "Ben", "Dev")}
    assert received == {
        "Who": {"selected_user": ids["Grace"]}, "Team": {"selected_users": [ids["Ben"], ids["Dev"]]},
        "Channel": {"selected_channel": forecast}, "Channels": {"selected_channels": [forecast]},
        "Place": {"selected_conversation": forecast},
        "Places": {"selected_conversations": [ana.channel_id("Ben")]},
    }  # fmt: skip


def test_moments_are_those_of_the_viewers_zone_and_hours_those_of_the_elements(
    sit: Sit, slack: WebClient, inbox: Inbox
) -> None:
    page = sit("Dev")
    form = opened(
        page, slack, inbox, field("When", "datetimepicker", initial_date_time=1795359600),
        field("At", "timepicker", initial_time="09:30", timezone="Asia/Tokyo"),
    )  # fmt: skip
    when, at = form.get_by_label("When"), form.get_by_label("At")
    expect(when).to_have_value("2026-11-22T07:00")
    expect(when).to_have_accessible_description("Sunday, 22 November 2026 · Los Angeles, UTC-8")
    expect(at).to_have_accessible_description("Tokyo, UTC+9")
    assert submitted(form, inbox) == {
        "When": {"selected_date_time": 1795359600}, "At": {"selected_time": "09:30", "timezone": "Asia/Tokyo"},
    }  # fmt: skip


def test_the_first_field_with_a_mistake_has_the_focus_and_says_why(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form = opened(
        page, slack, inbox, field("Scale", "radio_buttons", options=LETTERS, required=True),
        field("Who", "users_select", required=True), field("Text", "rich_text_input", required=True),
    )  # fmt: skip
    form.get_by_role("button", name="Save").click()
    why = "Please complete this required field."
    expect(form.get_by_role("radio", name="Alpha")).to_be_focused()
    expect(form.get_by_role("radiogroup", name="Scale")).to_have_accessible_description(why)
    for wrong in (form.get_by_role("combobox", name="Who"), form.get_by_role("textbox", name="Text")):
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(wrong).to_have_accessible_description(why)


FOCUSED: dict[str, tuple[str, Json, Callable[[Locator], Locator]]] = {
    "choice": ("radio_buttons", {"options": LETTERS}, lambda form: form.get_by_label("Alpha")),
    "select": ("users_select", {}, lambda form: form.get_by_role("combobox")),
    "day": ("datepicker", {}, lambda form: form.get_by_label("F (optional)")),
    "rich text": ("rich_text_input", {}, lambda form: form.get_by_role("textbox", name="F (")),
}


@pytest.mark.parametrize("kind", FOCUSED)
def test_a_form_begins_where_the_app_wants(sit: Sit, slack: WebClient, inbox: Inbox, kind: str) -> None:
    element, more, wanted = FOCUSED[kind]
    block = field("F", element, focus_on_load=True, **more)
    form = opened(sit("Ana"), slack, inbox, field("Before", "plain_text_input"), block)
    expect(wanted(form)).to_be_focused()


def test_nothing_typed_leaves_the_page_before_the_form_is_sent(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    blocks = [{**block, "block_id": kind} for kind, (block, _, _) in TYPED.items()]
    form = opened(page, slack, inbox, *blocks, field("Rich", "rich_text_input"), section("Text"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    for box in form.get_by_role("textbox").all():
        box.press_sequentially("secret")
        box.press("Tab")
    form.get_by_role("combobox").first.fill("alp")
    page.keyboard.press("Enter")
    form.get_by_role("checkbox").first.check()
    page.wait_for_timeout(1000)  # Longer than any pause after which the page might tell something.
    assert sent == []
    assert inbox.all("block_actions") == []


def test_a_field_that_dispatches_tells_on_enter_or_as_one_types(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    on_typing = {"trigger_actions_on": ["on_character_entered"]}
    form = opened(
        page, slack, inbox, field("Enter", "plain_text_input", dispatch=True),
        field("Each", "plain_text_input", dispatch=True, dispatch_action_config=on_typing),
    )  # fmt: skip
    form.get_by_label("Enter").press_sequentially("now")
    assert inbox.all("block_actions") == []
    page.keyboard.press("Enter")
    form.get_by_label("Each").press_sequentially("ab")
    bodies = inbox.wait_for("block_actions", 2)
    assert [body["actions"][0]["value"] for body in bodies] == ["now", "ab"]
    assert entries(bodies[1]["view"]["state"]["values"])["Enter"] == {"value": "now"}
    expect(form).to_be_visible()


def test_what_is_typed_and_sent_at_once_is_told_once(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    on_typing = {"trigger_actions_on": ["on_character_entered"]}
    form = opened(
        page, slack, inbox, field("Each", "plain_text_input", dispatch=True, dispatch_action_config=on_typing)
    )
    form.get_by_label("Each").fill("all of it")
    assert submitted(form, inbox)["Each"] == {"value": "all of it"}
    page.wait_for_timeout(1000)  # Longer than the pause after which the page tells what is typed.
    assert inbox.all("block_actions") == []
    expect(page.locator("#toasts > *")).to_have_count(0)


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("Really *so*?"), "confirm": plain("Yes"), "deny": plain("No")}


def test_a_choice_that_is_taken_back_stands_as_before(sit: Sit, slack: WebClient, client: Client, inbox: Inbox) -> None:
    page = sit("Ana")
    message = posted(
        page, slack, client, actions(
            {"type": "static_select", "action_id": "s", "options": LETTERS, "initial_option": LETTERS[0],
             "placeholder": plain("Letter"), "confirm": CONFIRM},
            {"type": "checkboxes", "action_id": "c", "options": LETTERS, "confirm": CONFIRM},
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-24", "confirm": CONFIRM},
        ),
    )  # fmt: skip
    letter, box, day = (
        message.get_by_role("combobox", name="Letter"), message.get_by_label("Beta"), message.get_by_label("Date")
    )  # fmt: skip
    question = page.get_by_role("alertdialog", name="Sure?")
    letter.click()
    page.get_by_role("option", name="Gamma").click()
    question.get_by_role("button", name="No").click()
    expect(letter).to_have_value("Alpha")
    box.click()
    question.get_by_role("button", name="No").click()
    expect(box).not_to_be_checked()
    day.fill("2026-12-01")
    question.get_by_role("button", name="No").click()
    expect(day).to_have_value("2026-11-24")
    assert inbox.all("block_actions") == []
    box.click()
    question.get_by_role("button", name="Yes").press("Enter")
    (body,) = inbox.wait_for("block_actions")
    assert body["actions"][0]["selected_options"] == [LETTERS[1]]


def test_the_x_of_a_stack_closes_all_of_it_and_the_app_hears_of_it_once(
    sit: Sit, slack: WebClient, inbox: Inbox
) -> None:
    page = sit("Ana")
    opened(page, slack, inbox, field("F", "plain_text_input"), notify_on_close=True)
    inbox.answer = {"response_action": "push", "view": modal("On top", [section("Two")], notify_on_close=True)}
    page.get_by_role("button", name="Save").click()
    top = page.get_by_role("dialog", name="On top")
    top.get_by_role("button", name="Close all").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    (closed,) = inbox.wait_for("view_closed")
    assert closed["is_cleared"] is True
    assert closed["view"]["title"]["text"] == "A form"


def test_an_update_keeps_what_every_kind_of_field_holds(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    fields = [
        field("Who", "multi_users_select"), field("Due", "datepicker"), field("Box", "checkboxes", options=LETTERS),
        field("Rich", "rich_text_input"),
    ]  # fmt: skip
    form = opened(page, slack, inbox, *fields, actions(button("More", "more")))
    form.get_by_role("combobox").fill("Ben")
    keys(page, "Enter", "Escape")
    form.get_by_label("Due").fill("2026-12-01")
    form.get_by_label("Gamma").check()
    form.get_by_role("textbox", name="Rich").press_sequentially("kept")

    def update(body: Json) -> None:
        blocks = [*fields, field("New", "plain_text_input")]
        slack.views_update(view_id=body["view"]["id"], view=modal("Longer", blocks))

    inbox.work = update
    form.get_by_role("button", name="More").click()
    longer = page.get_by_role("dialog", name="Longer")
    expect(longer.get_by_label("New")).to_be_visible()
    inbox.work = lambda _: None
    received = submitted(longer, inbox)
    assert len(received["Who"]["selected_users"]) == 1
    assert received["Due"] == {"selected_date": "2026-12-01"}
    assert received["Box"] == {"selected_options": [LETTERS[2]]}
    assert received["Rich"]["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "kept"}]
    assert eventually(lambda: page.get_by_role("dialog").count() == 0)
