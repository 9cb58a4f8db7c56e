"""The messages about an action item."""

from collections.abc import Mapping, Sequence

from domain.action_news import ActionNews, News
from domain.action_recurrence import WORDS, Every
from domain.action_reminders import late_part, part_of, which_now
from domain.action_states import ActionState, Move
from domain.actions import ActionCard, ActionItem
from domain.items_below import SHOWN, WHAT_ROOM
from domain.people import Person
from domain.words import day_text, times_text, whole
from surface import posted
from surface.action_buttons import moves, reopen
from surface.action_steps import NAME_ROOM, edited, steps
from surface.brief_texts import drafted_by
from surface.kit import (
    SECTION_LIMIT,
    Block,
    Message,
    buttons,
    context,
    escape,
    escape_cut,
    header,
    line,
    message,
    name_of,
    names,
    section,
    sections,
)

NO_OWNER, NO_DATE = "no owner yet", "no date yet"


STATES = {
    ActionState.OPEN: "Open",
    ActionState.DONE: "Done",
    ActionState.DROPPED: "Dropped",
    ActionState.WITHDRAWN: "Withdrawn",
}


CALL = "Nobody is reminded of it until it has an owner and a date."


def action_message(card: ActionCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To its owner, and as a receipt to whoever asked for it; None when it has moved on before it went out."""
    if not is_out and (card.item.is_withdrawn or reader_id not in card.item.named):
        return None
    item = card.item
    can_accept = item.waits_to_be_accepted and reader_id == item.owner_id and card.may_move(reader_id)
    accept = f" *Accept* tells {escape(card.name_of(item.asked_by))} that you have it." if can_accept else ""
    return _message(f"{_now(card, reader_id)}{accept}", card, reader_id, with_steps=True)


def reminder_message(card: ActionCard, reader_id: str, part: str, *, is_out: bool) -> Message | None:
    """`part`: which reminder, and for which day. Once it has served it says how things are; None before it is out."""
    item = card.item
    is_its_turn = part == part_of(which_now(item, is_overdue=card.is_overdue), item)
    concerns = reader_id == item.owner_id or card.owner_left or item.is_orphan
    if not is_its_turn or not card.may_move(reader_id) or not concerns:
        return _served(_put_off(card) if card.is_put_off(reader_id) else _now(card, reader_id)) if is_out else None
    if item.is_orphan or item.due is None:
        return _message(f"A reminder: {_title(card)} has {_lacks(item)}. {CALL}", card, reader_id)
    tells = f"{_title(card)} {'was' if card.is_overdue else 'is'} due on {day_text(item.due)}."
    if card.owner_left:
        tells += f" {escape(card.name_of(item.owner_id))}, who owned it, has left. Please hand it over."
    elif card.escalation and card.is_overdue:
        tells += f"\n{_who_hears(card)} A new date stops that."
    return _message(f"A reminder: {tells}", card, reader_id, is_reminder=True)


def _who_hears(card: ActionCard) -> str:
    if not card.escalation:
        return ""
    person, day = card.escalation.person, day_text(card.escalation.after)
    asked = ", who asked for it," if person.id == card.item.asked_by else ""
    return f"If it is still open after {day}, {escape(person.name)}{asked} hears of it."


def late_message(card: ActionCard, reader_id: str, part: str, *, is_out: bool) -> Message | None:
    """To the manager of its owner, or whoever asked for it. Once that is over it says how things are."""
    item, owner = card.item, owner_name(card)
    is_its_turn = part == late_part(item) and card.is_overdue
    if item.due is None or not is_its_turn or reader_id == item.owner_id or card.owner_left:
        return _served(_later(card)) if is_out else None
    why = "you asked for it" if reader_id == item.asked_by else f"{owner} reports to you"
    warned = f"{owner} was told so on {day_text(item.warned_on)}, and" if item.warned_on else owner
    told = f"{_title(card)} is still open: {owner} owns it, and it was due on {day_text(item.due)}.\n"
    told += f"You hear of it because {why}. {warned} may need your help."
    buttons_of = [moves(card, reader_id)] if card.may_move(reader_id) else []
    return message(told, [section(told), context(facts(card, with_link=True)), *buttons_of])


def _later(card: ActionCard) -> str:
    item = card.item
    due = day_text(item.due) if item.due else "a day to be chosen"
    return f"{_title(card)} is due on {due}, and {owner_name(card)} owns it." if item.is_open else _over(card)


def news_message(card: ActionCard, news: ActionNews, reader_id: str, *, is_out: bool) -> Message | None:
    """To those concerned who did not do it. Once it no longer holds it says how things are; None before it is out."""
    actor = escape(card.name_of(news.actor_id))
    if not news.holds(card):
        return _served(_now(card, reader_id)) if is_out else None
    told = {
        News.DONE: f"{actor} says that {_title(card)} is done.",
        News.NEW_DATE: f"{actor} {_moved(card)}.",
        News.HAND_OVER: f"{actor} {_handed_over(card, news, reader_id)}",
        News.DROPPED: f"{actor} says that {_title(card)} is no longer needed: {_why(card)}",
        News.REOPENED: f"{actor} says that {_title(card)} is not done after all. {_due(card)}.",
        News.EDITED: f"{actor} changed {_title(card)}.{edited(card, news)}",
        News.WITHDRAWN: f"{actor} withdrew {_title(card)}, which was yours. There is nothing to do any more.",
    }[news.what]
    return _message(told, card, reader_id)


def _moved(card: ActionCard) -> str:
    item = card.item
    due = day_text(item.due) if item.due else ""
    return f"moved {_title(card)} to {due}" if item.dates_moved else f"says that {_title(card)} is due on {due}"


def _lacks(item: ActionItem) -> str:
    """ "no owner and no date yet" """
    lacks = [*([] if item.owner_id else ["no owner"]), *([] if item.due else ["no date"])]
    return f"{' and '.join(lacks)} yet"


def _handed_over(card: ActionCard, news: ActionNews, reader_id: str) -> str:
    item = card.item
    last = item.last(Move.HAND_OVER)
    why = f": {_quoted(last.why)}" if last and last.why else "."
    handed = "gave" if last and not last.was else "handed"
    over = "" if last and not last.was else " over"
    if item.owner_id == news.actor_id:
        return f"took {_title(card)} over{why}"
    if item.owner_id != reader_id:
        return f"{handed} {_title(card)}{over} to {escape(card.name_of(item.owner_id))}{why}"
    asker = "" if item.asked_by == reader_id else _asked_for(card)
    return f"{handed} {_title(card)}{over} to you{why}\n{_due(card)}{asker}."


def _due(card: ActionCard) -> str:
    if card.item.due is None:
        return "It has no date yet"
    return f"It {'was' if card.is_overdue else 'is'} due on {day_text(card.item.due)}"


def _asked_for(card: ActionCard) -> str:
    return f", asked for by {escape(card.name_of(card.item.asked_by))}"


def _now(card: ActionCard, reader_id: str) -> str:
    item = card.item
    owner, by = owner_name(card), f", due on {day_text(item.due)}" if item.due else ""
    if not item.is_open:
        return _over(card)
    lacks = f" It has {_lacks(item)}. {CALL}" if item.is_orphan else ""
    if item.answerable == {reader_id} and item.owner_id:
        return f"Recorded {_title(card)}. It is yours{by}.{lacks}"
    if reader_id == item.owner_id:
        return f"{_title(card)} is yours. {_due(card)}{_asked_for(card)}."
    if reader_id == item.asked_by:
        return f"Recorded {_title(card)}.{f' {owner} owns it{by}.' if item.owner_id else ''}{lacks}"
    return _elsewhere(card, reader_id)


def _elsewhere(card: ActionCard, reader_id: str) -> str:
    """To those who neither own it nor asked for it."""
    item, owner = card.item, owner_name(card)
    by = f", due on {day_text(item.due)}" if item.due else ""
    if reader_id in item.helpers:
        owns = f"{owner} owns it{by}" if item.owner_id else f"It has {_lacks(item)}"
        return f"You are named to help with {_title(card)}. {owns}{_asked_for(card)}."
    if not item.owner_id:
        return f"{_title(card)} has {_lacks(item)}."
    had_it = any(each.was == reader_id for each in item.steps if each.move is Move.HAND_OVER)
    nothing = "" if card.may_move(reader_id) else " There is nothing left for you to do here."
    if had_it or item.source:
        return f"{_title(card)} was handed over to {owner}.{nothing if had_it else ''}"
    return f"{_title(card)} is with {owner} now.{nothing}"


def _over(card: ActionCard) -> str:
    item = card.item
    if item.state is ActionState.DROPPED:
        return f"{_title(card)} is no longer needed, says {escape(card.name_of(item.dropped_by))}: {_why(card)}"
    if item.is_withdrawn:
        return f"{_title(card)} was withdrawn by {escape(card.name_of(item.asked_by))}. There is nothing to do."
    return f"{_title(card)} is done."


def below(items: Sequence[ActionItem], people: Mapping[str, Person]) -> list[Block]:
    """Those a check-in made, in its summary: "*A-17* Relabel · _Ben_, asked for by _Ana_ · due Thu 26 Nov 2026"."""
    if not items:
        return []
    lines = [_below(each, people) for each in items[:SHOWN]]
    more = len(items) - SHOWN
    return [header(f"Action items ({len(items)})"), *sections([*lines, f"and {more} more"] if more > 0 else lines)]


def _below(item: ActionItem, people: Mapping[str, Person]) -> str:
    owner, asker = f"_{owner_of(item, people, NAME_ROOM)}_", f"_{name_of(people, item.asked_by, NAME_ROOM)}_"
    whose = owner if owner == asker else f"{owner}, asked for by {asker}"
    name = item.name if item.number else "New"
    return f"*{name}* {escape_cut(item.what, WHAT_ROOM)} · {whose} · {when(item)}"


def of_answer(item: ActionItem, people: Mapping[str, Person]) -> str:
    """Below the answer it was made of: "*A-17* Relabel · _Ben_ · due Thu 26 Nov 2026"."""
    return f"*{item.name}* {escape_cut(item.what, WHAT_ROOM)} · _{owner_of(item, people, NAME_ROOM)}_ · {when(item)}"


def when(item: ActionItem) -> str:
    """ "due Thu 26 Nov 2026", and "done" or "dropped" once that is over."""
    return due_words(item) if item.is_open else STATES[item.state].lower()


def due_words(item: ActionItem) -> str:
    return f"due {day_text(item.due)}" if item.due else NO_DATE


def owner_name(card: ActionCard) -> str:
    return owner_of(card.item, card.people)


def owner_of(item: ActionItem, people: Mapping[str, Person], room: int = SECTION_LIMIT) -> str:
    return name_of(people, item.owner_id, room) if item.owner_id else NO_OWNER


def _message(
    text: str, card: ActionCard, reader_id: str, *, with_steps: bool = False, is_reminder: bool = False
) -> Message:
    done_so_far = steps(card) if with_steps else []
    blocks: list[Block] = [section(text), *([context("\n".join(done_so_far))] if done_so_far else [])]
    if card.may_move(reader_id):
        can_snooze = is_reminder and reader_id == card.item.owner_id
        blocks += [context(facts(card, with_link=True)), moves(card, reader_id, can_snooze=can_snooze)]
    elif card.may_reopen(reader_id):
        blocks += [context(facts(card, with_link=True)), buttons(reopen(card.item))]
    elif reader_id in card.item.named:
        blocks.append(context(facts(card, with_link=True)))
    return message("\n".join([text, *done_so_far[:1]]), blocks)


def _put_off(card: ActionCard) -> str:
    until = card.item.snoozed_until or card.today
    return f"Not now: you hear of {_title(card)} again on {day_text(until)}. {_due(card)}."


def _served(text: str) -> Message:
    return message(text, [context(text)])


def facts(card: ActionCard, *, with_link: bool = False) -> str:
    """The link to the message it was made of is too long for a list."""
    item, place = card.item, escape(card.place)
    link = posted.link(item.message, item.channel_id, card.people, card.workspace_url) if with_link else ""
    of = link or (f"from {card.decision}" if card.decision else "")
    of = of or (f"from an answer to {escape(card.answer)}" if card.answer else "")
    found = [f"{of} in {place}" if of else f"from {place}"]
    if with_link and (drafted := drafted_by(item.drafted, name_of(card.people, item.asked_by, NAME_ROOM))):
        found.append(drafted)
    if card.is_overdue:
        found.insert(0, "*overdue*")
    if item.is_important and item.is_open:
        found.insert(0, "*important*")
    if item.every:
        found.append(f"{WORDS[Every(item.every)]}{f', after A-{item.follows}' if item.follows else ''}")
    if item.helpers:
        found.append(f"with {names([name_of(card.people, each, NAME_ROOM) for each in item.helpers])}")
    if item.dates_moved:
        found.append(
            f"moved {times_text(item.dates_moved)}, first due {day_text(item.first_due)}" if item.first_due else ""
        )
    return " · ".join(found)


def why_dropped(card: ActionCard) -> str:
    item = card.item
    return f"\n{escape(card.name_of(item.dropped_by))}: {_why(card)}" if item.state is ActionState.DROPPED else ""


def _why(card: ActionCard) -> str:
    return _quoted(card.item.dropped_why)


def _quoted(why: str) -> str:
    return whole(line(why))


def _title(card: ActionCard) -> str:
    return f"*{card.item.name}: {line(card.item.what)}*"
