"""The rich text input: what is typed, marked or pasted becomes a rich_text block."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient

from sandbox.client import Client
from tests.sandbox.apps import Inbox
from tests.sandbox.browser import Sit, field, sit
from tests.sandbox.showing import opened, submitted

__all__ = ["sit"]

Json = dict[str, Any]


def text(words: str, *marks: str) -> Json:
    return {"type": "text", "text": words} | ({"style": dict.fromkeys(marks, True)} if marks else {})


def line(*pieces: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(pieces)}


def editor(page: Page, slack: WebClient, inbox: Inbox, **element: Any) -> tuple[Locator, Locator]:
    form = opened(page, slack, inbox, field("Notes", "rich_text_input", **element))
    box = form.get_by_role("textbox", name="Notes")
    box.focus()
    return form, box


def type_in(page: Page, *keys: str) -> None:
    """Keys by their names; anything else is typed."""
    for key in keys:
        if re.fullmatch(r"(Control\+|Shift\+)*([A-Z][a-z]+([A-Z][a-z]+)*|(?<=\+).)", key):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def received(form: Locator, inbox: Inbox) -> list[Json]:
    block = submitted(form, inbox)["Notes"]["rich_text_value"]
    elements: list[Json] = block["elements"]
    return elements


def test_words_are_marked_by_keys(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, _ = editor(page, slack, inbox)
    for key, words in (("b", "bold"), ("i", "slanted"), ("Shift+X", "struck")):
        page.keyboard.press(f"Control+{key}")
        page.keyboard.type(words)
        page.keyboard.press(f"Control+{key}")
        page.keyboard.type(" ")
    page.keyboard.press("Enter")
    page.keyboard.type("plain *stars* :tada: https://example.com/x.")
    assert received(form, inbox) == [
        line(
            text("bold", "bold"), text(" "), text("slanted", "italic"), text(" "), text("struck", "strike"),
            text(" \nplain *stars* "), {"type": "emoji", "name": "tada"}, text(" "),
            {"type": "link", "url": "https://example.com/x"}, text("."),
        )
    ]  # fmt: skip


def test_the_toolbar_is_one_stop_and_says_what_is_on(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    box.press_sequentially("loud")
    page.keyboard.press("Control+a")
    bar = form.get_by_role("toolbar", name="Formatting")
    page.keyboard.press("Shift+Tab")
    bold = bar.get_by_role("button", name="Bold")
    expect(bold).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")
    assert received(form, inbox) == [line(text("loud", "bold"))]


def test_lists_nest_and_lines_around_them_stay_lines(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    box.press_sequentially("Before")
    page.keyboard.press("Enter")
    form.get_by_role("button", name="Bulleted list").click()
    for word in ("one", "two"):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("After")
    bullets = {"type": "rich_text_list", "style": "bullet", "indent": 0}
    assert received(form, inbox) == [
        line(text("Before")), bullets | {"elements": [line(text("one")), line(text("two"))]}, line(text("After")),
    ]  # fmt: skip


def test_a_link_is_asked_for_and_escape_leaves_the_text_alone(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    box.press_sequentially("the plan")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Link to")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.keyboard.type("https://example.com/plan")
    page.keyboard.press("Enter")
    expect(box.get_by_role("link", name="the plan")).to_be_visible()
    assert received(form, inbox) == [line({"type": "link", "url": "https://example.com/plan", "text": "the plan"})]


def test_who_asks_for_a_link_again_at_once_types_into_the_second_question(
    sit: Sit, slack: WebClient, inbox: Inbox
) -> None:
    page = sit("Ana")
    _, box = editor(page, slack, inbox)
    page.keyboard.press("Control+k")
    # In one turn of the page, as a page too busy to tell the first question in between that it is closed.
    box.evaluate(
        """node => {
            document.querySelector(".link-form").hidePopover();
            node.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true }));
        }"""
    )
    expect(page.locator(".link-form")).to_have_count(1)
    page.keyboard.type("https://example.com/plan")
    page.keyboard.press("Enter")
    expect(box).to_have_text("https://example.com/plan")
    expect(page.locator(".link-form")).to_have_count(0)


def test_code_and_quotes_are_kept_as_they_are_and_can_be_left_by_keys(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    type_in(page, "Control+Shift+C", "x:tada:", "ArrowRight", " then", "Enter")
    type_in(page, "Control+Shift+9", "said", "Enter", "twice", "Enter", "Enter", "between", "Enter")
    form.get_by_role("button", name="Code block").click()
    type_in(page, "a = 1", "Enter", "b", "Enter", "Enter", "after")
    assert received(form, inbox) == [
        line(text("x:tada:", "code"), text(" then")),
        {"type": "rich_text_quote", "elements": [text("said\ntwice")]}, line(text("between")),
        {"type": "rich_text_preformatted", "elements": [text("a = 1\nb")]}, line(text("after")),
    ]  # fmt: skip
    expect(box.locator("[style], font")).to_have_count(0)


def test_a_marked_word_can_be_unmarked(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    type_in(page, "Control+Shift+C", "word", "Control+b", "ArrowLeft", "Control+Shift+C")
    expect(box.locator("code")).to_have_count(0)
    assert received(form, inbox) == [line(text("word"))]


def test_what_the_app_put_in_comes_back_as_it_was(sit: Sit, slack: WebClient, client: Client, inbox: Inbox) -> None:
    ben = client.person("Ben").id
    elements = [
        line(text("Ask "), {"type": "user", "user_id": ben}, text(" about "), text("this", "bold", "italic")),
        {"type": "rich_text_list", "style": "ordered", "indent": 0, "elements": [line(text("first"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(text("inner"))]},
        {"type": "rich_text_quote", "elements": [text("quoted")]},
        {"type": "rich_text_preformatted", "elements": [text("code\n  more")]},
        line({"type": "emoji", "name": "tada"}, {"type": "link", "url": "https://example.com/", "text": "x"}),
    ]  # fmt: skip
    page = sit("Ana")
    form, box = editor(page, slack, inbox, initial_value={"type": "rich_text", "elements": elements})
    expect(box).to_contain_text("@Ben Okafor")
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    shown = received(form, inbox)
    assert shown[:-1] == elements[:-1]
    assert shown[-1] == line(*elements[-1]["elements"], text("!"))


def test_a_mistake_leaves_the_caret_behind_what_was_typed(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    box.press_sequentially("half")
    inbox.answer = {"response_action": "errors", "errors": {"Notes": "Say it in full."}}
    submitted(form, inbox)
    expect(box).to_have_accessible_description("Say it in full.")
    expect(box).to_be_focused()
    page.keyboard.type(" done")
    expect(box).to_have_text("half done")


def test_people_are_mentioned_by_typing_their_name(sit: Sit, slack: WebClient, client: Client, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    box.press_sequentially("Ask @be")
    expect(page.get_by_role("option", name="Ben Okafor")).to_be_visible()
    type_in(page, "Enter", "and @dev", "Escape", " alone")
    expect(form).to_be_visible()
    expect(box).to_have_text("Ask @Ben Okafor and @dev alone")
    ben = {"type": "user", "user_id": client.person("Ben").id}
    assert received(form, inbox) == [line(text("Ask "), ben, text(" and @dev alone"))]


def test_what_is_pasted_is_text(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox)
    box.evaluate(
        """node => {
            const data = new DataTransfer();
            data.setData("text/html", "<b onclick='x()'>bold</b><img src='https://example.com/i.png'>");
            data.setData("text/plain", "just text");
            const options = { inputType: "insertFromPaste", dataTransfer: data, bubbles: true, cancelable: true };
            if (node.dispatchEvent(new InputEvent("beforeinput", options))) throw new Error("pasted as it came");
        }"""
    )
    assert received(form, inbox) == [line(text("just text"))]


def test_an_empty_text_is_no_answer(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    page = sit("Ana")
    form, box = editor(page, slack, inbox, placeholder={"type": "plain_text", "text": "Say more"})
    form.get_by_role("button", name="Save").focus()
    form.get_by_text("Notes").click()
    expect(box).to_be_focused()
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    assert submitted(form, inbox)["Notes"] == {"rich_text_value": None}
