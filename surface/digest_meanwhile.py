"""The digest that a delegate reads while somebody is away, and the note that they were named."""

from datetime import date, timedelta

from domain.actions import ActionItem
from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.digests import DigestCard, first_words
from domain.due import today_of
from domain.people import Person
from domain.words import day_text
from surface import actions, digest_rows
from surface.digest_rows import NAME_ROOM, TITLE_ROOM, WORDS_ROOM, Row
from surface.kit import Message, context, line, message, name_of, section


def named_message(manager: Person, *, stands: bool) -> Message:
    """To whoever was named; what it says follows whether they still are."""
    name = line(manager.name, NAME_ROOM)
    if not stands or manager.left:
        text = f"{name} no longer asks you to read their digest while they are away. None of theirs comes to you."
        return message(text, [section(text)])
    text = f"{name} named you to read their digest while they are away."
    more = "It then comes to you in a direct message, with what you may see of it. There is nothing to do now."
    return message(f"{text} {more}", [section(text), context(more)])


def whose(manager: Person) -> str:
    return line(manager.name, NAME_ROOM)


def first_line(card: DigestCard, manager: Person) -> str:
    """For whom it came, and why."""
    until = _last_day(manager, today_of(manager, card.digest.written_at))
    away = f"is away until {day_text(until)}" if until else "was away when this came"
    return f"For {whose(manager)}, who {away} and named you to read this meanwhile. It shows what you may see."


def _last_day(manager: Person, day: date) -> date | None:
    last = None
    while manager.is_away(day):
        last, day = day, day + timedelta(days=1)
    return last


def needs(card: DigestCard, manager: Person) -> list[Row]:
    """What only the manager can do, so there are no buttons."""
    rows = [_approval(card, manager, decision) for decision in card.approvals]
    return rows + [_own(card, manager, item) for item in card.own]


def _approval(card: DigestCard, manager: Person, decision: Decision) -> Row:
    mends = manager.id in decision.drivers and decision.state is DecisionState.CONTESTED
    if not decision.is_open or not (mends or decision.form.approver_id == manager.id):
        return digest_rows.approval(card, decision)
    title = f"{line(decision.form.title, TITLE_ROOM)} ({digest_rows.named(card, decision)})"
    choice = line(first_words(decision.form.choice), WORDS_ROOM).rstrip(".")
    by = name_of(card.people, decision.recorded_by, NAME_ROOM, says_left=False)
    return Row(f"*Waits for {whose(manager)}:* {title}, recorded by {by}: “{choice}”.")


def _own(card: DigestCard, manager: Person, item: ActionItem) -> Row:
    title = f"{line(item.what, TITLE_ROOM)} ({item.name})"
    late = Row(f"*Action item of {whose(manager)}:* {title}, {actions.due_words(item)}.")
    return digest_rows.settled(card, item) or late
