"""A blocker as people see it: in the summary, on Home, in the digest, before the next check-in, and to whoever
facilitates."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from domain.blockers import BlockedCard, Blocker, BlockerState
from domain.people import Person
from domain.words import count_text
from surface import forms
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    cut,
    escape,
    escape_cut,
    message,
    name_of,
    section,
)

NAME_ROOM = 60
TITLE_ROOM = 200
LABEL_ROOM = 40
TOLD = 10
"""So many stand in one message to the facilitator."""
STILL = (("still", "Still blocked"), ("cleared", "Cleared"))


class Id(StrEnum):
    TAKE = "blocker.take"
    CLEAR = "blocker.clear"
    MAKE_ACTION = "blocker.make_action"


def what_to_do(blocker: Blocker) -> tuple[Element, ...]:
    """Its buttons; none once it is settled."""
    if blocker.is_settled:
        return ()
    title = cut(blocker.title, LABEL_ROOM)
    take = button("I'll take it", Id.TAKE, blocker.id, label=f"I'll take it: {title}")
    clear = button("Cleared", Id.CLEAR, blocker.id, label=f"Cleared: {title}")
    make = button("Make action item", Id.MAKE_ACTION, blocker.id, label=f"Make action item: {title}")
    return (take, clear, make) if blocker.waits else (clear, make)


def rows(blocker: Blocker, people: Mapping[str, Person], *, days: int) -> list[Block]:
    pressed = what_to_do(blocker)
    shown = section(f"{escape_cut(blocker.title, TITLE_ROOM)}\n{standing(blocker, people, days=days)}")
    return [shown, buttons(*pressed)] if pressed else [shown]


def standing(blocker: Blocker, people: Mapping[str, Person], *, days: int) -> str:
    """Who raised it, for how long it has stood, and how it stands."""
    raised_by = f"_{_name(people, blocker.raised_by)}_" if blocker.raised_by else ""
    parts = [raised_by, age(days), _state(blocker, people)]
    return " · ".join(part for part in parts if part)


def age(days: int) -> str:
    return count_text(days, "day") if days else ""


def _state(blocker: Blocker, people: Mapping[str, Person]) -> str:
    if blocker.action_number:
        return f"now *A-{blocker.action_number}*"
    if blocker.state is BlockerState.CLEARED:
        return "cleared"
    if blocker.state is BlockerState.ACKNOWLEDGED:
        return f"taken up by {_name(people, blocker.owner_id)}"
    if blocker.owner_id in people:
        return f"can be cleared by {_name(people, blocker.owner_id)}"
    who = f"{_name(people, blocker.raised_by)} or " if blocker.raised_by else ""
    return f"can be cleared by {who}the facilitator"


def _name(people: Mapping[str, Person], person_id: str) -> str:
    return name_of(people, person_id, NAME_ROOM, says_left=False)


def still_fields(found: Sequence[tuple[str, Blocker]], given: Mapping[str, str]) -> list[Block]:
    """Before the questions of a check-in: what its person was blocked by before, each with the name of its field."""
    return [
        forms.field(name, _still(blocker), forms.choice(STILL, given.get(name, "")), optional=True)
        for name, blocker in found
    ]


def _still(blocker: Blocker) -> str:
    so_far = " It has been cleared since." if blocker.state is BlockerState.CLEARED else ""
    return f"Last time you were blocked by: {cut(blocker.title, TITLE_ROOM)}.{so_far} Still?"


def blocked_message(card: BlockedCard, *, is_out: bool) -> Message | None:
    """To the facilitator; None when there is nothing to bring any more and it has not gone out."""
    what = f"{card.ritual} in {card.place}"
    if not card.waiting:
        done = f"Blockers of {what}: somebody has taken up or cleared each of them. Thank you."
        return message(escape(done), [context(escape(done))]) if is_out else None
    count = count_text(len(card.waiting), "blocker")
    wait = "waits" if len(card.waiting) == 1 else "wait"
    head = f"{count} of {what} {wait} for somebody to take {'it' if len(card.waiting) == 1 else 'them'} up."
    blocks = [section(escape(head))]
    for blocker in card.waiting[:TOLD]:
        blocks += rows(blocker, card.people, days=blocker.days_on(card.today))
    more = len(card.waiting) - TOLD
    blocks += [context(f"and {more} more in the summaries")] if more > 0 else []
    why = "You get this once a working day, as the facilitator, until somebody presses a button at each."
    told = "; ".join(_told(card, blocker) for blocker in card.waiting[:TOLD])
    return message(f"{escape(head)} {told}", [*blocks, context(why)])


def _told(card: BlockedCard, blocker: Blocker) -> str:
    stands = age(blocker.days_on(card.today))
    return escape_cut(blocker.title, TITLE_ROOM) + (f" ({stands})" if stands else "")
