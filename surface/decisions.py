"""The card of a decision, and the messages to those named in it."""

from enum import StrEnum

from domain.channels import is_direct
from domain.decision_cards import DecisionCard, DecisionNews, News
from domain.decision_states import DecisionState
from domain.decisions import Decision
from domain.deliveries import Standing
from domain.objections import Concern, Objection
from domain.words import day_text, joined
from surface import objection_messages
from surface.action_buttons import of_decision
from surface.briefs import of_thread
from surface.decision_record import brief, kept, looks_again, record, standing, substance, title_of, waits
from surface.decision_rounds import result
from surface.informed import concern_message, counted, read_button
from surface.kit import (
    Block,
    Element,
    Message,
    button,
    buttons,
    context,
    escape,
    message,
    section,
    sections,
)
from surface.objections import asked, object_button, objectors, overrule_button
from surface.refusals import because

CHOOSING = "Object if a change would help; reject it for good."
NOT_BY_VERDICT = (DecisionState.WITHDRAWN, DecisionState.SUPERSEDED, DecisionState.DEPRECATED)
"""Ends that no verdict is: a request to approve then says how things are."""


class Id(StrEnum):
    APPROVE = "decision.approve"
    REJECT = "decision.reject"
    WITHDRAW_PROPOSAL = "decision.withdraw_proposal"
    EDIT = "decision.edit"
    COMPLETE = "decision.complete"
    KEEP = "decision.keep"
    SUPERSEDE = "decision.supersede"
    DEPRECATE = "decision.deprecate"
    RESULT = "decision.result"
    VIEW = "decision.view"


def card_message(card: DecisionCard) -> Message:
    """In the channel, for everybody there."""
    decision = card.decision
    pressed = [view_button(decision)]
    if decision.state is DecisionState.ACCEPTED:
        pressed = [read_button(decision), *pressed, of_decision(decision)]
    elif decision.is_open and not decision.in_round and decision.form.contributors:
        pressed = [object_button(decision), *pressed]
    if decision.is_argued and not is_direct(decision.channel_id):
        pressed.append(of_thread(decision.name))
    blocks = [*brief(card), buttons(*pressed), *counted(decision)]
    state = "No longer holds" if decision.state is DecisionState.DEPRECATED else decision.state.capitalize()
    return message(f"{state}: {substance(card)}", blocks)


def approval_message(card: DecisionCard, reader_id: str, version: str, *, is_out: bool) -> Message | None:
    """To the approver, whose verdict on this version it waits for; None when it has moved on before it went out."""
    decision = card.decision
    is_current = version == decision.version and reader_id == decision.form.approver_id
    if not is_out and (not is_current or decision.state is DecisionState.WITHDRAWN):
        return None
    title, recorder = title_of(card), escape(card.name_of(decision.recorded_by))
    if decision.form.approver_id != reader_id:
        approver = escape(card.name_of(decision.form.approver_id))
        if decision.is_open:
            return _only(f"{title}: {approver} is asked to approve it instead.")
        return _only(f"{standing(card)} It no longer waits for you.")
    if not is_current or decision.in_round or decision.state in NOT_BY_VERDICT:
        return _served(card)
    if not decision.is_open:
        did = "rejected" if decision.state is DecisionState.REJECTED else "approved"
        return message(f"You {did} {substance(card)}", [section(f"You {did} {title}."), *record(card)[1:]])
    is_contested, others = decision.objection_of(reader_id), objectors(decision, card.people, but=reader_id)
    asks = f"{recorder} asks you to approve {title}, recorded in {escape(card.place)}.{_changed(decision)}"
    if card.round:
        asks += f" Its round is over: {result(card.round)}. It waits for you."
    notifies = f"{recorder} asks you to approve"
    if decision.unsettled_of(reader_id):
        asks = f"{title} was changed after you objected. Please look at it again."
        notifies = "Changed after you objected, please look at it again:"
    if is_contested:
        asks = f"You objected to {title}, recorded by {recorder}. You can still approve it."
        notifies = "You objected, and can still approve it:"
    if others:
        asks = f"{others} objected to {title}, which waits for you to approve. You can accept it anyway, and say why."
        notifies = f"{others} objected to what waits for you:"
    verdicts = buttons(
        verdict_button(decision, reader_id),
        object_button(decision, "Change objection" if is_contested else "Object"),
        reject_button(decision),
    )
    return message(f"{notifies} {substance(card)}", [section(asks), *record(card)[1:], context(CHOOSING), verdicts])


