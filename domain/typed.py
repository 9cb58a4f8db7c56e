"""Telling what somebody typed after a command from a title for what it makes."""

import re
from collections.abc import Collection

from domain.library import closest

NUMBER = re.compile(r"[ad]\s?-?\s?\d+[,;]?", re.IGNORECASE)
MOST_WORDS = 3
"""A title that begins with a command's word, such as "List all suppliers of Q3", has more."""


def is_mistyped(text: str, words: Collection[str]) -> bool:
    """It is no title: numbers of records, or one word that is nearly one of the command's."""
    typed = text.casefold().split()
    if typed and all(NUMBER.fullmatch(each) for each in typed):
        return True
    return len(typed) == 1 and bool(closest(typed[0], words))


def may_be_meant(text: str, words: Collection[str]) -> str:
    """The command's word that a short text begins with, which may be a title as well; empty if there is none."""
    typed = text.casefold().split()
    return typed[0] if 1 < len(typed) <= MOST_WORDS and typed[0] in words else ""
