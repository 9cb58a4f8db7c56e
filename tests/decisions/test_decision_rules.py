"""The rules of decisions."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.decision_refusals import ApproverLeft, NotTheApprover, NotYourDecision, NotYoursToEnd, NotYoursToObject
from domain.decision_states import (
    MOVES,
    OPEN,
    OVER,
    AlreadyAccepted,
    AlreadyRejected,
    AlreadyWithdrawn,
    DecisionState,
    Move,
    NoLongerHolds,
)
from domain.decisions import Decision, DecisionForm
from domain.errors import UserError
from domain.numbers import number_in
from domain.people import Person
from surface.typed import plain


@pytest.mark.parametrize(
    ("text", "number"),
    [("D-1", 1), ("d1", 1), (" D1 ", 1), ("d-007", 7), ("d - 12", 12), ("41", 41), ("D-999999999", 999_999_999)],
)
def test_a_number_is_read_as_people_write_it(text: str, number: int) -> None:
    assert number_in(text, "D") == number


@pytest.mark.parametrize("text", ["", "D-", "D-x", "A-1", "2 models", "D-1 please", "-1", "1.5", "9" * 10, "D--1"])
def test_anything_else_is_no_number(text: str) -> None:
    assert number_in(text, "D") is None


NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
FORM = DecisionForm("Small model", "Ship it", "Cheaper", approver_id="UBEN", driver_id="UDEV", contributors=("UCHLOE",))
PEOPLE = {
    person_id: Person("T1", person_id, person_id[1:].capitalize()) for person_id in ("UANA", "UBEN", "UCHLOE", "UDEV")
}


def decision(state: DecisionState = DecisionState.PROPOSED) -> Decision:
    return Decision(1, "T1", 1, "C1", FORM, state, recorded_by="UANA", proposed_at=NOW)


@pytest.mark.parametrize(
    ("state", "refused", "says"),
    [
        (DecisionState.ACCEPTED, AlreadyAccepted, "D-1 is already accepted, so what was decided stays as it is"),
        (DecisionState.REJECTED, AlreadyRejected, "D-1 was rejected and stays as it is"),
        (DecisionState.WITHDRAWN, AlreadyWithdrawn, "D-1 was withdrawn and stays as it is"),
        (DecisionState.DEPRECATED, NoLongerHolds, "D-1 no longer holds and stays as it is"),
    ],
)
def test_what_is_decided_gets_no_verdict_and_no_other_text(
    state: DecisionState, refused: type[UserError], says: str
) -> None:
    for move in (Move.APPROVE, Move.OBJECT, Move.REJECT, Move.EDIT):
        with pytest.raises(refused, match=says):
            decision(state).moved(move)


def test_nothing_leads_out_of_what_is_over() -> None:
    assert {move for state, move in MOVES if state in OVER} == {Move.TELL_RESULT}
    assert all(after is state for (state, _), after in MOVES.items() if state in OVER)
    assert OVER.isdisjoint(OPEN)


@pytest.mark.parametrize(("state", "move"), MOVES)
def test_a_move_of_the_table_changes_the_state_alone(state: DecisionState, move: Move) -> None:
    assert decision(state).moved(move) == decision(MOVES[state, move])


@pytest.mark.parametrize(
    ("move", "may", "refused"),
    [
        (Move.APPROVE, ["UBEN"], NotTheApprover),
        (Move.OBJECT, ["UBEN", "UCHLOE"], NotYoursToObject),
        (Move.OVERRULE, ["UBEN"], NotTheApprover),
        (Move.REJECT, ["UBEN"], NotTheApprover),
        (Move.EDIT, ["UANA", "UDEV"], NotYourDecision),
        (Move.KEEP, ["UBEN", "UDEV"], NotYoursToEnd),
        (Move.DEPRECATE, ["UBEN", "UDEV"], NotYoursToEnd),
    ],
)
def test_who_may_make_a_move(move: Move, may: list[str], refused: type[UserError]) -> None:
    for person_id in PEOPLE:
        with nullcontext() if person_id in may else pytest.raises(refused):
            decision().check_mover(move, person_id, PEOPLE, ())


def test_those_who_look_after_the_channel_may_edit_and_never_approve() -> None:
    gone = {person_id: replace(person, left=True) for person_id, person in PEOPLE.items()}
    lead = Person("T1", "ULEAD", "Lea")
    decision().check_mover(Move.EDIT, "ULEAD", gone, [lead])
    with pytest.raises(ApproverLeft, match=r"Ben has left\. Ask Lea, who looks after it, to choose another"):
        decision().check_mover(Move.APPROVE, "ULEAD", gone, [lead])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ship &lt;small&gt; &amp; first", "Ship <small> & first"),
        ("&amp;lt;", "&lt;"),
        ("ask <@U012AB|ana> in <#C012AB|forecast>", "ask @ana in #forecast"),
        ("see <https://example.com|the page>", "see the page"),
        ("see <https://example.com>", "see https://example.com"),
        ("  plain  ", "plain"),
    ],
)
def test_text_after_a_command_reads_as_it_was_typed(typed: str, read: str) -> None:
    assert plain(typed) == read
