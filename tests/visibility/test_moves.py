"""The table of moves: which of those who read a record may do what with it, state by state.

A cell names them by the first letters of their parts (`PARTS`); - is nobody. Each move is made as a button makes it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlmodel import col, delete, update

from domain.action_reminders import Snooze
from domain.action_states import ActionState
from domain.action_states import Move as Step
from domain.decision_states import DecisionState, Move
from domain.decisions import FIRST_VERSION
from domain.errors import UserError
from domain.objections import Objection
from domain.runs import Ritual
from services import (
    action_changes,
    action_edits,
    decision_endings,
    decision_forms,
    informed,
    leavers,
    objections,
    verdicts,
)
from storage import objections as stored
from storage import rituals
from storage.decision_rows import READ
from storage.engine import Database
from storage.tables import ActionRow, DecisionPersonRow, DecisionRow, ObjectionRow, PersonRow
from tests.records import TEMPLATE
from tests.team import NOW, WORKSPACE
from tests.visibility.readers import PUBLIC, db, record, rows, uid

__all__ = ["db"]
VERSION: dict[str, Any] = {"decision_id": 1, "version": FIRST_VERSION}

Press = Callable[[Database, dict[str, Any]], object]
OF_DECISIONS: dict[str, Press] = {
    "approve": lambda db, who: verdicts.approve(db, **who, **VERSION, now=NOW),
    "reject": lambda db, who: verdicts.reject_form(db, **who, **VERSION),
    "object": lambda db, who: objections.form(db, **who, **VERSION, move=Move.OBJECT),
    "overrule": lambda db, who: objections.form(db, **who, **VERSION, move=Move.OVERRULE),
    "withdraw proposal": lambda db, who: decision_endings.form(db, **who, decision_id=1, move=Move.WITHDRAW_PROPOSAL),
    "edit": lambda db, who: decision_forms.edit_form(db, **who, decision_id=1, now=NOW),
    "complete": lambda db, who: decision_forms.complete_form(db, **who, decision_id=1, now=NOW),
    "read": lambda db, who: informed.read(db, **who, **VERSION, now=NOW),
    "concern": lambda db, who: informed.concern_form(db, **who, **VERSION),
    "take over": lambda db, who: leavers.take_decision(db, **who, decision_id=1, now=NOW),
    "keep": lambda db, who: decision_endings.form(db, **who, decision_id=1, move=Move.KEEP),
    "deprecate": lambda db, who: decision_endings.form(db, **who, decision_id=1, move=Move.DEPRECATE),
    "tell result": lambda db, who: decision_endings.form(db, **who, decision_id=1, move=Move.TELL_RESULT),
    "supersede": lambda db, who: decision_forms.superseding_form(db, **who, decision_id=1, now=NOW),
}
DECISIONS = """
                       proposed  contested  accepted  rejected  withdrawn  superseded  deprecated
    approve            A         -          A         -         -          -           -
    reject             A         A          -         -         -          -           -
    object             ACO       ACO        -         -         -          -           -
    overrule           -         A          -         -         -          -           -
    withdraw.proposal  RD        RD         -         -         -          -           -
    edit               RD        RD         -         -         -          -           -
    complete           -         -          RDA       -         -          -           -
    read               RDACIOM   RDACIOM    RDACIOM   -         -          -           -
    concern            -         -          RDACIOM   -         -          -           -
    take.over          D         D          -         -         -          -           -
    keep               -         -          DA        -         -          -           -
    deprecate          -         -          DA        -         -          -           -
    tell.result        -         -          -         -         -          DA          -
    supersede          -         -          DA        -         -          -           -
