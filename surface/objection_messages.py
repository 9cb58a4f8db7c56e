"""What objections have to say to those concerned, and the forms in which they are written."""

from enum import StrEnum

from domain.decision_cards import DecisionCard
from domain.decisions import REASON_LIMIT, Decision
from domain.objections import Objection
from surface import forms
from surface.decision_record import record, substance, title_of, waits
from surface.kit import Block, Element, Json, Message, buttons, context, escape, line, message, modal, section, sections
from surface.objections import object_button, overrule_button, withdraw_button


class Id(StrEnum):
    OBJECTION = "decision.objection"
    OVERRULE = "decision.overrule_form"
    REJECTION = "decision.rejection"


def raised_message(card: DecisionCard, about: Objection, reader_id: str, *, edit: Element, view: Element) -> Message:
    """To those who drive it, and to an approver who has not raised it."""
    decision, approver = card.decision, escape(card.name_of(card.decision.form.approver_id))
    name = escape(card.name_of(about.person_id))
    told = f"{name} objected to {title_of(card)}:"
    again = "those named in it are asked again" if decision.form.round else f"{approver} is asked again"
    then, pressed = f"Change it, and {again}. Or talk it over: {name} can withdraw it.", [edit, view]
    if about.person_id == decision.form.approver_id:
        then = f"Change it, and {again}. Or talk it over: it can still be approved as it is."
    elif reader_id == decision.form.approver_id:
        then = "It waits until it is changed or the objection is withdrawn. Or accept it anyway, and say why."
        drives = [edit] if card.may_edit(reader_id) else []
        pressed = [overrule_button(decision), *drives, view]
    words = words_of(about)
    return message(f"{told} {words} {then}", [*sections([told, words]), context(then), buttons(*pressed)])


def withdrawn_message(card: DecisionCard, about: Objection, *, pressed: list[Element]) -> Message:
    """To those who drive it and to its approver, when nobody objects any more."""
    told = f"{escape(card.name_of(about.person_id))} withdrew the objection to {title_of(card)}."
    then = f"It {waits(card)}."
    return message(f"{told} {then}", [section(told), context(then), buttons(*pressed)])


def changed_message(card: DecisionCard) -> Message:
    """To somebody who objected to an earlier text."""
    decision = card.decision
    asks = f"{title_of(card)}, which you objected to, was changed. Is it fine now?"
    then = f"It {waits(card)}. What you said stays in the record either way."
    fine = {**withdraw_button(decision, "It is fine now"), "style": "primary"}
    return message(
        f"Changed after you objected, is it fine now? {substance(card)}",
        [section(asks), *record(card)[1:], context(then), buttons(fine, object_button(decision, "Still object"))],
    )


def overruled_message(card: DecisionCard, about: Objection, *, view: Element) -> Message:
    told = f"{escape(card.name_of(about.overruled_by))} accepted {title_of(card)} although you objected:"
    because, then = f"“{escape(about.overruled_because)}”", "Your objection stays in the record, beside these words."
    return message(f"{told} {because} {then}", [*sections([told, because]), context(then), buttons(view)])


def words_of(objection: Objection) -> str:
    return f"“{escape(objection.reason)}” What would help: “{escape(objection.change)}”"


def objection_form(decision: Decision, draft_id: str, person_id: str) -> Json:
    """With what they held against it last, if that has not been settled."""
    said = decision.unsettled_of(person_id)[-1:]
    reason, change = (said[0].reason, said[0].change) if said else ("", "")
    fields = [
        forms.field(
            "reason", "What would go wrong, and for whom?", forms.text(reason, multiline=True, limit=REASON_LIMIT)
        ),
        forms.field(
            "change",
            "What change or alternative would make it acceptable?",
            forms.text(change, multiline=True, limit=REASON_LIMIT),
            hint="Both are shown on the decision's card and stay in the record. You can withdraw the objection.",
        ),
    ]
    return _form("Object", Id.OBJECTION, decision, draft_id, fields, submit="Object")


def reject_form(decision: Decision, draft_id: str) -> Json:
    reason = forms.field(
        "reason",
        "Why is it rejected?",
        forms.text(multiline=True, limit=REASON_LIMIT),
        hint="It stays rejected, and its card says why. If a change would help, close this form and press Object.",
    )
    return _form("Reject for good", Id.REJECTION, decision, draft_id, [reason], submit="Reject")


def overrule_form(card: DecisionCard, draft_id: str, person_id: str) -> Json:
    others = [each for each in card.decision.standing if each.person_id != person_id]
    said = [f"*{escape(card.name_of(each.person_id))} objects:* {words_of(each)}" for each in others]
    why = forms.field(
        "reason",
        "Why is it accepted all the same?",
        forms.text(multiline=True, limit=REASON_LIMIT),
        hint="Whoever objects reads this, and it stays in the record beside their words.",
    )
    return _form("Accept anyway", Id.OVERRULE, card.decision, draft_id, [*sections(said), why], submit="Accept")


def _form(title: str, form: Id, decision: Decision, draft_id: str, asked: list[Block], *, submit: str) -> Json:
    blocks: list[Block] = [section(f"*{decision.name}: {line(decision.form.title)}*"), *asked]
    ids = {"decision": str(decision.id), "version": decision.version, "draft": draft_id}
    return modal(title, form, blocks, submit=submit, ids=ids)
