"""Tables, charts, containers, cards and pictures in use, by keys and by what a screen reader is told."""

import base64
import re
from typing import Any

from playwright.sync_api import Locator, expect
from slack_sdk import WebClient

from sandbox.client import Client, eventually
from tests.sandbox.apps import EVERY_SCOPE, Inbox, manifest
from tests.sandbox.browser import Sit, actions, button, plain, section, sit
from tests.sandbox.samples import sample
from tests.sandbox.showing import messages, opened, posted

__all__ = ["sit"]

MANIFEST = manifest(scopes=EVERY_SCOPE)
DOT = base64.b64decode("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


def cells(rows: Locator) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]


def data_table(*rows: tuple[str, int]) -> dict[str, Any]:
    head = [{"type": "raw_text", "text": text} for text in ("Owner", "Open")]
    body = [
        [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": count, "text": str(count)}]
        for name, count in rows
    ]
    return {"type": "data_table", "block_id": "t", "caption": "Open items", "page_size": 2, "rows": [head, *body]}


def test_a_data_table_is_sorted_and_turned_by_keys(sit: Sit, slack: WebClient, client: Client) -> None:
    page = sit("Ana")
    message = posted(page, slack, client, data_table(("Ana", 3), ("Ben", 12), ("Chloe", 1)))
    table = message.get_by_role("table", name="Open items")
    rows = table.locator("tbody tr")
    assert cells(rows) == [["Ana", "3"], ["Ben", "12"]]
    expect(table.get_by_role("rowheader", name="Ana")).to_be_visible()
    expect(message.get_by_role("status")).to_have_text("Rows 1 to 2 of 3")
    message.get_by_role("button", name="Next page").press("Enter")
    expect(rows).to_have_count(1)
    expect(message.get_by_role("status")).to_have_text("Row 3 of 3")
    expect(message.get_by_role("button", name="Previous page")).to_be_focused()

    sort = table.get_by_role("button", name="Open")
    sort.press("Enter")
    expect(table.get_by_role("columnheader", name="Open")).to_have_attribute("aria-sort", "ascending")
    assert cells(rows) == [["Chloe", "1"], ["Ana", "3"]]
    expect(sort).to_be_focused()
    sort.press("Enter")
    assert cells(rows) == [["Ben", "12"], ["Ana", "3"]]
    sort.press("Enter")
    assert cells(rows) == [["Ana", "3"], ["Ben", "12"]]


def test_a_tables_columns_stand_as_the_app_set_them(sit: Sit, slack: WebClient, client: Client) -> None:
    message = posted(sit("Ana"), slack, client, sample("table"))
    table = message.get_by_role("table", name="Table: Owner, Open, Note")
    owner, number, note = table.locator("tbody tr").first.locator("td").all()
    expect(number).to_have_css("text-align", "right")
    expect(owner).to_have_css("white-space", "normal")
    expect(note).to_have_css("white-space", "nowrap")


def test_a_charts_numbers_can_be_read_without_the_drawing(sit: Sit, slack: WebClient, client: Client) -> None:
    page = sit("Ana")
    message = posted(page, slack, client, sample("line chart"), sample("pie chart"))
    expect(message.get_by_role("img", name="Line chart: Mood, as line")).to_be_visible()
    expect(message.locator("svg.plot").first.locator("path.point")).to_have_count(4)
    message.get_by_text("Show the numbers").first.press("Enter")
    table = message.get_by_role("table", name="Mood, as line")
    assert cells(table.locator("tbody tr")) == [["W1", "3.4", "4"], ["W2", "3.9", "2"]]
    expect(message.locator(".legend").last).to_contain_text("Yes7 · 78%")


def test_a_container_stays_folded_when_the_app_changes_it(sit: Sit, slack: WebClient, client: Client) -> None:
    page = sit("Ana")
    container = {
        "type": "container", "block_id": "box", "title": plain("Records"), "is_collapsible": True,
        "child_blocks": [section("Inside", block_id="inside")],
    }  # fmt: skip
    message = posted(page, slack, client, container)
    head = message.get_by_role("button", name="Records")
    expect(head).to_have_attribute("aria-expanded", "true")
    head.press("Enter")
    expect(message.get_by_text("Inside")).to_be_hidden()
    container["child_blocks"] = [section("Changed", block_id="inside")]
    (channel, ts) = client.person("Ana").channel_id("forecast"), message.get_attribute("data-ts")
    slack.chat_update(channel=channel, ts=str(ts), text="Shown", blocks=[container])
    expect(message.get_by_text("Changed")).to_have_count(1)
    expect(message.get_by_text("Changed")).to_be_hidden()
    head.press("Enter")
    expect(message.get_by_text("Changed")).to_be_visible()


def test_feedback_and_cards_tell_the_app_which_was_pressed(
    sit: Sit, slack: WebClient, client: Client, inbox: Inbox
) -> None:
    page = sit("Ana")
    message = posted(page, slack, client, sample("context actions"), sample("carousel"))
    useful = message.get_by_role("button", name="Useful", exact=True)
    useful.press("Enter")
    expect(useful).to_have_attribute("aria-pressed", "true")
    message.get_by_role("button", name="This was not useful").click()
    expect(useful).to_have_attribute("aria-pressed", "false")
    message.get_by_role("button", name="Take the first").press("Enter")
    bodies = inbox.wait_for("block_actions", 3)
    assert [(body["actions"][0]["type"], body["actions"][0].get("value")) for body in bodies] == [
        ("feedback_buttons", "up"), ("feedback_buttons", "down"), ("button", "1"),
    ]  # fmt: skip


def test_a_button_is_shown_only_to_those_it_is_for(sit: Sit, slack: WebClient, client: Client) -> None:
    ben = client.person("Ben").id
    blocks = actions(button("Everyone", "all"), button("Ben alone", "ben", visible_to_user_ids=[ben]))
    message = posted(sit("Ana"), slack, client, blocks)
    expect(message.locator(".block").get_by_role("button")).to_have_text(["Everyone"])
    expect(sit("Ben").get_by_role("article", name="Helper,").get_by_role("button", name="Ben alone")).to_be_visible()


def test_an_alert_says_how_serious_it_is_without_its_colour(sit: Sit, slack: WebClient, inbox: Inbox) -> None:
    form = opened(sit("Ana"), slack, inbox, sample("warning alert", "modal"), sample("success alert", "modal"))
    warning, success = form.locator(".block-alert").all()
    expect(warning).to_have_text("Warning: This is warning.")
    expect(success).to_have_text("Success: This is success.")
    expect(success.locator("svg.icon-check")).to_be_visible()


def test_a_picture_of_another_host_is_not_asked_for(sit: Sit, slack: WebClient, client: Client) -> None:
    page = sit("Ana")
    message = posted(page, slack, client, sample("image"), sample("section with an image"))
    expect(message.get_by_role("img", name="Answers rise from 4 to 9")).to_contain_text("images.example")
    expect(message.get_by_text("Answers", exact=True)).to_be_visible()
    expect(message.get_by_role("img", name="An otter on its back")).to_be_visible()
    expect(message.locator("img")).to_have_count(0)


def test_a_picture_of_the_workspace_is_shown_to_those_who_may_see_it(
    sit: Sit, slack: WebClient, client: Client
) -> None:
    page = sit("Ana")
    channel = client.person("Ana").channel_id("forecast")
    uploaded = slack.files_upload_v2(channel=channel, content=DOT, filename="dot.gif", title="Dot")
    file_id = uploaded["file"]["id"]
    assert eventually(lambda: slack.files_info(file=file_id)["file"].get("mimetype")) == "image/gif"
    expect(messages(page)).to_have_count(1)
    file = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "One dot"}
    message = posted(page, slack, client, file)
    picture = message.get_by_role("img", name="One dot")
    assert eventually(lambda: picture.evaluate("node => node.naturalWidth")) == 1
    expect(picture).to_have_attribute("src", re.compile(r"^page/file/F"))


