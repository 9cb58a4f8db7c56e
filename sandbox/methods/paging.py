"""Cursor pages. A list of two or more never fits one page here, so that no app gets away without asking on."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.errors import SlackError

T = TypeVar("T")


def page(items: Sequence[tuple[str, T]], *, cursor: str, limit: int) -> tuple[list[T], str]:
    """One page of (key, item) pairs, and the cursor of the next or an empty string.

    A cursor names the key its page begins with, so that items added meanwhile neither repeat nor hide others.
    """
    size = min(limit, max(1, (len(items) + 1) // 2))
    start = _position(items, cursor) if cursor else 0
    rest = items[start + size :]
    following = base64.b64encode(f"next:{rest[0][0]}".encode()).decode() if rest else ""
    return [item for _, item in items[start : start + size]], following


def _position(items: Sequence[tuple[str, T]], cursor: str) -> int:
    try:
        word, _, key = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    keys = [item_key for item_key, _ in items]
    if word != "next" or key not in keys:
        raise SlackError("invalid_cursor")
    return keys.index(key)
