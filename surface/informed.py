"""What those who are to know of a decision are told, and how they say that they have read it or what worries them."""

from enum import StrEnum

from domain.decision_cards import DecisionCard
from domain.decision_states import DecisionState
from domain.decisions import REASON_LIMIT, Decision
from domain.objections import Concern
from domain.people import has_left
from domain.words import count_text, day_text, joined, people_count
from surface import forms
from surface.decision_record import record, standing, substance, title_of
from surface.kit import (
    Block,
    Element,
    Json,
    Message,
    button,
    buttons,
    context,
    escape,
    fitted,
    line,
    message,
    modal,
    names,
    section,
    sections,
)
from surface.objections import asked

SHOWN = 20
"""The newest concerns."""
CONCERNS_ROOM = 6000
SHOWN_NAMES = 30


class Id(StrEnum):
    READ = "decision.read"
    CONCERN = "decision.concern"
    FORM = "decision.concern_form"


def read_button(decision: Decision) -> Element:
    return button("Read", Id.READ, asked(decision), label=f"I have read {decision.name}")


def concern_button(decision: Decision, text: str = "Raise a concern") -> Element:
    return button(text, Id.CONCERN, asked(decision), label=f"{text}: {decision.name}")


def counted(decision: Decision) -> list[Block]:
    """Under its card, for everybody: how many, and never who has or has not."""
    read, raised = len(decision.read_by), len(decision.concerns)
    facts = [f"Read by {people_count(read)}"] if read else []
    facts += [f"{count_text(raised, 'concern')} raised"] if raised else []
    return [context(" · ".join(facts))] if facts and not decision.is_open else []


def informed_message(card: DecisionCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To somebody who is to know of it, with the reasons; None while it has not been accepted."""
    decision = card.decision
    if decision.is_over:
        return message(standing(card), [context(standing(card))]) if is_out else None
    if decision.is_open or reader_id not in decision.form.informed:
        gone = f"{title_of(card)} was changed after you heard of it: it is {decision.state} now."
        return message(gone, [section(gone)]) if is_out else None
    tells = (
        f"{escape(card.name_of(decision.recorded_by))} wants you to know of {title_of(card)}, in {escape(card.place)}."
    )
    return message(f"For you to know: {substance(card)}", [section(tells), *record(card)[1:], *_said(card, reader_id)])


def unread_message(card: DecisionCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To somebody who has not said that they have read it; None once that is needless and it is not out."""
    decision, title = card.decision, title_of(card)
    if reader_id not in decision.unread_by:
        told = f"You have read {title}, thank you." if reader_id in decision.read_by else standing(card)
        return message(told, [context(told)]) if is_out else None
    asks = f"{title}, in {escape(card.place)}, is still to be read by you, when you have a moment."
    why = context("You are named as somebody who is to know of it. This is the only reminder.")
    return message(
        f"Still to read: {substance(card)}", [section(asks), *record(card)[1:], why, *_said(card, reader_id)]
    )


def _said(card: DecisionCard, reader_id: str) -> list[Block]:
    """What they can say of it, and what they have said."""
    decision = card.decision
    if raised := [each for each in decision.concerns if each.person_id == reader_id]:
        who = escape(_who_answers(card, reader_id))
        told = (
            f"You raised a concern: “{escape(raised[-1].words)}” It went to {who}. Thank you. It counts as read, too."
        )
        return [*sections([told]), buttons(concern_button(decision, "Raise another concern"))]
    if reader_id in decision.read_by:
        return [context("You have read it, thank you."), buttons(concern_button(decision))]
    return [buttons(read_button(decision), concern_button(decision))]


def _who_answers(card: DecisionCard, reader_id: str) -> str:
    answer = {card.decision.driver_id, card.decision.form.approver_id} - {reader_id}
    here = sorted(card.name_of(each) for each in answer if not has_left(card.people, each))
    return joined(here) if here else "whoever looks after it"


def concern_form(card: DecisionCard, draft_id: str, reader_id: str) -> Json:
    decision = card.decision
    field = forms.field(
        "reason",
        "What worries you?",
        forms.text(multiline=True, limit=REASON_LIMIT),
        hint=f"{_who_answers(card, reader_id)} will read it, and it stays in the record. "
        f"{decision.name} stays accepted.",
    )
    blocks: list[Block] = [section(f"*{decision.name}: {line(decision.form.title)}*"), field]
    ids = {"decision": str(decision.id), "version": decision.version, "draft": draft_id}
    return modal("Raise a concern", Id.FORM, blocks, submit="Send", ids=ids)


def concern_message(card: DecisionCard, concern: Concern, reader_id: str, *, view: Element) -> Message:
    """To those who answer for it."""
    name, decision = escape(card.name_of(concern.person_id)), card.decision
    told, words = f"{name} raised a concern about {title_of(card)}:", f"“{escape(concern.words)}”"
    part = "drive" if reader_id == decision.driver_id else "approved"
    why = f"You are told because you {part} it."
    if reader_id not in (decision.driver_id, decision.form.approver_id):
        why = "You are told because whoever drove and approved it has left."
    then = f"It stays accepted, and the concern stays in its record. Talk it over with {name}. {why}"
    if decision.state is not DecisionState.ACCEPTED:
        then = standing(card)
    return message(f"{told} {words} {then}", [*sections([told, words]), context(then), buttons(view)])


def concerns(card: DecisionCard) -> list[Block]:
    """In the record, for everybody who reads that."""
    raised = card.decision.concerns[-SHOWN:]
    before = len(card.decision.concerns) - len(raised)
    earlier = [context(f"{count_text(before, 'earlier concern')} kept.")] if before else []
    words = fitted([each.words for each in raised], CONCERNS_ROOM)
    lines = [f"*{escape(_label(card, each))}*\n{text}" for each, text in zip(raised, words, strict=True)]
    return [*earlier, *sections(lines)]


def _label(card: DecisionCard, concern: Concern) -> str:
    person = card.people.get(concern.person_id)
    day = (concern.at.astimezone(person.zone) if person else concern.at).date()
    return f"Concern of {card.name_of(concern.person_id)} on {day_text(day)}"


def read_so_far(card: DecisionCard, reader_id: str) -> list[Block]:
    """Who has not read it, for those who answer for it only: nobody is to be shamed."""
    decision = card.decision
    if reader_id not in {*decision.drivers, decision.form.approver_id} or not decision.informed:
        return []
    if decision.state is not DecisionState.ACCEPTED:
        return []
    left = sorted(card.name_of(each) for each in decision.unread_by if not has_left(card.people, each))
    more = len(left) - SHOWN_NAMES
    shown = left if more <= 0 else [*left[:SHOWN_NAMES], f"{more} more"]
    told = f"Not read yet: {names(shown)}. Only you and the others who answer for it see this."
    return [context(told if left else "Everybody who was informed has read it.")]


def concern_buttons(card: DecisionCard, reader_id: str) -> list[Block]:
    """For those who do not answer for it themselves."""
    decision = card.decision
    is_theirs = reader_id in {decision.driver_id, decision.form.approver_id}
    if decision.state is not DecisionState.ACCEPTED or is_theirs:
        return []
    return [buttons(concern_button(decision))]
