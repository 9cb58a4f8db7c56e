"""Decisions and the people named in them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select, update

from domain.decision_results import Result
from domain.decision_states import OPEN, DecisionState
from domain.decisions import Decision, DecisionForm
from storage import decision_links, posted, sql
from storage.channels import is_here, shows
from storage.decision_rows import CONTRIBUTOR, INFORMED, READ, columns, of_rows, people_of
from storage.tables import DecisionPersonRow, DecisionRow


def add(session: Session, *, decision: Decision, next_at: datetime | None) -> Decision:
    """Adds a decision; its `id` is given here."""
    form = decision.form
    row = DecisionRow(
        workspace_id=decision.workspace_id,
        number=decision.number,
        channel_id=decision.channel_id,
        state=decision.state.value,
        recorded_by=decision.recorded_by,
        proposed_at=decision.proposed_at,
        decided_at=decision.decided_at,
        in_round=decision.in_round,
        next_at=next_at,
        drafted=f"{decision.drafted or ''}",
        **columns(form),
        **posted.columns(decision.message),
    )
    session.add(row)
    session.flush()
    _name(session, row, form)
    decision_links.write(session, workspace_id=row.workspace_id, decision_id=row.id or 0, form=form)
    return of_rows(session, [row])[0]


def rewrite(session: Session, *, decision: Decision, next_at: datetime | None) -> Decision:
    """Writes what a form says now over what was said before; its number and channel stay.

    Nobody has read this text yet.
    """
    row = session.get_one(DecisionRow, decision.id)
    row.state, row.next_at, row.in_round = decision.state.value, next_at, decision.in_round
    row.edited_at, row.edited_by, row.decided_at = decision.edited_at, decision.edited_by, decision.decided_at
    for person in people_of(session, [decision.id]):
        session.delete(person)
    return _write(session, row, decision.form)


def complete(session: Session, *, decision: Decision) -> Decision:
    """Writes what has come to its record; whoever was named in it stays, and whoever has read it has read it."""
    row = session.get_one(DecisionRow, decision.id)
    row.completed_at, row.completed_by = decision.completed_at, decision.completed_by
    return _write(session, row, decision.form)


def _write(session: Session, row: DecisionRow, form: DecisionForm) -> Decision:
    for name, value in columns(form).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    _name(session, row, form)
    decision_links.write(session, workspace_id=row.workspace_id, decision_id=row.id or 0, form=form)
    return of_rows(session, [row])[0]


def _name(session: Session, row: DecisionRow, form: DecisionForm) -> None:
    parts = {CONTRIBUTOR: form.contributors, INFORMED: form.informed}
    rows = [
        {"decision_id": row.id, "person_id": person_id, "part": part, "workspace_id": row.workspace_id}
        for part, people in parts.items()
        for person_id in people
    ]
    sql.add_missing(session, DecisionPersonRow, rows)


def decision(session: Session, *, workspace_id: str, decision_id: int, lock: bool = False) -> Decision | None:
    """`lock` also locks those it supersedes, as what is done with it may change them."""
    if lock:
        decision_links.lock(session, workspace_id=workspace_id, decision_id=decision_id)
    query = select(DecisionRow).where(DecisionRow.workspace_id == workspace_id, DecisionRow.id == decision_id)
    found = of_rows(session, list(session.exec(sql.locked(query) if lock else query)))
    return found[0] if found else None


def decisions(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, Decision]:
    found = of_rows(session, list(sql.by_id(session, DecisionRow, workspace_id, ids)))
    return {each.id: each for each in found}


def numbered(
    session: Session, *, workspace_id: str, numbers: Collection[int], lock: bool = False
) -> dict[int, Decision]:
    """By number, whoever may see them."""
    query = select(DecisionRow).where(DecisionRow.workspace_id == workspace_id, col(DecisionRow.number).in_(numbers))
    query = query.order_by(col(DecisionRow.id))
    found = of_rows(session, list(session.exec(sql.locked(query) if lock else query))) if numbers else []
    return {each.number: each for each in found}


def visible(
    session: Session,
    *,
    workspace_id: str,
    reader_id: str,
    now: datetime,
    numbers: Collection[int] | None = None,
    decision_id: int | None = None,
    limit: int = 100,
) -> list[Decision]:
    """Those the reader may see, newest first; only those of these numbers, or the one of that id, if given."""
    query = _visible(workspace_id, reader_id, now)
    if numbers is not None:
        query = query.where(col(DecisionRow.number).in_(numbers))
    if decision_id is not None:
        query = query.where(DecisionRow.id == decision_id)
    rows = session.exec(query.order_by(col(DecisionRow.number).desc()).limit(limit))
    return of_rows(session, list(rows))


def seen(session: Session, *, workspace_id: str, reader_id: str, now: datetime, ids: Collection[int]) -> dict[int, int]:
    """The numbers of those the reader may see, by id."""
    found = session.exec(_visible(workspace_id, reader_id, now).where(col(DecisionRow.id).in_(ids)))
    return {row.id: row.number for row in found}


def awaiting(session: Session, *, workspace_id: str, person_id: str) -> list[Decision]:
    """Decisions that wait for this person, oldest first: for their verdict, or after an objection for another text."""
    query = select(DecisionRow).where(DecisionRow.workspace_id == workspace_id)
    theirs = query.where(DecisionRow.approver_id == person_id, col(DecisionRow.state).in_(sorted(OPEN)))
    theirs = theirs.where(col(DecisionRow.in_round).is_(False))  # There they are asked with the others.
    drives = or_(col(DecisionRow.recorded_by) == person_id, col(DecisionRow.driver_id) == person_id)
    found = {
        row.id: row
        for part in (theirs, query.where(DecisionRow.state == DecisionState.CONTESTED.value, drives))
        for row in session.exec(part)
    }
    return of_rows(session, sorted(found.values(), key=lambda row: (row.proposed_at, row.id)))


def set_driver(session: Session, *, decision: Decision) -> None:
    same = col(DecisionRow.id) == decision.id
    session.execute(update(DecisionRow).where(same).values(driver_id=decision.form.driver_id))


def _visible(workspace_id: str, reader_id: str, now: datetime) -> Any:
    """A record is seen by those who may read its channel and by the people named in it."""
    reader: dict[str, Any] = {"workspace_id": workspace_id, "person_id": reader_id, "now": now}
    named = select(DecisionPersonRow.decision_id).where(
        DecisionPersonRow.workspace_id == workspace_id,
        DecisionPersonRow.person_id == reader_id,
        col(DecisionPersonRow.part).in_([CONTRIBUTOR, INFORMED]),
    )
    return select(DecisionRow).where(
        DecisionRow.workspace_id == workspace_id,
        is_here(workspace_id, reader_id),
        or_(
            shows(DecisionRow.channel_id, DecisionRow.proposed_at, **reader),
            col(DecisionRow.approver_id) == reader_id,
            col(DecisionRow.recorded_by) == reader_id,
            col(DecisionRow.driver_id) == reader_id,
            col(DecisionRow.id).in_(named),
        ),
    )


def due(session: Session, *, now: datetime, limit: int) -> list[Decision]:
    """Decisions whose "look again on" has come, locked until the transaction ends."""
    query = select(DecisionRow).where(col(DecisionRow.next_at) <= now).order_by(col(DecisionRow.next_at)).limit(limit)
    return of_rows(session, list(session.exec(sql.locked_if_free(query))))


def set_next(session: Session, *, decision_id: int, at: datetime | None) -> None:
    session.execute(update(DecisionRow).where(col(DecisionRow.id) == decision_id).values(next_at=at))


def move(session: Session, *, decision: Decision) -> None:
    """Writes what a verdict or its end changes; nobody looks again at what is over."""
    values: dict[str, Any] = {
        "state": decision.state.value,
        "in_round": decision.in_round,
        "decided_at": decision.decided_at,
        "ended_at": decision.ended_at,
        "ended_by": decision.ended_by,
        "ended_because": decision.ended_because,
        "superseded_by": decision.superseded_by,
    }
    if decision.is_over:
        values["next_at"] = None
    session.execute(update(DecisionRow).where(col(DecisionRow.id) == decision.id).values(**values))


def keep(session: Session, *, decision: Decision, next_at: datetime | None) -> None:
    """Writes that it still holds, and when somebody looks again."""
    values = {
        "look_again_on": decision.form.look_again_on,
        "kept_at": decision.kept_at,
        "kept_by": decision.kept_by,
        "next_at": next_at,
    }
    session.execute(update(DecisionRow).where(col(DecisionRow.id) == decision.id).values(**values))


def say_result(session: Session, *, decision_id: int, result: Result) -> None:
    values = {"result": result.result, "measured": result.measured, "learned": result.learned}
    said = values | {"result_by": result.by, "result_at": result.at}
    session.execute(update(DecisionRow).where(col(DecisionRow.id) == decision_id).values(**said))


def add_reader(session: Session, *, workspace_id: str, decision_id: int, person_id: str) -> None:
    row = {
        "decision_id": decision_id,
        "person_id": person_id,
        "part": READ,
        "workspace_id": workspace_id,
    }
    sql.add_missing(session, DecisionPersonRow, [row])
