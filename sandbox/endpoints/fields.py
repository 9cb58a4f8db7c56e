"""What a request of the page says, checked before anything is done with it."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.errors import PageError
from sandbox.state import Json

_TEXTS = (
    "action_id", "after", "again", "around", "as", "before", "block_id", "callback_id", "channel", "command",
    "delivery", "file", "id", "keep", "q", "name", "team", "text", "thread", "thread_ts", "topic", "ts", "unread_from",
    "user", "view_id", "viewing",
)  # fmt: skip
TYPES: dict[str, type] = {**dict.fromkeys(_TEXTS, str), "container": dict, "files": list, "state": dict, "users": list}


class Fields(Json):
    """The fields of a request. What is missing or of the wrong type is the requester's mistake."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        given = {name: value for name, value in said.items() if value is not None or name not in TYPES}
        super().__init__({name: _checked(name, value) for name, value in given.items()})

    def __missing__(self, name: str) -> None:
        raise PageError("missing_field", field=name)


def _checked(name: str, value: Any) -> Any:
    if name in TYPES and not (isinstance(value, TYPES[name]) and _holds(name, value)):
        raise PageError("wrong_value", field=name)
    return Fields(value) if name == "container" else value


def _holds(name: str, value: Any) -> bool:
    """Whether what is in it is right as well."""
    if name == "state":
        return all(isinstance(values, dict) for values in value.values())
    return not isinstance(value, list) or all(isinstance(each, str) for each in value)


def whole(fields: Json, name: str, default: int | None = None) -> int:
    """A field that counts something."""
    value = str(fields[name] if default is None else fields.get(name, default))
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII):
        raise PageError("wrong_value", field=name)
    return int(value)
