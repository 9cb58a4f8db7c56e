"""Texts that are compared: without what makes the same words look different."""

import unicodedata
from dataclasses import dataclass

_MARKUP = frozenset("*_~`>")
_SAME = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)


@dataclass(frozen=True)
class Folded:
    text: str
    """Without capitals, markup, and what makes quotes, dashes and spaces differ."""
    places: tuple[int, ...]
    """From where in the original each character is."""


def folded(text: str) -> Folded:
    letters: list[str] = []
    places: list[int] = []
    for place, each in enumerate(text):
        for letter in unicodedata.normalize("NFKC", each).casefold().translate(_SAME):
            is_again = letter.isspace() and (not letters or letters[-1] == " ")
            if letter not in _MARKUP and not is_again:
                letters.append(" " if letter.isspace() else letter)
                places.append(place)
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return Folded("".join(letters), tuple(places))