def driver_message(card: DecisionCard, reader_id: str, *, is_out: bool) -> Message | None:
    """To somebody who drives what another recorded; None when they no longer do before it is out."""
    decision, title = card.decision, title_of(card)
    if decision.driver_id != reader_id:
        return _only(f"{title} is driven by {escape(card.name_of(decision.driver_id))} now.") if is_out else None
    tells = f"{escape(card.name_of(decision.recorded_by))} named you as the one who drives {title}"
    then = standing(card)
    if decision.state is DecisionState.ACCEPTED:
        then = f"Nobody waits for you now: it is accepted by {escape(card.name_of(decision.form.approver_id))}."
    pressed = [view_button(decision)]
    if decision.is_open:
        then = f"It {waits(card)}. You hear of the verdict, and can change its text until then."
        pressed.insert(0, edit_button(decision))
    if decision.form.look_again_on and not decision.is_over:
        then += f" You are asked to look at it again on {day_text(decision.form.look_again_on)}."
    told = f"{tells}, in {escape(card.place)}."
    return message(f"{told} {then}", [section(told), context(then), buttons(*pressed)])


def news_message(card: DecisionCard, news: DecisionNews, reader_id: str, *, is_out: bool) -> Message | None:
    """To whoever recorded or drives it. Once it no longer holds it says how things are; None before it is out."""
    decision, title = card.decision, title_of(card)
    is_end, about = news.what is News.NO_LONGER_HOLDS, news.about(decision)
    is_for_all = is_end or news.what is News.PROPOSAL_WITHDRAWN
    is_theirs = reader_id in decision.drivers or card.may_edit(reader_id) or is_for_all
    if about:
        is_theirs = reader_id in _told(card, news.what, about)
    if not is_theirs or not news.holds(card):
        return _settled(card, news, about) if is_out else None
    if about:
        return _of_somebody(card, news.what, about, reader_id)
    approver = escape(card.name_of(news.approver_id))
    view = view_button(decision)
    if news.what is News.APPROVED:
        told = f"{approver} approved {title}."
        if against := [each for each in decision.objections if each.overruled_at]:
            names = joined(sorted({escape(card.name_of(each.person_id)) for each in against}))
            told = f"{approver} approved {title} although {names} objected: “{escape(against[-1].overruled_because)}”"
        return message(told, [*sections([told]), buttons(view)])
    if news.what is News.PROPOSAL_WITHDRAWN:
        return _withdrawn(card, reader_id)
    if is_end:
        told = f"{escape(card.name_of(decision.ended_by))} says that {title} no longer holds:"
        reason = f"“{escape(decision.ended_because)}”"
        why = "you have read it" if reader_id in decision.read_by else "you are named in it"
        then = f"You are told because {why}."
        return message(f"{told} {reason} {then}", [*sections([told, reason]), context(then), buttons(view)])
    told, reason = f"{approver} rejected {title} for good:", f"“{escape(decision.ended_because)}”"
    then = "It stays as it is. If things change, propose it anew with `/decision`."
    return message(f"{told} {reason} {then}", [*sections([told, reason]), context(then), buttons(view)])


def _withdrawn(card: DecisionCard, reader_id: str) -> Message:
    decision = card.decision
    told, reason = (
        f"{escape(card.name_of(decision.ended_by))} withdrew {title_of(card)}:",
        f"“{escape(decision.ended_because)}”",
    )
    why = "you were asked about it"
    if reader_id in decision.drivers:
        why = "you drive it" if reader_id == decision.driver_id else "you recorded it"
    elif decision.unsettled_of(reader_id):
        why = "you objected to it"
    elif reader_id == decision.form.approver_id:
        why = "it waited for you to approve"
    then = f"You are told because {why}. Nothing is left to do."
    return message(
        f"{told} {reason} {then}", [*sections([told, reason]), context(then), buttons(view_button(decision))]
    )


def _told(card: DecisionCard, news: News, about: Objection | Concern) -> set[str]:
    decision = card.decision
    if news in (News.CHANGED, News.OVERRULED):
        return {about.person_id}
    caretakers = (each.id for each in card.caretakers)
    return {*decision.drivers, *caretakers, decision.form.approver_id}


def _of_somebody(card: DecisionCard, news: News, about: Objection | Concern, reader_id: str) -> Message:
    """What they hold against it or are worried by, or what became of that."""
    decision, view = card.decision, view_button(card.decision)
    if isinstance(about, Concern):
        return concern_message(card, about, reader_id, view=view)
    if news is News.OBJECTED:
        edit = edit_button(decision)
        return objection_messages.raised_message(card, about, reader_id, edit=edit, view=view)
    if news is News.CHANGED:
        return objection_messages.changed_message(card)
    if news is News.OVERRULED:
        return objection_messages.overruled_message(card, about, view=view)
    is_approver = reader_id == decision.form.approver_id
    verdicts = [approve_button(decision), object_button(decision)] if is_approver else []
    return objection_messages.withdrawn_message(card, about, pressed=[*verdicts, view])