def test_a_picture_that_only_a_message_shows_is_shown_to_those_who_read_it(
    sit: Sit, slack: WebClient, client: Client
) -> None:
    page = sit("Ana")
    file_id = slack.files_upload_v2(content=DOT, filename="dot.gif")["files"][0]["id"]
    assert eventually(lambda: slack.files_info(file=file_id)["file"].get("mimetype")) == "image/gif"
    assert (
        page.request.get(
            f"{page.url.partition(chr(35))[0]}page/file/{file_id}", params={"as": client.person_id("Ana")}
        ).status
        == 404
    )
    message = posted(page, slack, client, {"type": "image", "slack_file": {"id": file_id}, "alt_text": "One dot"})
    picture = message.get_by_role("img", name="One dot")
    assert eventually(lambda: picture.evaluate("node => node.naturalWidth")) == 1


def test_a_group_is_called_by_its_handle_and_stands_out_for_its_members(
    sit: Sit, slack: WebClient, client: Client
) -> None:
    ana, ben = sit("Ana"), sit("Ben")
    group = slack.usergroups_create(name="Operations", handle="ops")["usergroup"]["id"]
    slack.usergroups_users_update(usergroup=group, users=[client.person("Ben").id])
    rich = {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "usergroup", "usergroup_id": group}]},
    ]}  # fmt: skip
    ana.reload()
    message = posted(ana, slack, client, section(f"<!subteam^{group}> is on call"), rich)
    expect(message.locator(".mention")).to_have_text(["@ops", "@ops"])
    expect(message.locator(".mention.me")).to_have_count(0)
    expect(ben.get_by_role("article", name="Helper,").locator(".mention.me")).to_have_count(2)


