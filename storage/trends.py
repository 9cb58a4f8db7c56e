"""What trends count of records, week by week, added up in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import and_, case, or_, select
from sqlmodel import Session, col, func

from domain.action_states import ActionState
from domain.decision_states import OPEN, DecisionState
from domain.metrics.decisions import LEFT_OUT
from domain.trend_kinds import Burnt, Decided
from storage import sql
from storage.channels import shows
from storage.tables import ActionRow, DecisionRow, RunRow

CLOSED = (ActionState.DONE.value, ActionState.DROPPED.value)


def burnt(
    session: Session, *, workspace_id: str, person_id: str, channels: Any, bounds: Sequence[datetime], now: datetime
) -> list[Burnt]:
    """Of the action items in those channels that this person may read: how many were open at the end of each span
    between two bounds, and how many were closed in it."""
    seen = (
        col(ActionRow.workspace_id) == workspace_id,
        col(ActionRow.channel_id).in_(channels),
        shows(ActionRow.channel_id, ActionRow.created_at, workspace_id=workspace_id, person_id=person_id, now=now),
        _goes_to_its_channel(),
    )
    created, settled = col(ActionRow.created_at), col(ActionRow.settled_at)
    ends = bounds[1:]
    still = select(*(_many(created < end) for end in ends)).where(*seen, col(ActionRow.state) == ActionState.OPEN.value)
    ended = select(
        *(_many(and_(created < end, settled >= end)) for end in ends),
        *(_many(and_(settled >= start, settled < end)) for start, end in pairwise(bounds)),
    ).where(*seen, col(ActionRow.state).in_(CLOSED), settled >= bounds[0])
    left, since = session.execute(still).one(), session.execute(ended).one()
    both = zip(left, since[: len(ends)], since[len(ends) :], strict=True)
    return [Burnt(open=open_now + open_then, closed=closed) for open_now, open_then, closed in both]


def still_open(
    session: Session,
    *,
    workspace_id: str,
    person_id: str,
    channels: Any,
    but_of: str,
    but: Collection[int],
    now: datetime,
) -> int:
    """How many action items in those channels, or that this person asked for, are open: as far as they may read them,
    without those of one owner and without those known already."""
    here = shows(ActionRow.channel_id, ActionRow.created_at, workspace_id=workspace_id, person_id=person_id, now=now)
    in_channels = and_(sql.unindexed(ActionRow.channel_id).in_(channels), here, _goes_to_its_channel())
    query = select(func.count()).where(
        col(ActionRow.workspace_id) == workspace_id,
        col(ActionRow.state) == ActionState.OPEN.value,
        col(ActionRow.owner_id) != but_of,
        col(ActionRow.id).not_in(but),
        or_(in_channels, sql.unindexed(ActionRow.asked_by) == person_id),
    )
    return int(session.execute(query).scalar_one())


def _many(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _goes_to_its_channel() -> Any:
    """What an answer made, or was made of one, is known only as far as the answer goes: one that its channel does not
    read is counted for nobody."""
    post = col(RunRow.template)["post"]["to"].as_string()
    made_in = func.coalesce(col(ActionRow.run_id), col(ActionRow.answer_run_id))
    hidden = select(col(RunRow.id)).where(col(RunRow.id) == made_in, post.not_like('%"channel"%'))
    return ~hidden.correlate(ActionRow).exists()


def decided(
    session: Session, *, workspace_id: str, person_id: str, channels: Any, start: datetime, end: datetime, now: datetime
) -> list[Decided]:
    """The decisions of those channels that were accepted or rejected in [start, end), as far as this person may read
    them: what was superseded since then, or withdrawn, is left out."""
    readable = _readable(workspace_id, person_id, channels, now)
    state, decided_at, ended_at = col(DecisionRow.state), col(DecisionRow.decided_at), col(DecisionRow.ended_at)
    found = [
        row
        for at, of_kind in ((decided_at, state.not_in(LEFT_OUT)), (ended_at, state == DecisionState.REJECTED.value))
        for row in session.execute(
            select(col(DecisionRow.channel_id), col(DecisionRow.proposed_at), at)
            .where(*readable, of_kind, at >= start, at < end)
            .order_by(at, col(DecisionRow.id))
        )
    ]
    return [Decided(*row) for row in found]


def waiting(
    session: Session, *, workspace_id: str, person_id: str, channels: Any, now: datetime
) -> tuple[int, datetime | None]:
    """How many decisions there wait for a verdict, and when the first of them was proposed."""
    query = select(func.count(), func.min(col(DecisionRow.proposed_at))).where(
        *_readable(workspace_id, person_id, channels, now), col(DecisionRow.state).in_(sorted(OPEN))
    )
    count, first = session.execute(query).one()
    return count, first


def _readable(workspace_id: str, person_id: str, channels: Any, now: datetime) -> tuple[Any, ...]:
    return (
        col(DecisionRow.workspace_id) == workspace_id,
        col(DecisionRow.channel_id).in_(channels),
        shows(DecisionRow.channel_id, DecisionRow.proposed_at, workspace_id=workspace_id, person_id=person_id, now=now),
    )
