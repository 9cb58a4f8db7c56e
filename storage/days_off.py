"""The days off of a whole workspace."""

from datetime import date

from sqlmodel import Session, col, delete, select

from storage import sql
from storage.tables import DayOffRow


def days(session: Session, *, workspace_id: str) -> dict[date, str]:
    """With their names, in their order."""
    query = select(DayOffRow).where(DayOffRow.workspace_id == workspace_id)
    return {row.day: row.name for row in session.exec(query.order_by(col(DayOffRow.day)))}


def save(session: Session, *, workspace_id: str, day: date, name: str) -> None:
    row = {"workspace_id": workspace_id, "day": day, "name": name}
    sql.add_or_update(session, DayOffRow, [row], keys=["workspace_id", "day"])


def remove(session: Session, *, workspace_id: str, day: date) -> None:
    mine = (col(DayOffRow.workspace_id) == workspace_id, col(DayOffRow.day) == day)
    session.execute(delete(DayOffRow).where(*mine))
