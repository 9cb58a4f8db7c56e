"""A blocker as people see it: in the summary, on Home, in the digest, in the history, and before the next check-in."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from domain.blockers import Blocker, BlockerState, Passed
from domain.people import Person
from domain.summaries import SHOWN_TITLE
from domain.words import count_text
from surface import forms
from surface.kit import Block, Element, button, buttons, cut, escape_cut, name_of, section

NAME_ROOM = 60
LABEL_ROOM = 40
LINE_ROOM = 120
WHY_ROOM = 120
"""For why somebody passed it on, where it stands among others."""
STILL = (("still", "Still blocked"), ("cleared", "Cleared"))


class Id(StrEnum):
    TAKE = "blocker.take"
    CLEAR = "blocker.clear"
    STILL = "blocker.still"
    FORWARD = "blocker.pass_on"
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


def rows(blocker: Blocker, people: Mapping[str, Person], *, days: int, reader_id: str = "") -> list[Block]:
    pressed = what_to_do(blocker)
    shown = section(
        f"{escape_cut(blocker.title, SHOWN_TITLE)}\n{standing(blocker, people, days=days, reader_id=reader_id)}"
    )
    return [shown, buttons(*pressed)] if pressed else [shown]


def standing(blocker: Blocker, people: Mapping[str, Person], *, days: int, reader_id: str = "") -> str:
    """Who raised it, for how long it has stood, and how it stands; `reader_id` where only one person reads it."""
    raised_by = f"_{named(people, blocker.raised_by)}_" if blocker.raised_by else ""
    if reader_id and blocker.raised_by == reader_id:
        raised_by = "raised by you"
    parts = [raised_by, age(days, is_one_reader=reader_id != ""), _state(blocker, people, reader_id)]
    return " · ".join(part for part in parts if part)


def still_open(found: Sequence[Blocker]) -> str:
    """ "2 blockers open"; nothing where there were none."""
    unsettled = sum(not each.is_settled for each in found)
    return f"{count_text(unsettled, 'blocker') if unsettled else 'no blockers'} open" if found else ""


def became(blocker: Blocker, people: Mapping[str, Person]) -> str:
    """In one line, for those who look back."""
    by = f" by {named(people, blocker.moved_by)}" if blocker.is_settled and blocker.moved_by else ""
    return f"• {escape_cut(blocker.title, LINE_ROOM)} · {_state(blocker, people, '')}{by}"


def count(found: Sequence[Blocker]) -> str:
    """ "2", or "4 open, 5 cleared" once some are settled."""
    items = sum(each.action_number is not None for each in found)
    unsettled = sum(not each.is_settled for each in found)
    cleared = len(found) - unsettled - items
    if unsettled == len(found):
        return f"{unsettled}"
    told = (
        (unsettled, f"{unsettled} open"),
        (cleared, f"{cleared} cleared"),
        (items, count_text(items, "action item")),
    )
    return ", ".join(text for number, text in told if number)


def age(days: int, *, is_one_reader: bool) -> str:
    """In working days where it is for one person, whose days off are known."""
    return count_text(days, "working day" if is_one_reader else "day") if days else ""


def _state(blocker: Blocker, people: Mapping[str, Person], reader_id: str) -> str:
    owner = "you" if reader_id and blocker.owner_id == reader_id else named(people, blocker.owner_id)
    if blocker.action_number:
        return f"now *A-{blocker.action_number}*"
    if blocker.state is BlockerState.CLEARED:
        return "cleared"
    if blocker.state is BlockerState.ACKNOWLEDGED:
        return f"taken up by {owner}"
    if blocker.last_passed:
        return _passed(blocker.last_passed, people)
    again = "open again · " if blocker.is_open_again else ""
    return again + (f"can be cleared by {owner}" if blocker.owner_id in people else "nobody named yet")


def _passed(last: Passed, people: Mapping[str, Person]) -> str:
    by = named(people, last.by)
    said = f"{by} passed it on to {named(people, last.to)}" if last.to else f"{by} cannot clear it"
    return said + quoted(last.why, WHY_ROOM)


def quoted(why: str, room: int) -> str:
    return f": “{escape_cut(why, room)}”" if why else ""


def named(people: Mapping[str, Person], person_id: str) -> str:
    return name_of(people, person_id, NAME_ROOM, says_left=False)


def still_fields(found: Sequence[tuple[str, Blocker]], given: Mapping[str, str]) -> list[Block]:
    """Before the questions of a check-in: what its person was blocked by before, each with the name of its field."""
    return [
        forms.field(name, _still(blocker), forms.choice(STILL, given.get(name, "")), optional=True)
        for name, blocker in found
    ]


def _still(blocker: Blocker) -> str:
    so_far = " It has been cleared since." if blocker.state is BlockerState.CLEARED else ""
    return f"Last time you were blocked by: {cut(blocker.title, SHOWN_TITLE)}.{so_far} Still?"