"""
"""Approve on what is accepted was pressed once more, and its driver takes over what is theirs already: both change
nothing."""
OF_ITEMS: dict[str, Press] = {
    "accept": lambda db, who: action_changes.accept(db, **who, item_id=1, now=NOW),
    "done": lambda db, who: action_changes.done(db, **who, item_id=1, now=NOW),
    "new date": lambda db, who: action_changes.change_form(db, **who, item_id=1, move=Step.NEW_DATE),
    "hand over": lambda db, who: action_changes.change_form(db, **who, item_id=1, move=Step.HAND_OVER),
    "drop": lambda db, who: action_changes.change_form(db, **who, item_id=1, move=Step.DROP),
    "take": lambda db, who: action_changes.take(db, **who, item_id=1, now=NOW),
    "set date": lambda db, who: action_changes.date_form(db, **who, item_id=1),
    "snooze": lambda db, who: action_changes.snooze(db, **who, item_id=1, choice=Snooze.DAY, now=NOW),
    "reopen": lambda db, who: action_changes.reopen(db, **who, item_id=1, now=NOW),
    "edit": lambda db, who: action_edits.form(db, **who, item_id=1, now=NOW),
}


ITEMS = """
                 open  done  dropped  withdrawn  owner.left  both.left
    accept       O     -     -        -          -           -
    done         OA    OA    OA       OA         A           F
    new.date     OA    -     -        -          A           F
    hand.over    OA    -     -        -          A           F
    drop         OA    -     -        -          A           F
    take         O     -     -        -          -           -
    set.date     -     -     -        -          -           -
    snooze       O     -     -        -          -           -
    reopen       OA    OA    -        -          A           F
    edit         OA    -     -        -          A           F
"""
"""Done on what is over, and reopen and take on what is open, were pressed late: they change nothing."""
PARTS = {
    "R": "recorder", "D": "driver", "A": "approver", "C": "contributor", "I": "informed", "O": "colleague",
    "M": "member",
}  # fmt: skip
"""The colleague has objected."""
ITEM_PARTS = {"O": "owner", "A": "asker", "F": "member", "I": "guest", "C": "colleague"}
"""The member facilitates in the channel."""


def may(press: Press, db: Database, name: str) -> bool:
    try:
        press(db, {"workspace_id": WORKSPACE, "person_id": uid(name)})
    except UserError:
        return False
    return True


def cells(table: str) -> dict[str, list[str]]:
    return {name: line for name, *line in rows(table)}


def stand(db: Database, state: str) -> None:
    """As if nobody had pressed yet."""
    with db.write() as session:
        session.execute(update(DecisionRow).values(state=state))
        session.execute(delete(DecisionPersonRow).where(col(DecisionPersonRow.part) == READ))
        settled = None if state == DecisionState.CONTESTED else NOW
        session.execute(update(ObjectionRow).values(withdrawn_at=settled))


def test_each_move_of_a_decision_is_made_by_those_in_the_table(db: Database) -> None:
    record(db, PUBLIC)
    with db.write() as session:
        made = Objection(0, uid("colleague"), FIRST_VERSION, "Too early", "Half of it", NOW)
        stored.add(session, workspace_id=WORKSPACE, decision_id=1, objection=made)
    assert OF_DECISIONS.keys() == set(Move) - {Move.WITHDRAW}
    states = DECISIONS.split()[: len(DecisionState)]
    assert set(states) == set(DecisionState)
    found: dict[str, list[str]] = {}
    for name, press in OF_DECISIONS.items():
        for state in states:
            who = ""
            for letter, person in PARTS.items():
                stand(db, state)
                who += letter if may(press, db, person) else ""
            found.setdefault(name, []).append(who or "-")
    assert found == cells(DECISIONS)


def test_each_move_of_an_action_item_is_made_by_those_in_the_table(db: Database) -> None:
    record(db, PUBLIC)
    with db.write() as session:
        template = replace(TEMPLATE, id="other")
        ritual = Ritual(0, WORKSPACE, PUBLIC.id, template, uid("member"), None, None)
        rituals.add(session, ritual=ritual, at=NOW)
    assert OF_ITEMS.keys() == set(Step) - {Step.RESTATE, Step.WITHDRAW}
    states = ITEMS.split()[: len(ActionState) + 2]
    assert set(ActionState) < set(states)
    found: dict[str, list[str]] = {}
    for state in states:
        gone = {"owner.left": {"owner"}, "both.left": {"owner", "asker"}}.get(state, set())
        here = {letter: person for letter, person in ITEM_PARTS.items() if person not in gone}
        with db.write() as session:
            ids = [uid(each) for each in gone]
            session.execute(update(PersonRow).where(col(PersonRow.id).in_(ids)).values(left=True))
        for name, press in OF_ITEMS.items():
            who = ""
            for letter, person in here.items():
                with db.write() as session:
                    is_open = ActionState.OPEN.value if gone else state
                    session.execute(update(ActionRow).values(state=is_open, accepted_at=None))
                who += letter if may(press, db, person) else ""
            found.setdefault(name, []).append(who or "-")
    assert found == cells(ITEMS)
