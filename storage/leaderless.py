"""Open decisions that somebody who has left was to approve or drive."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, case, or_
from sqlmodel import Session, col, select

from domain.decision_states import OPEN
from domain.decisions import Decision
from storage.decision_rows import of_rows
from storage.tables import DecisionRow, PersonRow

MOST = 100
"""At most so many are offered to others at once."""


def of_person(session: Session, *, workspace_id: str, person_id: str) -> list[Decision]:
    """Open decisions whose approver or driver has left, and which this person approves, drives or has recorded."""
    concerns = or_(
        col(DecisionRow.approver_id) == person_id,
        col(DecisionRow.recorded_by) == person_id,
        col(DecisionRow.driver_id) == person_id,
    )
    return of_rows(session, list(session.exec(_leaderless(workspace_id).where(concerns))))


def listed(session: Session, *, workspace_id: str, reader_id: str, channel_ids: Collection[str]) -> list[Decision]:
    """Open decisions whose approver or driver has left, and which the reader has recorded or drives, or which nobody
    drives in those channels; the oldest first."""
    drives = or_(col(DecisionRow.recorded_by) == reader_id, col(DecisionRow.driver_id) == reader_id)
    driven = select(PersonRow.id).where(
        col(PersonRow.workspace_id) == col(DecisionRow.workspace_id),
        col(PersonRow.left).is_(False),
        col(PersonRow.id).in_([col(DecisionRow.recorded_by), col(DecisionRow.driver_id)]),
    )
    undriven = and_(col(DecisionRow.channel_id).in_(channel_ids), ~driven.exists())
    query = _leaderless(workspace_id).where(or_(drives, undriven)).limit(MOST)
    return of_rows(session, list(session.exec(query)))


def _leaderless(workspace_id: str) -> Any:
    drives = case((col(DecisionRow.driver_id) == "", col(DecisionRow.recorded_by)), else_=col(DecisionRow.driver_id))
    answers_for_it = or_(col(PersonRow.id) == DecisionRow.approver_id, col(PersonRow.id) == drives)
    gone = (col(PersonRow.workspace_id) == col(DecisionRow.workspace_id), col(PersonRow.left).is_(True))
    query = select(DecisionRow).where(DecisionRow.workspace_id == workspace_id)
    query = query.where(col(DecisionRow.state).in_(sorted(OPEN)))
    query = query.where(select(PersonRow.id).where(*gone, answers_for_it).exists())
    return query.order_by(col(DecisionRow.proposed_at))
