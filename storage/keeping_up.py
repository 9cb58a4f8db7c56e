"""What came of blockers, and how runs went, added up in the database."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from domain.runs import PromptState
from storage.engagement import COUNTS
from storage.tables import ActionRow, BlockerRow, PromptRow, RunRow


def raised(session: Session, *, run_ids: Collection[int]) -> list[int]:
    """The ids of the blockers raised in those runs."""
    query = select(BlockerRow.id).where(col(BlockerRow.run_id).in_(run_ids)).order_by(col(BlockerRow.id))
    return [found or 0 for found in session.exec(query)]


def became_items(session: Session, *, blocker_ids: Collection[int]) -> dict[int, datetime]:
    """By blocker, when an action item was made of it."""
    query = select(ActionRow.blocker_id, func.min(ActionRow.created_at))
    query = query.where(col(ActionRow.blocker_id).in_(blocker_ids)).group_by(col(ActionRow.blocker_id))
    return {blocker_id: at for blocker_id, at in session.exec(query) if blocker_id and at}


def planned(session: Session, *, run_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By run: how many before it were not asked, and when its last window ended. Rounds are planned by nobody."""
    query = (
        select(RunRow.id, RunRow.skipped, func.max(PromptRow.deadline))
        .join(PromptRow, col(PromptRow.run_id) == col(RunRow.id))
        .where(col(RunRow.id).in_(run_ids), col(RunRow.subject_id).is_(None))
        .group_by(col(RunRow.id), col(RunRow.skipped))
    )
    return {run_id or 0: (skipped, ends) for run_id, skipped, ends in session.exec(query)}


def contributions(session: Session, *, run_ids: Collection[int]) -> list[int]:
    """How many of those runs each of the people they asked has answered; of whom is not told."""
    answered = case((col(PromptRow.state) == PromptState.ANSWERED.value, 1), else_=0)
    query = (
        select(func.sum(answered)).where(col(PromptRow.run_id).in_(run_ids), COUNTS).group_by(col(PromptRow.person_id))
    )
    return sorted(int(found) for found in session.exec(query))
