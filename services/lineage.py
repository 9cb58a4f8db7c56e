"""The decisions that a decision takes the place of, and those it is based on: who may name them, and who sees which."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlmodel import Session

from domain.decision_refusals import NotYoursToSupersede
from domain.decision_states import DecisionState, Move
from domain.decisions import Decision, DecisionForm
from domain.errors import FieldErrors
from domain.whom import may_move, who_may
from services import audience
from services.decision_cards import caretakers_of
from storage import decisions, people

UNKNOWN = "There is no decision {name} that you can see. Please check the number."
ITSELF = "{name} is this decision itself. Please take it out."
NOT_ACCEPTED = "{name} is {state}; only an accepted decision can be superseded. Please take it out."
ENDED = "{name} no longer holds, so there is nothing to supersede. Please take it out."
SUPERSEDED = "{name} is superseded already. Please take it out."
SUPERSEDED_BY = "{name} is superseded by {by} already. Please take it out, or name {by} instead."
HIDDEN = "This decision is to supersede one that you cannot see. Please leave its approver as it is."


def for_editor(session: Session, decision: Decision, person_id: str) -> DecisionForm:
    """Without the numbers that this person may not see."""
    form = decision.form
    seen = set(seen_of(session, decision.workspace_id, _numbers(form), person_id))
    return replace(
        form,
        supersedes=_joined(seen.intersection(form.supersedes)),
        based_on=_joined(seen.intersection(form.based_on)),
    )


def with_hidden(session: Session, form: DecisionForm, before: Decision | None, person_id: str) -> DecisionForm:
    """With what the earlier text names and its editor may not see: that stays."""
    if before is None or not _numbers(before.form):
        return form
    hidden = _numbers(before.form) - set(seen_of(session, before.workspace_id, _numbers(before.form), person_id))
    return replace(
        form,
        supersedes=_joined(hidden.intersection(before.form.supersedes), form.supersedes),
        based_on=_joined(hidden.intersection(before.form.based_on), form.based_on),
    )


def check(
    session: Session, form: DecisionForm, before: Decision | None, *, workspace_id: str, person_id: str
) -> DecisionForm:
    """What the form means, once those it supersedes are locked. Raises FieldErrors."""
    seen = seen_of(session, workspace_id, _numbers(form), person_id)
    own = before.number if before else 0
    fields = {"supersedes": form.supersedes, "based_on": form.based_on}
    _refuse({field: _named_wrongly(numbers, seen, own) for field, numbers in fields.items()})
    for number in form.supersedes:
        _refuse({"supersedes": _kept(session, seen[number], person_id)})
    whole = with_hidden(session, form, before, person_id)
    _refuse(_not_theirs(session, whole, before, workspace_id=workspace_id, person_id=person_id, seen=seen))
    return whole


def _refuse(mistakes: Mapping[str, str]) -> None:
    if found := {field: mistake for field, mistake in mistakes.items() if mistake}:
        raise FieldErrors(found)


def _not_theirs(
    session: Session,
    form: DecisionForm,
    before: Decision | None,
    *,
    workspace_id: str,
    person_id: str,
    seen: Collection[int],
) -> dict[str, str]:
    """Nobody takes the place of a decision without those who answer for it: one of them approves or records this one,
    or names it here."""
    is_same = before is not None and before.form.approver_id == form.approver_id
    new = set(form.supersedes) - set(before.form.supersedes if before and is_same else ())
    parties = {form.approver_id, person_id, *({before.recorded_by} if before else ())}
    for other in decisions.numbered(session, workspace_id=workspace_id, numbers=new).values():
        known = people.people(session, workspace_id=workspace_id, ids=other.named)
        roles, caretakers = other.movers(Move.SUPERSEDE), caretakers_of(session, other, known)
        if not any(may_move(each, roles, caretakers) for each in parties):
            if other.number not in seen:
                return {"approver": HIDDEN}
            return {"supersedes": str(NotYoursToSupersede(name=other.name, who=who_may(roles, known, caretakers)))}
    return {}


def _numbers(form: DecisionForm) -> set[int]:
    return {*form.supersedes, *form.based_on}


def seen_of(session: Session, workspace_id: str, numbers: Collection[int], person_id: str) -> dict[int, Decision]:
    """Those of the numbers that somebody who acts may see."""
    found = decisions.numbered(session, workspace_id=workspace_id, numbers=numbers)
    return {
        number: each for number, each in found.items() if audience.may_press(session, record=each, person_id=person_id)
    }


def _joined(some: Iterable[int], others: Iterable[int] = ()) -> tuple[int, ...]:
    return tuple(sorted({*some, *others}))


def _named_wrongly(numbers: Iterable[int], seen: Collection[int], own: int) -> str:
    for number in numbers:
        if number == own:
            return ITSELF.format(name=f"D-{number}")
        if number not in seen:
            return UNKNOWN.format(name=f"D-{number}")
    return ""


def _kept(session: Session, other: Decision, person_id: str) -> str:
    """Why it cannot be superseded any more, or not yet."""
    if other.state is DecisionState.ACCEPTED:
        return ""
    if other.state is DecisionState.DEPRECATED:
        return ENDED.format(name=other.name)
    if other.state is not DecisionState.SUPERSEDED:
        return NOT_ACCEPTED.format(name=other.name, state=other.state)
    by = seen_of(session, other.workspace_id, [other.superseded_by], person_id).get(other.superseded_by)
    return SUPERSEDED_BY.format(name=other.name, by=by.name) if by else SUPERSEDED.format(name=other.name)
