"""One turn of the loop with few and with many rituals of which none is due."""

import threading
import time
from datetime import datetime

from benchmarks.scene import NOW, add_quiet_rituals, workspace
from schedules.calendars import Calendars
from schedules.feeds import Feeds
from schedules.loop import Loop
from schedules.membership import Membership
from schedules.worker import Worker
from services import sync, user_groups
from services.secrets import Secrets
from storage.engine import Database
from surface.slack import Slack

TURNS = 300
NOWHERE = "http://127.0.0.1:9/api/"


def tick(rituals: int) -> float:
    """Seconds of one turn with so many rituals."""
    with workspace() as db:
        add_quiet_rituals(db, rituals)
        return _turns(db)


def _turns(db: Database) -> float:
    wake, slack = threading.Event(), Slack("xoxb-bench", NOWHERE)
    sync.people_read(db, workspace_id="T1", now=NOW)
    user_groups.save(db, workspace_id="T1", found={}, now=NOW)
    sync.save_members(db, workspace_id="T1", channel_id="C1", ids=[], now=NOW, read_at=NOW)

    def clock() -> datetime:
        return NOW

    membership = Membership(db, clock, slack)
    worker = Worker(db, clock, slack, membership.freshen, wake=wake.set)
    calendars = Calendars(db, clock, Secrets(), Feeds(), wake=wake.set)
    loop = Loop(db, clock, worker, membership, [calendars], wake=wake)
    loop.turn()
    began = time.perf_counter()
    for _ in range(TURNS):
        loop.turn()
    took = time.perf_counter() - began
    loop.close()
    return took / TURNS
