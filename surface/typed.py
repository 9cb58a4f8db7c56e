"""Reading back what Slack makes of text that people type after a command."""

import re

LINK = re.compile(r"<([@#]?)([^|<>]+)(?:\|([^<>]*))?>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def plain(text: str) -> str:
    """Mentions and links as they looked when they were typed, and Slack's three entities as the signs they are."""
    found = LINK.sub(lambda link: link[1] + (link[3] or link[2]), text)
    for entity, sign in ENTITIES:
        found = found.replace(entity, sign)
    return found.strip()
