"""The briefs that stand above the answers of runs."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, delete, select, update

from domain.run_briefs import COLLECTS, DueBrief, RunBrief
from storage import sql
from storage.tables import PromptRow, RunBriefRow

DRAFT = TypeAdapter(RunBrief)


def fall_due(session: Session, *, workspace_id: str, run_id: int, now: datetime) -> None:
    """At once where there was none; else a little later, so that several changes are read together. The run is to be
    locked."""
    row = _row(session, run_id, lock=True)
    if row is None:
        sql.add_missing(session, RunBriefRow, [{"run_id": run_id, "workspace_id": workspace_id, "next_at": now}])
        return
    later = now + COLLECTS
    row.sqlmodel_update({"turn": row.turn + 1, "tries": 0, "next_at": min(row.next_at or later, later)})
    session.add(row)


def claim(session: Session, *, now: datetime, until: datetime, limit: int) -> list[DueBrief]:
    """Some of those due; until then nobody else claims them."""
    due = select(RunBriefRow).where(col(RunBriefRow.next_at) <= now).order_by(col(RunBriefRow.next_at)).limit(limit)
    rows = session.exec(sql.locked_if_free(due)).all()
    for row in rows:
        row.next_at = until
        session.add(row)
    return [_due(row) for row in rows]


def due(session: Session, *, brief: DueBrief, lock: bool = False) -> DueBrief | None:
    """As it is now; None once the answers have changed since, or are deleted. The run is to be locked before."""
    row = _row(session, brief.run_id, lock=lock)
    return _due(row) if row and row.turn == brief.turn and row.next_at else None


def fingerprint(session: Session, *, run_id: int) -> str:
    """Of the answers it was drawn up of; empty if it was not."""
    row = _row(session, run_id)
    return row.fingerprint if row else ""


def brief(session: Session, *, run_id: int) -> RunBrief | None:
    row = _row(session, run_id)
    return DRAFT.validate_json(row.draft) if row and row.draft else None


def drafted(session: Session, *, run_id: int, found: RunBrief | None, fingerprint: str) -> None:
    draft = DRAFT.dump_json(found).decode() if found else ""
    _set(session, run_id, draft=draft, fingerprint=fingerprint, tries=0, next_at=None)


def put_off(session: Session, *, run_id: int, tries: int, next_at: datetime | None) -> None:
    _set(session, run_id, tries=tries, next_at=next_at)


def forget(session: Session, *, run_id: int) -> None:
    session.execute(delete(RunBriefRow).where(col(RunBriefRow.run_id) == run_id))


def draw_anew(session: Session, *, workspace_id: str, person_id: str, now: datetime) -> None:
    """Of all runs that asked somebody whose answers are deleted: nothing of them stays until it is drawn up again."""
    asked = select(PromptRow.run_id).where(PromptRow.workspace_id == workspace_id, PromptRow.person_id == person_id)
    mine = (col(RunBriefRow.workspace_id) == workspace_id, col(RunBriefRow.run_id).in_(asked))
    again = {"draft": "", "fingerprint": "", "tries": 0, "next_at": now, "turn": col(RunBriefRow.turn) + 1}
    session.execute(update(RunBriefRow).where(*mine).values(**again))


def _row(session: Session, run_id: int, *, lock: bool = False) -> RunBriefRow | None:
    query = select(RunBriefRow).where(RunBriefRow.run_id == run_id)
    return session.exec(sql.locked(query) if lock else query).first()


def _set(session: Session, run_id: int, **values: object) -> None:
    session.execute(update(RunBriefRow).where(col(RunBriefRow.run_id) == run_id).values(**values))


def _due(row: RunBriefRow) -> DueBrief:
    return DueBrief(row.workspace_id, row.run_id, row.turn, row.tries)
