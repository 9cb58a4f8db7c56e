"""A blocker as people see it: in the summary, on Home, in the digest, before the next check-in, and to whoever
facilitates."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from domain.blockers import BlockedCard, Blocker, BlockerNews, BlockerState, ClearerCard
from domain.people import Person
from domain.summaries import SHOWN_TITLE
from domain.words import count_text, day_text
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
LABEL_ROOM = 40
WHOLE_ROOM = 2400
"""For the words of a blocker that stands alone."""
TOLD = 10
"""So many stand in one message to the facilitator."""
STILL = (("still", "Still blocked"), ("cleared", "Cleared"))


class Id(StrEnum):
    TAKE = "blocker.take"
    CLEAR = "blocker.clear"
    STILL = "blocker.still"
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
    raised_by = f"_{_name(people, blocker.raised_by)}_" if blocker.raised_by else ""
    if reader_id and blocker.raised_by == reader_id:
        raised_by = "raised by you"
    parts = [raised_by, age(days, is_one_reader=reader_id != ""), _state(blocker, people, reader_id)]
    return " · ".join(part for part in parts if part)


def still_open(found: Sequence[Blocker]) -> str:
    """ "2 blockers open"; nothing where there were none."""
    unsettled = sum(not each.is_settled for each in found)
    return f"{count_text(unsettled, 'blocker') if unsettled else 'no blockers'} open" if found else ""


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
    owner = "you" if reader_id and blocker.owner_id == reader_id else _name(people, blocker.owner_id)
    if blocker.action_number:
        return f"now *A-{blocker.action_number}*"
    if blocker.state is BlockerState.CLEARED:
        return "cleared"
    if blocker.state is BlockerState.ACKNOWLEDGED:
        return f"taken up by {owner}"
    again = "open again · " if blocker.is_open_again else ""
    return again + (f"can be cleared by {owner}" if blocker.owner_id in people else "nobody named yet")


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
    return f"Last time you were blocked by: {cut(blocker.title, SHOWN_TITLE)}.{so_far} Still?"


def blocked_message(card: BlockedCard, *, is_out: bool) -> Message | None:
    """To the facilitator; None when there is nothing to bring any more and it has not gone out."""
    what = f"{card.ritual} in {card.place}"
    if not card.waiting:
        done = f"Blockers of {what}: somebody has taken up or cleared each of them. Thank you."
        return message(escape(done), [context(escape(done))]) if is_out else None
    waiting = count_text(len(card.waiting), "blocker")
    wait = "waits" if len(card.waiting) == 1 else "wait"
    head = f"{waiting} of {what} {wait} for somebody to take {'it' if len(card.waiting) == 1 else 'them'} up."
    blocks = [section(escape(head))]
    for blocker in card.waiting[:TOLD]:
        blocks += rows(blocker, card.people, days=blocker.days_on(card.today, card.reader), reader_id=card.reader.id)
    more = len(card.waiting) - TOLD
    blocks += [context(f"and {more} more in the summaries")] if more > 0 else []
    why = "You get this once a working day, as the facilitator, until somebody presses a button at each."
    told = "; ".join(_told(card, blocker) for blocker in card.waiting[:TOLD])
    return message(f"{escape(head)} {told}", [*blocks, context(why)])


def _told(card: BlockedCard, blocker: Blocker) -> str:
    stands = age(blocker.days_on(card.today, card.reader), is_one_reader=True)
    return escape_cut(blocker.title, SHOWN_TITLE) + (f" ({stands})" if stands else "")


def clearer_message(card: ClearerCard, *, is_out: bool) -> Message | None:
    """To somebody whom an answer names; None when nothing waits for them any more and it has not gone out."""
    if not card.waits and not is_out:
        return None
    whose = _name(card.people, card.raised_by) if card.raised_by else "Somebody"
    if not card.found:
        gone = f"{whose} has changed the answer that named you. There is nothing for you to do any more."
        return message(gone, [context(gone)])
    head = f"{whose} {_is_blocked(card)}:"
    told = "; ".join(escape_cut(each.title, _room(card)) for each in card.found[:TOLD])
    shown = [block for each in card.found[:TOLD] for block in _for_clearer(each, card)]
    more = len(card.found) - TOLD
    shown += [context(f"and {more} more in the summary")] if more > 0 else []
    return message(f"{head} {told}", [section(head), *shown, context(_why_you(card))])


def _room(card: ClearerCard) -> int:
    return WHOLE_ROOM if len(card.found) == 1 else SHOWN_TITLE


def _is_blocked(card: ClearerCard) -> str:
    is_over, is_one = all(each.is_settled for each in card.found), len(card.found) == 1
    is_, says = ("was", "said") if is_over else ("is", "says")
    by, them = ("", "it") if is_one else (f" by {len(card.found)} things", "them")
    unnamed = "" if card.raised_by else ", without a name,"
    return f"{is_} blocked{by} and {says}{unnamed} that you can clear {them}"


def _for_clearer(blocker: Blocker, card: ClearerCard) -> list[Block]:
    """With buttons as long as nobody else has it in hand."""
    title, done = f"*{escape_cut(blocker.title, _room(card))}*", _done(blocker, card.people, card.reader.id)
    is_free = blocker.waits or blocker.owner_id == card.reader.id
    pressed = what_to_do(blocker) if is_free else ()
    return [section(f"{title}\n{done}." if done else title), *([buttons(*pressed)] if pressed else [])]


def _why_you(card: ClearerCard) -> str:
    where = f"From {escape(card.ritual)} in {escape(card.place)}."
    if not card.waits:
        return where
    if not card.raised_by:
        return f"{where} You get this once, because an anonymous answer names you."
    name = _name(card.people, card.raised_by)
    return f"{where} {name} named you, and hears which button you press. You get this once."


def _done(blocker: Blocker, people: Mapping[str, Person], reader_id: str) -> str:
    """What somebody has done about it; nothing while nobody has."""
    if blocker.is_open_again:
        return _objection(blocker, people, reader_id)
    actor = blocker.moved_by
    who = "You have" if actor == reader_id else f"{_name(people, actor)} has"
    if blocker.action_number:
        return f"{who} made *A-{blocker.action_number}* of it"
    if blocker.state is BlockerState.CLEARED:
        return f"{who} said that it is cleared"
    return f"{who} taken it up" if actor else ""


def _objection(blocker: Blocker, people: Mapping[str, Person], reader_id: str) -> str:
    if blocker.raised_by == reader_id:
        return "You said that it still blocks you"
    who = "You" if blocker.cleared_by == reader_id else _name(people, blocker.cleared_by)
    return f"{who} said that it is cleared, but {_name(people, blocker.raised_by)} is still blocked by it"


def news_message(card: BlockerNews, *, is_out: bool) -> Message | None:
    """To whoever raised it; None when nothing has come of it that they do not know, and it has not gone out."""
    blocker, reader_id = card.blocker, card.reader.id
    if blocker.moved_by in ("", reader_id) and not is_out:
        return None
    done = _has_it(blocker, card) if blocker.action_number else _done(blocker, card.people, reader_id)
    text = f"Your blocker: *{escape_cut(blocker.title, WHOLE_ROOM)}*." + (f" {done}." if done else "")
    where = f"From {escape(card.ritual)} in {escape(card.place)}. {_next(blocker)}"
    return message(text, [section(text), *_objecting(blocker), context(where)])


def _has_it(blocker: Blocker, card: BlockerNews) -> str:
    owner, name = blocker.action_owner, f"*A-{blocker.action_number}*"
    who = "You have" if owner == card.reader.id else f"{_name(card.people, owner)} has"
    due = f", due {day_text(blocker.action_due)}" if blocker.action_due else ""
    return f"{who} done it, as {name}" if blocker.is_done else f"{who} it as {name}{due}"


def _objecting(blocker: Blocker) -> list[Block]:
    if blocker.state is not BlockerState.CLEARED or blocker.action_number:
        return []
    label = f"Still blocked: {cut(blocker.title, LABEL_ROOM)}"
    return [buttons(button("Still blocked", Id.STILL, blocker.id, label=label))]


def _next(blocker: Blocker) -> str:
    if blocker.action_number:
        return f"Type `/action A-{blocker.action_number}` to see it."
    if blocker.state is BlockerState.CLEARED:
        return "If it still blocks you, press *Still blocked*: then it is open again."
    if blocker.is_open_again:
        return "It is open again, and whoever said that it is cleared sees that."
    return "Your next check-in asks whether it still blocks you."
