"""Which digests show something that has just changed: only the newest of each reader is kept true."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.digests import Listed, may_list
from domain.runs import Run
from storage import digests, owed


def run_changed(session: Session, run: Run, *, now: datetime) -> None:
    """After an answer, or the close. Most runs are over before a digest tells of them, and cost nothing here."""
    if may_list(run, now):
        _owe(session, run.workspace_id, run.channel_id, lambda listed: run.id in listed.runs, now)


def blocker_changed(session: Session, blocker: Blocker, *, now: datetime) -> None:
    """Those that list it, however old it is."""
    _owe(session, blocker.workspace_id, blocker.channel_id, lambda listed: blocker.id in listed.blockers, now)


def item_changed(session: Session, item: ActionItem, *, now: datetime) -> None:
    """Those who list the item because of its channel; its own people get theirs with their Home."""
    _owe(session, item.workspace_id, item.channel_id, lambda listed: item.id in listed.slipped, now)


def _owe(session: Session, workspace_id: str, channel_id: str, lists: Callable[[Listed], bool], now: datetime) -> None:
    found = digests.newest_around(session, workspace_id=workspace_id, channel_id=channel_id)
    keys = [each.message.key for each in found if lists(each.listed)]
    owed.want_again(session, workspace_id=workspace_id, keys=keys, now=now)
