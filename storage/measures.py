"""Measures of channels, and their values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, select, update

from domain.action_states import ActionState
from domain.blockers import BlockerState
from domain.measures import Good, Measure, MeasureForm, Role, Value, key_of
from storage import sql
from storage.tables import ActionRow, BlockerRow, MeasureRow, MeasureValueRow

AT_ONCE = 200
"""Values; databases limit the parameters."""


def add(
    session: Session, *, workspace_id: str, channel_id: str, form: MeasureForm, by: str, at: datetime
) -> Measure | None:
    """None where the channel has one of that name."""
    row = {"workspace_id": workspace_id, "channel_id": channel_id, "recorded_by": by, "recorded_at": at}
    keys = ("workspace_id", "channel_id", "key")
    made = sql.add_new(session, MeasureRow, [{**row, **_values(form)}], keys=keys, answer="id")
    return measure(session, workspace_id=workspace_id, measure_id=made[0]) if made else None


def save(session: Session, *, measure_id: int, form: MeasureForm) -> None:
    session.execute(update(MeasureRow).where(col(MeasureRow.id) == measure_id).values(**_values(form)))


def _values(form: MeasureForm) -> dict[str, str]:
    found = {**vars(form), "key": key_of(form.name)}
    return {name: str(value) for name, value in found.items()}


def measure(session: Session, *, workspace_id: str, measure_id: int) -> Measure | None:
    found = sql.by_id(session, MeasureRow, workspace_id, [measure_id])
    return _measure(found[0]) if found else None


def of_channel(session: Session, *, workspace_id: str, channel_id: str) -> list[Measure]:
    """By name."""
    return of_channels(session, workspace_id=workspace_id, channels=[channel_id])


def of_channels(session: Session, *, workspace_id: str, channels: Any) -> list[Measure]:
    """`channels`: ids, or a query of them."""
    query = select(MeasureRow).where(MeasureRow.workspace_id == workspace_id, col(MeasureRow.channel_id).in_(channels))
    return [_measure(row) for row in session.exec(query.order_by(col(MeasureRow.channel_id), col(MeasureRow.key)))]


def put(session: Session, *, measure: Measure, values: Sequence[Value]) -> None:
    """Each takes the place of what was there of the same moment and run."""
    rows = [{**vars(each), "measure_id": measure.id, "workspace_id": measure.workspace_id} for each in values]
    for start in range(0, len(rows), AT_ONCE):
        chunk = rows[start : start + AT_ONCE]
        sql.add_or_update(session, MeasureValueRow, chunk, keys=["measure_id", "at", "run_id"])


def at_moments(session: Session, *, measure_id: int, moments: Sequence[datetime]) -> dict[datetime, Value]:
    """What was typed or brought of those moments."""
    mine = (MeasureValueRow.measure_id == measure_id, MeasureValueRow.run_id == 0)
    found: dict[datetime, Value] = {}
    for start in range(0, len(moments), AT_ONCE):
        query = select(MeasureValueRow).where(*mine, col(MeasureValueRow.at).in_(moments[start : start + AT_ONCE]))
        found |= {row.at: _value(row) for row in session.exec(query)}
    return found


def remove(session: Session, *, measure_id: int, at: datetime, run_id: int = 0) -> None:
    mine = (col(MeasureValueRow.measure_id) == measure_id, col(MeasureValueRow.run_id) == run_id)
    session.execute(delete(MeasureValueRow).where(*mine, col(MeasureValueRow.at) == at))


def of_run(session: Session, *, run_id: int) -> dict[int, Value]:
    """By measure: what the answers of that run say."""
    query = select(MeasureValueRow).where(MeasureValueRow.run_id == run_id)
    return {row.measure_id: _value(row) for row in session.exec(query)}


def newest(session: Session, *, measure_ids: Collection[int]) -> dict[int, Value]:
    """The last value of each, of those that have one."""
    of_each = aliased(MeasureValueRow)
    # Of each measure the last entry of the key, whatever lies before it.
    last = select(func.max(of_each.at)).where(of_each.measure_id == MeasureRow.id).scalar_subquery()
    query = select(MeasureValueRow).join(MeasureRow, col(MeasureRow.id) == col(MeasureValueRow.measure_id))
    rows = session.exec(query.where(col(MeasureRow.id).in_(measure_ids), col(MeasureValueRow.at) == last))
    return {row.measure_id: _value(row) for row in sorted(rows, key=lambda row: row.run_id)}


def latest(session: Session, *, measure_id: int, limit: int) -> list[Value]:
    """Newest first."""
    query = select(MeasureValueRow).where(MeasureValueRow.measure_id == measure_id)
    newest_first = query.order_by(col(MeasureValueRow.at).desc(), col(MeasureValueRow.run_id).desc())
    return [_value(row) for row in session.exec(newest_first.limit(limit))]


def all_of(session: Session, *, measure_ids: Collection[int]) -> Iterable[tuple[int, Value]]:
    """For taking along: by measure and moment."""
    query = select(MeasureValueRow).where(col(MeasureValueRow.measure_id).in_(measure_ids))
    in_order = query.order_by(col(MeasureValueRow.measure_id), col(MeasureValueRow.at), col(MeasureValueRow.run_id))
    return [(row.measure_id, _value(row)) for row in session.exec(in_order)]


def weekly(
    session: Session, *, measure_ids: Collection[int], starts: Sequence[datetime]
) -> Mapping[int, list[float | None]]:
    """By measure, of each span between two of those moments the last value in it."""
    ids = [*measure_ids]
    if not ids or len(starts) < 2:  # noqa: PLR2004 - a span has two ends
        return {each: [] for each in ids}
    spans = list(pairwise(starts))
    query = select(col(MeasureRow.id), *(_last_in(*span) for span in spans)).where(col(MeasureRow.id).in_(ids))
    found = {row[0]: list(row[1:]) for row in session.execute(query)}
    return {each: found.get(each, [None] * len(spans)) for each in ids}


def is_attended(session: Session, *, measure: Measure) -> bool:
    """Whether an open blocker or action item of its channel names it."""
    blocked = select(BlockerRow.id).where(
        BlockerRow.workspace_id == measure.workspace_id,
        BlockerRow.channel_id == measure.channel_id,
        col(BlockerRow.state) != BlockerState.CLEARED.value,
        _names(BlockerRow.title, measure),
    )
    todo = select(ActionRow.id).where(
        ActionRow.workspace_id == measure.workspace_id,
        ActionRow.channel_id == measure.channel_id,
        ActionRow.state == ActionState.OPEN.value,
        _names(ActionRow.what, measure),
    )
    return any(session.exec(query.limit(1)).first() is not None for query in (blocked, todo))


def _names(text: Any, measure: Measure) -> ColumnElement[bool]:
    return func.lower(col(text)).contains(measure.key, autoescape=True)


def _last_in(start: datetime, end: datetime) -> Any:
    """One entry of the key, whatever lies before and after it."""
    mine = (MeasureValueRow.measure_id == MeasureRow.id, col(MeasureValueRow.at) >= start)
    found = select(MeasureValueRow.value).where(*mine, col(MeasureValueRow.at) < end)
    return found.order_by(col(MeasureValueRow.at).desc(), col(MeasureValueRow.run_id).desc()).limit(1).scalar_subquery()


def _measure(row: MeasureRow) -> Measure:
    return Measure(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        name=row.name,
        unit=row.unit,
        good=Good(row.good),
        role=Role(row.role),
        source=row.source,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )


def _value(row: MeasureValueRow) -> Value:
    return Value(row.at, row.value, row.source, row.by, row.run_id)
