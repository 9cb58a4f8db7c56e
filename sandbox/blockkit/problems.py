"""What Slack would say is wrong with whole messages and views."""

import json
from typing import Any

from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.data import MOST_IN_DATA_TABLE, MOST_IN_TABLE
from sandbox.blockkit.elements import Surface
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    complain,
    one_of,
    plain,
    record,
    string,
    tagged,
)
from sandbox.blockkit.tree import cells_length, placed_blocks, placed_elements
from sandbox.state import Json

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
MOST_TEXT_IN_MESSAGE = 12_000
MOST_BYTES_IN_VIEW = 250_000
MOST_CHARTS = 2

_VIEW_FIELDS = {
    "callback_id": string(255, least=0),
    "private_metadata": string(3000, least=0),
    "external_id": string(255, least=0),
}
_MODAL_FIELDS = {
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}


def _blocks(surface: Surface, most: int) -> Check:
    return array(tagged(BLOCKS[surface]), most=most)


_MESSAGE = _blocks("message", MOST_IN_MESSAGE)
_VIEW = tagged(
    {
        "modal": record(
            {"type": one_of("modal"), "title": plain(24), "blocks": _blocks("modal", MOST_IN_VIEW)},
            {**_VIEW_FIELDS, **_MODAL_FIELDS},
        ),
        "home": record({"type": one_of("home"), "blocks": _blocks("home", MOST_IN_VIEW)}, _VIEW_FIELDS),
    }
)


def problems_of_message(blocks: Any) -> Problems:
    problems: Problems = []
    _MESSAGE(problems, "/blocks", blocks)
    if not problems:
        _check_together(problems, "/blocks", blocks)
        _check_charts(problems, blocks)
    return problems


def problems_of_view(view: Any) -> Problems:
    problems: Problems = []
    _VIEW(problems, "/view", view)
    if problems:
        return problems
    _check_together(problems, "/view/blocks", view["blocks"])
    _check_focus(problems, "/view/blocks", view["blocks"])
    has_inputs = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_inputs and "submit" not in view:
        complain(problems, "/view", "missing required field: submit")
    return problems


def too_large(view: Json) -> bool:
    return len(json.dumps(view).encode()) > MOST_BYTES_IN_VIEW


def _check_together(problems: Problems, pointer: str, blocks: list[Json]) -> None:
    _check_ids(problems, pointer, blocks)
    for kind, most in (("table", MOST_IN_TABLE), ("data_table", MOST_IN_DATA_TABLE)):
        if cells_length(blocks, kind) > most:
            complain(problems, pointer, f"no more than {most} characters allowed in blocks of type {kind}")


def _check_ids(problems: Problems, pointer: str, blocks: list[Json]) -> None:
    seen: set[str] = set()
    for where, block in placed_blocks(blocks, pointer):
        if block.get("block_id") in seen:
            complain(problems, f"{where}/block_id", f"block_id already exists: {block['block_id']}")
        seen |= {block["block_id"]} if "block_id" in block else set()
        _check_action_ids(problems, where, block)


def _check_action_ids(problems: Problems, pointer: str, block: Json) -> None:
    seen: set[str] = set()
    for where, element in placed_elements(block):
        if element.get("action_id") in seen:
            complain(problems, f"{pointer}{where}/action_id", "action_id must be unique within a block")
        seen |= {element["action_id"]} if "action_id" in element else set()


def _check_charts(problems: Problems, blocks: list[Json]) -> None:
    charts = [index for index, block in enumerate(blocks) if block["type"] == "data_visualization"]
    for index in charts[MOST_CHARTS:]:
        complain(problems, f"/blocks/{index}", f"no more than {MOST_CHARTS} blocks of this type allowed")


def _check_focus(problems: Problems, pointer: str, blocks: list[Json]) -> None:
    focused = [
        f"{where}{place}/focus_on_load"
        for where, block in placed_blocks(blocks, pointer)
        for place, element in placed_elements(block)
        if element.get("focus_on_load")
    ]
    for where in focused[1:]:
        complain(problems, where, "only one element may have focus_on_load")
