"""The options somebody raised: lists, "option B: ...", "this or that?", and proposals marked as such."""

import re
from collections.abc import Iterator

from briefs.marks import MarkKind
from briefs.quotes import quoted
from briefs.reading import Reading
from briefs.words import is_question, length, plain
from domain.briefs import Option, Statement
from domain.threads import Message

MOST = 8
_LEAST = 2
"""Items of a list that is one of options."""
_WORDS = 5
"""At most on either side of "or"."""
_NAMED = re.compile(
    r"^[^\w\n]{0,9}(?:option|opción|opção|opzione|optie|variante|alternative?|plan|案)\s?[a-h1-9]\b\s?[:.)\-\u2013\uff1a]\s?(?P<said>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_LISTED = re.compile(
    r"^[^\S\n]{0,9}(?:[-*•]|\(?[a-h1-9][.)]|:(?:one|two|three|four|five):|[1-5]\ufe0f?\u20e3)\s*(?P<said>\S.*)$",
    re.MULTILINE,
)
_EDGE = re.compile(r".*[,:;(—\u2013]\s", re.DOTALL)
_ASIDE = " ?\uff1f.!\"'"


def options(reading: Reading) -> tuple[Option, ...]:
    """The first so many of them, each once."""
    found: dict[str, Statement] = {}
    for message in reading.messages:
        for part in _parts(reading, message):
            if words := part.strip():
                found.setdefault(plain(words), quoted(reading, message, words))
    return tuple(Option(each) for each in list(found.values())[:MOST])


def _parts(reading: Reading, message: Message) -> Iterator[str]:
    text = message.text
    yield from (each["said"] for each in _NAMED.finditer(text))
    if not reading.marked(message.ts, MarkKind.ACTION, MarkKind.DECISION):
        listed = [each["said"] for each in _LISTED.finditer(text)]
        yield from listed if len(listed) >= _LEAST else ()
    yield from (mark.text for mark in reading.marked(message.ts, MarkKind.PROPOSAL))
    for sentence in reading.sentences[message.ts]:
        if is_question(sentence.text):
            yield from _either(reading, sentence.text)


def _either(reading: Reading, asked: str) -> Iterator[str]:
    """ "Postgres or MySQL?": both sides, if both are short."""
    found = reading.cues.either.search(plain(asked))
    if not found:
        return
    before, after = _EDGE.sub("", asked[: found.start()]).strip(_ASIDE), asked[found.end() :].strip(_ASIDE)
    before = " ".join(before.split()) if before.split() == before.split(" ") else ""
    if 0 < length(before) <= _WORDS * 2 and 0 < length(after) <= _WORDS:
        yield before
        yield after
