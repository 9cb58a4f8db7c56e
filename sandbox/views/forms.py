"""What people enter: from the page's plain values to Slack's state, and the checks Slack's own client makes."""

import re
from collections.abc import Callable
from typing import Any

from sandbox.blockkit.choices import option_list
from sandbox.blockkit.tree import elements
from sandbox.errors import PageError
from sandbox.state import Json
from sandbox.views.stacks import Typed

# For each stateful element: where its entry stands in the state, and where its initial value stands in the block.
SLOTS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}
PEOPLE_PICKERS = ("users_select", "multi_users_select")
CONVERSATION_PICKERS = ("conversations_select", "channels_select")
PUBLIC_PICKERS = ("channels_select",)
OPTION_SLOTS = ("selected_option", "selected_options")
PATTERNS = {
    "datepicker": r"\d{4}-\d{2}-\d{2}",
    "timepicker": r"([01]\d|2[0-3]):[0-5]\d",
}

REQUIRED = "Please complete this required field."


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The block and element with these ids; PageError if the person cannot see one."""
    for block, element in elements(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    raise PageError("no_such_element")


def entered(blocks: list[Json], given: Typed, known: Typed) -> Typed:
    """Every stateful element's value: as given now, else as known from before, else as the block has it."""
    values: Typed = {}
    for block, element in elements(blocks):
        if element["type"] in SLOTS:
            block_id, action_id = block["block_id"], element["action_id"]
            value = _first(_initial(element), (given, known), block_id, action_id)
            values.setdefault(block_id, {})[action_id] = value or None
    return values


def _first(initial: Any, sources: tuple[Typed, ...], block_id: str, action_id: str) -> Any:
    for source in sources:
        if action_id in source.get(block_id, {}):
            return source[block_id][action_id]
    return initial


def _initial(element: Json) -> Any:
    slot, initial_name = SLOTS[element["type"]]
    initial = element.get(initial_name)
    if slot == "selected_option":
        return initial and initial["value"]
    if slot == "selected_options":
        return [option["value"] for option in initial or []]
    return initial


def state_values(blocks: list[Json], values: Typed) -> Json:
    """The `state.values` of a payload."""
    state: Json = {}
    for block, element in elements(blocks):
        if element["type"] in SLOTS:
            value = values[block["block_id"]][element["action_id"]]
            entry = {"type": element["type"], **chosen(element, value)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def chosen(element: Json, value: Any) -> Json:
    """The part of a payload that says what a person chose, checked against what there is to choose."""
    if element["type"] == "button":
        return {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    if element["type"] == "overflow":
        return {"selected_option": _option(element, value)}
    slot = SLOTS[element["type"]][0]
    if slot in OPTION_SLOTS:
        return {slot: _options(element, slot, value)}
    if slot == "selected_users":
        return {slot: value or []}
    pattern = PATTERNS.get(element["type"], r"[\s\S]*")
    if value and not (isinstance(value, str) and re.fullmatch(pattern, value)):
        raise PageError("invalid_value")
    return {slot: value or None}


def _options(element: Json, slot: str, value: Any) -> Any:
    if slot == "selected_options":
        return [_option(element, each) for each in value or []]
    return _option(element, value) if value else None


def _option(element: Json, value: Any) -> Json:
    for option in option_list(element):
        if option["value"] == value:
            return option
    raise PageError("no_such_option")


def named(blocks: list[Json], values: Typed, kinds: tuple[str, ...]) -> set[str]:
    """The people or conversations chosen in elements of these kinds."""
    found: set[str] = set()
    for block, element in elements(blocks):
        if element["type"] in kinds:
            value = values[block["block_id"]][element["action_id"]]
            found |= set(value) if isinstance(value, list) else {value} - {None}
    return found


def mistakes(blocks: list[Json], values: Typed) -> dict[str, str]:
    """What the client itself marks before it submits, by block id."""
    marked = {}
    for block, element in elements(blocks):
        if block["type"] == "input":
            value = values[block["block_id"]][element["action_id"]]
            mistake = _mistake(element, value, optional=block.get("optional", False))
            if mistake:
                marked[block["block_id"]] = mistake
    return marked


def _mistake(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else REQUIRED
    check = CLIENT_CHECKS.get(element["type"])
    return check(element, value) if check else None


def _text_mistake(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    most = element.get("max_length", 3000)
    return f"Please enter at most {most} characters." if len(value) > most else None


def _number_mistake(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number." if element["is_decimal_allowed"] else "Please enter a whole number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _email_mistake(_: Json, value: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else "Please enter an email address."


def _url_mistake(_: Json, value: str) -> str | None:
    return None if re.fullmatch(r"https?://\S+", value) else "Please enter a link."


def _many_mistake(element: Json, value: list[str]) -> str | None:
    most = element.get("max_selected_items", len(value))
    return f"Please choose at most {most}." if len(value) > most else None


CLIENT_CHECKS: dict[str, Callable[[Json, Any], str | None]] = {
    "plain_text_input": _text_mistake,
    "number_input": _number_mistake,
    "email_text_input": _email_mistake,
    "url_text_input": _url_mistake,
    "multi_static_select": _many_mistake,
    "multi_users_select": _many_mistake,
}
