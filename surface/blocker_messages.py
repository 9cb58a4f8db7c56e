"""What people get about blockers: whoever facilitates, those who can clear one, and whoever raised it."""

from collections.abc import Mapping

from domain.blocker_cards import BlockedCard, BlockerNews, ClearerCard, HandedCard
from domain.blockers import WHY_LIMIT, Blocker, BlockerState, Passed
from domain.people import Person
from domain.summaries import SHOWN_TITLE
from domain.words import count_text, day_text
from surface.blockers import LABEL_ROOM, Id, age, named, quoted, rows, what_to_do
from surface.kit import Block, Message, button, buttons, context, cut, escape, escape_cut, message, section

WHOLE_ROOM = 2000
"""For the words of a blocker that stands alone."""
TOLD = 10
"""So many stand in one message to the facilitator."""


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
    whose = named(card.people, card.raised_by) if card.raised_by else "Somebody"
    if not card.found:
        gone = f"{whose} has changed the answer that named you. There is nothing for you to do any more."
        return message(gone, [context(gone)])
    head = f"{whose} {_is_blocked(card)}:"
    told = "; ".join(escape_cut(each.title, _room(card)) for each in card.found[:TOLD])
    shown = [block for each in card.found[:TOLD] for block in _for_clearer(each, card, _room(card))]
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


def _for_clearer(blocker: Blocker, card: ClearerCard | HandedCard, room: int) -> list[Block]:
    """With buttons as long as nobody else has it in hand."""
    title, done = f"*{escape_cut(blocker.title, room)}*", _done(blocker, card.people, card.reader.id)
    return [section(f"{title}\n{done}." if done else title), *_pressed(blocker, card.reader.id)]


def _pressed(blocker: Blocker, reader_id: str) -> list[Block]:
    if not blocker.asks(reader_id):
        return []
    pass_on = button("Pass on", Id.FORWARD, blocker.id, label=f"Pass on: {cut(blocker.title, LABEL_ROOM)}")
    return [buttons(*what_to_do(blocker), pass_on)]


def _why_you(card: ClearerCard) -> str:
    where = f"From {escape(card.ritual)} in {escape(card.place)}."
    if not card.waits:
        return where
    if not card.raised_by:
        return f"{where} You get this once, because an anonymous answer names you."
    name = named(card.people, card.raised_by)
    return f"{where} {name} named you, and hears which button you press. You get this once."


def _done(blocker: Blocker, people: Mapping[str, Person], reader_id: str) -> str:
    """What somebody has done about it; nothing while nobody has."""
    if blocker.is_open_again:
        return _objection(blocker, people, reader_id)
    if blocker.last_passed:
        return _passed_on(blocker.last_passed, people, reader_id)
    actor = blocker.moved_by
    who = "You have" if actor == reader_id else f"{named(people, actor)} has"
    if blocker.action_number:
        return f"{who} made *A-{blocker.action_number}* of it"
    if blocker.state is BlockerState.CLEARED:
        return f"{who} said that it is cleared"
    return f"{who} taken it up" if actor else ""


def _passed_on(last: Passed, people: Mapping[str, Person], reader_id: str) -> str:
    is_mine, why = last.by == reader_id, quoted(last.why, WHY_LIMIT)
    if not last.to:
        return (
            "You have said that you cannot clear it" if is_mine else f"{named(people, last.by)} cannot clear it"
        ) + why
    if last.to == reader_id:  # Who passed it on stands above.
        return f"Why{why}" if why else ""
    return f"{'You have' if is_mine else f'{named(people, last.by)} has'} passed it on to {named(people, last.to)}{why}"


def _objection(blocker: Blocker, people: Mapping[str, Person], reader_id: str) -> str:
    if blocker.raised_by == reader_id:
        return "You said that it still blocks you"
    who = "You" if blocker.cleared_by == reader_id else named(people, blocker.cleared_by)
    return f"{who} said that it is cleared, but {named(people, blocker.raised_by)} is still blocked by it"


def handed_message(card: HandedCard, *, is_out: bool) -> Message | None:
    """To somebody a blocker was passed on to, or who had it in hand; None when it waits for them no more and it has not
    gone out."""
    blocker, is_waiting = card.blocker, card.blocker.asks(card.reader.id)
    if not is_waiting and not is_out:
        return None
    head = _how_it_came(card)
    said = f"{head}: {escape_cut(blocker.title, WHOLE_ROOM)}"
    return message(said, [section(f"{head}:"), *_for_clearer(blocker, card, WHOLE_ROOM), context(_why_handed(card))])


def _how_it_came(card: HandedCard) -> str:
    blocker = card.blocker
    whom = named(card.people, blocker.raised_by) if blocker.raised_by else "somebody"
    if card.passed:
        return f"{named(card.people, card.passed.by)} has passed on to you what blocks {whom}"
    is_, has = ("was", "had") if blocker.is_settled else ("is", "have")
    what = "said is cleared" if blocker.cleared_by == card.reader.id else f"{has} taken up"
    return f"{whom} {is_} still blocked by what you {what}"


def _why_handed(card: HandedCard) -> str:
    where = f"From {escape(card.ritual)} in {escape(card.place)}."
    if not card.blocker.asks(card.reader.id):
        return where
    hears = (
        f" {named(card.people, card.blocker.raised_by)} hears which button you press." if card.blocker.raised_by else ""
    )
    return f"{where}{hears} You get this once."


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
    if blocker.is_dropped:
        return f"{name}, made of it, is no longer needed"
    who = "You have" if owner == card.reader.id else f"{named(card.people, owner)} has"
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
    if blocker.last_passed and not blocker.last_passed.to:
        return "Nobody is named to clear it now: whoever facilitates hears of it."
    if blocker.is_open_again:
        return "It is open again, and whoever said that it is cleared sees that."
    return "Your next check-in asks whether it still blocks you."
