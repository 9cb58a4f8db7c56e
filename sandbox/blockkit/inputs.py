"""Elements to type into, and the one that takes files."""

from typing import Any

from sandbox.blockkit.composition import DISPATCH, element
from sandbox.blockkit.rich_text import RICH_TEXT_BLOCK
from sandbox.blockkit.schema import (
    Check,
    Problems,
    array,
    boolean,
    complain,
    integer,
    plain,
    steps,
    string,
)

MOST_TYPED = 3000
MOST_FILES = 10
NUMBER = string(255, pattern=r"-?\d+(\.\d+)?")


def _typed(required: dict[str, Check] | None = None, **more: Check) -> Check:
    """What the inputs for typing share."""
    optional = {"placeholder": plain(150), "focus_on_load": boolean, "dispatch_action_config": DISPATCH}
    return element(required, optional | more)


def _lengths(problems: Problems, pointer: str, value: Any) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", MOST_TYPED)
    if least > most:
        complain(problems, f"{pointer}/min_length", "must not be more than max_length")
    elif "initial_value" in value:
        string(most, least=least)(problems, f"{pointer}/initial_value", value["initial_value"])


_NUMBERS = ("min_value", "max_value", "initial_value")


def _bounds(problems: Problems, pointer: str, value: Any) -> None:
    least = float(value.get("min_value", "-inf"))
    most = float(value.get("max_value", "inf"))
    if least > most:
        complain(problems, f"{pointer}/min_value", "must not be more than max_value")
    elif "initial_value" in value and not least <= float(value["initial_value"]) <= most:
        complain(problems, f"{pointer}/initial_value", "must be between min_value and max_value")


def _whole_numbers(problems: Problems, pointer: str, value: Any) -> None:
    for name in _NUMBERS:
        if not value["is_decimal_allowed"] and "." in value.get(name, ""):
            complain(problems, f"{pointer}/{name}", "must be an integer")


TEXT_INPUT = steps(
    _typed(
        initial_value=string(MOST_TYPED),
        multiline=boolean,
        min_length=integer(0, MOST_TYPED),
        max_length=integer(1, MOST_TYPED),
    ),
    _lengths,
)
RICH_TEXT_INPUT = _typed(initial_value=RICH_TEXT_BLOCK)

ONLY_IN_MODALS: dict[str, Check] = {
    "number_input": steps(
        _typed({"is_decimal_allowed": boolean}, **dict.fromkeys(_NUMBERS, NUMBER)), _whole_numbers, _bounds
    ),
    "email_text_input": _typed(initial_value=string(MOST_TYPED)),
    "url_text_input": _typed(initial_value=string(MOST_TYPED)),
    "file_input": element(
        {},
        {"filetypes": array(string(255, pattern=r"[a-z0-9]+"), most=100), "max_files": integer(1, MOST_FILES)},
    ),
}
