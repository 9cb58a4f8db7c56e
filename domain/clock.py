"""The one door to the machine's time and to chance; everything else gets `now` and ids as arguments."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers with the present moment, aware and in UTC."""


def machine_now() -> datetime:
    return datetime.now(UTC)


def new_seed() -> int:
    """A number that nobody chose."""
    return secrets.randbelow(1_000_000)


def new_id() -> str:
    """An opaque id of 128 random bits."""
    return secrets.token_hex(16)
