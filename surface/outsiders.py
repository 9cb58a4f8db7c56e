"""Those outside a private channel: the warning before they are named, and what is left once they no longer are."""

from collections.abc import Sequence

from domain.people import Person
from domain.words import joined as joined_names
from surface.kit import Block, Message, context, escape, message, names, section

ID = "outsiders"
"""The name under which a form keeps whom it has warned about."""
SHOWN_NAMES = 30
NO_LONGER = "This is with others now. There is nothing left for you to do here."
ERASED = "What stood here was erased on request."


def warning(outsiders: Sequence[Person], place: str, what: str, *, label: str) -> list[Block]:
    """`label`: of the button that sends the form, as `submit` is given it."""
    if not outsiders:
        return []
    more = len(outsiders) - SHOWN_NAMES
    who = names([*(person.name for person in outsiders[:SHOWN_NAMES]), *([f"{more} more"] if more > 0 else [])])
    verb = "is" if len(outsiders) == 1 else "are"
    warns = f":warning: *{who} {verb} not in {escape(place)} and will see {what}.*"
    return [section(f"{warns} Press *{submit(label, outsiders)}*, or choose somebody else.")]


def hint(outsiders: Sequence[Person], chosen: str, hint: str) -> str:
    """Under a field that names some of them, who they are: of a long form the warning may not be in view. `chosen` as
    the form gives it."""
    found = [person.name for person in outsiders if person.id in chosen.split(",")]
    more = len(found) - SHOWN_NAMES
    who = joined_names([*found[:SHOWN_NAMES], *([f"{more} more"] if more > 0 else [])])
    return f"Not in the channel, and will see it: {who}." if found else hint


def submit(label: str, outsiders: Sequence[Person]) -> str:
    """Of a long form only the end may be in view after sending: the button has to tell that something is asked."""
    return f"{label} anyway" if outsiders else label


def joined(outsiders: Sequence[Person]) -> str:
    return ",".join(person.id for person in outsiders)


def no_longer_message(*, is_out: bool) -> Message | None:
    """In the place of a message about what its reader may not see any more; None before it is out."""
    return message(NO_LONGER, [context(NO_LONGER)]) if is_out else None


def erased_message(*, is_out: bool) -> Message | None:
    """In the place of whatever was sent to somebody who was erased since."""
    return message(ERASED, [context(ERASED)]) if is_out else None
