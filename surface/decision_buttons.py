"""What somebody who reads a decision can do with it now: the same below each of its records."""

from domain.decision_cards import DecisionCard
from domain.decision_states import Move
from domain.whom import may_move
from surface.action_buttons import of_decision
from surface.decisions import (
    accepted_buttons,
    edit_button,
    reject_button,
    verdict_button,
    withdraw_proposal_button,
)
from surface.informed import concern_buttons
from surface.kit import Block, Element, buttons
from surface.objections import object_button, withdraw_button


def for_reader(card: DecisionCard, reader_id: str) -> list[Block]:
    decision = card.decision
    edit = [edit_button(decision)] if card.may_edit(reader_id) else []
    withdraw = [withdraw_proposal_button(decision)] if edit else []
    add = [] if decision.is_over else [of_decision(decision)]
    rows = [buttons(*found) for found in (_verdicts(card, reader_id), [*edit, *add, *withdraw]) if found]
    return rows + concern_buttons(card, reader_id) + accepted_buttons(card, reader_id)


def _verdicts(card: DecisionCard, reader_id: str) -> list[Element]:
    """In a round each says so there, and its approver may end it."""
    decision = card.decision
    if not decision.is_open:
        return []
    is_approver, own = reader_id == decision.form.approver_id, decision.objection_of(reader_id)
    reject = [reject_button(decision)] if is_approver else []
    if decision.in_round:
        return reject
    found = [verdict_button(decision, reader_id)] if is_approver else []
    if may_move(reader_id, decision.movers(Move.OBJECT), ()):
        found.append(object_button(decision, "Change objection" if own else "Object"))
    return [*found, *([withdraw_button(decision)] if own else []), *reject]
