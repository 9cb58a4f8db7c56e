"""The warning before somebody outside a private channel is named."""

from collections.abc import Sequence

from domain.people import Person
from surface.kit import Block, escape, names, section

ID = "outsiders"
"""The name under which a form keeps whom it has warned about."""


def warning(outsiders: Sequence[Person], place: str, what: str) -> list[Block]:
    if not outsiders:
        return []
    who = names([person.name for person in outsiders])
    verb = "is" if len(outsiders) == 1 else "are"
    warns = f":warning: *{who} {verb} not in {escape(place)} and will see {what}.*"
    return [section(f"{warns} Send it anyway, or choose somebody else.")]


def submit(label: str, outsiders: Sequence[Person]) -> str:
    """Of a long form only the end may be in view after sending: the button has to tell that something is asked."""
    return f"{label} anyway" if outsiders else label


def joined(outsiders: Sequence[Person]) -> str:
    return ",".join(person.id for person in outsiders)
