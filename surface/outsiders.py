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
    return [section(f":warning: *{who} {verb} not in {escape(place)} and will see {what}.* Send again to confirm.")]


def joined(outsiders: Sequence[Person]) -> str:
    return ",".join(person.id for person in outsiders)
