"""The digests written so far, and what there is to list in one."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, or_
from sqlmodel import Session, col, func, select, update

from domain.action_states import ActionState
from domain.decision_states import DecisionState
from domain.deliveries import Subject
from domain.digest_choices import Shape
from domain.digest_times import Planned
from domain.digests import Digest, Listed, message_of
from storage import sql
from storage.decision_rows import CONTRIBUTOR, INFORMED
from storage.tables import (
    ActionRow,
    ChannelRow,
    DecisionPersonRow,
    DecisionRow,
    DigestRow,
    MemberRow,
    PersonRow,
    RitualRow,
    RunRow,
)

_SAME = ("workspace_id", "person_id", "about_id", "is_asked", "week")
"""What there is one digest of."""
REJECTED = DecisionState.REJECTED.value
_KINDS = (col(DigestRow.person_id), col(DigestRow.about_id), col(DigestRow.is_asked))


def add(session: Session, *, digest: Digest) -> int | None:
    """Adds it, but for its id, which it answers; None when that week has one already."""
    added = sql.add_new(session, DigestRow, [_row(digest)], keys=[*_SAME], answer="id")
    return next(iter(added), None)


def write(session: Session, *, digest: Digest) -> bool:
    """Adds it, or writes over the one of the same days; whether it is new."""
    if add(session, digest=digest) is not None:
        return True
    row = _row(digest)
    same = (getattr(DigestRow, name) == row[name] for name in _SAME)
    session.execute(update(DigestRow).where(*same).values({name: row[name] for name in row if name not in _SAME}))
    return False


def _row(digest: Digest) -> dict[str, Any]:
    return {
        "workspace_id": digest.workspace_id,
        "person_id": digest.person_id,
        "about_id": digest.about_id or digest.person_id,
        "is_asked": digest.is_asked,
        "week": digest.week,
        "weeks": digest.weeks,
        "shape": digest.shape.value,
        "only_if_needed": digest.only_if_needed,
        "content": asdict(digest.listed),
        "written_at": digest.written_at,
    }


def find(session: Session, *, digest: Digest) -> int | None:
    """The id of the one of the same week, reader and people."""
    row = _row(digest)
    return session.exec(select(DigestRow.id).where(*(getattr(DigestRow, name) == row[name] for name in _SAME))).first()


def digest(session: Session, *, workspace_id: str, digest_id: int) -> Digest | None:
    row = session.get(DigestRow, digest_id)
    return _digest(row) if row and row.workspace_id == workspace_id else None


def newest(session: Session, *, workspace_id: str, person_ids: Collection[str]) -> list[Subject]:
    """The messages of the newest digests of those people; those asked for, and those for a delegate, are told apart."""
    query = (
        select(func.max(DigestRow.id), DigestRow.person_id, DigestRow.is_asked)
        .where(DigestRow.workspace_id == workspace_id, col(DigestRow.person_id).in_(person_ids))
        .group_by(*_KINDS)
    )
    return [message_of(found or 0, person_id, is_asked=asked) for found, person_id, asked in session.exec(query)]


def newest_of(session: Session, *, workspace_id: str, person_id: str) -> Digest | None:
    """Of those that came by themselves."""
    query = select(DigestRow).where(DigestRow.workspace_id == workspace_id, DigestRow.person_id == person_id)
    query = query.where(DigestRow.about_id == person_id, col(DigestRow.is_asked).is_(False))
    row = session.exec(query.order_by(col(DigestRow.id).desc()).limit(1)).first()
    return _digest(row) if row else None


def before(session: Session, *, digest: Digest, limit: int) -> list[Digest]:
    """The last of the same people that came to the same reader by themselves; the newest first."""
    of = (DigestRow.person_id == digest.person_id, DigestRow.about_id == (digest.about_id or digest.person_id))
    query = select(DigestRow).where(DigestRow.workspace_id == digest.workspace_id, *of)
    query = query.where(col(DigestRow.is_asked).is_(False), DigestRow.week < digest.week)
    return [_digest(row) for row in session.exec(query.order_by(col(DigestRow.week).desc()).limit(limit))]


def newest_around(session: Session, *, workspace_id: str, channel_id: str) -> list[Digest]:
    """The newest digest of each of those who are in a channel, or whose people are."""
    members = select(MemberRow.person_id).where(
        MemberRow.workspace_id == workspace_id, MemberRow.channel_id == channel_id
    )
    managers = select(PersonRow.manager_id).where(
        PersonRow.workspace_id == workspace_id, col(PersonRow.id).in_(members), col(PersonRow.manager_id).is_not(None)
    )
    concerned = col(DigestRow.person_id).in_(members.union(managers))
    ids = select(func.max(DigestRow.id)).where(DigestRow.workspace_id == workspace_id, concerned)
    query = select(DigestRow).where(col(DigestRow.id).in_(ids.group_by(*_KINDS)))
    return [_digest(row) for row in session.exec(query)]


def planned(session: Session, *, workspace_id: str, person_id: str) -> Planned | None:
    """That person's next digest, as worked out last."""
    row = session.get(PersonRow, (workspace_id, person_id), populate_existing=True)
    return Planned(row.next_at, row.untold_from) if row and row.next_at and row.untold_from else None


