"""Each limit of the newer blocks and elements, one over, with Slack's words and the place of the fault."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.blockkit.problems import problems_of_message
from sandbox.client import eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_SCOPE, FRIDAY, manifest, web_client
from tests.sandbox.samples import Json, Surface, sample
from tests.sandbox.test_blocks import FORECAST, option, plain
from tests.sandbox.test_blocks_surfaces import VIDEO, found
from tests.sandbox.test_web_api import refusal

GONE = object()
TITLE = "must be less than 151 characters"


def over(most: int) -> str:
    return "x" * (most + 1)


def text(most: int) -> Json:
    return plain(over(most))


def point(label: str) -> Json:
    return {"label": label, "value": 1}


def series(name: str, *labels: str) -> Json:
    return {"name": name, "data": [point(label) for label in labels or ("W1", "W2")]}


CELL = {"type": "raw_text", "text": "a"}
RICH_CELL = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}
TASK = {"type": "task_card", "task_id": "task-a", "title": "Again", "status": "pending"}
BUTTON = {"type": "button", "text": plain("Go")}
ICON = {"type": "icon_button", "icon": "trash", "text": plain("Remove")}
GROUP = {"label": plain("Group"), "options": [option()]}
CARD = {"type": "card", "title": plain("One")}

# The surface, the sample, the place that is changed, what it is changed to, and what is said of that place.
LIMITS: list[tuple[Surface, str, str, Any, str]] = [
    ("message", "markdown", "/text", over(12_000), "must be less than 12001 characters"),
    ("message", "markdown", "/text", "", "must be more than 0 characters"),
    ("message", "header", "/level", 5, "must be between 1 and 4"),
    ("message", "image", "/title/text", over(2000), "must be less than 2001 characters"),
    ("message", "image", "/slack_file", {}, "must provide exactly one of: id, url"),
    ("message", "table", "/rows", [[CELL]] * 101, "no more than 100 items allowed"),
    ("message", "table", "/rows/0", [CELL] * 21, "no more than 20 items allowed"),
    ("message", "table", "/rows/1", [CELL], "must have 3 items"),
    ("message", "table", "/rows/1/1/text", GONE, "missing required field: text"),
    ("message", "table", "/rows/1/1/value", "3", "must be a number"),
    ("message", "table", "/column_settings", [None] * 21, "no more than 20 items allowed"),
    ("message", "table", "/column_settings/1/align", "top", "must be one of: left, center, right"),
    ("message", "data table", "/rows", [[CELL]] * 102, "no more than 101 items allowed"),
    ("message", "data table", "/rows", [[CELL]], "no fewer than 2 items allowed"),
    ("message", "data table", "/rows/2", [CELL], "must have 2 items"),
    ("message", "data table", "/caption", GONE, "missing required field: caption"),
    ("message", "data table", "/page_size", 101, "must be between 1 and 100"),
    ("message", "data table", "/row_header_column_index", 2, "must be between 0 and 1"),
    ("message", "bar chart", "/title", over(50), "must be less than 51 characters"),
    ("message", "bar chart", "/chart/series", [series(str(n)) for n in range(7)], "no more than 6 items allowed"),
    ("message", "line chart", "/chart/series/1/name", "Team A", "series names must be unique"),
    ("message", "line chart", "/chart/series/0/name", over(20), "must be less than 21 characters"),
    ("message", "area chart", "/chart/series/1/data", [point("W2"), point("W1")], "labels must match the categories"),
    ("message", "area chart", "/chart/axis_config/x_label", over(50), "must be less than 51 characters"),
    ("message", "area chart", "/chart/axis_config", GONE, "missing required field: axis_config"),
    ("message", "pie chart", "/chart/segments", [point(str(n)) for n in range(7)], "no more than 6 items allowed"),
    ("message", "pie chart", "/chart/segments/0/value", 0, "must be more than 0"),
    ("message", "pie chart", "/chart/segments/0/value", True, "must be a number"),
    ("message", "container", "/title/text", over(150), TITLE),
    ("message", "container", "/title", GONE, "missing required field: title"),
    ("message", "container", "/subtitle/text", over(150), TITLE),
    ("message", "container", "/child_blocks", [{"type": "divider"}] * 11, "no more than 10 items allowed"),
    ("message", "container", "/child_blocks", [], "no fewer than 1 items allowed"),
    ("message", "container", "/width", "huge", "must be one of: narrow, standard, wide, full"),
    ("message", "container", "/has_header_divider", True, "must not be set when is_collapsible is true"),
    ("message", "container with a rich title", "/default_collapsed", True, "requires is_collapsible to be true"),
    ("message", "card", "/title/text", over(150), TITLE),
    ("message", "card", "/body/text", over(200), "must be less than 201 characters"),
    ("message", "card", "/subtext/text", over(200), "must be less than 201 characters"),
    ("message", "card", "/actions", [BUTTON] * 4, "no more than 3 items allowed"),
    ("message", "carousel", "/elements", [CARD] * 11, "no more than 10 items allowed"),
    ("message", "carousel", "/elements/0/type", "section", "unsupported type: section"),
    ("message", "context actions", "/elements", [BUTTON], "unsupported type: button"),
    ("message", "context actions", "/elements/0/positive_button/text/text", over(75),
     "must be less than 76 characters"),
    ("message", "context actions", "/elements/0/negative_button", GONE, "missing required field: negative_button"),
    ("message", "context actions", "/elements/1/icon", "rocket", "must be one of: trash"),
    ("message", "context actions", "/elements/1/visible_to_user_ids", ["U1"] * 11, "no more than 10 items allowed"),
    ("message", "task card", "/status", "late", "must be one of: pending, in_progress, complete, error"),
    ("message", "task card", "/title", plain("Text"), "must be a string"),
    ("message", "plan", "/tasks", [{**TASK, "task_id": str(n)} for n in range(51)], "no more than 50 items allowed"),
    ("message", "buttons", "/elements/0/accessibility_label", over(75), "must be less than 76 characters"),
    ("message", "buttons", "/elements/4/agent_prompt", over(4000), "must be less than 4001 characters"),
    ("message", "buttons", "/elements/3/url", over(3000), "must be less than 3001 characters"),
    ("message", "buttons", "/elements/2/confirm/text/text", over(300), "must be less than 301 characters"),
    ("message", "buttons", "/elements/2/confirm/title/text", over(100), "must be less than 101 characters"),
    ("message", "grouped select input", "/element/option_groups/0/label/text", over(75),
     "must be less than 76 characters"),
    ("message", "external select input", "/element/min_query_length", -1, "must be between 0 and 255"),
    ("message", "external select input", "/element/options", [], "invalid additional property: options"),
    ("message", "conversation input", "/element/filter/include/0", "secret",
     "must be one of: im, mpim, private, public"),
    ("message", "person input", "/element/initial_user", "ana", "input must match regex pattern: [UW][A-Z0-9]+"),
    ("message", "channel input", "/element/initial_channel", "D0000000001",
     "input must match regex pattern: [CG][A-Z0-9]+"),
    ("message", "day input", "/element/initial_date", "2026-02-30", "must be a valid date"),
    ("message", "hour input", "/element/timezone", "Mars/Olympus", "must be a valid IANA timezone"),
    ("message", "hour input", "/element/initial_time", "24:00",
     r"input must match regex pattern: ([01]\d|2[0-3]):[0-5]\d"),
    ("message", "moment input", "/element/initial_date_time", 999_999_999, "must be between 1000000000 and 9999999999"),
    ("message", "moment input", "/element/initial_date_time", "1795359600", "must be an integer"),
    ("message", "dispatching text input", "/element/dispatch_action_config/trigger_actions_on/0", "on_blur",
     "must be one of: on_enter_pressed, on_character_entered"),
    ("message", "header", "/text/text", over(150), TITLE),
    ("message", "image", "/alt_text", over(2000), "must be less than 2001 characters"),
    ("message", "image", "/image_url", f"https://x.example/{over(3000)}", "must be less than 3001 characters"),
    ("message", "section with an image", "/accessory/alt_text", GONE, "missing required field: alt_text"),
    ("message", "text input", "/label/text", over(2000), "must be less than 2001 characters"),
    ("message", "text input", "/hint/text", over(2000), "must be less than 2001 characters"),
    ("message", "text input", "/element/min_length", 3001, "must be between 0 and 3000"),
    ("message", "text input", "/element/max_length", 0, "must be between 1 and 3000"),
    ("message", "data table", "/rows/0", [CELL] * 21, "no more than 20 items allowed"),
    ("message", "line chart", "/chart/series/0/data", [point("W")] * 21, "no more than 20 items allowed"),
    ("message", "line chart", "/chart/axis_config/categories", ["W"] * 21, "no more than 20 items allowed"),
    ("message", "line chart", "/chart/axis_config/categories/0", over(20), "must be less than 21 characters"),
    ("message", "line chart", "/chart/axis_config/y_label", over(50), "must be less than 51 characters"),
    ("message", "line chart", "/chart/type", "radar", "unsupported type: radar"),
    ("message", "pie chart", "/chart/segments/0/label", over(20), "must be less than 21 characters"),
    ("message", "card", "/subtitle/text", over(150), TITLE),
    ("message", "carousel", "/elements", [], "no fewer than 1 items allowed"),
    ("message", "context actions", "/elements", [ICON] * 6, "no more than 5 items allowed"),
    ("message", "context actions", "/elements/0/positive_button/value", over(2000),
     "must be less than 2001 characters"),
    ("message", "context actions", "/elements/0/negative_button/accessibility_label", over(75),
     "must be less than 76 characters"),
    ("message", "buttons", "/elements/0/visible_to_user_ids", ["U1"] * 11, "no more than 10 items allowed"),
    ("message", "buttons", "/elements/2/confirm/confirm/text", over(30), "must be less than 31 characters"),
    ("message", "buttons", "/elements/2/confirm/deny/text", over(30), "must be less than 31 characters"),
    ("message", "section with an overflow menu", "/accessory/options", [], "no fewer than 1 items allowed"),
    ("message", "grouped select input", "/element/option_groups", [GROUP] * 101, "no more than 100 items allowed"),
    ("message", "grouped select input", "/element/option_groups/1/options", [option()] * 101,
     "no more than 100 items allowed"),
    ("message", "grouped select input", "/element/option_groups/0/options/1/description/text", over(75),
     "must be less than 76 characters"),
    ("message", "checkboxes input", "/element/options", [option()] * 11, "no more than 10 items allowed"),
    ("message", "conversations input", "/element/max_selected_items", 0, "must be between 1 and 100"),
    ("modal", "info alert", "/text/text", over(200), "must be less than 201 characters"),
    ("modal", "info alert", "/level", "fatal", "must be one of: default, info, warning, error, success"),
    ("modal", "file input", "/element/max_files", 11, "must be between 1 and 10"),
    ("modal", "file input", "/element/filetypes", [".PDF"], "input must match regex pattern: [a-z0-9]+"),
    ("modal", "file input", "/dispatch_action", True, "must not be set with a file_input"),
    ("modal", "long text input", "/element/min_length", 201, "must not be more than max_length"),
    ("modal", "long text input", "/element/initial_value", "Hi", "must be more than 4 characters"),
    ("modal", "long text input", "/element/initial_value", over(200), "must be less than 201 characters"),
    ("modal", "number input", "/element/initial_value", "11", "must be between min_value and max_value"),
    ("modal", "number input", "/element/initial_value", "2.5", "must be an integer"),
    ("modal", "number input", "/element/min_value", "11", "must not be more than max_value"),
    ("modal", "number input", "/element/max_value", 10, "must be a string"),
    ("modal", "rich text input", "/element/initial_value", "Hi", "must provide an object"),
    ("modal", "select input", "/element/max_selected_items", 2, "invalid additional property: max_selected_items"),
    ("modal", "multi-select input", "/element/max_selected_items", 0, "must be between 1 and 100"),
    ("modal", "multi-select input", "/element/initial_options", [option("Kiwi", "kiwi")],
     "initial option must match one of the options"),
    ("modal", "people input", "/element/initial_users", ["U1", "U2", "U3", "U4"], "no more than 3 items allowed"),
]  # fmt: skip


def changed(block: Json, place: str, value: Any) -> Json:
    *way, last = place.split("/")[1:]
    target: Any = block
    for step in way:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if value is GONE:
        del target[last]
    else:
        target[int(last) if isinstance(target, list) else last] = value
    return block


def fault(place: str, value: Any, said: str) -> str:
    """Where the fault lies: in what is missing a field, in the first item of a list, else in the place itself."""
    if value is GONE or said.startswith("invalid additional property"):
        return place.rpartition("/")[0]
    if not isinstance(value, list) or "items" in said or "labels" in said:
        return place
    return f"{place}/0/type" if "type" in said else f"{place}/0"


@pytest.mark.parametrize(
    ("surface", "name", "place", "value", "said"), LIMITS, ids=[f"{n}-{row[1]}{row[2]}" for n, row in enumerate(LIMITS)]
)
def test_one_over_each_limit_is_refused_at_its_place(
    surface: Surface, name: str, place: str, *, value: Any, said: str
) -> None:
    problems = found(surface, changed(sample(name, surface), place, value))
    assert problems == [f"[ERROR] {said} [json-pointer:{fault(place, value, said)}]"]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (sample("image") | {"slack_file": {"id": "F1"}},
         "must provide exactly one of: image_url, slack_file [json-pointer:]"),
        (sample("card") | {"icon": sample("image") | {"type": "image"}},
         "invalid additional property"),
        (changed(sample("card"), "/icon", {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "A"}),
         "must provide only one of: icon, slack_icon [json-pointer:]"),
        ({"type": "card", "subtitle": plain("Alone")}, "missing required field: title [json-pointer:]"),
        (changed(sample("data table"), "/rows/0/1", RICH_CELL),
         "unsupported type: rich_text [json-pointer:/rows/0/1/type]"),
        (changed(sample("plan"), "/tasks/2", TASK),
         "task_id must be unique within a plan [json-pointer:/tasks/2/task_id]"),
        (changed(sample("carousel"), "/elements/1/block_id", "first-card"),
         "block_id already exists: first-card [json-pointer:/elements/1/block_id]"),
        (changed(sample("container"), "/child_blocks/0/block_id", "container"),
         "block_id already exists: container [json-pointer:/child_blocks/0/block_id]"),
        (sample("table") | {"rows": [[{"type": "raw_text", "text": "x" * 1001}] * 10]},
         "no more than 10000 characters allowed in blocks of type table [json-pointer:/blocks]"),
        (sample("data table") | {"rows": [[{"type": "raw_text", "text": "x" * 1001}] * 10] * 2},
         "no more than 20000 characters allowed in blocks of type data_table [json-pointer:/blocks]"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(block: Json, said: str) -> None:
    assert said in found("message", block)[0]


def test_a_message_has_at_most_two_charts() -> None:
    charts = [sample(f"{kind} chart") for kind in ("bar", "line", "pie")]
    said = "[ERROR] no more than 2 blocks of this type allowed [json-pointer:/blocks/2]"
    assert problems_of_message(charts[:2]) == []
    assert problems_of_message(charts) == [said]


def test_all_markdown_of_a_message_has_at_most_12000_characters(slack: WebClient) -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    slack.chat_postMessage(channel=FORECAST, text="x", blocks=[half, half])
    answer = refusal(slack.chat_postMessage, channel=FORECAST, text="x", blocks=[half, half, half])
    assert answer["error"] == "msg_blocks_too_long"


def test_several_faults_are_all_named() -> None:
    blocks = [sample("header") | {"level": 9}, sample("divider") | {"colour": "red"}]
    assert problems_of_message(blocks) == [
        "[ERROR] must be between 1 and 4 [json-pointer:/blocks/0/level]",
        "[ERROR] invalid additional property: colour [json-pointer:/blocks/1]",
    ]


def test_a_picture_of_slacks_own_must_be_one_the_app_can_see() -> None:
    with Sandbox(manifest=manifest(scopes=EVERY_SCOPE), start=FRIDAY) as box:
        slack = web_client(box)
        png = b"\x89PNG\r\n\x1a\n and more"
        file_id = slack.files_upload_v2(channel=FORECAST, filename="otter.png", content=png)["files"][0]["id"]
        eventually(lambda: slack.files_info(file=file_id)["file"]["mimetype"])
        block = {"type": "image", "alt_text": "An otter", "slack_file": {"id": file_id}}
        slack.chat_postMessage(channel=FORECAST, text="x", blocks=[block])
        unknown = block | {"slack_file": {"id": "F9999999999"}}
        answer = refusal(slack.chat_postMessage, channel=FORECAST, text="x", blocks=[block, unknown])
        assert answer["errors"] == ["[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]"]
        notes = slack.files_upload_v2(channel=FORECAST, filename="notes.txt", content="Notes")["files"][0]["id"]
        eventually(lambda: slack.files_info(file=notes)["file"]["mimetype"])
        text = block | {"slack_file": {"id": notes}}
        assert refusal(slack.chat_postMessage, channel=FORECAST, text="x", blocks=[text])["error"] == "invalid_blocks"


def test_a_video_needs_its_scope_and_a_domain_of_the_app(slack: WebClient) -> None:
    answer = refusal(slack.chat_postMessage, channel=FORECAST, text="x", blocks=[VIDEO])
    assert answer["errors"] == ["[ERROR] missing scope: links.embed:write [json-pointer:/blocks/0]"]
    allowed = manifest(scopes=["chat:write", "chat:write.public", "links.embed:write"], events=[])
    allowed["features"] |= {"unfurl_domains": ["video.example"], "slash_commands": [], "shortcuts": []}
    with Sandbox(manifest=allowed, start=FRIDAY) as box:
        web_client(box).chat_postMessage(channel=FORECAST, text="x", blocks=[VIDEO])
        elsewhere = VIDEO | {"video_url": "https://elsewhere.example/otters"}
        answer = refusal(web_client(box).chat_postMessage, channel=FORECAST, text="x", blocks=[elsewhere])
    said = "[ERROR] must be of one of the app's unfurl domains [json-pointer:/blocks/0/video_url]"
    assert answer["errors"] == [said]
