"""When those who are to know of a decision are reminded to read it. Whoever writes here has locked the decision."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select, update

from storage import sql
from storage.decision_rows import INFORMED
from storage.tables import DecisionPersonRow, DecisionRow

Due = dict[tuple[str, int], list[str]]
"""By workspace and decision, those whose moment has come."""


def plan(session: Session, *, decision_id: int, moments: Mapping[str, datetime | None]) -> None:
    for person_id, at in moments.items():
        found = update(DecisionPersonRow).where(
            col(DecisionPersonRow.decision_id) == decision_id,
            col(DecisionPersonRow.person_id) == person_id,
            col(DecisionPersonRow.part) == INFORMED,
        )
        session.execute(found.values(next_at=at))


def due(session: Session, *, now: datetime, limit: int) -> Due:
    """Of decisions that are locked until the transaction ends."""
    is_due = (col(DecisionPersonRow.next_at).is_not(None), col(DecisionPersonRow.next_at) <= now)
    first = select(DecisionPersonRow).where(*is_due).order_by(col(DecisionPersonRow.next_at)).limit(limit)
    ids = {row.decision_id for row in session.exec(first)}
    query = select(DecisionRow).where(col(DecisionRow.id).in_(ids)).order_by(col(DecisionRow.id))
    free = [row.id for row in session.exec(sql.locked_if_free(query))] if ids else []
    found: Due = {}
    rows = session.exec(select(DecisionPersonRow).where(*is_due, col(DecisionPersonRow.decision_id).in_(free)))
    for row in rows if free else ():
        found.setdefault((row.workspace_id, row.decision_id), []).append(row.person_id)
    return found
