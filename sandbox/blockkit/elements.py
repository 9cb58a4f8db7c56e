"""The interactive elements of Block Kit and their limits."""

from typing import Any

from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    both,
    complain,
    exactly_one,
    integer,
    one_of,
    plain,
    record,
    string,
    tagged,
    text,
)

MOST_OPTIONS = 100
ID = string(255)
URL = string(3000, pattern=r"(?:https?|mailto|slack):.+")
DATE = string(10, pattern=r"\d{4}-\d{2}-\d{2}")
TIME = string(5, pattern=r"\d{2}:\d{2}")
PERSON = string(255, pattern=r"[UW][A-Z0-9]+")
CONVERSATION = string(255, pattern=r"[CDG][A-Z0-9]+")

CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
# The documents allow 150 characters in a value, Slack's own types 75: the stricter holds here.
OPTION = record({"text": plain(75), "value": string(75)}, {"description": plain(75)})
RICH_OPTION = record({"text": text(75), "value": string(75)}, {"description": text(75)})
OVERFLOW_OPTION = record({"text": plain(75), "value": string(75)}, {"description": plain(75), "url": URL})
OPTION_GROUP = record({"label": plain(75), "options": array(OPTION, most=MOST_OPTIONS)})
DISPATCH = record(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), most=2)},
)
CONVERSATION_FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), most=4),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    },
)


def _element(required: dict[str, Check] | None = None, optional: dict[str, Check] | None = None) -> Check:
    return record({"type": string(255), **(required or {})}, {"action_id": ID, **(optional or {})})


def _picker(**more: Check) -> Check:
    """What selects and pickers share."""
    return _element({}, {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": boolean, **more})


def _typed(**more: Check) -> Check:
    """What the inputs for typing share."""
    optional = {"placeholder": plain(150), "focus_on_load": boolean, "dispatch_action_config": DISPATCH}
    return _element({}, optional | more)


def option_list(element: dict[str, Any]) -> list[dict[str, Any]]:
    groups = element.get("option_groups") or []
    options: list[dict[str, Any]] = list(element.get("options") or [])
    return options + [option for group in groups for option in group["options"]]


def _initial_among_options(problems: Problems, pointer: str, value: Any) -> None:
    if problems:
        return  # Only a well-formed element can be read further.
    chosen = value.get("initial_options") or ([value["initial_option"]] if "initial_option" in value else [])
    if any(option not in option_list(value) for option in chosen):
        complain(problems, pointer, "initial option must match one of the options")


def _unique_values(problems: Problems, pointer: str, value: Any) -> None:
    if problems:
        return
    values = [option["value"] for option in option_list(value)]
    if len(values) != len(set(values)):
        complain(problems, pointer, "option values must be unique")


def _chooser(element: Check) -> Check:
    return both(element, _initial_among_options, _unique_values)


def _select(**more: Check) -> Check:
    options = {
        "options": array(OPTION, most=MOST_OPTIONS),
        "option_groups": array(OPTION_GROUP, most=MOST_OPTIONS),
    }
    return _chooser(both(_picker(**options, **more), exactly_one("options", "option_groups")))


def _multi(initial: str, item: Check) -> Check:
    return _picker(**{initial: array(item, most=MOST_OPTIONS), "max_selected_items": integer(1, MOST_OPTIONS)})


_CONVERSATION_FIELDS = {
    "filter": CONVERSATION_FILTER,
    "default_to_current_conversation": boolean,
}

BUTTON = _element(
    {"text": plain(75)},
    {
        "value": string(2000),
        "url": URL,
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)

NUMBER = string(255, pattern=r"-?\d+(\.\d+)?")


def _says_if_decimal(problems: Problems, pointer: str, value: Any) -> None:
    if "is_decimal_allowed" not in value:
        complain(problems, pointer, "missing required field: is_decimal_allowed")


PICKERS: dict[str, Check] = {
    "static_select": _select(initial_option=OPTION),
    "multi_static_select": _select(
        initial_options=array(OPTION, most=MOST_OPTIONS), max_selected_items=integer(1, MOST_OPTIONS)
    ),
    "users_select": _picker(initial_user=PERSON),
    "multi_users_select": _multi("initial_users", PERSON),
    "conversations_select": _picker(initial_conversation=CONVERSATION, **_CONVERSATION_FIELDS),
    "channels_select": _picker(initial_channel=CONVERSATION),
    "radio_buttons": _chooser(
        _element(
            {"options": array(RICH_OPTION, most=10)},
            {"initial_option": RICH_OPTION, "confirm": CONFIRM, "focus_on_load": boolean},
        )
    ),
    "checkboxes": _chooser(
        _element(
            {"options": array(RICH_OPTION, most=10)},
            {"initial_options": array(RICH_OPTION, most=10), "confirm": CONFIRM, "focus_on_load": boolean},
        )
    ),
    "datepicker": _picker(initial_date=DATE),
    "timepicker": _picker(initial_time=TIME, timezone=string(255)),
}

TYPED: dict[str, Check] = {
    "plain_text_input": _typed(
        initial_value=string(3000),
        multiline=boolean,
        min_length=integer(0, 3000),
        max_length=integer(1, 3000),
    ),
    "number_input": both(
        _typed(is_decimal_allowed=boolean, initial_value=NUMBER, min_value=NUMBER, max_value=NUMBER),
        _says_if_decimal,
    ),
    "email_text_input": _typed(initial_value=string(3000)),
    "url_text_input": _typed(initial_value=string(3000)),
}

OVERFLOW = both(
    _element({"options": array(OVERFLOW_OPTION, most=5)}, {"confirm": CONFIRM}),
    _unique_values,
)
IMAGE = record({"type": string(255), "image_url": URL, "alt_text": string(2000)})

IN_ACTIONS = tagged({"button": BUTTON, "overflow": OVERFLOW, **PICKERS})
IN_SECTION = tagged({"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE, **PICKERS})
IN_INPUT = tagged({**PICKERS, **TYPED})
