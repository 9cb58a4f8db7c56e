"""What a person entered, as they would say it: labels and values in words."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.tree import elements
from sandbox.sight import texts
from sandbox.state import Json, Workspace
from sandbox.views.forms import Form
from sandbox.views.slots import OPTION_SLOTS, SLOTS
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


def entered_in_words(workspace: Workspace, form: Form, typed: Typed) -> dict[str, str]:
    """What is filled in, by label."""
    said = {
        label: value_in_words(workspace, form, block, element, typed[block["block_id"]][element["action_id"]])
        for label, block, element in labelled(form.blocks)
        if element["type"] in SLOTS
    }
    return {label: words for label, words in said.items() if words}


def value_in_words(workspace: Workspace, form: Form, block: Json, element: Json, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value_in_words(workspace, form, block, element, each) for each in value)
    if isinstance(value, dict):
        return "".join(texts({"blocks": [value]}))
    if SLOTS.get(element["type"], ("",))[0] in OPTION_SLOTS and value:
        return str(form.options(block, element)[value]["text"]["text"])
    return _name(workspace, value)


def _name(workspace: Workspace, value: Any) -> str:
    if value in workspace.people:
        return workspace.people[value].name
    if value in workspace.channels:
        return workspace.channels[value].name or str(value)
    if value in workspace.files:
        return workspace.files[value].name
    return "" if value is None else str(value)


def errors_in_words(blocks: list[Json], errors: dict[str, str]) -> dict[str, str]:
    """Marks by label instead of by block id."""
    return {label: errors[block["block_id"]] for label, block, _ in labelled(blocks) if block["block_id"] in errors}