def test_attachments_stand_behind_a_bar_of_their_colour(sit: Sit, slack: WebClient, client: Client) -> None:
    page = sit("Ana")
    old = {"color": "#36a64f", "title": "Week 48", "text": "All *green*", "image_url": "https://example.com/w.png"}
    new = {"color": "danger", "blocks": [section("Two are late")]}
    channel = client.person("Ana").channel_id("forecast")
    slack.chat_postMessage(channel=channel, text="Numbers", attachments=[old, new])
    message = messages(page).first
    expect(message.locator(".block")).to_have_text(
        ["Numbers", "Week 48", "All green", "All *green*example.com", "Two are late"]
    )
    bars = message.locator(".in-attachment")
    expect(bars.first).to_have_css("border-left-color", "rgb(54, 166, 79)")
    expect(bars.last).to_have_css("border-left-color", "rgb(179, 38, 30)")
    expect(message.locator(".in-attachment.first")).to_have_count(2)


def test_markdown_is_drawn_and_never_as_html(sit: Sit, slack: WebClient, client: Client) -> None:
    page = sit("Ana")
    text = (
        "# Title\n\n**bold** *slanted* ~~gone~~ `*code*` [a link](https://example.com/x) <b>tag</b> :tada:\n\n"
        "1. one\n   - inner\n2. two\n\n- [x] done\n- [ ] open\n\n> quoted\n\n```js\nlet <i>x</i>\n```\n\n"
        "| Name | Count |\n|:--|--:|\n| A \\| B | 3 |\n\n![A picture](https://example.com/p.png)\n"
        "[never](javascript:alert(1))"
    )
    message = posted(page, slack, client, {"type": "markdown", "text": text})
    block = message.locator(".markdown")
    expect(block.get_by_role("heading", name="Title")).to_be_visible()
    for selector, shown in {
        "strong": "bold", "em": "slanted", "s": "gone", "p code": "*code*", "pre": "let <i>x</i>",
        "blockquote": "quoted", "ol > li > .item > ul": "inner",
    }.items():  # fmt: skip
        expect(block.locator(selector)).to_have_text(shown)
    expect(block).to_contain_text("<b>tag</b> 🎉")
    expect(block.locator("b, i, img")).to_have_count(0)
    expect(block.get_by_role("checkbox", name="Done", exact=True)).to_be_checked()
    expect(block.get_by_role("table").locator("td").last).to_have_css("text-align", "right")
    expect(block.get_by_role("cell", name="A | B")).to_be_visible()
    expect(block.get_by_role("link")).to_have_text(["a link", "A picture"])
