"""Walks through blocks that are well-formed: those within others, and the elements in them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.blockkit.data import strings
from sandbox.state import Json

_CHILDREN = {"container": "child_blocks", "carousel": "elements"}
_ELEMENTS = {"actions": "elements", "context_actions": "elements", "card": "actions"}
_TABLES = ("table", "data_table")


def placed_blocks(blocks: list[Json], pointer: str) -> Iterator[tuple[str, Json]]:
    """Every block with its pointer, those within others after the one they stand in."""
    for index, block in enumerate(blocks):
        where = f"{pointer}/{index}"
        yield where, block
        name = _CHILDREN.get(block["type"])
        if name:
            yield from placed_blocks(block[name], f"{where}/{name}")


def placed_elements(block: Json) -> Iterator[tuple[str, Json]]:
    """Each interactive element of one block, with its pointer within it."""
    name = _ELEMENTS.get(block["type"])
    for index, element in enumerate(block.get(name, []) if name else []):
        yield f"/{name}/{index}", element
    if block["type"] == "input":
        yield "/element", block["element"]
    elif block["type"] == "section" and block.get("accessory", {}).get("type", "image") != "image":
        yield "/accessory", block["accessory"]


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with the block it stands in, in reading order."""
    for _, block in placed_blocks(blocks, ""):
        for _, element in placed_elements(block):
            yield block, element


def with_ids(given: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """The blocks with the ids that Slack makes up, anew each time, where an app gives none."""
    blocks = copy.deepcopy(given)
    placed = [block for _, block in placed_blocks(blocks, "")]
    taken = {block.get("block_id") for block in placed}
    for block in placed:
        if "block_id" not in block:
            block["block_id"] = next(name for name in iter(new_id, None) if name not in taken)
    for _, element in elements(blocks):
        if "action_id" not in element:
            element["action_id"] = new_id()
    return blocks


def text_length(blocks: Any) -> int:
    """The characters of all texts together. Tables have limits of their own, and are left out."""
    if isinstance(blocks, list):
        return sum(text_length(item) for item in blocks)
    if not isinstance(blocks, dict) or blocks.get("type") in _TABLES:
        return 0
    own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
    return own + sum(text_length(item) for item in blocks.values() if not isinstance(item, str))


def cells_length(blocks: list[Json], kind: str) -> int:
    """The characters in the cells of all tables of this kind."""
    rows = [block["rows"] for _, block in placed_blocks(blocks, "") if block["type"] == kind]
    return sum(len(text) for text in strings(rows))
