"""The answers of a run cut into pages: short ones that fit one message each, and whole ones that fit one view."""

from collections.abc import Sequence

from domain import items_below
from domain.cards import RunCard
from domain.in_short import ROOM, in_short
from domain.summaries import SHOWN_BLOCKERS, SHOWN_TITLE, Line, all_lines, escaped_size, numbers, numbers_by_function

PAGE_WEIGHT = 8000
"""Characters of one message; Slack refuses messages from about 12,000 on, marks and names included."""
PAGE_BLOCKS = 40
"""Of one message, beside its title and what stands below the answers; Slack takes fifty."""
VIEW_WEIGHT = 40_000
"""Characters of a view in which answers stand whole; Slack takes a hundred blocks of 3,000."""
VIEW_ITEMS = 24
"""Answers of a view with a button of their own: each takes up to two blocks."""
BLOCKS_OF_GROUP = 2
"""Its head and its answers."""
GROUP_WEIGHT = 1500
"""What a head in a view costs, so that many short groups do not make too many blocks."""
BLOCKER_WEIGHT = 280
"""What a blocker at the head of the summary may take of its page, beside its title."""

BRIEF_WEIGHT, BRIEF_BLOCKS = 300, 5
"""What a line of a brief takes beside its words, names above all, and so many blocks all of it."""


def pages(card: RunCard) -> list[list[Line]]:
    """All answers in order, long ones folded, at least one page, each light enough for one message; the first may hold
    blockers only."""
    found: list[list[Line]] = [[]]
    heads = [*card.blockers, *card.earlier][:SHOWN_BLOCKERS]
    above = sum(BLOCKER_WEIGHT + min(escaped_size(each.title), SHOWN_TITLE) for each in heads)
    brief, _made = in_short(card)
    above += sum(min(escaped_size(each.text), ROOM) + BRIEF_WEIGHT for each in brief)
    weight = PAGE_WEIGHT - above - _numbers_weight(card) - items_below.weight(card.items)
    blocks = PAGE_BLOCKS - 2 * (len(heads) + 2) - BRIEF_BLOCKS * bool(brief)
    last: Line | None = None
    for line in (each.in_short for each in all_lines(card)):
        if _weight(line, last) > weight or _blocks(line, last) > blocks:
            found.append([])
            weight, blocks, last = PAGE_WEIGHT, PAGE_BLOCKS, None
        found[-1].append(line)
        weight, blocks, last = weight - _weight(line, last), blocks - _blocks(line, last), line
    return found


def _weight(line: Line, last: Line | None) -> int:
    """What stands in the line before is not said again."""
    pairs = ((line.group, last.group), (line.person, last.person), (line.question, last.question)) if last else ()
    return line.weight - sum(escaped_size(mine) for mine, theirs in pairs if mine == theirs)


def _blocks(line: Line, last: Line | None) -> int:
    return BLOCKS_OF_GROUP if line.group and (last is None or line.group != last.group) else 0


def _numbers_weight(card: RunCard) -> int:
    by_function = (each for told in numbers_by_function(card).values() for each in told)
    return sum(escaped_size(text) + 10 for pair in (*numbers(card), *by_function) for text in pair)


def first_of(card: RunCard, page: int) -> int:
    """The place among all its answers, blockers included, of the first on that page of the summary."""
    found = pages(card)
    before = sum(len(each) for each in found[: min(page, len(found)) - 1])
    mine, everything = all_lines(card)[before : before + 1], all_lines(card.answers_alone)
    return everything.index(mine[0]) if mine and mine[0] in everything else 0


def in_view(lines: Sequence[Line], start: int) -> int:
    """Where those end that one view shows whole, from `start` on."""
    return start + _so_many(lines[start:])


def before_view(lines: Sequence[Line], start: int) -> int:
    """Where the view before begins."""
    return start - _so_many(lines[:start][::-1])


def _so_many(lines: Sequence[Line]) -> int:
    room, left, group = VIEW_WEIGHT, VIEW_ITEMS, ""
    for place, line in enumerate(lines):
        room -= line.weight + (GROUP_WEIGHT if line.group != group else 0)
        left -= line.source is not None
        group = line.group
        if (room < 0 or left < 0) and place:
            return place
    return len(lines)
