"""The messages of a check-in that one person gets."""

from datetime import datetime
from enum import StrEnum

from domain.cards import NoteCard, PromptCard
from domain.runs import UNREACHED, WAITING, Missed, PromptState, Ritual, shown, unreached
from domain.selectors import whom_to_add
from domain.summaries import answer_text, skipped_text
from domain.words import day_text
from surface.kit import (
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

ANSWER_CUT = 500
SETTLED = {PromptState.ANSWERED: "answered, thank you", PromptState.SKIPPED: "skipped"}


REASONS: dict[Missed | None, str] = {
    Missed.AWAY: " You were away.",
    Missed.ENDED: " It was switched off.",
    Missed.RELEASED: " You are no longer asked.",
    Missed.STOPPED: f" {UNREACHED[Missed.STOPPED]}.",
}


class Id(StrEnum):
    ANSWER = "checkin.answer"
    SKIP = "checkin.skip"


def prompt_message(card: PromptCard, *, is_out: bool) -> Message | None:
    """None when the person is no longer to be asked, and it has not gone out."""
    what = f"*{escape(card.run.template.title)}*, {_day(card)}"
    if card.prompt.state is PromptState.ANSWERED:
        return _receipt(card)
    if card.prompt.state is PromptState.SKIPPED:
        return _settled(card, f"Skipped: {what}.{_until_when(card)}", "Answer after all")
    if card.prompt.state not in WAITING:
        return _closed(card, what) if is_out else None
    return _invitation(card)


def _closed(card: PromptCard, what: str) -> Message:
    if card.prompt.missed is Missed.AWAY and not card.is_closed:
        return _settled(card, f"You are away, so {what}, does not wait for you.{_until_when(card)}", "Answer after all")
    return _settled(card, f"Closed: {what}.{_why(card)}", "Answer late")


def _until_when(card: PromptCard) -> str:
    """After what was settled without an answer, while the person's window is open."""
    return "" if card.is_closed else f" You can still answer until {moment(card.prompt.deadline, card.person.zone)}."


def _invitation(card: PromptCard) -> Message:
    template, deadline, zone = card.run.template, card.prompt.deadline, card.person.zone
    late = "This comes late, because it could not be sent when it was due. " if card.is_late else ""
    text = f"{template.title}: {late}{template.purpose} Please answer by {moment_text(deadline, zone)}."
    return message(
        escape(text),
        [
            section(f"*{escape(template.title)}*\n{escape(late)}{escape(template.purpose)}"),
            context(f"Open until {moment(deadline, zone)} · {_origin(card)}"),
            buttons(_answer_button(card, "Answer"), button("Skip today", Id.SKIP, card.prompt.id)),
        ],
    )


def reminder_message(card: PromptCard, *, is_out: bool) -> Message | None:
    """One reminder; None when it has become needless before it went out, no buttons when it has served."""
    template, deadline, zone = card.run.template, card.prompt.deadline, card.person.zone
    if card.prompt.state is not PromptState.SENT:
        if not is_out:
            return None
        is_away = card.prompt.missed is Missed.AWAY
        text = f"{escape(template.title)}: {SETTLED.get(card.prompt.state, 'you are away' if is_away else 'closed')}."
        return message(text, [context(text)])
    return message(
        escape(f"Reminder: {template.title} closes {moment_text(deadline, zone)}. {template.purpose}"),
        [
            section(f"A reminder: *{escape(template.title)}* closes {moment(deadline, zone)}."),
            context(f"You have not answered yet · {_origin(card)}"),
            buttons(_answer_button(card, "Answer"), button("Skip today", Id.SKIP, card.prompt.id)),
        ],
    )


def _receipt(card: PromptCard) -> Message:
    response, zone = card.response, card.person.zone
    if response is None:
        return _settled(card, f"Answered: *{escape(card.run.template.title)}*.", "Answer")
    edited = f", edited {moment(response.edited_at, zone, with_day=False)}" if response.edited_at else ""
    late = " late" if response.late else ""
    lines = _answers(card)
    blocks: list[Block] = [
        section(f"*{escape(card.run.template.title)}*: answered{late}, thank you."),
        *sections(lines),
        context(f"Sent {moment(response.submitted_at, zone)}{edited} · {_until(card, response.submitted_at)}"),
    ]
    if not card.is_closed:
        blocks.append(buttons(_answer_button(card, "Edit")))
    text = f"{escape(card.run.template.title)}: answered{late}, thank you. {' '.join(lines)}"
    return message(text, blocks)


def _until(card: PromptCard, submitted_at: datetime) -> str:
    if not card.is_closed:
        return f"you can edit until {moment(card.prompt.deadline, card.person.zone)}"
    return "late answers cannot be edited" if submitted_at > card.prompt.deadline else "closed for edits"


def _answers(card: PromptCard) -> list[str]:
    given = card.response.answers if card.response else {}
    asked = shown(card.run.template.questions_for(card.prompt.function), given)
    found = [(each.text, answer_text(card.names, each, given[each.id])) for each in asked if each.id in given]
    texts = fitted([text for question, answer in found for text in (question, cut(answer, ANSWER_CUT))])
    return [f"_{question}_ {answer}" for question, answer in zip(texts[::2], texts[1::2], strict=True)]


def _settled(card: PromptCard, text: str, answer: str) -> Message:
    blocks: list[Block] = [section(text)]
    if card.takes_late or not card.is_closed:
        blocks.append(buttons(_answer_button(card, answer)))
    return message(text, blocks)


def _why(card: PromptCard) -> str:
    why = unreached(card.prompt)
    reason = REASONS.get(card.prompt.missed, f" You were not asked in time, because {UNREACHED[why]}." if why else "")
    return f"{reason} You can still answer until the next one begins." if card.takes_late else reason


def _answer_button(card: PromptCard, text: str) -> Element:
    style = "primary" if text == "Answer" else ""
    return button(text, Id.ANSWER, card.prompt.id, style=style, label=f"{text}: {card.run.template.title}")


def _origin(card: PromptCard) -> str:
    return f"for {escape(card.place)}, facilitated by {escape(card.facilitator)}"


def _day(card: PromptCard) -> str:
    return f"{card.run.day:%a} {card.run.day.day} {card.run.day:%b}"


def note_message(card: NoteCard) -> Message:
    """To the facilitator, when a run ended without answers."""
    run = card.run
    what = f"{run.template.title} in {card.place} on {day_text(run.day)}"
    text = f"Nobody answered {what}. Would another day, fewer questions, or a pause help?"
    if run.skipped:
        text += f" {skipped_text(run)}."
    return message(
        escape(text),
        [
            section(escape(text)),
            context(f"Type `/ritual` to see what is on, `/ritual off {run.template.id}` to end it."),
        ],
    )


def nobody_message(ritual: Ritual, place: str) -> Message:
    text = (
        f"{ritual.template.title} in {place} had nobody to ask. "
        f"Add {whom_to_add(ritual.template.who)} with `/muster people`, and invite them to the channel."
    )
    return message(escape(text), [section(escape(text))])
