"""A text of which a part is sent under another name, and the way back from what was sent to what people see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    sent: str
    shown: str
    """Of a secret the placeholder too."""
    is_typed: bool = False
    """It is sent as it was typed, and so may be cut anywhere."""


@dataclass(frozen=True)
class Mark:
    """From where to where in a text something else is sent."""

    first: int
    last: int
    piece: Piece


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Of marks that meet, the one that is named first counts."""
    taken: list[Mark] = []
    is_taken = bytearray(len(text))
    for mark in marks:
        if not any(is_taken[mark.first : mark.last]):
            is_taken[mark.first : mark.last] = b"\1" * (mark.last - mark.first)
            taken.append(mark)
    found, end = [], 0
    for mark in sorted(taken, key=lambda each: each.first):
        found += [_typed(text[end : mark.first]), mark.piece]
        end = mark.last
    return tuple(each for each in [*found, _typed(text[end:])] if each.sent or each.shown)


def shortened(parts: Sequence[Piece], most: int, end: str) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    for part in parts:
        if len(part.sent) >= most:
            return (*kept, _typed(part.sent[:most]) if part.is_typed else part, _typed(end))
        most -= len(part.sent)
        kept.append(part)
    return tuple(kept)


def shown(parts: Iterable[Piece], first: int, last: int) -> str:
    """What people see of what was sent from `first` to `last`; a part under another name is shown whole."""
    found, begin = [], 0
    for part in parts:
        end = begin + len(part.sent)
        if begin < last and first < end:
            found.append(part.sent[max(first - begin, 0) : last - begin] if part.is_typed else part.shown)
        begin = end
    return "".join(found)


def _typed(text: str) -> Piece:
    return Piece(text, text, is_typed=True)
