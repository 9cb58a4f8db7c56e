"""What is to come in the next days, and what came of things in a week, in the channels of a digest."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.action_states import ActionState
from domain.blockers import BlockerState
from domain.decision_states import OPEN, DecisionState
from storage import sql
from storage.tables import ActionRow, BlockerRow, DecisionRow, RitualRow


def looks(session: Session, *, workspace_id: str, channels: Any, first: date, last: date) -> list[int]:
    """Decisions that hold and are to be looked at again on one of those days; the soonest first."""
    query = (
        select(DecisionRow.id)
        .where(DecisionRow.workspace_id == workspace_id, DecisionRow.state == DecisionState.ACCEPTED.value)
        .where(col(DecisionRow.look_again_on) >= first, col(DecisionRow.look_again_on) <= last)
        .where(sql.unindexed(DecisionRow.channel_id).in_(channels))
    )
    return _ids(session, query.order_by(col(DecisionRow.look_again_on), col(DecisionRow.number)))


def rituals(session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime) -> list[int]:
    """Those whose next occurrence begins in [start, end); the soonest first."""
    query = (
        select(RitualRow.id)
        .where(RitualRow.workspace_id == workspace_id, col(RitualRow.channel_id).in_(channels))
        .where(col(RitualRow.ended_at).is_(None))
        .where(col(RitualRow.begins_at) >= start, col(RitualRow.begins_at) < end)
    )
    return _ids(session, query.order_by(col(RitualRow.begins_at), col(RitualRow.id)))


def learned(session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime) -> list[int]:
    """Decisions of which somebody said in [start, end) what came of them."""
    query = (
        select(DecisionRow.id)
        .where(DecisionRow.workspace_id == workspace_id, sql.unindexed(DecisionRow.channel_id).in_(channels))
        .where(col(DecisionRow.result_at) >= start, col(DecisionRow.result_at) < end)
    )
    return _ids(session, query.order_by(col(DecisionRow.result_at), col(DecisionRow.number)))


def done(session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime) -> list[int]:
    """Action items that were done in [start, end) and go back to what somebody answered."""
    query = (
        select(ActionRow.id)
        .where(ActionRow.workspace_id == workspace_id, sql.unindexed(ActionRow.channel_id).in_(channels))
        .where(ActionRow.state == ActionState.DONE.value)
        .where(col(ActionRow.done_at) >= start, col(ActionRow.done_at) < end)
        .where(col(ActionRow.answer_run_id).is_not(None) | col(ActionRow.blocker_id).is_not(None))
    )
    return _ids(session, query.order_by(col(ActionRow.done_at), col(ActionRow.number)))


def agreed(session: Session, *, workspace_id: str, channels: Any, first: date, last: date) -> list[int]:
    """Action items whose first day is one of those."""
    query = (
        select(ActionRow.id)
        .where(ActionRow.workspace_id == workspace_id, sql.unindexed(ActionRow.channel_id).in_(channels))
        .where(col(ActionRow.first_due) >= first, col(ActionRow.first_due) <= last)
    )
    return _ids(session, query.order_by(col(ActionRow.first_due), col(ActionRow.number)))


def undecided(session: Session, *, workspace_id: str, channels: Any) -> list[int]:
    """Proposals that wait for their verdict."""
    query = select(DecisionRow.id).where(DecisionRow.workspace_id == workspace_id)
    query = query.where(col(DecisionRow.state).in_([each.value for each in OPEN]))
    return _ids(session, query.where(sql.unindexed(DecisionRow.channel_id).in_(channels)))


def cleared(session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime) -> list[int]:
    """Blockers that somebody cleared in [start, end)."""
    query = (
        select(BlockerRow.id)
        .where(BlockerRow.workspace_id == workspace_id, sql.unindexed(BlockerRow.channel_id).in_(channels))
        .where(BlockerRow.state == BlockerState.CLEARED.value)
        .where(col(BlockerRow.cleared_at) >= start, col(BlockerRow.cleared_at) < end)
    )
    return _ids(session, query.order_by(col(BlockerRow.cleared_at), col(BlockerRow.id)))


def _ids(session: Session, query: Any) -> list[int]:
    return [found or 0 for found in session.exec(query)]
