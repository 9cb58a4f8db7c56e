"""The card of a decision, and the messages to those named in it."""

from collections.abc import Sequence
from enum import StrEnum

from slack_sdk.models.blocks import Block, ButtonElement

from domain.decisions import DecisionCard, DecisionState
from surface.kit import (
    Message,
    button,
    buttons,
    context,
    day_text,
    escape,
    escape_cut,
    message,
    names,
    section,
    sections,
)

TEXT_ROOM = 3300
DETAIL_ROOM = 1600
"""Room for a text at its limit and some escapes; all of them together fit one message."""
SHOWN_NAMES = 15
FALLBACK_ROOM = 1500


class Id(StrEnum):
    ACKNOWLEDGE = "decision.acknowledge"
    APPROVE = "decision.approve"
    OBJECT = "decision.object"


def card_message(card: DecisionCard) -> Message:
    """In the channel, for everybody there."""
    decision = card.decision
    blocks = [*record(card), buttons(_acknowledge(card))]
    if count := len(decision.acknowledged):
        blocks.append(context(f"Acknowledged by {count} {'person' if count == 1 else 'people'}"))
    return message(f"{decision.state.capitalize()}: {_substance(card)}", blocks)


def approval_message(card: DecisionCard, reader_id: str) -> Message:
    """To the approver, whose verdict it waits for."""
    decision = card.decision
    title, recorder = _title(card), escape(card.name_of(decision.recorded_by))
    if decision.form.approver_id != reader_id:
        return _only(f"{title}: {escape(card.name_of(decision.form.approver_id))} is asked to approve it instead.")
    if not decision.is_open:
        return message(f"You approved {_substance(card)}", [section(f"You approved {title}."), *record(card)[1:]])
    asks = f"{recorder} asks you to approve {title}, recorded in {escape(card.place)}."
    if decision.state is DecisionState.CONTESTED:
        asks = f"You objected to {title}, recorded by {recorder}. You can still approve it."
    verdicts = buttons(
        button("Approve", Id.APPROVE, decision.id, style="primary", label=f"Approve {decision.name}"),
        button("Change objection" if decision.objection else "Object", Id.OBJECT, decision.id),
    )
    return message(f"{recorder} asks you to approve {_substance(card)}", [section(asks), *record(card)[1:], verdicts])


def informed_message(card: DecisionCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To somebody who is to know of it, with the reasons; None while it has not been accepted."""
    decision = card.decision
    if decision.is_open or reader_id not in decision.form.informed:
        gone = f"{_title(card)} was changed after you heard of it: it is {decision.state} now."
        return _only(gone) if is_out else None
    tells = (
        f"{escape(card.name_of(decision.recorded_by))} wants you to know of {_title(card)}, in {escape(card.place)}."
    )
    blocks: list[Block] = [section(tells), *record(card)[1:]]
    if reader_id in decision.acknowledged:
        blocks.append(context("You acknowledged it, thank you."))
    else:
        blocks.append(buttons(_acknowledge(card)))
    return message(f"For you to know: {_substance(card)}", blocks)


def look_again_message(card: DecisionCard) -> Message:
    """To the driver, on the day that was named."""
    decision = card.decision
    begin = f"Today is the day to look again at {_title(card)}, in {escape(card.place)}."
    still = "Does it still hold? If not, record what holds now with `/decision`."
    if decision.is_open:
        still = f"It still waits for {escape(card.name_of(decision.form.approver_id))} to approve it."
    return message(f"Look again at {_substance(card)} {still}", [section(begin), *record(card)[1:], section(still)])


def record(card: DecisionCard) -> list[Block]:
    """The title, then all that is known of it."""
    form = card.decision.form
    texts = [("Decided", form.choice, TEXT_ROOM), ("Why", form.because, TEXT_ROOM)]
    texts += [("Context", form.context, DETAIL_ROOM), ("Options considered", form.options, DETAIL_ROOM)]
    lines = [f"*{label}*\n{escape_cut(text, room)}" for label, text, room in texts if text]
    if card.decision.objection:
        approver = escape(card.name_of(form.approver_id))
        lines.append(f"*Objection of {approver}*\n{escape_cut(card.decision.objection, DETAIL_ROOM)}")
    return [section(_title(card)), *sections(lines), context(_facts(card))]


def _facts(card: DecisionCard) -> str:
    decision, form = card.decision, card.decision.form
    approver = escape(card.name_of(form.approver_id))
    facts = [
        {
            DecisionState.ACCEPTED: f"*Accepted* by {approver}",
            DecisionState.PROPOSED: f"*Proposed*, waits for {approver} to approve",
            DecisionState.CONTESTED: f"*Contested* by {approver}",
        }[decision.state]
    ]
    if decision.recorded_by != form.approver_id:
        facts.append(f"recorded by {escape(card.name_of(decision.recorded_by))}")
    if decision.driver_id != decision.recorded_by:
        facts.append(f"driven by {escape(card.name_of(decision.driver_id))}")
    if form.contributors:
        facts.append(f"with {_people(card, form.contributors)}")
    if form.informed:
        facts.append(f"informed: {_people(card, form.informed)}")
    if form.look_again_on:
        facts.append(f"look again on {day_text(form.look_again_on)}")
    if decision.edited_at:
        facts.append("edited by its recorder")
    return " · ".join(facts)


def _people(card: DecisionCard, ids: Sequence[str]) -> str:
    found = sorted(card.name_of(each) for each in ids)
    more = len(found) - SHOWN_NAMES
    return names(found) if more <= 0 else names([*found[:SHOWN_NAMES], f"{more} more"])


def _title(card: DecisionCard) -> str:
    return f"*{card.decision.name}: {escape(card.decision.form.title)}*"


def _substance(card: DecisionCard) -> str:
    """For notifications and screen readers."""
    form = card.decision.form
    choice, because = escape_cut(form.choice, FALLBACK_ROOM), escape_cut(form.because, FALLBACK_ROOM)
    objection = f" Objection: {escape(card.decision.objection)}" if card.decision.objection else ""
    return f"{card.decision.name}: {escape(form.title)}. Decided: {choice} Why: {because}{objection}"


def _acknowledge(card: DecisionCard) -> ButtonElement:
    name = card.decision.name
    return button("Acknowledge", Id.ACKNOWLEDGE, card.decision.id, label=f"Acknowledge {name}")


def _only(text: str) -> Message:
    return message(text.replace("*", ""), [section(text)])
