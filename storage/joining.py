"""Open runs in which somebody has no prompt, or one that was taken back before it asked them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import literal_column
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select, update

from domain.runs import WAITING, Missed, Prompt, RunState
from storage import prompts, rituals
from storage.tables import PromptRow, RitualRow, RunRow

IS_OPEN = col(RunRow.state) == literal_column(f"'{RunState.OPEN.value}'")
"""Spelt out: a parameter would keep databases from the index of what is open."""

IS_RELEASED = col(PromptRow.missed).is_not_distinct_from(Missed.RELEASED.value)


def run_ids(session: Session, *, workspace_id: str, person_id: str) -> list[int]:
    """The newest runs of rituals that are on and may ask them, while they are open."""
    newer = aliased(RunRow)
    own = select(PromptRow.id).where(PromptRow.run_id == RunRow.id, PromptRow.person_id == person_id, ~IS_RELEASED)
    asked_anew = select(newer.id).where(newer.ritual_id == RunRow.ritual_id, col(newer.id) > col(RunRow.id))
    query = (
        select(RunRow.id)
        .join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
        .where(*rituals.may_ask(workspace_id, person_id), IS_OPEN)
        .where(~own.exists(), ~asked_anew.exists())
        .order_by(col(RunRow.id))
    )
    return [run_id or 0 for run_id in session.exec(query)]


def last_deadlines(session: Session, *, run_ids: Collection[int]) -> dict[int, datetime]:
    """By run, of those who are waited for; a run in which nobody is, is left out."""
    states = [state.value for state in WAITING]
    query = (
        select(PromptRow.run_id, func.max(col(PromptRow.deadline)))
        .where(col(PromptRow.run_id).in_(run_ids), col(PromptRow.state).in_(states))
        .group_by(col(PromptRow.run_id))
    )
    return {run_id: deadline for run_id, deadline in session.exec(query) if deadline}


def take(session: Session, *, seat: Prompt) -> None:
    """Makes it their prompt; the one that was taken back becomes it."""
    own = (col(PromptRow.run_id) == seat.run_id, col(PromptRow.person_id) == seat.person_id)
    session.execute(update(PromptRow).where(*own, IS_RELEASED).values(**prompts.new_row(seat)))
    prompts.add(session, prompts=[seat])
