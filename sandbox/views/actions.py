"""The entry of a click or a choice in a payload's `actions`."""

from typing import Any

from sandbox.errors import PageError
from sandbox.state import Json
from sandbox.views.forms import Form
from sandbox.views.slots import SLOTS

PRESSED = ("text", "value", "style", "url", "icon")
ECHOED = ("placeholder", "confirm")


def action(form: Form, block: Json, element: Json, value: Any) -> Json:
    """What happened to an element; `value` is what is in it now, or which of its options was pressed."""
    ids = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    return {**ids, **_chosen(form, block, element, value), **_echo(element)}


def _chosen(form: Form, block: Json, element: Json, value: Any) -> Json:
    if element["type"] in ("button", "icon_button"):
        return {name: element[name] for name in PRESSED if name in element}
    if element["type"] == "feedback_buttons":
        return _feedback(element, value)
    if element["type"] == "overflow":
        return {"selected_option": _pressed_option(form, block, element, value)}
    return form.chosen(block, element, value)


def _pressed_option(form: Form, block: Json, element: Json, value: Any) -> Json:
    options = form.options(block, element)
    if not isinstance(value, str) or value not in options:
        raise PageError("no_such_option")
    return options[value]


def _feedback(element: Json, value: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        if element[name]["value"] == value:
            return {"text": element[name]["text"], "value": value}
    raise PageError("no_such_option")


def _echo(element: Json) -> Json:
    """Slack repeats what the element began with."""
    names = (*ECHOED, *([SLOTS[element["type"]][1]] if element["type"] in SLOTS else []))
    return {name: element[name] for name in names if name in element}
