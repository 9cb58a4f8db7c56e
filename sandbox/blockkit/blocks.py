"""The blocks the sandbox knows, and the checks of whole messages and views."""

import copy
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, URL
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    both,
    complain,
    integer,
    one_of,
    plain,
    record,
    string,
    tagged,
    text,
)
from sandbox.state import Json

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
MOST_TEXT_IN_MESSAGE = 12_000
MOST_BYTES_IN_VIEW = 250_000


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return record({"type": string(255), **required}, {"block_id": string(255), **(optional or {})})


def _text_or_fields(problems: Problems, pointer: str, value: Any) -> None:
    if not any(name in value for name in ("text", "fields")):
        complain(problems, pointer, "missing required field: text")


_CONTEXT_ITEM = tagged({"image": IMAGE, "plain_text": plain(3000), "mrkdwn": text(3000)})

# Slack knows more blocks than these; one that the page could not draw is refused like an unknown one.
BLOCKS: dict[str, Check] = {
    "section": both(
        _block(
            {},
            {
                "text": text(3000),
                "fields": array(text(2000), most=10),
                "accessory": IN_SECTION,
                "expand": boolean,
            },
        ),
        _text_or_fields,
    ),
    "actions": _block({"elements": array(IN_ACTIONS, most=25)}),
    "input": _block(
        {"label": plain(2000), "element": IN_INPUT},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "context": _block({"elements": array(_CONTEXT_ITEM, most=10)}),
    "header": _block({"text": plain(150)}, {"level": integer(1, 4)}),
    "divider": _block({}),
    "image": _block({"image_url": URL, "alt_text": string(2000)}, {"title": plain(2000)}),
    "rich_text": _block({"elements": RICH_TEXT}),
}

_BLOCK = tagged(BLOCKS)
_VIEW_BLOCKS = array(_BLOCK, most=MOST_IN_VIEW)
_VIEW_FIELDS = {
    "callback_id": string(255, least=0),
    "private_metadata": string(3000, least=0),
    "external_id": string(255, least=0),
}
_VIEW = tagged(
    {
        "modal": record(
            {"type": one_of("modal"), "title": plain(24), "blocks": _VIEW_BLOCKS},
            {
                **_VIEW_FIELDS,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
            },
        ),
        "home": record({"type": one_of("home"), "blocks": _VIEW_BLOCKS}, _VIEW_FIELDS),
    }
)


def problems_of_message(blocks: Any) -> Problems:
    problems: Problems = []
    array(_BLOCK, most=MOST_IN_MESSAGE)(problems, "/blocks", blocks)
    if not problems:
        _check_ids(problems, "/blocks", blocks)
    return problems


def problems_of_view(view: Any) -> Problems:
    problems: Problems = []
    _VIEW(problems, "/view", view)
    if problems:
        return problems
    _check_ids(problems, "/view/blocks", view["blocks"])
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    if view["type"] == "modal" and inputs and "submit" not in view:
        complain(problems, "/view", "missing required field: submit")
    if sum(bool(element.get("focus_on_load")) for _, element in elements(view["blocks"])) > 1:
        complain(problems, "/view/blocks", "only one element may have focus_on_load")
    return problems


def too_large(view: Json) -> bool:
    return len(json.dumps(view).encode()) > MOST_BYTES_IN_VIEW


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with the block it stands in, in reading order."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] == "actions":
            for element in block["elements"]:
                yield block, element
        elif block["type"] == "section" and block.get("accessory", {}).get("type", "image") != "image":
            yield block, block["accessory"]


def with_ids(given: list[Json]) -> list[Json]:
    """The blocks with the ids that Slack makes up where an app gives none."""
    blocks = copy.deepcopy(given)
    taken = {block.get("block_id") for block in blocks}
    free = (name for name in (f"b{number}" for number in range(2 * len(blocks) + 1)) if name not in taken)
    for block in blocks:
        block.setdefault("block_id", next(free))
    for index, (_, element) in enumerate(elements(blocks)):
        element.setdefault("action_id", f"a{index}")
    return blocks


def text_length(blocks: Any) -> int:
    """The characters of all texts together."""
    if isinstance(blocks, list):
        return sum(text_length(item) for item in blocks)
    if isinstance(blocks, dict):
        own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
        return own + sum(text_length(item) for item in blocks.values() if not isinstance(item, str))
    return 0


def _check_ids(problems: Problems, pointer: str, blocks: list[Json]) -> None:
    for block_id, times in Counter(block["block_id"] for block in blocks if "block_id" in block).items():
        if times > 1:
            complain(problems, pointer, f"block_id already exists: {block_id}")
    for index, block in enumerate(blocks):
        actions = [e["action_id"] for _, e in elements([block]) if "action_id" in e]
        if len(actions) != len(set(actions)):
            complain(problems, f"{pointer}/{index}", "action_id must be unique within a block")
