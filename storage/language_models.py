"""Where language models may be asked, how much of them is used, and what they wrote a short while ago."""

from datetime import datetime

from sqlalchemy import ColumnElement, Update
from sqlmodel import Session, col, delete, select, update

from domain.briefings import Asked
from domain.briefs import Brief
from domain.language_models import BeingWritten, Choice
from storage import sql
from storage.briefs import DRAFT
from storage.tables import ModelChoiceRow, ModelUseRow, WrittenBriefRow

EVERYWHERE = ""


def choices(session: Session, *, workspace_id: str, channel_id: str) -> tuple[bool, Choice | None]:
    """Whether they are on in the workspace, and what was chosen for the channel."""
    rows = session.exec(
        select(ModelChoiceRow).where(
            ModelChoiceRow.workspace_id == workspace_id, col(ModelChoiceRow.channel_id).in_((EVERYWHERE, channel_id))
        )
    )
    found = {row.channel_id: Choice(row.is_on, row.was_private) for row in rows}
    everywhere = found.get(EVERYWHERE)
    return everywhere is None or everywhere.is_on, found.get(channel_id)


def choose(session: Session, *, workspace_id: str, channel_id: str, choice: Choice) -> None:
    row = {"workspace_id": workspace_id, "channel_id": channel_id, **vars(choice)}
    sql.add_or_update(session, ModelChoiceRow, [row], keys=["workspace_id", "channel_id"])


def reserve(session: Session, *, workspace_id: str, what: str, since: datetime, amount: int, most: int) -> bool:
    """Whether so much was left; if not, nothing is taken."""
    row = {"workspace_id": workspace_id, "what": what, "since": since, "used": 0}
    sql.add_missing(session, ModelUseRow, [row])
    taken = _used_more(workspace_id, what, since, amount).where(col(ModelUseRow.used) + amount <= most)
    return session.execute(taken.returning(col(ModelUseRow.used))).first() is not None


def settle(session: Session, *, workspace_id: str, what: str, since: datetime, change: int) -> None:
    session.execute(_used_more(workspace_id, what, since, change))


def _used_more(workspace_id: str, what: str, since: datetime, amount: int) -> Update:
    mine = (
        col(ModelUseRow.workspace_id) == workspace_id,
        col(ModelUseRow.what) == what,
        col(ModelUseRow.since) == since,
    )
    return update(ModelUseRow).where(*mine).values(used=col(ModelUseRow.used) + amount)


def begin(session: Session, *, asked: Asked, fingerprint: str, now: datetime, until: datetime) -> Brief | None:
    """What is written of it already; else it is the caller's to write until then. Raises BeingWritten."""
    row = {**_key(asked), "fingerprint": fingerprint, "at": now, "until": now}
    sql.add_missing(session, WrittenBriefRow, [row])
    found = session.exec(sql.locked(select(WrittenBriefRow).where(*_of(asked)))).first()
    if found is None:  # Just now somebody gave it up.
        raise BeingWritten
    if found.draft and found.fingerprint == fingerprint and found.until > now:
        return DRAFT.validate_json(found.draft)
    if not found.draft and found.until > now:
        raise BeingWritten
    found.sqlmodel_update({"fingerprint": fingerprint, "draft": "", "at": now, "until": until})
    session.add(found)
    return None


def written(session: Session, *, asked: Asked, fingerprint: str, brief: Brief, until: datetime) -> None:
    """Nothing, if somebody has begun since with what stands there by now."""
    values = {"draft": DRAFT.dump_json(brief).decode(), "until": until}
    same = col(WrittenBriefRow.fingerprint) == fingerprint
    session.execute(update(WrittenBriefRow).where(*_of(asked), same).values(**values))


def give_up(session: Session, *, asked: Asked, begun_at: datetime) -> None:
    """Nothing came of what was begun then: somebody else may begin."""
    mine = (col(WrittenBriefRow.at) == begun_at, col(WrittenBriefRow.draft) == "")
    session.execute(delete(WrittenBriefRow).where(*_of(asked), *mine))


def forget_written(session: Session, *, workspace_id: str, channel_id: str | None = None) -> None:
    """Of one channel, or of all."""
    query = delete(WrittenBriefRow).where(col(WrittenBriefRow.workspace_id) == workspace_id)
    session.execute(query if channel_id is None else query.where(col(WrittenBriefRow.channel_id) == channel_id))


def forget_before(session: Session, *, now: datetime, used_before: datetime) -> None:
    session.execute(delete(WrittenBriefRow).where(col(WrittenBriefRow.until) <= now))
    session.execute(delete(ModelUseRow).where(col(ModelUseRow.since) < used_before))


def _key(asked: Asked) -> dict[str, str]:
    return {"workspace_id": asked.workspace_id, "channel_id": asked.channel_id, "thread_ts": asked.thread_ts}


def _of(asked: Asked) -> list[ColumnElement[bool]]:
    return [col(getattr(WrittenBriefRow, key)) == value for key, value in _key(asked).items()]
