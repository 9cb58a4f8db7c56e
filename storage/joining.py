"""Open runs in which somebody has no prompt."""

from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from domain.runs import WAITING, RunState
from storage import rituals
from storage.tables import PromptRow, RitualRow, RunRow


def run_ids(session: Session, *, workspace_id: str, person_id: str) -> list[int]:
    """The newest runs of rituals that are on and may ask them, while they are open."""
    newer = aliased(RunRow)
    own = select(PromptRow.id).where(PromptRow.run_id == RunRow.id, PromptRow.person_id == person_id)
    asked_anew = select(newer.id).where(newer.ritual_id == RunRow.ritual_id, col(newer.id) > col(RunRow.id))
    query = (
        select(RunRow.id)
        .join(RitualRow, col(RitualRow.id) == col(RunRow.ritual_id))
        .where(*rituals.may_ask(workspace_id, person_id), RunRow.state == RunState.OPEN.value)
        .where(~own.exists(), ~asked_anew.exists())
        .order_by(col(RunRow.id))
    )
    return [run_id or 0 for run_id in session.exec(query)]


def last_deadline(session: Session, *, run_id: int) -> datetime | None:
    """Of those who are waited for; None if nobody is."""
    states = [state.value for state in WAITING]
    query = select(func.max(col(PromptRow.deadline))).where(
        PromptRow.run_id == run_id, col(PromptRow.state).in_(states)
    )
    return session.exec(query).one()
