"""Reactions that begin a record of a message."""

from sqlmodel import Session, col, select

from domain.posted import Posted
from domain.reactions import Makes, Reaction
from storage import sql
from storage.tables import ReactionRow

KEYS = ("workspace_id", "channel_id", "message_ts", "person_id", "makes")


def save(session: Session, *, reaction: Reaction, said_at: float) -> Reaction | None:
    """As it stands after Slack told of it; None if that is no news. What was taken back is kept even if Slack has not
    told yet that it was added."""
    is_new = bool(sql.add_new(session, ReactionRow, [_values(reaction, said_at)], keys=KEYS, answer="id"))
    row = _row(session, reaction)
    if row is None:
        raise LookupError(reaction)
    if is_new:
        return _reaction(row)
    if said_at < row.said_at:
        return None
    was_on, row.said_at, row.is_on = row.is_on, said_at, reaction.is_on
    if reaction.is_on:
        row.message_thread, row.message_by = reaction.message.thread_ts, reaction.message.author_id
    session.add(row)
    return _reaction(row) if row.is_on != was_on else None


def reaction(session: Session, *, workspace_id: str, reaction_id: int) -> Reaction | None:
    row = session.get(ReactionRow, reaction_id)
    return _reaction(row) if row and row.workspace_id == workspace_id else None


def made(session: Session, *, reaction: Reaction) -> Reaction | None:
    """Keeps the number of what its person has made of it; None if they have not reacted so."""
    row = _row(session, reaction)
    if row is None:
        return None
    row.number = reaction.number
    session.add(row)
    return _reaction(row)


def _row(session: Session, reaction: Reaction) -> ReactionRow | None:
    """Locked, as Slack may tell of it at once to two replicas."""
    session.flush()
    values = _values(reaction, 0)
    mine = (col(getattr(ReactionRow, key)) == values[key] for key in KEYS)
    return session.exec(sql.locked(select(ReactionRow).where(*mine))).first()


def _values(reaction: Reaction, said_at: float) -> dict[str, object]:
    return {
        "workspace_id": reaction.workspace_id,
        "channel_id": reaction.channel_id,
        "message_ts": reaction.message.ts,
        "message_thread": reaction.message.thread_ts,
        "message_by": reaction.message.author_id,
        "person_id": reaction.person_id,
        "makes": reaction.makes.value,
        "is_on": reaction.is_on,
        "said_at": said_at,
        "at": reaction.at,
        "number": 0,
    }


def _reaction(row: ReactionRow) -> Reaction:
    if row.id is None:
        raise ValueError("A reaction that is kept has an id.")
    return Reaction(
        id=row.id,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        person_id=row.person_id,
        makes=Makes(row.makes),
        message=Posted(row.message_ts, row.message_thread, row.message_by),
        at=row.at,
        is_on=row.is_on,
        number=row.number,
    )
