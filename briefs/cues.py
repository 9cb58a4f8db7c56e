"""The phrases of the languages a thread is written in, ready to be looked for."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefs.language import Language
from briefs.languages import LANGUAGES
from briefs.words import words

_KANA = re.compile(r"[\u3040-\u30ff]")
_SHARE = 0.18
"""Of the words of a text, so many are among the commonest of its language."""
_BESIDE = 0.34
"""A second language counts where it has so much of the first one's share."""
_LEAST = 3
"""Common words; with fewer nobody can say."""
_SIGNS_A_WORD = 3
_VETO = "veto"
"""One word that is a veto in the middle of others too."""
_WORDLESS = "ja"
"""It writes no words apart."""
_EDGES = (r"(?<![^\W_])", r"(?![^\W_])")
_SIGNS = r"(?<=[\u3040-\u30ff\u3400-\u9fff])"
_LOOSE = (rf"(?:{_EDGES[0]}|{_SIGNS})", rf"(?:{_EDGES[1]}|{_SIGNS})")
_KINDS = ("decides", "proposes", "objects", "defers", "retracts", "takes", "gives", "because", "negates")


@dataclass(frozen=True)
class Cues:
    """Each finds its phrases in a text in small letters."""

    languages: tuple[str, ...]
    decides: re.Pattern[str]
    proposes: re.Pattern[str]
    objects: re.Pattern[str]
    defers: re.Pattern[str]
    retracts: re.Pattern[str]
    takes: re.Pattern[str]
    gives: re.Pattern[str]
    because: re.Pattern[str]
    negates: re.Pattern[str]
    vetoes: re.Pattern[str]
    either: re.Pattern[str]
    short: re.Pattern[str]
    """A whole reply: its group says what it is, `agrees`, `refuses` or `nods`."""


def spoken(texts: Sequence[str]) -> tuple[str, ...]:
    """The languages of these texts, the one most spoken first; none if nobody can say."""
    said = Counter(word for text in texts for word in words(text))
    signs = sum(len(_KANA.findall(text)) for text in texts) // _SIGNS_A_WORD
    total = said.total() + signs
    hits = {tag: sum(said[word] for word in common) for tag, common in _common().items()} | {"ja": signs}
    first = max(sorted(hits), key=lambda tag: hits[tag])
    if hits[first] < max(_LEAST, _SHARE * total):
        return ()
    own = {
        tag: sum(said[word] for word in common - _common().get(first, frozenset())) for tag, common in _common().items()
    }
    beside = [tag for tag, count in (own | {"ja": signs}).items() if tag != first and count >= _BESIDE * hits[first]]
    return (first, *sorted(beside, key=lambda tag: (-own.get(tag, signs), tag))[:1])


@lru_cache
def _common() -> dict[str, frozenset[str]]:
    return {tag: frozenset(entry.common.split()) for tag, entry in LANGUAGES.items() if tag != _WORDLESS}


@lru_cache(maxsize=32)
def cues(tags: tuple[str, ...]) -> Cues:
    """Of these languages together; of none, nothing is found."""
    entries = [LANGUAGES[tag] for tag in tags]
    edges = _LOOSE if _WORDLESS in tags else _EDGES
    found = {kind: _anywhere(_phrases(entries, kind), edges) for kind in _KINDS}
    vetoes = (each for each in _phrases(entries, "refuses") if " " in each or each == _VETO or not each.isascii())
    groups = (f"(?P<{kind}>{_any(_phrases(entries, kind))})" for kind in ("refuses", "agrees", "nods"))
    return Cues(
        tags,
        **found,
        vetoes=_anywhere(vetoes, edges),
        either=re.compile(rf"(?:\s(?:{_any(_phrases(entries, 'either'))})\s|それとも|または)"),
        short=re.compile(rf"(?:{'|'.join(groups)}){edges[1]}"),
    )


def _anywhere(phrases: Iterable[str], edges: tuple[str, str]) -> re.Pattern[str]:
    return re.compile(rf"{edges[0]}(?:{_any(phrases)}){edges[1]}")


def _phrases(entries: Iterable[Language], kind: str) -> list[str]:
    return [phrase for entry in entries for phrase in str(getattr(entry, kind)).split("|")]


def _any(phrases: Iterable[str]) -> str:
    """The longest first, so that the whole phrase is found."""
    ordered = sorted(set(phrases), key=lambda each: (-len(each), each))
    return "|".join(map(_written, ordered)) or r"(?!)"


def _written(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\*", r"\w*")
    return escaped.replace(r"\ \.\.\.\ ", r"\s+(?:\S+\s+){0,3}").replace(r"\ ", r"\s+")
