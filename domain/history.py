"""Past runs of a channel's rituals, and searching in their answers."""

from dataclasses import dataclass

from domain.cards import RunCard
from domain.summaries import Line


@dataclass(frozen=True)
class PastRun:
    card: RunCard
    lines: tuple[Line, ...]
    """Those in which the words stand that were looked for."""


@dataclass(frozen=True)
class History:
    words: str
    runs: tuple[PastRun, ...]
    """Newest first."""
    has_more: bool


def matches(line: Line, words: str) -> bool:
    """Whether all the words stand in it, in capitals or not."""
    text = f"{line.person} {line.question} {line.answer}".casefold()
    return all(word in text for word in words.casefold().split())
