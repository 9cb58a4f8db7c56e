"""When people are away."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from domain.people import Absence, Source
from storage.tables import AbsenceRow


@dataclass(frozen=True)
class Said:
    """An absence, and who said it if it was somebody else."""

    absence: Absence
    person_id: str
    said_by: str


def absence_of(row: AbsenceRow) -> Absence:
    rituals = frozenset(row.rituals)
    return Absence(row.first, row.last, row.reason, rituals, id=row.id or 0, source=Source(row.source))


def said(session: Session, *, workspace_id: str, absence_id: int) -> Said | None:
    row = session.get(AbsenceRow, absence_id)
    found = row if row and row.workspace_id == workspace_id else None
    return Said(absence_of(found), found.person_id, found.said_by) if found else None


def take_back(session: Session, found: Said, *, workspace_id: str, day: date, said_by: str | None = None) -> None:
    """From a day on they are no longer away as was said, here and within it; what has passed stays.

    With `said_by` only what that person said is taken back.
    """
    within = (
        col(AbsenceRow.workspace_id) == workspace_id,
        col(AbsenceRow.person_id) == found.person_id,
        col(AbsenceRow.first) >= found.absence.first,
        col(AbsenceRow.last) <= found.absence.last,
        col(AbsenceRow.last) >= day,
        AbsenceRow.source == Source.SAID.value,
    )
    for row in session.exec(select(AbsenceRow).where(*within)).all():
        if frozenset(row.rituals) == found.absence.rituals and said_by in (None, row.said_by):
            row.last = day - timedelta(days=1)
            session.add(row) if row.first <= row.last else session.delete(row)
    session.flush()


def _values(absence: Absence) -> dict[str, Any]:
    return {
        "first": absence.first,
        "last": absence.last,
        "reason": absence.reason,
        "rituals": sorted(absence.rituals),
    }


def add(
    session: Session,
    *,
    workspace_id: str,
    person_id: str,
    absence: Absence,
    said_by: str = "",
    source: Source = Source.SAID,
) -> int:
    """Answers its id."""
    row = AbsenceRow(
        workspace_id=workspace_id,
        person_id=person_id,
        first=absence.first,
        last=absence.last,
        reason=absence.reason,
        rituals=sorted(absence.rituals),
        said_by=said_by,
        source=source.value,
        said_last=absence.last if source is Source.CALENDAR else None,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def move(
    session: Session, *, workspace_id: str, person_id: str, absence_id: int, before: Absence, after: Absence
) -> bool:
    """Gives an absence other days if it still has the days of before; whether it had.

    It may have been ended, or be gone, and SQLite gives the ids of rows that are gone to new ones.
    """
    still = (
        col(AbsenceRow.workspace_id) == workspace_id,
        col(AbsenceRow.person_id) == person_id,
        col(AbsenceRow.id) == absence_id,
        col(AbsenceRow.first) == before.first,
        col(AbsenceRow.last) == before.last,
    )
    moved = update(AbsenceRow).where(*still).values(**_values(after)).returning(col(AbsenceRow.id))
    return session.execute(moved).first() is not None


def end(session: Session, *, workspace_id: str, person_id: str, day: date) -> int:
    """Ends those that cover a day on the day before it; answers how many did. Of a calendar it stays known."""
    covering = (
        col(AbsenceRow.workspace_id) == workspace_id,
        col(AbsenceRow.person_id) == person_id,
        col(AbsenceRow.first) <= day,
        col(AbsenceRow.last) >= day,
    )
    found = session.exec(select(AbsenceRow).where(*covering)).all()
    for row in found:
        row.last = day - timedelta(days=1)
        # What a calendar says would come again with the next reading, were it not known that it has been ended.
        is_kept = row.first <= row.last or row.source == Source.CALENDAR.value
        session.add(row) if is_kept else session.delete(row)
    session.flush()
    return len(found)


def follow_status(session: Session, *, workspace_id: str, person_id: str, today: date, last: date | None) -> None:
    """What a Slack status said before ends or moves; with a last day they are away from today on."""
    theirs = (
        col(AbsenceRow.workspace_id) == workspace_id,
        col(AbsenceRow.person_id) == person_id,
        col(AbsenceRow.last) >= today,
        AbsenceRow.source == Source.STATUS.value,
    )
    row = session.exec(select(AbsenceRow).where(*theirs)).first()
    if row is None and last is not None:
        absence = Absence(today, last)
        add(session, workspace_id=workspace_id, person_id=person_id, absence=absence, source=Source.STATUS)
    elif row is not None:
        row.last = last or today - timedelta(days=1)
        session.add(row) if row.first <= row.last else session.delete(row)
    session.flush()
