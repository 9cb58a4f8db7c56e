"""Small checks that add up to a schema. Each takes a list of problems, a JSON pointer and a value, and adds what
Slack would say, in Slack's words."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Problems = list[str]
Check = Callable[[Problems, str, Any], None]


def complain(problems: Problems, pointer: str, what: str) -> None:
    problems.append(f"[ERROR] {what} [json-pointer:{pointer}]")


def string(most: int, *, least: int = 1, pattern: str | None = None) -> Check:
    def check(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, str):
            complain(problems, pointer, "must be a string")
        elif len(value) > most:
            complain(problems, pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            complain(problems, pointer, f"must be more than {least - 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            complain(problems, pointer, f"input must match regex pattern: {pattern}")

    return check


def boolean(problems: Problems, pointer: str, value: Any) -> None:
    if not isinstance(value, bool):
        complain(problems, pointer, "must be a boolean")


def integer(least: int, most: int) -> Check:
    def check(problems: Problems, pointer: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            complain(problems, pointer, "must be an integer")
        elif not least <= value <= most:
            complain(problems, pointer, f"must be between {least} and {most}")

    return check


def number(problems: Problems, pointer: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        complain(problems, pointer, "must be a number")


def one_of(*allowed: str) -> Check:
    def check(problems: Problems, pointer: str, value: Any) -> None:
        if value not in allowed:
            complain(problems, pointer, f"must be one of: {', '.join(allowed)}")

    return check


def array(item: Check, *, most: int, least: int = 1) -> Check:
    def check(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, list):
            complain(problems, pointer, "must be an array")
            return
        if len(value) > most:
            complain(problems, pointer, f"no more than {most} items allowed")
        if len(value) < least:
            complain(problems, pointer, f"no fewer than {least} items allowed")
        for index, each in enumerate(value):
            item(problems, f"{pointer}/{index}", each)

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, dict):
            complain(problems, pointer, "must provide an object")
            return
        for name in required:
            if name not in value:
                complain(problems, pointer, f"missing required field: {name}")
        for name, each in value.items():
            if name in known:
                known[name](problems, f"{pointer}/{name}", each)
            else:
                complain(problems, pointer, f"invalid additional property: {name}")

    return check


def tagged(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which check applies."""

    def check(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, dict):
            complain(problems, pointer, "must provide an object")
        elif "type" not in value:
            complain(problems, pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            complain(problems, f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            kinds[value["type"]](problems, pointer, value)

    return check


def steps(*checks: Check) -> Check:
    """One check after the other; each looks only at what those before it found well-formed."""

    def check(problems: Problems, pointer: str, value: Any) -> None:
        before = len(problems)
        for each in checks:
            each(problems, pointer, value)
            if len(problems) > before:
                return

    return check


def nullable(check: Check) -> Check:
    def check_if_given(problems: Problems, pointer: str, value: Any) -> None:
        if value is not None:
            check(problems, pointer, value)

    return check_if_given


def at_least_one(*names: str) -> Check:
    """An object with one of these fields or more; Slack names the first."""

    def check(problems: Problems, pointer: str, value: Any) -> None:
        if not any(name in value for name in names):
            complain(problems, pointer, f"missing required field: {names[0]}")

    return check


def at_most_one(*names: str) -> Check:
    def check(problems: Problems, pointer: str, value: Any) -> None:
        if sum(name in value for name in names) > 1:
            complain(problems, pointer, f"must provide only one of: {', '.join(names)}")

    return check


def exactly_one(*names: str) -> Check:
    """An object with just one of these fields."""

    def check(problems: Problems, pointer: str, value: Any) -> None:
        if sum(name in value for name in names) != 1:
            complain(problems, pointer, f"must provide exactly one of: {', '.join(names)}")

    return check


def is_fine(check: Check, value: Any) -> bool:
    problems: Problems = []
    check(problems, "", value)
    return not problems


_TYPE = string(255)


def plain(most: int) -> Check:
    return tagged({"plain_text": record({"type": _TYPE, "text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Check:
    """A text object of either kind."""
    mrkdwn = record({"type": _TYPE, "text": string(most)}, {"verbatim": boolean})
    return tagged({"plain_text": plain(most), "mrkdwn": mrkdwn})
