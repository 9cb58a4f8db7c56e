"""The one door to the machine's time and to chance; everything else gets `now` and ids as arguments."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random, SystemRandom

Clock = Callable[[], datetime]
"""Answers with the present moment, aware and in UTC."""


def machine_now() -> datetime:
    return datetime.now(UTC)


def machine_chance() -> Random:
    """Numbers that nobody can foresee."""
    return SystemRandom()


def new_seed() -> int:
    """A number that nobody chose."""
    return secrets.randbelow(1_000_000)


def new_id() -> str:
    """An opaque id of 128 random bits."""
    return secrets.token_hex(16)
