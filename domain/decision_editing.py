"""What an edit makes of a decision while it is open, and what may come to its record after it was accepted."""

from dataclasses import replace

from domain.decision_states import DecisionState, Move
from domain.decisions import Decision, DecisionForm


def first_state(form: DecisionForm, recorder_id: str) -> DecisionState:
    """Who decides alone has decided; everything else waits for its approver."""
    return DecisionState.ACCEPTED if _decides_alone(form, recorder_id) else DecisionState.PROPOSED


def _decides_alone(form: DecisionForm, recorder_id: str) -> bool:
    return form.approver_id == recorder_id and not form.round


def state_after_edit(before: Decision, form: DecisionForm, editor_id: str) -> DecisionState:
    """Only whoever recorded it can decide alone, by their own hand, and while nobody else objects; any other approver
    presses Approve.

    An accepted one comes here only with the form that recorded it, sent again: then it is recorded anew.
    """
    is_unopposed = not any(each.person_id != editor_id for each in before.standing)
    decides = editor_id == before.recorded_by and _decides_alone(form, editor_id)
    if not before.is_open or (decides and is_unopposed):
        return first_state(form, before.recorded_by)
    return before.moved(Move.EDIT).state


def completed(before: DecisionForm, form: DecisionForm) -> DecisionForm:
    """With what was accepted as it was, and with everybody who was named: they have taken part, or know of it."""
    return replace(
        form,
        title=before.title,
        choice=before.choice,
        because=before.because,
        approver_id=before.approver_id,
        driver_id=before.driver_id,
        round=before.round,
        supersedes=before.supersedes,
        contributors=tuple(sorted({*before.contributors, *form.contributors})),
        informed=tuple(sorted({*before.informed, *form.informed})),
    )
