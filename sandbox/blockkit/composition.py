"""Composition objects, and what the elements of Block Kit share."""

from sandbox.blockkit.schema import (
    Check,
    array,
    boolean,
    exactly_one,
    one_of,
    plain,
    record,
    steps,
    string,
    text,
)

TYPE = string(255)
ID = string(255)
URL = string(3000, pattern=r"(?:https?|mailto|slack):.+")
IMAGE_URL = string(3000, pattern=r"https?://.+")
PERSON = string(255, pattern=r"[UW][A-Z0-9]+")
CONVERSATION = string(255, pattern=r"[CDG][A-Z0-9]+")
CHANNEL = string(255, pattern=r"[CG][A-Z0-9]+")

CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
# The documents allow 150 characters in a value, Slack's own types 75: the stricter holds here.
OPTION = record({"text": plain(75), "value": string(75)}, {"description": plain(75)})
RICH_OPTION = record({"text": text(75), "value": string(75)}, {"description": text(75)})
OVERFLOW_OPTION = record({"text": plain(75), "value": string(75)}, {"description": plain(75), "url": URL})
DISPATCH = record(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), most=2)},
)
SLACK_FILE = steps(
    record({}, {"id": string(255, pattern=r"F[A-Z0-9]+"), "url": URL}),
    exactly_one("id", "url"),
)
IMAGE = steps(
    record({"type": TYPE, "alt_text": string(2000)}, {"image_url": IMAGE_URL, "slack_file": SLACK_FILE}),
    exactly_one("image_url", "slack_file"),
)


def element(required: dict[str, Check] | None = None, optional: dict[str, Check] | None = None) -> Check:
    return record({"type": TYPE, **(required or {})}, {"action_id": ID, **(optional or {})})


def picker(**more: Check) -> Check:
    """What selects and pickers share."""
    return element({}, {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": boolean, **more})
