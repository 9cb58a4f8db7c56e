"""What choices of simulated people are about, and the tokens in what they write."""

import re
from collections.abc import Sequence

from sandbox.chance import number

LINKS = re.compile(r"<([@#!]?)[^>|]*\|?([^>]*)>")
NUMBERED = re.compile(r"\b[A-Z]{1,2}-\d+\b")
MARK = re.compile(r"\s*\[[0-9a-z]{4}-[0-9a-z]{4}\]")
LETTERS = "0123456789abcdefghijkmnopqrstuvwxyz"


def mark(*about: object) -> str:
    """A short token that no other text carries."""
    rest, letters = number(*about), ""
    for _ in range(8):
        rest, letter = divmod(rest, len(LETTERS))
        letters += LETTERS[letter]
    return f"[{letters[:4]}-{letters[4:]}]"


def gist(texts: Sequence[str]) -> str:
    """What a text says apart from who was numbered how: the stable part of what a choice is about."""
    plain = MARK.sub("", LINKS.sub(r"\1\2", " ".join(texts)))
    return NUMBERED.sub("#", plain)
