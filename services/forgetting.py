"""Forgetting what people answered in check-ins that closed longer ago than answers are kept, and what they typed into
forms of decisions and left. What was counted stays, and so do blockers, action items and decisions: they are the
team's."""

from datetime import datetime, timedelta

from domain import briefings
from domain.language_models import FAR_LONGER
from services.decision_drafts import KEPT
from storage import briefs, ending, forgetting, kept_forms, rituals
from storage import language_models as models
from storage.engine import Database

BATCH = 20
"""Runs at a time: what is due comes before."""


def forget_drafts(db: Database, *, now: datetime) -> None:
    with db.write() as session:
        ending.makes_nothing_due(session)
        kept_forms.drop_before(session, at=now - KEPT)
        briefs.forget_before(session, at=now - briefings.KEPT)
        models.forget_before(session, now=now, used_before=now - FAR_LONGER)


def forget_due(db: Database, *, keep: timedelta, now: datetime) -> bool:
    """Deletes the answers of a batch of runs; whether there may be more."""
    with db.read() as session:
        found = forgetting.due(session, closed_before=now - keep, limit=BATCH)
    for workspace_id, run_id in found:
        with db.write() as session:
            ending.makes_nothing_due(session)
            run = rituals.run(session, workspace_id=workspace_id, run_id=run_id)
            if run:
                forgetting.forget_run(session, run=run, at=now)
    return len(found) == BATCH
