"""Where the value of each element that holds one stands: in a payload's state, and in its own block."""

from typing import Any

from sandbox.blockkit.tree import elements
from sandbox.errors import PageError
from sandbox.state import Json

SLOTS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),  # It begins empty.
}
OPTION_SLOTS = ("selected_option", "selected_options")
EXTERNAL = ("external_select", "multi_external_select")


def takes_many(element: Json) -> bool:
    return element["type"].startswith("multi_") or element["type"] in ("checkboxes", "file_input")


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    """The block and element with these ids; PageError if there is none."""
    for block, element in elements(blocks):
        if block["block_id"] == block_id and element["action_id"] == action_id:
            return block, element
    raise PageError("no_such_element")


def initial_value(element: Json) -> Any:
    """What the app put into an element, as a plain value: the value of an option, not the option."""
    slot, name = SLOTS[element["type"]]
    initial = element.get(name)
    if slot == "selected_option":
        return initial and initial["value"]
    if slot == "selected_options":
        return [option["value"] for option in initial or []]
    return initial
