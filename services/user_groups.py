"""Keeping what Muster knows of Slack's user groups in step with Slack."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from domain.selectors import selectors
from services import replanning
from storage import groups, people, rituals
from storage.engine import Database

REREAD = timedelta(hours=6)
"""They are read again after this time; events keep them current in between."""


def are_old(db: Database, *, workspace_id: str, now: datetime) -> bool:
    with db.read() as session:
        checked = people.workspace(session, workspace_id=workspace_id).groups_checked_at
    return checked is None or now - checked > REREAD


def doubt(db: Database, *, workspace_id: str) -> None:
    """Something changed: Slack is asked again soon."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True).groups_checked_at = None


def save(db: Database, *, workspace_id: str, found: Mapping[str, Collection[str]], now: datetime) -> None:
    """Whoever came or went is asked, or no longer asked, from the next time on."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True).groups_checked_at = now
        before = groups.all_members(session, workspace_id=workspace_id)
        after = {group_id: set(ids) for group_id, ids in found.items() if ids}
        if before == after:
            return
        groups.set_all(session, workspace_id=workspace_id, groups=after)
        changed = {f"@{each}" for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
        for ritual in rituals.active(session, workspace_id=workspace_id):
            if any(each.whom in changed for each in selectors(ritual.template.who)):
                replanning.reschedule(session, ritual.id, now=now)
