"""Chance without memory: every choice is a function of a seed and of what it is about, and of nothing else."""

import re
from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")

LINKS = re.compile(r"<([@#!]?)[^>|]*\|?([^>]*)>")
NUMBERED = re.compile(r"\b[A-Z]{1,2}-\d+\b")
MARK = re.compile(r"\s*\[[0-9a-z]{4}-[0-9a-z]{4}\]")
LETTERS = "0123456789abcdefghijkmnopqrstuvwxyz"


def dice(*about: object) -> Random:
    """The dice for one choice. What is thrown elsewhere, before or after, changes nothing about it."""
    return Random(_number(about))  # noqa: S311 - no secret hangs on it


def happens(chance: float, *about: object) -> bool:
    return dice("whether", *about).random() < chance


def pick(choices: Sequence[tuple[T, float]], *about: object) -> T:
    """One of (choice, weight) pairs."""
    named, weights = zip(*choices, strict=True)
    chosen: T = dice(*about).choices(named, weights)[0]
    return chosen


def mark(*about: object) -> str:
    """A short token that no other text carries."""
    number = _number(about)
    letters = [LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(8)]
    return f"[{''.join(letters[:4])}-{''.join(letters[4:])}]"


def gist(texts: Sequence[str]) -> str:
    """What a text says apart from who was numbered how: the stable part of what a choice is about."""
    plain = MARK.sub("", LINKS.sub(r"\1\2", " ".join(texts)))
    return NUMBERED.sub("#", plain)


def _number(about: tuple[object, ...]) -> int:
    return int.from_bytes(sha256("\x1f".join(map(str, about)).encode()).digest()[:16])
