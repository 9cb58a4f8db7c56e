"""What the audit trail keeps of a decision that takes the place of another, on both databases."""

from storage.engine import Database
from tests.decisions.test_superseding import approve, old, proposed
from tests.team import BEN
from tests.trail import entries


def test_the_audit_trail_has_both_sides(db: Database) -> None:
    old(db)
    proposed(db)
    approve(db, 2)
    lines = {(line.subject, line.what): line for line in entries(db)}
    ended, approved = lines["D-1", "decision superseded"], lines["D-2", "decision approved"]
    assert (ended.actor_id, ended.details) == (
        BEN,
        {"before": "accepted", "after": "superseded", "superseded_by": "D-2"},
    )
    assert approved.details == {"before": "proposed", "after": "accepted"}
    supersedes = lines["D-2", "decision supersedes"]
    assert (supersedes.actor_id, supersedes.details) == (BEN, {"others": ["D-1"]})
