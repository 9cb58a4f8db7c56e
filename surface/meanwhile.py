"""What the form of a record says once somebody else has changed that record."""

from collections.abc import Callable, Mapping, Sequence

from domain.meanwhile import Meanwhile
from domain.words import joined
from surface.kit import Block, escape, escape_cut, name_of, names, sections

WORDS_ROOM = 600
"""Of each field that both have changed."""
Read = Callable[[str, str], str]
"""What a field holds, by its name, as people read it."""


def blocks(
    found: Meanwhile | None, what: str, *, labels: Mapping[str, str], people: Sequence[str], read: Read
) -> list[Block]:
    """`people`: the fields that name them."""
    if found is None:
        return []
    who = escape(found.by) or "Somebody else"
    lines = [f":warning: *Nothing is saved yet.* {who} changed {what} while you were editing it."]
    if found.taken:
        lines.append(f"Theirs now, as you had not changed it: {_named(found.taken, labels)}.")
    for name, words in found.both.items():
        said = _names(found, words) if words and name in people else _said(read(name, words)) if words else "_nothing_"
        lines.append(f"You both changed {_named((name,), labels)}. Your words stand in the form; {who} wrote:\n{said}")
    return sections([*lines, "Look it through, and press *Save* to keep it as it stands here."])


def _said(words: str) -> str:
    return escape_cut(words, WORDS_ROOM)


def _names(found: Meanwhile, ids: str) -> str:
    return names(sorted(name_of(found.people, each) for each in ids.split(",")))


def _named(fields: Sequence[str], labels: Mapping[str, str]) -> str:
    return joined([f"*{labels[name].rstrip('?')}*" for name in fields])
