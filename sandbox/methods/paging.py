"""Cursor pages. A list of two or more never fits one page here, so that no app gets away without asking on."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.errors import SlackError
from sandbox.methods.call import MethodCall

T = TypeVar("T")


def page(call: MethodCall, items: Sequence[tuple[str, T]], *, limit: int) -> tuple[list[T], str]:
    """One page of (key, item) pairs, and the cursor of the next or an empty string.

    A cursor names the key its page begins with, so that items added meanwhile neither repeat nor hide others, and
    the list it goes on with: Slack does not say what it makes of another method's or channel's; here it is refused.
    """
    which = f"{call.method}:{call.text('channel')}"
    cursor = call.text("cursor")
    size = min(limit, max(1, (len(items) + 1) // 2))
    start = _position(items, which, cursor) if cursor else 0
    rest = items[start + size :]
    following = base64.b64encode(f"{which}:{rest[0][0]}".encode()).decode() if rest else ""
    return [item for _, item in items[start : start + size]], following


def _position(items: Sequence[tuple[str, T]], which: str, cursor: str) -> int:
    try:
        asked, _, key = base64.b64decode(cursor, validate=True).decode().rpartition(":")
        keys = [item_key for item_key, _ in items]
        position = keys.index(key)
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if asked != which:
        raise SlackError("invalid_cursor")
    return position
