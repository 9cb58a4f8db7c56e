"""Rituals and their runs."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import String, bindparam, cast, or_
from sqlmodel import Session, col, func, select, update

from domain.runs import INTERIM_AFTER, LATE_AFTER_END, Ritual, Run, RunState
from domain.templates import Template
from storage import ending, sql
from storage.ending import Last
from storage.json import template_from_json, template_to_json
from storage.tables import MemberRow, RitualRow, RunRow

FACILITATOR, RECALL, TAKE, FINISH, BRIEF, KEEP = range(6)
"""What is done with a run at the end of a transaction, in this order."""
_BEFORE = col(RunRow.id) < bindparam("before")
_RUN = select(RunRow).where(RunRow.workspace_id == bindparam("workspace_id"), RunRow.id == bindparam("run_id"))
_RUN_LOCKED = sql.locked(_RUN)
_OF_RITUAL = select(RunRow).where(RunRow.ritual_id == bindparam("ritual_id"))
_OPEN = _OF_RITUAL.where(RunRow.state == RunState.OPEN.value)
_OPEN_BEFORE = _OPEN.where(_BEFORE)
_NEWEST = _OF_RITUAL.order_by(col(RunRow.id).desc()).limit(1)
_NEWEST_BEFORE = _NEWEST.where(_BEFORE)
"""What is asked for all the time is made once: to make a statement takes longer than to run it."""


def add(session: Session, *, ritual: Ritual, at: datetime) -> Ritual:
    """Adds a ritual; its `id` is given here."""
    row = RitualRow(
        workspace_id=ritual.workspace_id,
        channel_id=ritual.channel_id,
        template_id=ritual.template.id,
        template=template_to_json(ritual.template),
        facilitator_id=ritual.facilitator_id,
        started_by=ritual.started_by,
        started_at=at,
        next_day=ritual.next_day,
        begins_at=ritual.next_at,
        next_at=ritual.ended_at + LATE_AFTER_END if ritual.ended_at else ritual.next_at,
        ended_at=ritual.ended_at,
    )
    session.add(row)
    session.flush()
    return _ritual(row)


def ritual(session: Session, *, workspace_id: str, ritual_id: int) -> Ritual | None:
    row = session.get(RitualRow, ritual_id)
    return _ritual(row) if row and row.workspace_id == workspace_id else None


def take(session: Session, *, ritual_id: int) -> Ritual | None:
    """That ritual as it is now, locked until the transaction ends; None when it has been switched off."""
    row = session.exec(sql.locked(select(RitualRow).where(*is_on(ritual_id)))).first()
    return _ritual(row) if row else None


def is_on(ritual_id: int) -> tuple[Any, Any]:
    """Whoever read it before it was switched off must not bring it back."""
    return col(RitualRow.id) == ritual_id, col(RitualRow.ended_at).is_(None)


def active(
    session: Session,
    *,
    workspace_id: str,
    channel_id: str | None = None,
    template_id: str | None = None,
    facilitator_id: str | None = None,
) -> list[Ritual]:
    """Rituals that are on: of a workspace, or one channel, or one template there, or those somebody facilitates."""
    query = select(RitualRow).where(RitualRow.workspace_id == workspace_id, col(RitualRow.ended_at).is_(None))
    if channel_id is not None:
        query = query.where(RitualRow.channel_id == channel_id)
    if template_id is not None:
        query = query.where(RitualRow.template_id == template_id)
    if facilitator_id is not None:
        query = query.where(RitualRow.facilitator_id == facilitator_id)
    return [_ritual(row) for row in session.exec(query.order_by(col(RitualRow.id)))]


def coming_for(session: Session, *, workspace_id: str, person_id: str, until: datetime) -> list[Ritual]:
    """Those that may ask them, and whose next occurrence begins by then."""
    query = select(RitualRow).where(*may_ask(workspace_id, person_id), col(RitualRow.begins_at) <= until)
    return [_ritual(row) for row in session.exec(query.order_by(col(RitualRow.begins_at)))]


def may_ask(workspace_id: str, person_id: str) -> tuple[Any, ...]:
    """Rituals that are on in the channels they are in, and those that may ask them wherever they are: these name them,
    or a user group or a channel."""
    channels = select(MemberRow.channel_id).where(
        MemberRow.workspace_id == workspace_id, MemberRow.person_id == person_id
    )
    whole = cast(col(RitualRow.template), String)
    elsewhere = (whole.contains(word) for word in (f"@{person_id}", "@S", "#"))
    return (
        col(RitualRow.workspace_id) == workspace_id,
        or_(col(RitualRow.channel_id).in_(channels), *elsewhere),
        col(RitualRow.ended_at).is_(None),
    )


def end(session: Session, *, ritual_id: int, at: datetime, by: str) -> None:
    values = {"ended_at": at, "ended_by": by, "next_day": None, "begins_at": None}
    values |= {"next_at": at + LATE_AFTER_END}
    session.execute(update(RitualRow).where(col(RitualRow.id) == ritual_id).values(**values))


def set_facilitator(session: Session, *, ritual_id: int, person_id: str) -> None:
    """Of a ritual and of its runs that are still open."""
    session.execute(update(RitualRow).where(col(RitualRow.id) == ritual_id).values(facilitator_id=person_id))
    for run in open_of(session, ritual_id=ritual_id):
        change = update(RunRow).where(col(RunRow.id) == run.id).values(facilitator_id=person_id)
        ending.at_end(session, (Last.RUNS, run.id, FACILITATOR), partial(session.execute, change))


def set_template(session: Session, *, ritual_id: int, template: Template, version: int) -> None:
    values = {"template": template_to_json(template), "version": version}
    session.execute(update(RitualRow).where(*is_on(ritual_id)).values(**values))


def set_questions(session: Session, *, ritual_id: int, template: Template, version: int, by: str) -> None:
    values = {"template": template_to_json(template), "version": version, "questions_by": by}
    session.execute(update(RitualRow).where(*is_on(ritual_id)).values(**values))


def pause(session: Session, *, ritual_id: int, until: date | None) -> None:
    """None ends a pause."""
    session.execute(update(RitualRow).where(*is_on(ritual_id)).values(paused_until=until))


def last_facilitated(session: Session, *, ritual_id: int) -> dict[str, tuple[int]]:
    """The newest run of a ritual that each person facilitated; a run has one."""
    query = select(RunRow.facilitator_id, func.max(col(RunRow.id))).where(RunRow.ritual_id == ritual_id)
    return {person_id: (run_id or 0,) for person_id, run_id in session.exec(query.group_by(RunRow.facilitator_id))}


def take_turn(session: Session, *, ritual_id: int, person_id: str) -> None:
    """Facilitates the runs to come; those that are open keep theirs."""
    session.execute(update(RitualRow).where(col(RitualRow.id) == ritual_id).values(facilitator_id=person_id))


def open_run(
    session: Session,
    *,
    ritual: Ritual,
    occurrence: str,
    at: datetime,
    skipped: int = 0,
    skipped_since: date | None = None,
    subject_id: int | None = None,
) -> Run | None:
    """Inserts the run of an occurrence; None when it is there already: inserting is claiming."""
    row: dict[str, Any] = {
        "workspace_id": ritual.workspace_id,
        "ritual_id": ritual.id,
        "channel_id": ritual.channel_id,
        "occurrence": occurrence,
        "template": template_to_json(ritual.template),
        "facilitator_id": ritual.facilitator_id,
        "version": ritual.version,
        "state": RunState.OPEN.value,
        "opened_at": at,
        "skipped": skipped,
        "skipped_since": skipped_since,
        "next_at": None if subject_id else at + INTERIM_AFTER,
        "subject_id": subject_id,
    }
    taken = select(RunRow.id).where(RunRow.ritual_id == ritual.id, RunRow.occurrence == occurrence)
    if session.exec(taken).first() is not None:
        return None
    sql.add_missing(session, RunRow, [row])
    return run_of(session, ritual_id=ritual.id, occurrence=occurrence)


def run_of(session: Session, *, ritual_id: int, occurrence: str) -> Run | None:
    query = select(RunRow).where(RunRow.ritual_id == ritual_id, RunRow.occurrence == occurrence)
    row = session.exec(query).first()
    return _run(row) if row else None


def run(session: Session, *, workspace_id: str, run_id: int, lock: bool = False) -> Run | None:
    """`lock` keeps two writers of one run apart until the transaction ends."""
    params = {"workspace_id": workspace_id, "run_id": run_id}
    row = session.exec(_RUN_LOCKED if lock else _RUN, params=params).first()
    return _run(row) if row else None


def open_of(session: Session, *, ritual_id: int, before: int | None = None) -> list[Run]:
    """Runs of a ritual that are still open, or only those older than a run."""
    params = {"ritual_id": ritual_id, "before": before}
    return [_run(row) for row in session.exec(_OPEN if before is None else _OPEN_BEFORE, params=params)]


def newest_run(session: Session, *, ritual_id: int, before: int | None = None) -> Run | None:
    """The newest of all, or of those opened before that run."""
    params = {"ritual_id": ritual_id, "before": before}
    row = session.exec(_NEWEST if before is None else _NEWEST_BEFORE, params=params).first()
    return _run(row) if row else None


def newest_runs(session: Session, *, ritual_id: int, limit: int) -> list[Run]:
    """The newest first."""
    query = select(RunRow).where(RunRow.ritual_id == ritual_id).order_by(col(RunRow.id).desc()).limit(limit)
    return [_run(row) for row in session.exec(query)]


def run_by_hand(session: Session, *, ritual_id: int, draft_id: str) -> Run | None:
    """The one that this click has started already."""
    query = select(RunRow).where(RunRow.ritual_id == ritual_id, col(RunRow.occurrence).endswith(f"#{draft_id}"))
    row = session.exec(query).first()
    return _run(row) if row else None


def close_run(session: Session, *, run_id: int, at: datetime) -> None:
    values = {"state": RunState.CLOSED.value, "closed_at": at, "next_at": None}
    session.execute(update(RunRow).where(col(RunRow.id) == run_id).values(**values))


def newest_about(session: Session, *, workspace_id: str, decision_id: int) -> Run | None:
    """The newest round of a decision."""
    query = select(RunRow).where(RunRow.workspace_id == workspace_id, RunRow.subject_id == decision_id)
    row = session.exec(query.order_by(col(RunRow.id).desc()).limit(1)).first()
    return _run(row) if row else None


def rounds_closed(session: Session, *, now: datetime, limit: int) -> list[Run]:
    """Rounds that have closed, and of which it is time to say what came of them."""
    query = select(RunRow).where(col(RunRow.next_at) <= now, col(RunRow.subject_id).is_not(None))
    return [_run(row) for row in session.exec(query.order_by(col(RunRow.next_at)).limit(limit))]


def closed_due(session: Session, *, now: datetime, limit: int) -> list[Run]:
    """Runs that have closed, and after which nobody has looked yet whether their ritual still suits."""
    query = select(RunRow).where(col(RunRow.next_at) <= now, col(RunRow.subject_id).is_(None))
    query = query.where(RunRow.state == RunState.CLOSED.value).order_by(col(RunRow.next_at)).limit(limit)
    return [_run(row) for row in session.exec(query)]


def runs_due(session: Session, *, now: datetime, limit: int) -> list[Run]:
    """Open runs of which it is time to sum up what has come so far, locked."""
    query = select(RunRow).where(col(RunRow.next_at) <= now, col(RunRow.subject_id).is_(None))
    query = query.where(RunRow.state == RunState.OPEN.value)
    query = query.order_by(col(RunRow.next_at)).limit(limit)
    return [_run(row) for row in session.exec(sql.locked_if_free(query))]


def set_next_of_run(session: Session, *, run_id: int, at: datetime | None) -> None:
    session.execute(update(RunRow).where(col(RunRow.id) == run_id).values(next_at=at))


def runs(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, Run]:
    return {found.id: found for found in map(_run, sql.by_id(session, RunRow, workspace_id, ids))}


def _ritual(row: RitualRow) -> Ritual:
    return Ritual(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        template=template_from_json(row.template),
        facilitator_id=row.facilitator_id,
        next_day=row.next_day,
        next_at=row.begins_at,
        ended_at=row.ended_at,
        started_by=row.started_by,
        ended_by=row.ended_by,
        started_at=row.started_at,
        version=row.version,
        questions_by=row.questions_by,
        paused_until=row.paused_until,
    )


def _run(row: RunRow) -> Run:
    return Run(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        ritual_id=row.ritual_id,
        channel_id=row.channel_id,
        occurrence=row.occurrence,
        template=template_from_json(row.template),
        facilitator_id=row.facilitator_id,
        state=RunState(row.state),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        skipped=row.skipped,
        skipped_since=row.skipped_since,
        version=row.version,
        subject_id=row.subject_id,
        forgotten_at=row.forgotten_at,
    )
