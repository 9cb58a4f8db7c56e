"""What a person entered, as they would say it: labels and values in words."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.choices import option_list
from sandbox.blockkit.tree import elements
from sandbox.state import Json, Workspace
from sandbox.views.stacks import Typed


def label_of(block: Json, element: Json) -> str:
    """What stands on a control, or beside it."""
    if element["type"] == "button":
        return str(element["text"]["text"])
    said = block.get("label") or element.get("placeholder") or block.get("text") or {}
    return str(said.get("text", element["type"]))


def labelled(blocks: list[Json]) -> Iterator[tuple[str, Json, Json]]:
    """Every control with its block and its label; labels that come again are numbered."""
    counts: dict[str, int] = {}
    for block, element in elements(blocks):
        label = label_of(block, element)
        counts[label] = counts.get(label, 0) + 1
        yield label if counts[label] == 1 else f"{label} ({counts[label]})", block, element


def entered_in_words(workspace: Workspace, blocks: list[Json], typed: Typed) -> dict[str, str]:
    """What is filled in, by label."""
    said = {
        label: value_in_words(workspace, element, typed.get(block["block_id"], {}).get(element["action_id"]))
        for label, block, element in labelled(blocks)
        if element["type"] != "button"
    }
    return {label: words for label, words in said.items() if words}


def value_in_words(workspace: Workspace, element: Json, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value_in_words(workspace, element, each) for each in value)
    for option in option_list(element):
        if option.get("value") == value:
            return str(option["text"]["text"])
    if value in workspace.people:
        return workspace.people[value].name
    if value in workspace.channels:
        return workspace.channels[value].name or str(value)
    return "" if value is None else str(value)


def errors_in_words(blocks: list[Json], errors: dict[str, str]) -> dict[str, str]:
    """Marks by label instead of by block id."""
    return {label: errors[block["block_id"]] for label, block, _ in labelled(blocks) if block["block_id"] in errors}
