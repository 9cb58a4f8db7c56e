"""JSON as Slack reads it: no NaN or Infinity, no halves of a character, nothing without end."""

import json
from math import isfinite
from typing import Any

MOST_DEPTH = 64


def parse(text: str | bytes) -> Any:
    """What a body or a frame says; ValueError if it is no JSON."""
    text = text.decode() if isinstance(text, bytes) else text
    try:
        found = json.loads(text, parse_constant=_refused, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check_depth(found)
    if "\\u" in text:  # Half a character can only come in as an escape, and could not go out again.
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _refused(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _finite(digits: str) -> float:
    if not isfinite(number := float(digits)):
        raise ValueError(f"{digits} is too large")
    return number


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _children(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [child for child in inner if isinstance(child, dict | list)]
