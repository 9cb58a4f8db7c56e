"""Whose Slack profile says who manages them, and when it was read."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, or_, select, update

from storage import channels
from storage.tables import PersonRow


def unread(session: Session, *, workspace_id: str, since: datetime, limit: int) -> list[str]:
    """Of the people who share a channel with Muster, those whose profile was not read since then."""
    query = (
        select(PersonRow.id)
        .where(PersonRow.workspace_id == workspace_id, col(PersonRow.left).is_(False))
        .where(col(PersonRow.id).in_(channels.near_bot(workspace_id)))
        .where(or_(col(PersonRow.profile_read_at).is_(None), col(PersonRow.profile_read_at) < since))
        .order_by(col(PersonRow.id))
        .limit(limit)
    )
    return list(session.exec(query))


def note_read(session: Session, *, workspace_id: str, person_ids: Collection[str], at: datetime) -> None:
    mine = (col(PersonRow.workspace_id) == workspace_id, col(PersonRow.id).in_(person_ids))
    session.execute(update(PersonRow).where(*mine).values(profile_read_at=at))


def count_assigned(session: Session, *, workspace_id: str) -> int:
    query = select(func.count()).where(
        PersonRow.workspace_id == workspace_id,
        col(PersonRow.manager_by_profile).is_(True),
        col(PersonRow.manager_id).is_not(None),
        col(PersonRow.left).is_(False),
    )
    return session.exec(query).one()
