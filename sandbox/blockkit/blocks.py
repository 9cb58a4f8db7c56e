"""The blocks of Block Kit, and which of them a surface takes."""

from typing import Any

from sandbox.blockkit import cards, data
from sandbox.blockkit.composition import ID, IMAGE, IMAGE_URL, SLACK_FILE, TYPE, URL
from sandbox.blockkit.elements import IN_SECTION, Surface, in_actions, in_input
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    at_least_one,
    boolean,
    complain,
    exactly_one,
    integer,
    plain,
    record,
    steps,
    string,
    tagged,
    text,
)

MOST_MARKDOWN = 12_000


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return record({"type": TYPE, **required}, {"block_id": ID, **(optional or {})})


def _no_files_at_once(problems: Problems, pointer: str, value: Any) -> None:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        complain(problems, f"{pointer}/dispatch_action", "must not be set with a file_input")


_CONTEXT_ITEM = tagged({"image": IMAGE, "plain_text": plain(3000), "mrkdwn": text(3000)})
_SECTION = steps(
    _block(
        {},
        {"text": text(3000), "fields": array(text(2000), most=10), "accessory": IN_SECTION, "expand": boolean},
    ),
    at_least_one("text", "fields"),
)
_IMAGE = steps(
    _block({"alt_text": string(2000)}, {"image_url": IMAGE_URL, "slack_file": SLACK_FILE, "title": plain(2000)}),
    exactly_one("image_url", "slack_file"),
)
# Whether an app may send one is for its scopes and domains to say: see `checked`.
_VIDEO = _block(
    {"alt_text": string(2000), "title": plain(200), "thumbnail_url": IMAGE_URL, "video_url": URL},
    {
        "title_url": URL,
        "description": plain(200),
        "author_name": string(50),
        "provider_name": string(50),
        "provider_icon_url": IMAGE_URL,
    },
)


def _everywhere(surface: Surface) -> dict[str, Check]:
    field = _block(
        {"label": plain(2000), "element": in_input(surface)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    )
    return {
        "section": _SECTION,
        "actions": _block({"elements": array(in_actions(surface), most=25)}),
        "input": steps(field, _no_files_at_once),
        "context": _block({"elements": array(_CONTEXT_ITEM, most=10)}),
        "header": _block({"text": plain(150)}, {"level": integer(1, 4)}),
        "divider": _block({}),
        "image": _IMAGE,
        "rich_text": _block({"elements": RICH_TEXT}),
        "video": _VIDEO,
        "card": cards.CARD,
    }


_CAROUSEL = _block({"elements": cards.CARDS})
_TABLE = steps(_block(*data.TABLE_FIELDS), *data.TABLE_RULES)
_DATA_TABLE = steps(_block(*data.DATA_TABLE_FIELDS), *data.DATA_TABLE_RULES)
_IN_MESSAGES = _everywhere("message")
_TASK = _block(*cards.TASK_FIELDS)
# The documents and Slack's own validator name different children; a container here holds what both name.
_CHILDREN = ("actions", "context", "divider", "header", "image", "section")
_CHILD = tagged({**{name: _IN_MESSAGES[name] for name in _CHILDREN}, "table": _TABLE})

# A `file` block comes from Slack alone and cannot be sent, so no surface takes it.
BLOCKS: dict[Surface, dict[str, Check]] = {
    "message": {
        **_IN_MESSAGES,
        "markdown": _block({"text": string(MOST_MARKDOWN)}),
        "table": _TABLE,
        "data_table": _DATA_TABLE,
        "data_visualization": _block({"title": string(50), "chart": data.CHART}),
        "container": steps(_block(*cards.container_fields(_CHILD)), *cards.CONTAINER_RULES),
        "carousel": _CAROUSEL,
        "context_actions": _block({"elements": cards.CONTEXT_ACTIONS}),
        "task_card": _TASK,
        "plan": steps(_block(*cards.plan_fields(_TASK)), *cards.PLAN_RULES),
    },
    "modal": {**_everywhere("modal"), "alert": _block(*cards.ALERT_FIELDS)},
    "home": {
        **_everywhere("home"),
        "table": _TABLE,
        "data_table": _DATA_TABLE,
        "carousel": _CAROUSEL,
    },
}
