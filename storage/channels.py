"""Channels, who is in them, and who may read what was recorded there."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, or_
from sqlmodel import Session, col, func, select, update

from domain.channels import Channel, Readable
from storage import sql
from storage.tables import ChannelRow, MemberRow, PersonRow

FRESH = timedelta(minutes=15)
"""A private record is shown only when its channel's members were read from Slack less than this long ago."""
AHEAD = timedelta(minutes=1)
"""A moment may be taken before Slack is asked, and clocks differ; a reading later than this came before somebody set
the clock back, and says nothing about now."""

_CHANNELS = select(ChannelRow).where(
    ChannelRow.workspace_id == bindparam("workspace_id"), col(ChannelRow.id).in_(bindparam("ids", expanding=True))
)
"""Asked for all the time, so made once."""
NOT_FROM_SLACK = ("checked_at", "doubted_at", "private_until")


def save(session: Session, *, channel: Channel) -> None:
    """Writes what Slack says of a channel; when its members were read stays as it was."""
    sql.add_or_update(session, ChannelRow, [_from_slack(channel)], keys=["workspace_id", "id"])


def is_same(one: Channel, other: Channel) -> bool:
    """Whether Slack says the same of both."""
    return _from_slack(one) == _from_slack(other)


def _from_slack(channel: Channel) -> dict[str, Any]:
    return {name: value for name, value in vars(channel).items() if name not in NOT_FROM_SLACK}


def channel(session: Session, *, workspace_id: str, channel_id: str, lock: bool = False) -> Channel | None:
    """`lock` makes those who change what is on there take turns."""
    row = session.get(ChannelRow, (workspace_id, channel_id), with_for_update=sql.LOCK if lock else None)
    return Channel(**row.model_dump()) if row else None


def channels(session: Session, *, workspace_id: str, ids: Collection[str]) -> dict[str, Channel]:
    params = {"workspace_id": workspace_id, "ids": list(ids)}
    return {row.id: Channel(**row.model_dump()) for row in session.exec(_CHANNELS, params=params)}


def named(session: Session, *, workspace_id: str, name: str) -> str | None:
    """The id of the public channel Muster is in that has this name: who is in a private one is told to nobody."""
    query = select(ChannelRow.id).where(*_nameable(workspace_id), ChannelRow.name == name)
    return session.exec(query.order_by(ChannelRow.id)).first()


def _nameable(workspace_id: str) -> tuple[Any, ...]:
    is_public = col(ChannelRow.is_private).is_(False)
    return col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.has_bot).is_(True), is_public


def lose_bot(session: Session, *, workspace_id: str, channel_id: str) -> None:
    _update(session, workspace_id, channel_id, has_bot=False, checked_at=None, doubted_at=None)


def was_private(session: Session, *, workspace_id: str, channel_id: str, until: datetime) -> None:
    """It is public now: what has been recorded stays with its members."""
    _update(session, workspace_id, channel_id, private_until=until)


def doubt(session: Session, *, workspace_id: str, channel_id: str, at: datetime) -> None:
    """Slack must be asked again what it is and who is in it before its private records are shown."""
    doubt = {"checked_at": None, "doubted_at": at}
    row = {"workspace_id": workspace_id, "id": channel_id, **doubt}
    sql.add_or(session, ChannelRow, [row], keys=["workspace_id", "id"], otherwise=doubt)


def doubted(session: Session, *, workspace_id: str) -> list[str]:
    query = select(ChannelRow.id).where(ChannelRow.workspace_id == workspace_id)
    return list(session.exec(query.where(col(ChannelRow.doubted_at).is_not(None))))


def _update(session: Session, workspace_id: str, channel_id: str, **values: Any) -> None:
    session.execute(update(ChannelRow).where(*_is(workspace_id, channel_id)).values(**values))


def _is(workspace_id: str, channel_id: str) -> tuple[Any, Any]:
    return col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.id) == channel_id


def set_members(
    session: Session, *, workspace_id: str, channel_id: str, ids: Collection[str], at: datetime
) -> tuple[set[str], set[str]]:
    """Replaces the members by those read from Slack from that moment on, unless a later reading is known. Returns who
    was and who is in it.

    A doubt that came after that moment stays.
    """
    known = session.get(ChannelRow, (workspace_id, channel_id), with_for_update=sql.LOCK)
    before, now_in = member_ids(session, workspace_id=workspace_id, channel_id=channel_id), set(ids)
    if known and known.checked_at and known.checked_at > at:
        return before, before
    _remove(session, workspace_id, channel_id, before - now_in)
    came = [{"workspace_id": workspace_id, "channel_id": channel_id, "person_id": each} for each in now_in - before]
    sql.add_missing(session, MemberRow, came)
    settled = or_(col(ChannelRow.doubted_at).is_(None), col(ChannelRow.doubted_at) < at)
    values = {"checked_at": at, "doubted_at": None}
    session.execute(update(ChannelRow).where(*_is(workspace_id, channel_id), settled).values(**values))
    return before, now_in