def channels_of(*, workspace_id: str, people: Collection[str]) -> Any:
    """Ids of the channels that any of those people is in: what a digest is about. Who may read it is asked later."""
    return (
        select(MemberRow.channel_id)
        .join(
            ChannelRow,
            and_(
                col(ChannelRow.workspace_id) == col(MemberRow.workspace_id),
                col(ChannelRow.id) == col(MemberRow.channel_id),
            ),
        )
        .where(MemberRow.workspace_id == workspace_id, col(MemberRow.person_id).in_(people))
        .where(col(ChannelRow.is_direct).is_(False))
    )


def decided(
    session: Session, *, workspace_id: str, person_id: str, channels: Any, start: datetime, end: datetime
) -> list[int]:
    """Decisions that had their verdict in [start, end), be it a no, in those channels, or naming that person."""
    named = select(DecisionPersonRow.decision_id).where(
        DecisionPersonRow.workspace_id == workspace_id,
        DecisionPersonRow.person_id == person_id,
        col(DecisionPersonRow.part).in_([CONTRIBUTOR, INFORMED]),
    )
    concerns = or_(
        col(DecisionRow.channel_id).in_(channels),
        col(DecisionRow.approver_id) == person_id,
        col(DecisionRow.recorded_by) == person_id,
        col(DecisionRow.driver_id) == person_id,
        col(DecisionRow.id).in_(named),
    )
    # In one query neither index would be of use.
    accepted = col(DecisionRow.decided_at) >= start, col(DecisionRow.decided_at) < end
    rejected = col(DecisionRow.ended_at) >= start, col(DecisionRow.ended_at) < end, DecisionRow.state == REJECTED
    found = [
        row
        for at, verdict in ((DecisionRow.decided_at, accepted), (DecisionRow.ended_at, rejected))
        for row in session.exec(
            select(at, DecisionRow.number, DecisionRow.id)
            .where(DecisionRow.workspace_id == workspace_id, *verdict)
            .where(concerns)
        )
    ]
    return [found_id or 0 for _at, _number, found_id in sorted(found)]


def open_actions(session: Session, *, workspace_id: str, person_id: str, channels: Any, due_before: date) -> list[int]:
    """Open action items due before that day in those channels, or owned or asked for by that person; oldest first."""
    concerns = or_(
        col(ActionRow.channel_id).in_(channels),
        col(ActionRow.owner_id) == person_id,
        col(ActionRow.asked_by) == person_id,
    )
    query = (
        select(ActionRow.id)
        .where(ActionRow.workspace_id == workspace_id, ActionRow.state == ActionState.OPEN.value)
        .where(col(ActionRow.due) < due_before, concerns)
    )
    return _ids(session, query.order_by(col(ActionRow.due), col(ActionRow.number)))


def closed_runs(session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime) -> list[int]:
    """Runs that closed in [start, end) in those channels."""
    query = _runs(workspace_id, channels).where(col(RunRow.closed_at) >= start, col(RunRow.closed_at) < end)
    return _ids(session, query)


def open_runs(session: Session, *, workspace_id: str, channels: Any, at: datetime) -> list[int]:
    """Runs that were open at that moment in those channels."""
    query = _runs(workspace_id, channels).where(RunRow.opened_at < at)
    # In one query SQLite would read all runs of the workspace.
    still = (col(RunRow.closed_at).is_(None), col(RunRow.closed_at) >= at)
    return sorted(found for half in still for found in _ids(session, query.where(half)))


def _runs(workspace_id: str, channels: Any) -> Any:
    query = select(RunRow.id).where(RunRow.workspace_id == workspace_id, col(RunRow.channel_id).in_(channels))
    return query.order_by(col(RunRow.occurrence), col(RunRow.id))


def has_ritual(session: Session, *, workspace_id: str, person_id: str) -> bool:
    """Whether a ritual is on in a channel of that person."""
    places = channels_of(workspace_id=workspace_id, people=[person_id])
    on = select(RitualRow.id).where(RitualRow.workspace_id == workspace_id, col(RitualRow.ended_at).is_(None))
    return session.exec(on.where(col(RitualRow.channel_id).in_(places)).limit(1)).first() is not None


def first_start(session: Session, *, workspace_id: str, places: Any) -> datetime | None:
    """When the first ritual was on in those channels, as far as they may be read: see `channels.readable_places`."""
    start, end, after = col(RitualRow.started_at), col(RitualRow.ended_at), places.c.after
    known = case((or_(after.is_(None), start > after), start), else_=after)
    query: Any = select(func.min(known)).join(places, places.c.id == col(RitualRow.channel_id))
    was_on = or_(after.is_(None), end.is_(None), end > after)
    found: datetime | None = session.exec(query.where(RitualRow.workspace_id == workspace_id, was_on)).one()
    return found


def _ids(session: Session, query: Any) -> list[int]:
    return [found or 0 for found in session.exec(query)]


def _digest(row: DigestRow) -> Digest:
    listed: dict[str, Any] = {name: tuple(ids) if isinstance(ids, list) else ids for name, ids in row.content.items()}
    return Digest(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        person_id=row.person_id,
        week=row.week,
        listed=Listed(**listed),
        written_at=row.written_at,
        weeks=row.weeks,
        shape=Shape(row.shape),
        about_id=row.about_id,
        is_asked=row.is_asked,
        only_if_needed=row.only_if_needed,
    )
