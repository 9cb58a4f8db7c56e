"""Who a sentence says is to do something."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from briefs.cues import Cues
from briefs.words import plain, words
from domain.threads import Message

_LEAST = 3
"""Letters of a first name that may be found in any text."""


@dataclass(frozen=True)
class People:
    names: Mapping[str, str]

    @cached_property
    def called(self) -> dict[str, str]:
        """Who is meant by a name: the whole one, or a first name that only one of them has."""
        found: dict[str, set[str]] = {}
        for who, name in self.names.items():
            said = words(name)
            firsts = [said[0]] if said and len(said[0]) >= _LEAST else []
            for each in {" ".join(said), *firsts} - {""}:
                found.setdefault(each, set()).add(who)
        return {name: ids.copy().pop() for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _said(self) -> re.Pattern[str]:
        ordered = sorted(self.called, key=lambda each: (-len(each), each))
        return re.compile(rf"(?<!\w)@?(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?!\w)")

    def is_assigned(self, said: str) -> bool:
        """Whether a text in small letters begins with whoever is to do it."""
        found = self._said.match(said)
        return found is not None and _ASSIGNS.match(said, found.end()) is not None

    def named(self, text: str) -> list[tuple[int, str]]:
        """Where in a text in small letters somebody is named, and who."""
        return [(each.start(), self.called[each[0].removeprefix("@")]) for each in self._said.finditer(text)]


_ASSIGNS = re.compile(r"\s?(?:[:\uff1a]|to\s|will\s|takes\s)")
"""After a name with which a sentence begins: "Ben: the minutes", "ben to write them"."""
_NOT_AN_OWNER = (
    frozenset(["about", "cc", "for", "from", "of", "with", "to", "than", "like", "thanks", "and", "or", "mit", "von"])
    | frozenset(["für", "danke", "und", "avec", "de", "pour", "merci", "et", "con", "para", "gracias", "y", "com"])
    | frozenset(["per", "grazie", "met", "van", "bedankt"])
)
"""Whoever is named after one of these is rather part of what is to be done."""


def owner(sentence: str, message: Message, people: People, cues: Cues) -> str:
    """The first who is named as one; whoever says "I will"; else nobody."""
    said = plain(sentence)
    takes = cues.takes.search(said)
    for place, who in people.named(said):
        before = words(said[:place])
        if takes and takes.start() < place:
            break
        if not before or before[-1] not in _NOT_AN_OWNER:
            return who
    return message.by if takes else ""