def unposted_message(card: DecisionCard, standing: Standing, *, is_out: bool) -> Message | None:
    """To whoever recorded it, when the channel does not take its card; None while that is tried."""
    title, place = title_of(card), escape(card.place)
    if standing.is_shown:
        text = f"The card of {title} is in {place} now."
        return message(text, [context(text)]) if is_out else None
    if not standing.refusal:
        return None
    told = f"{title} is recorded, but its card could not be posted in {place}, {because(standing.refusal)}"
    means = "Whoever is named in it gets their message all the same."
    view = view_button(card.decision)
    return message(f"{told} {means}", [section(told), context(means), buttons(view)])


def look_again_message(card: DecisionCard, reader_id: str, day: str, *, is_out: bool) -> Message | None:
    """To the driver, or whoever answers for it now, on the day that was named; None when nobody need look any more
    before it is out."""
    decision = card.decision
    if decision.is_over:
        return _served(card) if is_out else None
    if day != str(decision.form.look_again_on):
        told = kept(card) if decision.kept_at else f"{standing(card)}{looks_again(decision)}"
        return message(told, [context(told)]) if is_out else None
    begin = f"Today is the day to look again at {title_of(card)}, in {escape(card.place)}."
    if reader_id not in decision.named:
        begin += " You are asked because whoever drove it has left."
    still, pressed = "Does it still hold?", accepted_buttons(card, reader_id)
    if decision.is_open:
        still, pressed = f"It still {waits(card)}.", []
    return message(
        f"Look again at {substance(card)} {still}", [section(begin), *record(card)[1:], section(still), *pressed]
    )


def accepted_buttons(card: DecisionCard, reader_id: str) -> list[Block]:
    """For those who can say whether it still holds, and those who can add what its record lacks; of what is superseded,
    for those who can say what came of it."""
    decision, found = card.decision, []
    if card.may_tell_result(reader_id):
        found = [result_button(decision)]
    if card.may_end(reader_id):
        keep = button("Still right", Id.KEEP, decision.id, style="primary", label=f"Still right: {decision.name}")
        supersede = button("Supersede", Id.SUPERSEDE, decision.id, label=f"Supersede {decision.name}")
        end = button("No longer holds", Id.DEPRECATE, decision.id, label=f"No longer holds: {decision.name}")
        found = [keep, supersede, end]
    if card.may_complete(reader_id):
        found.append(button("Add detail", Id.COMPLETE, decision.id, label=f"Add detail to {decision.name}"))
    return [buttons(*found)] if found else []


def result_button(decision: Decision) -> Element:
    return button("What came of it", Id.RESULT, decision.id, label=f"Say what came of {decision.name}")


def approve_button(decision: Decision) -> Element:
    return button("Approve", Id.APPROVE, asked(decision), style="primary", label=f"Approve {decision.name}")


def verdict_button(decision: Decision, reader_id: str) -> Element:
    """The approver's yes: with a reason while others object."""
    is_opposed = any(each.person_id != reader_id for each in decision.standing)
    return overrule_button(decision) if is_opposed else approve_button(decision)


def view_button(decision: Decision) -> Element:
    return button("View", Id.VIEW, decision.id, label=f"View {decision.name}")


def edit_button(decision: Decision, text: str = "Edit") -> Element:
    return button(text, Id.EDIT, decision.id, style="primary", label=f"{text}: {decision.name}")


def reject_button(decision: Decision) -> Element:
    return button("Reject", Id.REJECT, asked(decision), label=f"Reject {decision.name}")


def withdraw_proposal_button(decision: Decision) -> Element:
    return button("Withdraw", Id.WITHDRAW_PROPOSAL, decision.id, label=f"Withdraw {decision.name}")


def _served(card: DecisionCard) -> Message:
    return message(standing(card), [context(standing(card))])


def _changed(decision: Decision) -> str:
    return " Its text was changed since it was recorded; this is how it reads now." if decision.edited_at else ""


def _settled(card: DecisionCard, news: DecisionNews, about: Objection | Concern | None) -> Message:
    thanks = ""
    if news.what is News.CHANGED and isinstance(about, Objection) and about.withdrawn_at:
        thanks = "Thank you for looking at it again. "
    told = f"{thanks}{standing(card)}"
    return message(told, [context(told)])


def _only(text: str) -> Message:
    return message(text, [section(text)])
