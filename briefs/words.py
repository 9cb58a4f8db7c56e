"""Words and sentences of a message, each sentence with its place in the text."""

import re
from dataclasses import dataclass

PREFIX = 5
"""So many letters make two words the same: endings differ by language."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_HAN = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CJK = re.compile(rf"[{_HAN}]")
_CJK_RUN = re.compile(rf"[{_HAN}]+")
_BREAK = re.compile(r"\n+|(?<=[。\uff01\uff1f])|(?<=[^\d\s][.!?])\s+|(?<=\d[!?])\s+")
_QUOTED = re.compile(r"^(?:>|&gt;)")


@dataclass(frozen=True)
class Sentence:
    text: str
    start: int
    """Where it begins in the message."""


def plain(text: str) -> str:
    """In small letters, one apostrophe."""
    return text.lower().replace("\u2019", "'")


def is_question(text: str) -> bool:
    return text.rstrip(" )*_~\"'").endswith(("?", "\uff1f"))


def words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def length(text: str) -> int:
    """In words; two signs of Chinese or Japanese count as one."""
    signs = 0 if text.isascii() else len(_CJK.findall(text))
    if not signs:
        return len(_WORD.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text))) + (signs + 1) // 2


def stems(text: str) -> frozenset[str]:
    """What a text is about, roughly: beginnings of its words, pairs of signs where none are between."""
    if text.isascii() or not _CJK.search(text):
        return frozenset(each[:PREFIX] for each in words(text))
    found = {each[:PREFIX] for each in words(_CJK.sub(" ", text))}
    for run in _CJK_RUN.findall(text):
        found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return frozenset(found)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Without lines that quote somebody else, unless there is nothing but those."""
    found, start = [], 0
    for cut in [*_BREAK.finditer(text), None]:
        part = text[start : cut.start() if cut else len(text)]
        if words(part):
            inset = len(part) - len(part.lstrip())
            found.append(Sentence(part.strip(), start + inset))
        start = cut.end() if cut else start
    own = [each for each in found if not _QUOTED.match(each.text)]
    return tuple(own or found)
