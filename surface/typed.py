"""Reading back what Slack makes of text that people type after a command."""

import re

from domain.due_said import Mention

LINK = re.compile(r"<([@#]?)([^|<>]+)(?:\|([^<>]*))?>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


PERSON = re.compile(r"<@([^|<>]+)(?:\|[^<>]*)?>")


def mentions(text: str) -> tuple[Mention, ...]:
    """The people in it, in order, as `plain` leaves them among the words."""
    return tuple(Mention(found[1], plain(found[0])) for found in PERSON.finditer(text))


def plain(text: str) -> str:
    """Mentions and links as they looked when they were typed, and Slack's three entities as the signs they are."""
    found = LINK.sub(lambda link: link[1] + (link[3] or link[2]), text)
    for entity, sign in ENTITIES:
        found = found.replace(entity, sign)
    return found.strip()
