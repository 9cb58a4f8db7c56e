"""The pairs that are set against each other."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select, update

from domain.measure_pairs import Engagement, Pair
from storage import sql
from storage.tables import MeasurePairRow


def add(session: Session, *, pair: Pair) -> Pair:
    row = MeasurePairRow(**{**vars(pair), "id": None, "engagement": pair.engagement.value})
    session.add(row)
    session.flush()
    return _pair(row)


def pair(session: Session, *, workspace_id: str, pair_id: int) -> Pair | None:
    found = sql.by_id(session, MeasurePairRow, workspace_id, [pair_id])
    return _pair(found[0]) if found else None


def of_channels(session: Session, *, workspace_id: str, channels: Collection[str]) -> list[Pair]:
    """Those that go on, in the order in which they were chosen."""
    mine = (MeasurePairRow.workspace_id == workspace_id, col(MeasurePairRow.channel_id).in_(channels))
    query = select(MeasurePairRow).where(*mine, col(MeasurePairRow.ended_at).is_(None))
    return [_pair(row) for row in session.exec(query.order_by(col(MeasurePairRow.id)))]


def end(session: Session, *, pair_id: int, at: datetime) -> None:
    session.execute(update(MeasurePairRow).where(col(MeasurePairRow.id) == pair_id).values(ended_at=at))


def _pair(row: MeasurePairRow) -> Pair:
    return Pair(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        channel_id=row.channel_id,
        measure_id=row.measure_id,
        engagement=Engagement(row.engagement),
        lag=row.lag,
        chosen_by=row.chosen_by,
        chosen_at=row.chosen_at,
        ended_at=row.ended_at,
    )
