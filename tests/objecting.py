"""Hands on objections to one decision: proposed by Ana, to be approved by Ben, with Chloe as a contributor."""

from datetime import timedelta

from domain.decisions import (
    Decision,
)
from domain.deliveries import Kind
from domain.submissions import Submission
from services import decisions, objections, verdicts
from storage import decisions as stored
from storage.engine import Database
from tests.messages import said
from tests.records import version
from tests.team import ANA, BEN, CHLOE, DEV, FORECAST, NOW, WORKSPACE

FORM = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": BEN, "contributors": CHLOE}
LATER = NOW + timedelta(hours=1)


def propose(db: Database, *, by: str = ANA, channel: str = FORECAST, **given: str) -> None:
    sent = Submission(WORKSPACE, by, "d1", FORM | given, [ANA, BEN, CHLOE, DEV])
    assert decisions.submit(db, sent=sent, channel_id=channel, now=NOW) == ()


def edit(db: Database, *, draft: str = "e1", by: str = ANA, **given: str) -> None:
    sent = Submission(WORKSPACE, by, draft, FORM | {"choice": "Ship half"} | given)
    decisions.submit(db, sent=sent, channel_id=FORECAST, decision_id=1, version=version(db), now=LATER)


def withdraw(db: Database, person_id: str, *, about: str = "") -> None:
    about = about or version(db)
    objections.withdraw(db, workspace_id=WORKSPACE, decision_id=1, version=about, person_id=person_id, now=LATER)


def overrule(db: Database, *, by: str = BEN, reason: str = "It cannot wait", draft: str = "v1") -> None:
    sent = Submission(WORKSPACE, by, draft, {"reason": reason})
    objections.overrule(db, sent=sent, decision_id=1, version=version(db), now=LATER)


def approve(db: Database) -> None:
    verdicts.approve(db, workspace_id=WORKSPACE, decision_id=1, version=version(db), person_id=BEN, now=LATER)


def only(db: Database) -> Decision:
    with db.read() as session:
        found = stored.decision(session, workspace_id=WORKSPACE, decision_id=1)
        assert found
        return found


def news(db: Database) -> dict[str, list[str]]:
    return said(db, Kind.DECISION_NEWS, now=LATER)
