"""The fields of forms, and reading back what was filled in."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from domain.answers import NUMBER
from domain.people import is_erased
from surface.kit import Block, Element, Json, context, given, plain

LABEL_LIMIT = 2000
OPTION_LIMIT = 75
INPUT_LIMIT = 3000
MOST_BUTTONS = 10
MOST_OPTIONS = 100
VALUE = "value"
"""The action id of every field that does nothing before the form is submitted."""

SEEN = "seen"
"""Under this name a form that is sent twice keeps which text it has shown as understood."""


def digest(text: str) -> str:
    """Tells whether a text is the one that was shown."""
    return sha256(text.strip().encode()).hexdigest()[:16]


def field(
    name: str,
    label: str,
    element: Element,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """One labelled field; its block id is its name, so that what was typed survives a change of the form."""
    return given(
        type="input",
        block_id=name,
        label=plain(label, LABEL_LIMIT),
        element=element,
        hint=plain(hint, LABEL_LIMIT) if hint else None,
        optional=optional,
        dispatch_action=dispatch,
    )


def perhaps_meant(command: str) -> list[Block]:
    """A form that opened with what may have been a command."""
    return [context(f"Did you mean `{command}`? Then close this form and type that.")] if command else []


def text(value: str = "", *, multiline: bool = False, limit: int = INPUT_LIMIT, action_id: str = VALUE) -> Element:
    """`limit` is told to Slack only when the value fits, so that a form with an over-long text still opens.

    With an `action_id` of its own, in a field that dispatches, Slack tells of what is typed while it is written.
    """
    return given(
        type="plain_text_input",
        action_id=str(action_id),
        dispatch_action_config={"trigger_actions_on": ["on_character_entered"]} if action_id != VALUE else None,
        initial_value=value[:INPUT_LIMIT],
        multiline=multiline,
        max_length=limit if len(value) <= limit < INPUT_LIMIT else None,
    )


def choice(options: Sequence[tuple[str, str]], value: str = "", *, action_id: str = VALUE) -> Element:
    """(value, label) pairs: radio buttons while they are few, else a menu."""
    found = _offered(options)
    return given(
        type="radio_buttons" if len(found) <= MOST_BUTTONS else "static_select",
        action_id=str(action_id),
        options=found,
        initial_option=next((option for option in found if option["value"] == value), None),
    )


def menu(options: Sequence[tuple[str, str]], value: str, *, action_id: str = VALUE) -> Element:
    """(value, label) pairs in a menu, however few, with one chosen already."""
    return {**choice(options, value, action_id=action_id), "type": "static_select"}


def overflow(options: Sequence[tuple[str, str]], action_id: str) -> Element:
    """(label, value) pairs behind three dots."""
    found = [{"text": plain(label, OPTION_LIMIT), "value": value} for label, value in options]
    return {"type": "overflow", "action_id": str(action_id), "options": found}


def choices(options: Sequence[tuple[str, str]], values: Sequence[str] = (), *, action_id: str = VALUE) -> Element:
    """(value, label) pairs, of which any number may be chosen: checkboxes while they are few, else a menu."""
    found = _offered(options)
    return given(
        type="checkboxes" if len(found) <= MOST_BUTTONS else "multi_static_select",
        action_id=str(action_id),
        options=found,
        initial_options=[option for option in found if option["value"] in values],
    )


def grouped_choices(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], values: Sequence[str]) -> Element:
    """A menu of (value, label) pairs below headings, of which any number may be chosen."""
    drawn = [(heading, _offered(options)) for heading, options in groups]
    return given(
        type="multi_static_select",
        action_id=VALUE,
        option_groups=[{"label": plain(heading, OPTION_LIMIT), "options": options} for heading, options in drawn],
        initial_options=[option for _, options in drawn for option in options if option["value"] in values],
    )


def _offered(options: Sequence[tuple[str, str]]) -> list[Json]:
    return [{"value": key, "text": plain(label, OPTION_LIMIT)} for key, label in options]


def number(value: str = "") -> Element:
    """Slack refuses a form that opens with anything but a number."""
    known = value if NUMBER.fullmatch(value) else ""
    return given(type="number_input", action_id=VALUE, is_decimal_allowed=True, initial_value=known)


def person(value: str = "", *, action_id: str = VALUE) -> Element:
    """Nobody is chosen in the place of somebody who was erased."""
    return given(type="users_select", action_id=str(action_id), initial_user="" if is_erased(value) else value)


def people(values: Sequence[str] = (), *, limit: int) -> Element:
    """Without those who were erased: Slack refuses a form with ids it does not know."""
    known = [each for each in values if not is_erased(each)]
    return given(type="multi_users_select", action_id=VALUE, initial_users=known, max_selected_items=limit)


def day(value: date | str | None = None) -> Element:
    return given(type="datepicker", action_id=VALUE, initial_date=str(value) if value else None)


def ids(view: Json) -> dict[str, str]:
    """What `kit.modal` was given as ids."""
    found: dict[str, str] = json.loads(view.get("private_metadata") or "{}")
    return found


def values(view: Json) -> dict[str, str]:
    """What was filled in, by field; several people are joined by commas, several choices by line breaks, and empty
    fields are left out."""
    found: dict[str, str] = {}
    for name, actions in view["state"]["values"].items():
        for state in actions.values():
            if value := _value(state):
                found[field_name(name)] = value
    return found


def about(name: str, whom: str) -> str:
    """The block id of a field that must not keep what was typed into it about somebody else."""
    return f"{name}.{whom}" if whom else name


def field_name(block_id: str) -> str:
    return block_id.partition(".")[0]


def tells(view: Json) -> bool:
    """Whether Slack says what stands in its fields, which it may not do of a form that was closed."""
    return bool(view.get("state", {}).get("values"))


def shown(view: Json) -> list[str]:
    """The names of all fields, filled in or not."""
    return [field_name(block["block_id"]) for block in view["blocks"] if block["type"] == "input"]


def _value(state: Json) -> str:
    selected: Any = state.get("selected_option")
    if selected:
        return str(selected["value"])
    if state.get("selected_options"):
        return "\n".join(str(option["value"]) for option in state["selected_options"])
    if state.get("selected_users"):
        return ",".join(state["selected_users"])
    found = state.get("value") or state.get("selected_user") or state.get("selected_date") or ""
    return str(found)