def forget_later(session: Session, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """After the clock was set back, what came later than now is no reading, and a doubt counts from now on."""
    later, place = now + AHEAD, _is(workspace_id, channel_id)
    known = session.get(ChannelRow, (workspace_id, channel_id))
    if known is None or not any(moment and moment > later for moment in (known.checked_at, known.doubted_at)):
        return
    session.execute(update(ChannelRow).where(*place, col(ChannelRow.checked_at) > later).values(checked_at=None))
    session.execute(update(ChannelRow).where(*place, col(ChannelRow.doubted_at) > later).values(doubted_at=now))


def _remove(session: Session, workspace_id: str, channel_id: str, ids: Collection[str]) -> None:
    gone = delete(MemberRow).where(*_in(workspace_id, channel_id), col(MemberRow.person_id) == bindparam("gone"))
    if ids:
        session.connection().execute(gone, [{"gone": each} for each in ids])


def _in(workspace_id: str, channel_id: str) -> tuple[Any, Any]:
    return col(MemberRow.workspace_id) == workspace_id, col(MemberRow.channel_id) == channel_id


def member_ids(session: Session, *, workspace_id: str, channel_id: str) -> set[str]:
    return set(session.exec(select(MemberRow.person_id).where(*_in(workspace_id, channel_id))))


def is_member(session: Session, *, workspace_id: str, channel_id: str, person_id: str) -> bool:
    return session.get(MemberRow, (workspace_id, channel_id, person_id)) is not None


def ids_of(session: Session, *, workspace_id: str, person_id: str) -> set[str]:
    """The channels somebody is in."""
    query = select(MemberRow.channel_id).where(MemberRow.workspace_id == workspace_id)
    return set(session.exec(query.where(MemberRow.person_id == person_id)))


def names_of(session: Session, *, workspace_id: str, person_id: str) -> set[str]:
    """Of the channels somebody is in, those that are found by their names."""
    first = select(func.min(col(ChannelRow.id))).where(*_nameable(workspace_id)).group_by(col(ChannelRow.name))
    query = select(ChannelRow.name).join(MemberRow, _same_channel()).where(ChannelRow.workspace_id == workspace_id)
    return set(session.exec(query.where(MemberRow.person_id == person_id, col(ChannelRow.id).in_(first))))


def members_among(
    session: Session, *, workspace_id: str, channel_ids: Collection[str], person_ids: Collection[str]
) -> set[tuple[str, str]]:
    """(channel, person) for each of those people in each of those channels that they are in."""
    query = select(MemberRow.channel_id, MemberRow.person_id).where(MemberRow.workspace_id == workspace_id)
    these = (col(MemberRow.channel_id).in_(channel_ids), col(MemberRow.person_id).in_(person_ids))
    return set(session.exec(query.where(*these)))


def with_bot(session: Session, *, workspace_id: str) -> list[Channel]:
    query = select(ChannelRow).where(ChannelRow.workspace_id == workspace_id, col(ChannelRow.has_bot).is_(True))
    return [Channel(**row.model_dump()) for row in session.exec(query)]


def anywhere(session: Session) -> list[Channel]:
    """Those with Muster of all workspaces, by name: for whoever runs it."""
    query = select(ChannelRow).where(col(ChannelRow.has_bot).is_(True), col(ChannelRow.is_direct).is_(False))
    return [Channel(**row.model_dump()) for row in session.exec(query.order_by(col(ChannelRow.name)))]


def public_without_bot(session: Session, *, workspace_id: str) -> list[str]:
    """Channels that Muster has left, and everybody may still read as far as it knows."""
    query = select(ChannelRow.id).where(ChannelRow.workspace_id == workspace_id, col(ChannelRow.has_bot).is_(False))
    return list(session.exec(query.where(col(ChannelRow.is_private).is_(False)).order_by(ChannelRow.id)))


def ids_near_bot(session: Session, *, workspace_id: str) -> set[str]:
    """The people who share a channel with Muster."""
    return set(session.exec(near_bot(workspace_id)))


def near_bot(workspace_id: str) -> Any:
    """The query of them."""
    query = select(MemberRow.person_id).join(ChannelRow, _same_channel())
    return query.where(ChannelRow.workspace_id == workspace_id, col(ChannelRow.has_bot).is_(True))


def open_to(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> list[Channel]:
    """The channels this person is in now and Muster can post in, by name."""
    mine = select(MemberRow.channel_id).where(MemberRow.workspace_id == workspace_id, MemberRow.person_id == person_id)
    query = (
        select(ChannelRow)
        .where(ChannelRow.workspace_id == workspace_id, col(ChannelRow.id).in_(mine))
        .where(col(ChannelRow.id).in_(_readable(workspace_id, person_id, now).with_only_columns(col(ChannelRow.id))))
        .order_by(col(ChannelRow.name))
    )
    found = [Channel(**row.model_dump()) for row in session.exec(query)]
    return [channel for channel in found if channel.is_open]


def unchecked(session: Session, *, workspace_id: str, since: datetime, now: datetime) -> list[str]:
    """Channels with the bot whose members were not read from that moment on, oldest first."""
    query = (
        select(ChannelRow.id)
        .where(ChannelRow.workspace_id == workspace_id, col(ChannelRow.has_bot).is_(True))
        .where(~_was_read(since, now))
        .order_by(col(ChannelRow.checked_at).nulls_first())
    )
    return list(session.exec(query))


def stale_for(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> list[str]:
    """Channels of this person that must be checked with Slack before their records may be shown.

    Public ones only for what was recorded while they were private, and for guests, who read what they are in. Where
    Muster is not, nothing can be checked: only the people named see what was recorded there.
    """
    is_for_members = or_(col(ChannelRow.is_private).is_(True), col(ChannelRow.private_until).is_not(None))
    query = (
        select(ChannelRow.id)
        .join(MemberRow, _same_channel())
        .where(ChannelRow.workspace_id == workspace_id, MemberRow.person_id == person_id)
        .where(col(ChannelRow.has_bot).is_(True))
        .where(col(ChannelRow.is_direct).is_(False))
        .where(or_(is_for_members, ~_is_full_member(workspace_id, person_id)))
        .where(~_was_read(now - FRESH, now))
    )
    return list(session.exec(query))


def readable(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> Readable:
    """The channels whose records this person may read now.

    Members of the workspace read public channels, but not what was recorded there while they were private; guests, and
    everyone in private ones, read only those they are in, and only while Slack has said so lately.
    """
    return Readable(dict(session.exec(_readable(workspace_id, person_id, now)).all()))


def shows(place: Any, recorded_at: Any, *, workspace_id: str, person_id: str, now: datetime) -> ColumnElement[bool]:
    """The same for a query: whether this person may read what was recorded at one column's moment in the channel of
    another."""
    since = col(ChannelRow.private_until)
    has_been_open = or_(since.is_(None), since < recorded_at)
    may = or_(_is_in_it(workspace_id, person_id, now), and_(_is_open_to(workspace_id, person_id), has_been_open))
    return select(ChannelRow.id).where(*_holds_records(workspace_id), col(ChannelRow.id) == place, may).exists()


def readable_places(*, workspace_id: str, person_id: str, now: datetime) -> Any:
    """The same for a join: `id` of each channel, and `after`, the moment before which nothing may be read, if any."""
    return _readable(workspace_id, person_id, now).subquery()


def _readable(workspace_id: str, person_id: str, now: datetime) -> Any:
    is_in_it = _is_in_it(workspace_id, person_id, now)
    after = case((~is_in_it, col(ChannelRow.private_until)), else_=None).label("after")
    may = or_(is_in_it, _is_open_to(workspace_id, person_id))
    return select(ChannelRow.id, after).where(*_holds_records(workspace_id), may)


def _holds_records(workspace_id: str) -> tuple[Any, Any]:
    """What is recorded in a direct message belongs to the people named in it."""
    return col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.is_direct).is_(False)


def _is_in_it(workspace_id: str, person_id: str, now: datetime) -> ColumnElement[bool]:
    is_in = select(MemberRow.person_id).where(_same_channel(), MemberRow.person_id == person_id).correlate(ChannelRow)
    return and_(is_in.exists(), is_here(workspace_id, person_id), _was_read(now - FRESH, now))


def _is_open_to(workspace_id: str, person_id: str) -> ColumnElement[bool]:
    return and_(col(ChannelRow.is_private).is_(False), _is_full_member(workspace_id, person_id))


def _was_read(since: datetime, now: datetime) -> ColumnElement[bool]:
    read = col(ChannelRow.checked_at)
    return and_(read.is_not(None), read > since, read <= now + AHEAD)


def is_here(workspace_id: str, person_id: str) -> Any:
    """Whoever has left the workspace reads nothing any more, wherever they were or are named."""
    return _person(workspace_id, person_id).exists()


def _is_full_member(workspace_id: str, person_id: str) -> Any:
    return _person(workspace_id, person_id).where(col(PersonRow.is_guest).is_(False)).exists()


def _person(workspace_id: str, person_id: str) -> Any:
    query = select(PersonRow.id).where(PersonRow.workspace_id == workspace_id, PersonRow.id == person_id)
    return query.where(col(PersonRow.left).is_(False))


def _same_channel() -> ColumnElement[bool]:
    return and_(
        col(MemberRow.workspace_id) == col(ChannelRow.workspace_id), col(MemberRow.channel_id) == col(ChannelRow.id)
    )
