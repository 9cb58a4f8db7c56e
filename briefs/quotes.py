"""Statements that are nothing but somebody's words."""

import re
from collections.abc import Iterable

from briefs.reading import Reading
from briefs.words import Sentence
from domain.briefs import Statement
from domain.threads import Message

MOST = 300
_LAST_WORD = re.compile(r"\s+\S*$")


def quoted(reading: Reading, message: Message, part: str = "", also: Iterable[str] = ()) -> Statement:
    """`part` of what the message says, else the whole of it; `also`: the ids of what else it rests on."""
    said = cut(part or message.text.strip())
    sources = {message.ts, *also} & reading.places.keys()
    return Statement(said, tuple(sorted(sources, key=reading.places.__getitem__)), quote=said)


def cut(text: str) -> str:
    """At a word, without a sign that it was cut: it stays word for word."""
    if len(text) <= MOST:
        return text
    short = text[: MOST + 1]
    return (_LAST_WORD.sub("", short) if _LAST_WORD.search(short) else short[:MOST]).rstrip()


def around(message: Message, parts: Iterable[Sentence]) -> str:
    """From the first of these sentences to the last."""
    kept = sorted(parts, key=lambda each: each.start)
    return message.text[kept[0].start : kept[-1].start + len(kept[-1].text)] if kept else ""
