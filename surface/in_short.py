"""What the answers of a run come to, above them."""

from collections.abc import Iterator
from itertools import groupby

from domain.briefs import Made, WhyNot
from domain.cards import RunCard
from domain.in_short import ROOM, Short, in_short
from domain.words import count_text, joined
from surface.brief_texts import BY_MODEL, MODEL_ROOM, WHY_NOT
from surface.kit import Block, context, header, line, sections

HEAD = "In short"
NAMED = 3
BY_RULES = "Found without a language model, word for word."
NAME_ROOM = 60


def blocks(card: RunCard) -> list[Block]:
    """Nothing where nothing stands out."""
    found, made = in_short(card)
    if not found:
        return []
    return [header(HEAD), *sections(_lines(found, is_worded=bool(made.model))), context(_how(made))]


def _lines(found: list[Short], *, is_worded: bool) -> Iterator[str]:
    for head, of_head in groupby(found, key=lambda each: each.head):
        yield f"*{head}*"
        yield from (f"\N{BULLET} {_worded(each) if is_worded else _quoted(each)}" for each in of_head)


def _worded(short: Short) -> str:
    owner = f"{line(short.owner, NAME_ROOM)}: " if short.owner else ""
    said = owner + line(short.text, ROOM) + (f", by {short.due}" if short.due else "")
    return f"{said} ({_names(short.people)})" if short.people and short.people != (short.owner,) else said


def _quoted(short: Short) -> str:
    said = f"“{line(short.text, ROOM)}”" + (f", by {short.due}" if short.due else "")
    others = short.people[1:] if short.people else ()
    more = _names(others) if others else count_text(short.near, "other") if short.near else ""
    near = f" (similar: {more})" if short.near else ""
    return f"_{line(short.people[0], NAME_ROOM)}_ {said}{near}" if short.people else f"{said}{near}"


def _names(people: tuple[str, ...]) -> str:
    more = len(people) - NAMED
    shown = [line(each, NAME_ROOM) for each in people[:NAMED]] + ([f"{more} more"] if more > 0 else [])
    return joined(shown)


def _how(made: Made) -> str:
    if made.model:
        return BY_MODEL.format(model=line(made.model, MODEL_ROOM)).replace("thread", "answers")
    if made.why_not in (None, WhyNot.OFF_HERE):
        return BY_RULES
    why = WHY_NOT[made.why_not].format(failed=made.failed, of=made.of)
    return f"{why.replace('thread', 'check-in')} {BY_RULES}"
