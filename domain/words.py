"""How people write days."""

from datetime import date


def day_text(day: date) -> str:
    """ "Mon 23 Nov 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"
