"""Reading back what Slack makes of text that people type after a command, or have posted."""

import re
from collections.abc import Mapping

from domain.due_said import Mention
from surface.kit import cut

LINK = re.compile(r"<([@#!]?)([^|<>]+)(?:\|([^<>]*))?>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
MARKED = re.compile(r"<[^<>]*>|(?<![\w*_~`])([*_~`])(?=\S)([^\n]{0,300}?\S)\1(?![\w*_~`])")
"""Bold, italic, struck and code, which stand in the text as signs around it; or a link, whose signs are its own."""
MARKS_DEEP = 3
READ = 6000
"""So much of a message is read at most: no form takes as much."""


PERSON = re.compile(r"<@([^|<>]+)(?:\|[^<>]*)?>")


def mentions(text: str) -> tuple[Mention, ...]:
    """The people in it, in order, as `plain` leaves them among the words."""
    return tuple(Mention(found[1], plain(found[0])) for found in PERSON.finditer(text))


def plain(text: str, names: Mapping[str, str] | None = None) -> str:
    """Mentions and links as people read them, and Slack's three entities as the signs they are. After a command Slack
    says how those mentioned are called; of a message, `names` does."""
    found = LINK.sub(lambda link: _read(link, names or {}), text)
    for entity, sign in ENTITIES:
        found = found.replace(entity, sign)
    return found.strip()


def as_read(text: str, names: Mapping[str, str]) -> str:
    """The text of a message, also without the signs that make it bold or code."""
    text = text[:READ]
    for _ in range(MARKS_DEEP):
        text = MARKED.sub(lambda found: found[2] if found[1] else found[0], text)
    return plain(text.replace("```", ""), names)


def _read(link: re.Match[str], names: Mapping[str, str]) -> str:
    sign, target, label = link[1], link[2], link[3] or ""
    if sign == "!":
        kind = target.partition("^")[0]
        return label or ("a user group" if kind == "subteam" else f"@{kind}")
    return names.get(target) or sign + (label or target.removeprefix("mailto:"))


def mentioned(text: str) -> set[str]:
    """The ids of the people and channels it names."""
    return {link[2] for link in LINK.finditer(text) if link[1] in ("@", "#")}


def first_line(text: str, limit: int) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return cut(next(filter(None, lines), ""), limit)
