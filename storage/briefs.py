"""The briefs that people asked for, and their drafts."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, select, update

from domain.briefings import GOING_ON, Asked, Briefing, Progress, Shared, Trouble
from domain.briefs import Brief
from storage import sql
from storage.tables import BriefRow

KEYS = ("workspace_id", "person_id", "channel_id", "thread_ts")
DRAFT, SHARED = TypeAdapter(Brief), TypeAdapter(Shared)


def ask(session: Session, *, asked: Asked, now: datetime) -> Briefing | None:
    """Due at once. None while the same is being read already."""
    values = {**vars(asked), "at": now, "turn": 0, "progress": Progress.DRAFTED.value, **_EMPTY}
    sql.add_new(session, BriefRow, [values], keys=KEYS, answer="id")
    mine = (col(getattr(BriefRow, key)) == getattr(asked, key) for key in KEYS)
    row = session.exec(sql.locked(select(BriefRow).where(*mine))).one()
    if row.progress in GOING_ON:
        return None
    again = {"at": now, "turn": row.turn + 1, "progress": Progress.READING.value, "next_at": now}
    row.sqlmodel_update({**_EMPTY, **again})
    session.add(row)
    return _briefing(row)


_EMPTY: dict[str, object] = {
    "read": 0,
    "total": 0,
    "tries": 0,
    "draft": "",
    "trouble": "",
    "last_ts": "",
    "drafted_at": None,
    "next_at": None,
}


def briefing(session: Session, *, workspace_id: str, brief_id: int, lock: bool = False) -> Briefing | None:
    query = select(BriefRow).where(BriefRow.workspace_id == workspace_id, BriefRow.id == brief_id)
    row = session.exec(sql.locked(query) if lock else query).first()
    return _briefing(row) if row else None


def claim(session: Session, *, now: datetime, until: datetime, limit: int) -> list[Briefing]:
    """Some of those due; until then nobody else claims them."""
    due = select(BriefRow).where(col(BriefRow.next_at) <= now).order_by(col(BriefRow.next_at)).limit(limit)
    rows = session.exec(sql.locked_if_free(due)).all()
    for row in rows:
        row.next_at = until
        session.add(row)
    return [_briefing(row) for row in rows]


def save(session: Session, *, briefing: Briefing, next_at: datetime | None, drafted_at: datetime | None = None) -> None:
    values = {
        "progress": briefing.progress.value,
        "read": briefing.read,
        "total": briefing.total,
        "tries": briefing.tries,
        "draft": DRAFT.dump_json(briefing.brief).decode() if briefing.brief else "",
        "trouble": briefing.trouble.value if briefing.trouble else "",
        "last_ts": briefing.last_ts,
        "drafted_at": drafted_at,
        "next_at": next_at,
    }
    mine = (col(BriefRow.workspace_id) == briefing.workspace_id, col(BriefRow.id) == briefing.id)
    session.execute(update(BriefRow).where(*mine).values(**values))


def share(session: Session, *, briefing: Briefing) -> None:
    """What its thread is shown of it now."""
    shared = SHARED.dump_json(briefing.shared).decode() if briefing.shared else ""
    mine = (col(BriefRow.workspace_id) == briefing.workspace_id, col(BriefRow.id) == briefing.id)
    session.execute(update(BriefRow).where(*mine).values(shared=shared))


def forget_before(session: Session, *, at: datetime) -> None:
    """The drafts drawn up before then."""
    old = (col(BriefRow.drafted_at) < at, col(BriefRow.draft) != "")
    session.execute(update(BriefRow).where(*old).values(draft="", progress=Progress.DISCARDED.value))


def _briefing(row: BriefRow) -> Briefing:
    return Briefing(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        thread_ts=row.thread_ts,
        person_id=row.person_id,
        at=row.at,
        turn=row.turn,
        progress=Progress(row.progress),
        read=row.read,
        total=row.total,
        tries=row.tries,
        brief=DRAFT.validate_json(row.draft) if row.draft else None,
        trouble=Trouble(row.trouble) if row.trouble else None,
        last_ts=row.last_ts,
        shared=SHARED.validate_json(row.shared) if row.shared else None,
    )
