"""What came after the runs of rituals, and what nobody answered in those that nothing came after."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from domain.runs import UNANSWERED, Prompt, Sequel
from storage.prompts import as_prompt
from storage.tables import PromptRow, RitualRow, RunRow


def of_rituals(session: Session, *, ritual_ids: Collection[int]) -> dict[int, Sequel]:
    """By ritual; those that never ran are left out."""
    # One look at the end of an index for each, however often it has run.
    newest = select(func.max(col(RunRow.id))).where(RunRow.ritual_id == RitualRow.id).scalar_subquery()
    query = select(RitualRow.id, newest, RitualRow.ended_at).where(col(RitualRow.id).in_(ritual_ids))
    found = session.exec(query)
    return {ritual_id or 0: Sequel(newest_id, ended_at) for ritual_id, newest_id, ended_at in found if newest_id}


def over(session: Session, *, workspace_id: str, person_id: str, at: datetime, ended_after: datetime) -> list[Prompt]:
    """What they had not answered by its deadline, of the newest run of each ritual, soonest deadline first; those that
    ended before are left out."""
    newer = aliased(RunRow)
    asked_anew = select(newer.id).where(newer.ritual_id == RunRow.ritual_id, col(newer.id) > col(RunRow.id))
    query = (
        select(PromptRow)
        .join(RunRow, col(RunRow.id) == col(PromptRow.run_id))
        .join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
        .where(PromptRow.workspace_id == workspace_id, PromptRow.person_id == person_id)
        .where(col(PromptRow.state).in_([state.value for state in UNANSWERED]), col(PromptRow.deadline) < at)
        .where(or_(col(RitualRow.ended_at).is_(None), col(RitualRow.ended_at) > ended_after), ~asked_anew.exists())
        .order_by(col(PromptRow.deadline))
    )
    return [as_prompt(row) for row in session.exec(query)]
