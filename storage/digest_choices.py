"""What people chose about their digest, and when it comes to those who stand in for them."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from functools import partial

from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from domain.digest_choices import USUAL, Choice, Length, Rhythm
from domain.digest_times import StandIn
from storage import ending, sql
from storage.ending import Last
from storage.tables import DigestChoiceRow, PersonRow


def choice(session: Session, *, workspace_id: str, person_id: str) -> Choice:
    """The usual, of those who chose nothing."""
    row = session.get(DigestChoiceRow, (workspace_id, person_id), populate_existing=True)
    if row is None:
        return USUAL
    return Choice(
        rhythm=Rhythm(row.rhythm),
        weekday=row.weekday,
        hour=row.hour,
        length=Length(row.length),
        about_channels=row.about_channels,
        delegate_id=row.delegate_id,
    )


def choose(session: Session, *, workspace_id: str, person_id: str, choice: Choice) -> None:
    """The person is locked first, as whoever plans their digest does, and then all rows that this may change."""
    session.get(PersonRow, (workspace_id, person_id), with_for_update=sql.LOCK)
    sql.lock(session, _concerning(workspace_id, [person_id]))
    row = {"workspace_id": workspace_id, "person_id": person_id, **asdict(choice)}
    sql.add_or_update(session, DigestChoiceRow, [row], keys=["workspace_id", "person_id"])


def look_again(session: Session, *, workspace_id: str, person_id: str, at: datetime) -> None:
    """What their delegate, and those they stand in for, mean for the digests to come is to be worked out again."""
    ending.kept(session, "delegates")[workspace_id, person_id] = at
    ending.at_end(session, (Last.DELEGATES,), partial(_look_again, session))


def _look_again(session: Session) -> None:
    marked: dict[tuple[str, str], datetime] = session.info.pop("delegates", {})
    for workspace_id in sorted({place for place, _ in marked}):
        ids = sorted(person_id for place, person_id in marked if place == workspace_id)
        found = _concerning(workspace_id, ids)
        sql.lock(session, found)
        theirs = (col(DigestChoiceRow.workspace_id) == workspace_id, col(DigestChoiceRow.person_id).in_(found))
        has_delegate = col(DigestChoiceRow.delegate_id) != ""
        session.execute(update(DigestChoiceRow).where(*theirs, has_delegate).values(next_at=max(marked.values())))


def _concerning(workspace_id: str, ids: Collection[str]) -> SelectOfScalar[str]:
    """In order, those who chose something and are, or named, one of them."""
    concerns = or_(col(DigestChoiceRow.person_id).in_(ids), col(DigestChoiceRow.delegate_id).in_(ids))
    mine = select(DigestChoiceRow.person_id).where(DigestChoiceRow.workspace_id == workspace_id, concerns)
    return mine.order_by(col(DigestChoiceRow.person_id))


def due_delegates(session: Session, *, now: datetime, limit: int) -> list[tuple[str, str]]:
    """(workspace, person) of those whose delegate may be due a digest."""
    query = select(DigestChoiceRow.workspace_id, DigestChoiceRow.person_id)
    due = query.where(col(DigestChoiceRow.next_at) <= now).order_by(col(DigestChoiceRow.next_at)).limit(limit)
    return list(session.exec(sql.locked_if_free(due)))


def stood_in(session: Session, *, workspace_id: str, person_id: str) -> tuple[date | None, date | None]:
    """The week that their delegate's next digest tells about, and the newest that a delegate was told about."""
    row = session.get(DigestChoiceRow, (workspace_id, person_id), populate_existing=True)
    return (row.stand_in_for, row.stood_in_for) if row else (None, None)


def plan_delegate(
    session: Session, *, workspace_id: str, person_id: str, coming: StandIn | None, told: date | None
) -> None:
    """`told` is the newest week that a delegate has been told about by now."""
    at, week = (coming.at, coming.week) if coming else (None, None)
    _update(session, workspace_id, person_id, next_at=at, stand_in_for=week, stood_in_for=told)


def put_off_delegate(session: Session, *, workspace_id: str, person_id: str, at: datetime) -> None:
    _update(session, workspace_id, person_id, next_at=at)


def _update(session: Session, workspace_id: str, person_id: str, **values: date | None) -> None:
    mine = (col(DigestChoiceRow.workspace_id) == workspace_id, col(DigestChoiceRow.person_id) == person_id)
    session.execute(update(DigestChoiceRow).where(*mine).values(values))
