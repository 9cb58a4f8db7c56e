"""Summing up what has come so far, of a run that is open for more than a day."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain import hours
from domain.runs import WAITING, Run
from services import owing, planning
from services.isolation import apart
from storage import owed, people, prompts, rituals
from storage.ending import makes_nothing_due
from storage.engine import Database
from storage.owed import Want

BATCH = 100
PUT_OFF = timedelta(hours=1)
LEFT = timedelta(hours=1)
"""If the run ends sooner, its summary says it all."""


def sum_up_due(db: Database, *, now: datetime) -> int:
    """Posts interim summaries, each once; answers how many runs it moved."""
    with db.write() as session:
        found = rituals.runs_due(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for run in found:
            apart(
                session,
                partial(_sum_up, session, run, now),
                partial(rituals.set_next_of_run, session, run_id=run.id, at=now + PUT_OFF),
                f"summing up run {run.id}",
            )
    return len(found)


def _sum_up(session: Session, run: Run, now: datetime) -> None:
    """When its facilitator is at work, who can do something about what stands there."""
    facilitator = people.person(session, workspace_id=run.workspace_id, person_id=run.facilitator_id)
    at = hours.back_at_work(facilitator, now) if facilitator and not facilitator.left else now
    rituals.set_next_of_run(session, run_id=run.id, at=at if at > now else None)
    post = run.template.post
    is_wanted = post.is_in_channel and not post.quiet and not run.template.anonymous
    if at == now and is_wanted and planning.channel_is_open(session, run):
        asked = prompts.of_run(session, run_id=run.id)
        last = max((each.deadline for each in asked if each.state in WAITING), default=now)
        if last - now >= LEFT:
            interim = Want(owing.interim_message(run), not_after=last, after=owing.run_message(run))
            owed.want(session, workspace_id=run.workspace_id, wants=[interim], now=now)
