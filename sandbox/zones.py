"""The time zones there are."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> frozenset[str]:
    """Looked up once: it opens hundreds of files."""
    return frozenset(available_timezones())
