"""A person's eyes: what blocks say, and which control stands behind a label."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.blockkit.choices import option_list
from sandbox.blockkit.tree import elements
from sandbox.state import Json


@dataclass(frozen=True)
class Found:
    """A control, and the option's value if the label was that of an option."""

    block_id: str
    action_id: str
    element: Json
    value: Any = None


def texts(thing: Json) -> list[str]:
    """The visible strings of a message or a view, in reading order; the text of a message without blocks."""
    shown = list(_visible(thing.get("title"))) if thing.get("type") == "modal" else []
    shown += [text for block in thing.get("blocks") or [] for text in _visible(block)]
    for name in ("submit", "close"):
        shown += _visible(thing.get(name))
    return shown or [thing.get("text", "")]


READING_ORDER = ("label", "title", "text", "fields", "hint", "element", "elements", "accessory")


def _visible(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _visible(each)
    elif isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        else:
            for name in (*READING_ORDER, "placeholder", "options", "option_groups", "description"):
                yield from _visible(node.get(name))


def find_control(blocks: list[Json], label: str, nth: int) -> Found:
    """The nth button or option that says `label`."""
    found = [control for control in _controls(blocks) if control[0] == label]
    if len(found) <= nth:
        raise LookupError(f"Nothing says {label!r}; there are: {[text for text, _ in _controls(blocks)]}")
    return found[nth][1]


def _controls(blocks: list[Json]) -> Iterator[tuple[str, Found]]:
    for block, element in elements(blocks):
        ids = block["block_id"], element["action_id"]
        if element["type"] in ("button", "icon_button"):
            yield element["text"]["text"], Found(*ids, element)
        for name in ("positive_button", "negative_button"):
            if name in element:
                yield element[name]["text"]["text"], Found(*ids, element, element[name]["value"])
        for option in option_list(element):
            value = [option["value"]] if _takes_many(element) else option["value"]
            yield option["text"]["text"], Found(*ids, element, value)


def _takes_many(element: Json) -> bool:
    return str(element["type"]).startswith(("checkboxes", "multi_"))


def find_field(blocks: list[Json], label: str) -> Found:
    """The input with this label, or the control beside this text."""
    for block, element in elements(blocks):
        said = block.get("label") or block.get("text") or element.get("placeholder") or {}
        if said.get("text") == label:
            return Found(block["block_id"], element["action_id"], element)
    labels = [block["label"]["text"] for block, _ in elements(blocks) if "label" in block]
    raise LookupError(f"No field is called {label!r}; there are: {labels}")


def option_value(element: Json, text: str) -> str:
    for option in option_list(element):
        if text in (option["text"]["text"], option["value"]):
            return str(option["value"])
    offered = [option["text"]["text"] for option in option_list(element)]
    raise LookupError(f"There is no option {text!r}; there are: {offered}")
