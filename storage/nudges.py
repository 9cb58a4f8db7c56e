"""How often people have been reminded on a day."""

from datetime import date

from sqlmodel import Session, col, update

from storage import sql
from storage.tables import NudgeCountRow


def take(session: Session, *, workspace_id: str, person_id: str, day: date, most: int) -> bool:
    """Counts one more, if that is not more than `most`; whether it did."""
    row = {"workspace_id": workspace_id, "person_id": person_id, "day": day, "count": 0}
    sql.add_missing(session, NudgeCountRow, [row])
    counted = update(NudgeCountRow).where(
        col(NudgeCountRow.workspace_id) == workspace_id,
        col(NudgeCountRow.person_id) == person_id,
        col(NudgeCountRow.day) == day,
        col(NudgeCountRow.count) < most,
    )
    more = counted.values(count=NudgeCountRow.count + 1).returning(col(NudgeCountRow.count))
    return session.execute(more).first() is not None
