"""The messages of a check-in that one person gets."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.actions import ActionItem
from domain.answering_time import time_text
from domain.cards import PromptCard
from domain.people import GONE
from domain.runs import UNREACHED, WAITING, Missed, PromptState, unreached
from domain.said import said
from domain.words import day_text
from surface import anonymous, checkin_later, own_answers
from surface.actions import when
from surface.decision_record import record
from surface.decisions import view_button
from surface.kit import (
    TEXTS_ROOM,
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    cut,
    escape,
    fitted,
    message,
    moment,
    moment_text,
    section,
    sections,
)
from surface.rituals import places

ANSWER_CUT = 500
NAME_ROOM = 60
SUBJECT_ROOM = TEXTS_ROOM - 1_000
"""For the texts of what a round is about, beside the words that ask."""
JOINED = " It began before you joined, so you count as one more."
SHOWN_ITEMS = 5
"""Action items in a receipt."""
TOO_LONG_HERE = "your answers are too long to stand here"
WHERE_LATE = " While a late answer is welcome, *Answer late* stands in the message that asked you first."
SETTLED = {PromptState.ANSWERED: "answered, thank you", PromptState.SKIPPED: "skipped"}


REASONS: dict[Missed | None, str] = {
    Missed.AWAY: " You were away.",
    Missed.ENDED: " It was switched off.",
    Missed.SETTLED: " The decision was changed or ended first.",
    Missed.RELEASED: " You are no longer asked.",
    Missed.STOPPED: f" {UNREACHED[Missed.STOPPED]}.",
}


class Id(StrEnum):
    ANSWER = "checkin.answer"
    SKIP = "checkin.skip"


def prompt_message(card: PromptCard, *, is_out: bool, is_alone: bool = True) -> Message | None:
    """None when the person is no longer to be asked, and it has not gone out. Among others, what a round is about has
    no room: there is a button for it."""
    what = f"*{escape(card.run.template.title)}*, {day_text(card.run.day)}"
    if card.prompt.state is PromptState.ANSWERED:
        return anonymous.receipt(card) if card.run.template.anonymous else receipt(card)
    if card.prompt.state is PromptState.SKIPPED:
        return _skipped(card, what)
    if card.prompt.state not in WAITING:
        return _closed(card, what) if is_out else None
    if card.prompt.laters:
        return _asked_below(what)
    return _put_off(card, what) if card.prompt.later_at else _invitation(card, is_alone=is_alone)


def _skipped(card: PromptCard, what: str) -> Message:
    reason = f" Your reason: {escape(card.prompt.skip_reason)}." if card.prompt.skip_reason else ""
    said = _settled(card, f"Skipped: {what}.{reason}{_until_when(card)}", "Answer after all")
    if card.run.template.anonymous or not (card.takes_late or not card.is_closed):
        return said
    answers = _answer_button(card, "Answer after all")
    return message(said.text, [said.blocks[0], buttons(answers, checkin_later.reason_button(card))])


def _put_off(card: PromptCard, what: str) -> Message:
    at = card.prompt.later_at
    text = f"Put off: {what}. I will ask again {moment(at, card.person.zone)}." if at else what
    return message(text, [section(text), buttons(_answer_button(card, "Answer"))])


def _asked_below(what: str) -> Message:
    """What was put off has come back as a message of its own."""
    text = f"Put off: {what}. I have asked again below."
    return message(text, [context(text)])


def asked_again_message(card: PromptCard, number: int, *, is_out: bool) -> Message | None:
    """The `number` says how often the person had put it off by then."""
    what = f"*{escape(card.run.template.title)}*, {day_text(card.run.day)}"
    if card.prompt.state not in WAITING:
        return _served(card) if is_out else None
    if number < card.prompt.laters:
        return _asked_below(what)
    if card.prompt.later_at:
        return _put_off(card, what)
    template, deadline, zone = card.run.template, card.prompt.deadline, card.person.zone
    return message(
        escape(
            f"You wanted to be asked again: {template.title} closes {moment_text(deadline, zone)}. {template.purpose}"
        ),
        [
            section(f"You wanted to be asked again: *{escape(template.title)}* closes {moment(deadline, zone)}."),
            context(_origin(card)),
            _choices(card),
        ],
    )


def _choices(card: PromptCard) -> Block:
    skip = button("Skip" if card.subject else "Skip today", Id.SKIP, card.prompt.id)
    view = [view_button(card.subject.decision)] if card.subject else []
    return buttons(_answer_button(card, "Answer"), *view, skip, *checkin_later.menu(card))


def _closed(card: PromptCard, what: str) -> Message:
    if card.prompt.missed is Missed.AWAY and not card.is_closed:
        return _settled(card, f"You are away, so {what}, does not wait for you.{_until_when(card)}", "Answer after all")
    return _settled(card, f"Closed: {what}.{_why(card)}", "Answer late")


def _until_when(card: PromptCard) -> str:
    """After what was settled without an answer, while the person's window is open."""
    return "" if card.is_closed else f" You can still answer until {moment(card.prompt.deadline, card.person.zone)}."


def _invitation(card: PromptCard, *, is_alone: bool) -> Message:
    template, deadline, zone = card.run.template, card.prompt.deadline, card.person.zone
    late = "This comes late, because it could not be sent when it was due. " if card.is_late else ""
    late += _reopened(card)
    text = f"{template.title}: {late}{template.purpose_sentence} Please answer by {moment_text(deadline, zone)}."
    return message(
        escape(text),
        [
            section(f"*{escape(template.title)}*\n{escape(late)}{escape(template.purpose)}"),
            *(record(card.subject, SUBJECT_ROOM)[1:] if card.subject and is_alone else []),
            context(f"Open until {moment(deadline, zone)} · {_origin(card)} · {time_text(template, [card.prompt])}"),
            _choices(card),
        ],
    )


