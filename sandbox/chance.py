"""Chance without memory: every choice is a function of a seed and of what it is about, and of nothing else."""

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(*about: object) -> Random:
    """The dice for one choice. What is thrown elsewhere, before or after, changes nothing about it."""
    return Random(number(*about))  # noqa: S311 - no secret hangs on it


def happens(chance: float, *about: object) -> bool:
    return dice("whether", *about).random() < chance


def pick(choices: Sequence[tuple[T, float]], *about: object) -> T:
    """One of (choice, weight) pairs."""
    named, weights = zip(*choices, strict=True)
    chosen: T = dice(*about).choices(named, weights)[0]
    return chosen


def number(*about: object) -> int:
    return int.from_bytes(sha256("\x1f".join(map(str, about)).encode()).digest()[:16])
