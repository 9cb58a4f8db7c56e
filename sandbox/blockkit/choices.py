"""Elements that offer options: the app's own, listed in the element or loaded while somebody types."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.composition import (
    CONFIRM,
    OPTION,
    OVERFLOW_OPTION,
    RICH_OPTION,
    element,
    picker,
)
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    complain,
    exactly_one,
    integer,
    plain,
    record,
    steps,
)

MOST_OPTIONS = 100
MOST_BOXES = 10


def _options_with_own_values(problems: Problems, pointer: str, value: Any) -> None:
    seen: set[str] = set()
    for where, option in _placed_options(value):
        if option["value"] in seen:
            complain(problems, f"{pointer}{where}/value", "option values must be unique")
        seen.add(option["value"])


OPTION_GROUP = record({"label": plain(75), "options": array(OPTION, most=MOST_OPTIONS)})
_LISTED = {
    "options": array(OPTION, most=MOST_OPTIONS),
    "option_groups": array(OPTION_GROUP, most=MOST_OPTIONS),
}
_FOUND = {
    "options": array(OPTION, most=MOST_OPTIONS, least=0),
    "option_groups": array(OPTION_GROUP, most=MOST_OPTIONS, least=0),
}
LOADED = steps(record({}, _FOUND), exactly_one("options", "option_groups"), _options_with_own_values)
"""What an app may answer to somebody who types into an external select."""


def _placed_options(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each option with its pointer within the element."""
    for index, option in enumerate(value.get("options") or []):
        yield f"/options/{index}", option
    for index, group in enumerate(value.get("option_groups") or []):
        for place, option in enumerate(group["options"]):
            yield f"/option_groups/{index}/options/{place}", option


def option_list(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for _, option in _placed_options(value)]


def _initial_among_options(problems: Problems, pointer: str, value: Any) -> None:
    options = option_list(value)
    if "initial_option" in value and value["initial_option"] not in options:
        complain(problems, f"{pointer}/initial_option", "initial option must match one of the options")
    for index, chosen in enumerate(value.get("initial_options") or []):
        if chosen not in options:
            complain(problems, f"{pointer}/initial_options/{index}", "initial option must match one of the options")


def not_too_many(name: str) -> Check:
    """The initial values of a multi-select keep to its `max_selected_items`."""

    def check(problems: Problems, pointer: str, value: Any) -> None:
        most = value.get("max_selected_items", MOST_OPTIONS)
        if len(value.get(name, [])) > most:
            complain(problems, f"{pointer}/{name}", f"no more than {most} items allowed")

    return check


def many(name: str, item: Check) -> dict[str, Check]:
    """The fields of a multi-select of any kind."""
    return {name: array(item, most=MOST_OPTIONS), "max_selected_items": integer(1, MOST_OPTIONS)}


def _select(**more: Check) -> Check:
    shape = steps(picker(**_LISTED, **more), exactly_one("options", "option_groups"))
    return steps(shape, _options_with_own_values, _initial_among_options, not_too_many("initial_options"))


def _boxes(initial: str, item: Check) -> Check:
    optional = {initial: item, "confirm": CONFIRM, "focus_on_load": boolean}
    shape = element({"options": array(RICH_OPTION, most=MOST_BOXES)}, optional)
    return steps(shape, _options_with_own_values, _initial_among_options)


_QUERY = {"min_query_length": integer(0, 255)}

CHOICES: dict[str, Check] = {
    "static_select": _select(initial_option=OPTION),
    "multi_static_select": _select(**many("initial_options", OPTION)),
    "external_select": picker(initial_option=OPTION, **_QUERY),
    "multi_external_select": steps(
        picker(**many("initial_options", OPTION), **_QUERY), not_too_many("initial_options")
    ),
    "radio_buttons": _boxes("initial_option", RICH_OPTION),
    "checkboxes": _boxes("initial_options", array(RICH_OPTION, most=MOST_BOXES)),
}
OVERFLOW = steps(
    element({"options": array(OVERFLOW_OPTION, most=5)}, {"confirm": CONFIRM}),
    _options_with_own_values,
)
