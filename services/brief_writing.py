"""Asking a language model for a brief: where it may be, how much of it, and each thread once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from domain.briefings import Briefing, Progress
from domain.briefs import Brief, WhyNot
from domain.language_models import (
    BRIEFS_AN_HOUR,
    BRIEFS_OF_A_THREAD,
    DAY,
    HOUR,
    KEPT,
    NotWritten,
    Unwanted,
    since,
)
from domain.posted import moment_of
from services import language_models
from services.briefings import LEASE, keep, wanted
from storage import language_models as stored
from storage.engine import Database

TOKENS = "tokens"


class Share(NamedTuple):
    """So much of something may be used in an hour or a day."""

    what: str
    window: timedelta
    most: int


def begin(db: Database, *, briefing: Briefing, fingerprint: str, read: int, now: datetime) -> Brief | None:
    """What a model wrote of the very same a short while ago; else it is the caller's to ask, and to end with `written`
    or `given_up`.

    Raises Unwanted, BeingWritten, and NotWritten where no model may be asked, or the allowance is used up.
    """
    with db.write() as session:
        current = _wanted(session, briefing)
        done = stored.begin(session, asked=briefing.asked, fingerprint=fingerprint, now=now, until=now + LEASE)
        if done is None:
            for share in _shares(briefing):
                take(session, briefing.workspace_id, share, 1, now)
            writing = replace(current, progress=Progress.WRITING, read=read, total=max(current.total, read))
            keep(session, writing, now, next_at=now + LEASE)
        return done


def written(db: Database, *, briefing: Briefing, fingerprint: str, brief: Brief, now: datetime) -> None:
    with db.write() as session:
        stored.written(session, asked=briefing.asked, fingerprint=fingerprint, brief=brief, until=now + KEPT)


def given_up(db: Database, *, briefing: Briefing, begun_at: datetime) -> None:
    """Nothing was written: it is taken from nobody's share but that of the tokens."""
    with db.write() as session:
        stored.give_up(session, asked=briefing.asked, begun_at=begun_at)
        for share in _shares(briefing):
            begun, key = since(begun_at, share.window), {"workspace_id": briefing.workspace_id, "what": share.what}
            stored.settle(session, **key, since=begun, change=-1)


def reserve(db: Database, *, briefing: Briefing, tokens: int, most: int, now: datetime) -> None:
    """Before each request. Raises Unwanted, and NotWritten if no model may be asked any more, or the workspace has used
    up its tokens of the day."""
    with db.write() as session:
        _wanted(session, briefing)
        take(session, briefing.workspace_id, Share(TOKENS, DAY, most), tokens, now)


def settle(db: Database, *, workspace_id: str, change: int, reserved_at: datetime) -> None:
    """After it: `change` is how many more it took than were reserved."""
    with db.write() as session:
        day = since(reserved_at, DAY)
        stored.settle(session, workspace_id=workspace_id, what=TOKENS, since=day, change=change)


def _wanted(session: Session, briefing: Briefing) -> Briefing:
    """Raises Unwanted, and NotWritten where no model may be asked."""
    current = wanted(session, briefing)
    if current is None:
        raise Unwanted
    language_models.check_may_be_asked(
        session,
        workspace_id=briefing.workspace_id,
        channel_id=briefing.channel_id,
        said_at=moment_of(briefing.thread_ts),
    )
    return current


def _shares(briefing: Briefing) -> list[Share]:
    of_thread = f"thread {briefing.channel_id} {briefing.thread_ts}"
    return [Share(f"person {briefing.person_id}", HOUR, BRIEFS_AN_HOUR), Share(of_thread, DAY, BRIEFS_OF_A_THREAD)]


def take(session: Session, workspace_id: str, share: Share, amount: int, now: datetime) -> None:
    """Raises NotWritten if so much is not left."""
    begun, key = since(now, share.window), {"workspace_id": workspace_id, "what": share.what}
    if not stored.reserve(session, **key, since=begun, amount=amount, most=share.most):
        raise NotWritten(WhyNot.USED_UP, share.what.partition(" ")[0], again_at=begun + share.window)