def _reopened(card: PromptCard) -> str:
    if not card.is_reopened:
        return ""
    if card.now_read_by is None:
        return "What you answered ahead is in the form, not sent: please look again, it has changed. "
    where = places(card.run.template.post, card.now_read_by, card.unnamed_places)
    return f"What you answered ahead is in the form, not sent: more people read it now, it goes to {where}. "


def reminder_message(card: PromptCard, *, is_out: bool) -> Message | None:
    """One reminder; None when it has become needless before it went out, no buttons when it has served."""
    template, deadline, zone = card.run.template, card.prompt.deadline, card.person.zone
    if card.prompt.state is not PromptState.SENT:
        return _served(card) if is_out else None
    if card.prompt.later_at:
        return _put_off(card, f"*{escape(template.title)}*, {day_text(card.run.day)}") if is_out else None
    return message(
        escape(f"Reminder: {template.title} closes {moment_text(deadline, zone)}. {template.purpose}"),
        [
            section(f"A reminder: *{escape(template.title)}* closes {moment(deadline, zone)}."),
            context(f"You have not answered yet · {_origin(card)}"),
            _choices(card),
        ],
    )


def _served(card: PromptCard) -> Message:
    """In place of what has asked a second time, once that is needless."""
    is_away = card.prompt.missed is Missed.AWAY
    settled = SETTLED.get(card.prompt.state, "you are away" if is_away else "closed")
    is_missed = card.prompt.state not in SETTLED
    text = f"{escape(card.run.template.title)}: {settled}.{WHERE_LATE if is_missed and card.takes_late else ''}"
    return message(text, [context(text)])


def receipt(card: PromptCard, *, room: int | None = None) -> Message:
    """In short where the answers are longer than `room`."""
    response, zone = card.response, card.person.zone
    if response is None:
        return _settled(card, f"Answered: *{escape(card.run.template.title)}*. {own_answers.NO_LONGER_KEPT}", "Answer")
    edited = f", edited {moment(response.edited_at, zone, with_day=False)}" if response.edited_at else ""
    late = " late" if response.late else ""
    joined = JOINED if card.prompt.joined else ""
    is_gone = card.run.forgotten_at and not response.answers
    lines = [own_answers.NO_LONGER_KEPT] if is_gone else _answers(card)
    is_short = room is not None and sum(map(len, lines)) > room
    where = f"{TOO_LONG_HERE}, {'the summary has' if card.is_closed else 'Edit shows'} them · " if is_short else ""
    lines = [] if is_short else lines
    blocks: list[Block] = [
        section(f"*{escape(card.run.template.title)}*: answered{late}, thank you.{joined}"),
        *sections(lines),
        *_recorded(card),
        context(f"Sent {moment(response.submitted_at, zone)}{edited} · {where}{_until(card, response.submitted_at)}"),
    ]
    if not card.is_closed:
        blocks.append(buttons(_answer_button(card, "Edit")))
    text = f"{escape(card.run.template.title)}: answered{late}, thank you.{joined} {' '.join(lines)}"
    return message(text, blocks)


def _recorded(card: PromptCard) -> list[Block]:
    """The action items their answers made."""
    if not card.items:
        return []
    told = [_item(card, each) for each in card.items[:SHOWN_ITEMS]]
    more = len(card.items) - SHOWN_ITEMS
    told += [f"and {more} more"] if more > 0 else []
    first = card.items[0].name
    return [context(f"{', '.join(told)} \N{MIDDLE DOT} `/action {first}` shows it")]


def _item(card: PromptCard, item: ActionItem) -> str:
    whose = "yours" if item.owner_id == card.person.id else escape(cut(card.names.get(item.owner_id, GONE), NAME_ROOM))
    return f"*{item.name}* ({whose}, {when(item)})"


def _until(card: PromptCard, submitted_at: datetime) -> str:
    if not card.is_closed:
        return f"you can edit until {moment(card.prompt.deadline, card.person.zone)}"
    return "late answers cannot be edited" if submitted_at > card.prompt.deadline else "closed for edits"


def _answers(card: PromptCard) -> list[str]:
    found = said(card.run, card.prompt, card.response, card.names) if card.response else []
    texts = fitted([text for question, answer in found for text in (question.text, cut(answer, ANSWER_CUT))])
    return [f"_{question}_ {answer}" for question, answer in zip(texts[::2], texts[1::2], strict=True)]


def _settled(card: PromptCard, text: str, answer: str) -> Message:
    blocks: list[Block] = [section(text)]
    if card.takes_late or not card.is_closed:
        blocks.append(buttons(_answer_button(card, answer)))
    return message(text, blocks)


def _why(card: PromptCard) -> str:
    why = unreached(card.prompt)
    reason = REASONS.get(card.prompt.missed, f" You were not asked in time, because {UNREACHED[why]}." if why else "")
    return f"{reason} {late_text(card.late_until, card.person.zone)}" if card.takes_late else reason


def late_text(until: datetime | None, zone: ZoneInfo) -> str:
    """How long a first answer is welcome after its deadline; `until` is known where its ritual was switched off."""
    end = moment(until, zone) if until else "the next one begins"
    return f"You can still answer until {end}."


def _answer_button(card: PromptCard, text: str) -> Element:
    style = "primary" if text == "Answer" else ""
    return button(text, Id.ANSWER, card.prompt.id, style=style, label=f"{text}: {card.run.template.title}")


def _origin(card: PromptCard) -> str:
    how = f" · {anonymous.invitation_note(card.run.template)}" if card.run.template.anonymous else ""
    return f"for {escape(card.place)}, facilitated by {escape(card.facilitator)}{how}"
