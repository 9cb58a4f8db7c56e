"""Action items that were made of a decision, on both databases."""

from dataclasses import replace

from domain.action_states import ActionState
from storage import actions
from storage.engine import Database
from tests import records
from tests.team import ANA, BEN, NOW, WORKSPACE


def test_those_that_are_still_open_are_found_by_their_decision(db: Database) -> None:
    first, other = records.decision(db, number=1).id, records.decision(db, number=2).id
    made = [
        replace(records.action(db, number=number), id=0, number=number + 10, decision_id=decision_id, owner_id=owner)
        for number, decision_id, owner in ((1, first, ANA), (2, first, BEN), (3, other, ANA), (4, first, ANA))
    ]
    with db.write() as session:
        kept = [actions.add(session, item=each, next_at=None) for each in made]
        actions.save(session, item=replace(kept[3], state=ActionState.DONE, done_at=NOW), next_at=None)
    with db.read() as session:
        found = actions.open_of_decision(session, workspace_id=WORKSPACE, decision_id=first)
    assert [(each.name, each.owner_id) for each in found] == [("A-11", ANA), ("A-12", BEN)]
