"""Blocks that group or stress: cards, containers, alerts, and the progress of an agent."""

from typing import Any

from sandbox.blockkit.buttons import BUTTON, FEEDBACK_BUTTONS, ICON_BUTTON
from sandbox.blockkit.composition import ID, IMAGE, TYPE, URL
from sandbox.blockkit.rich_text import RICH_TEXT_BLOCK
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    at_least_one,
    at_most_one,
    boolean,
    complain,
    one_of,
    plain,
    record,
    steps,
    string,
    tagged,
    text,
)

SLACK_ICONS = (
    "archive", "book", "bookmark", "bot", "bug", "calendar", "call", "caret-left", "caret-right", "check",
    "clipboard", "code", "comment", "compass", "copy", "cube", "download", "edit", "email", "eye-closed",
    "eye-open", "file", "flag", "folder", "gear", "globe", "heart", "help", "image", "info", "key",
    "lightbulb", "link", "map", "mobile", "new-window", "pin", "plus", "refine", "refresh", "rocket", "save",
    "screen", "share", "sparkle", "star", "star-filled", "tag", "thumbs-down", "thumbs-up", "trash", "upload",
    "user", "warning",
)  # fmt: skip
_IMAGE = tagged({"image": IMAGE})
CARD = steps(
    record(
        {"type": TYPE},
        {
            "block_id": ID,
            "hero_image": _IMAGE,
            "icon": _IMAGE,
            "slack_icon": record({"type": one_of("icon"), "name": one_of(*SLACK_ICONS)}),
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "subtext": text(200),
            "actions": array(tagged({"button": BUTTON}), most=3),
        },
    ),
    at_least_one("title", "hero_image", "actions", "body"),
    at_most_one("icon", "slack_icon"),
)
CARDS = array(tagged({"card": CARD}), most=10)
ALERT_FIELDS = {"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}
CONTEXT_ACTIONS = array(tagged({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}), most=5)


def _collapse(problems: Problems, pointer: str, value: Any) -> None:
    folds = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not folds:
        complain(problems, f"{pointer}/default_collapsed", "requires is_collapsible to be true")
    if value.get("has_header_divider") and folds:
        complain(problems, f"{pointer}/has_header_divider", "must not be set when is_collapsible is true")


def container_fields(child: Check) -> tuple[dict[str, Check], dict[str, Check]]:
    optional = {
        "title": plain(150),
        "rich_text_title": RICH_TEXT_BLOCK,
        "subtitle": text(150),
        "icon": _IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"),
        **dict.fromkeys(("is_collapsible", "default_collapsed", "has_header_divider"), boolean),
    }
    return {"child_blocks": array(child, most=10)}, optional


CONTAINER_RULES = (at_least_one("title", "rich_text_title"), _collapse)

_SOURCE = tagged({"url": record({"type": TYPE, "url": URL, "text": string(3000)})})
TASK_FIELDS = (
    # The documents call the status optional, Slack's own clients demand it.
    {
        "task_id": ID,
        "title": string(255),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": RICH_TEXT_BLOCK, "output": RICH_TEXT_BLOCK, "sources": array(_SOURCE, most=50)},
)


def _own_tasks(problems: Problems, pointer: str, value: Any) -> None:
    seen: set[str] = set()
    for index, task in enumerate(value.get("tasks", [])):
        if task["task_id"] in seen:
            complain(problems, f"{pointer}/tasks/{index}/task_id", "task_id must be unique within a plan")
        seen.add(task["task_id"])


def plan_fields(task: Check) -> tuple[dict[str, Check], dict[str, Check]]:
    return {"title": string(255)}, {"tasks": array(tagged({"task_card": task}), most=50)}


PLAN_RULES = (_own_tasks,)
