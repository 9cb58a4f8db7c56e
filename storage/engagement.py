"""What runs count, added up in the database: cost follows the weeks asked for, not what came before them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, false, or_, select
from sqlmodel import Session, col, func

from domain.engagement import RunCount, Tally
from domain.runs import NOT_COUNTED, UNREACHED, Missed, PromptState
from storage.tables import PromptRow, ResponseRow, RunRow

COUNTS = and_(
    col(PromptRow.joined).is_(False),
    or_(col(PromptRow.missed).is_(None), col(PromptRow.missed).not_in([each.value for each in NOT_COUNTED])),
)
"""`domain.runs.counts` for a query."""
ANSWERED = col(PromptRow.state) == PromptState.ANSWERED.value
NOT_OUT = [each.value for each in UNREACHED if each is not Missed.STOPPED]
IDS: BindParameter[int] = bindparam("ids", expanding=True)
_RUNS = select(
    col(RunRow.id),
    col(RunRow.ritual_id),
    col(RunRow.channel_id),
    col(RunRow.template)["title"].as_string(),
    col(RunRow.opened_at),
    col(RunRow.closed_at),
    col(RunRow.template)["anonymous"].as_integer(),
)


def closed(session: Session, *, workspace_id: str, channels: Any, start: datetime, end: datetime) -> list[RunCount]:
    """The runs that closed in [start, end) in those channels, in the order in which they closed."""
    query = _RUNS.where(col(RunRow.workspace_id) == workspace_id, col(RunRow.channel_id).in_(channels))
    return _counts(session, query.where(col(RunRow.closed_at) >= start, col(RunRow.closed_at) < end), {})


def by_id(session: Session, *, workspace_id: str, run_ids: Collection[int]) -> dict[int, RunCount]:
    query = _RUNS.where(col(RunRow.id).in_(IDS), col(RunRow.workspace_id) == workspace_id)
    found = _counts(session, query, {"ids": list(run_ids)}) if run_ids else ()
    return {each.run_id: each for each in found}


def _counts(session: Session, query: Any, params: dict[str, Any]) -> list[RunCount]:
    found = session.execute(query.order_by(col(RunRow.closed_at), col(RunRow.id)), params).all()
    named = _tallies(session, [row[0] for row in found if not row[-1]], COUNTS)
    # Whoever was asked without a name stays: see `domain.runs.counted`.
    unnamed = _tallies(session, [row[0] for row in found if row[-1]], or_(COUNTS, col(PromptRow.asked_at).is_not(None)))
    tallies = named | unnamed
    return [
        RunCount(
            run_id, ritual_id, channel_id, title, opened_at, closed_at, fewest or 0, tuple(tallies.get(run_id, ()))
        )
        for run_id, ritual_id, channel_id, title, opened_at, closed_at, fewest in found
    ]


def _tallies(session: Session, run_ids: Collection[int], counts: ColumnElement[bool]) -> dict[int, list[Tally]]:
    def many(*conditions: Any) -> Any:
        return func.sum(case((and_(*conditions), 1), else_=0))

    # Asked for each alone: joined, PostgreSQL reads all answers there are to find those of a week.
    late = select(col(ResponseRow.late)).where(col(ResponseRow.prompt_id) == col(PromptRow.id)).scalar_subquery()
    function, missed = func.coalesce(col(PromptRow.function), ""), col(PromptRow.missed)
    query = (
        select(
            col(PromptRow.run_id),
            function,
            many(counts),
            many(counts, ANSWERED),
            many(counts, ANSWERED, func.coalesce(late, false())),
            many(or_(col(PromptRow.state) == PromptState.FAILED.value, missed.in_(NOT_OUT))),
            many(missed == Missed.STOPPED.value),
            many(counts, missed == Missed.DOWN.value),
        )
        .where(col(PromptRow.run_id).in_(IDS))
        .group_by(col(PromptRow.run_id), function)
    )
    tallies: dict[int, list[Tally]] = {}
    # Ordered here, not by a database: each sorts words after its own collation.
    found = session.execute(query, {"ids": list(run_ids)}).all() if run_ids else ()
    for run_id, *counted in sorted(map(tuple, found)):
        tallies.setdefault(run_id, []).append(Tally(*counted))
    return tallies


def waited(session: Session, *, run_ids: Collection[int], place: int) -> int | None:
    """The seconds that the answer at that place waited for, the quickest being the first; None where fewer answered.

    Of runs with names only: nothing else keeps its moment.
    """
    query = (
        select(col(ResponseRow.waited))
        .join(PromptRow, col(PromptRow.id) == col(ResponseRow.prompt_id))
        .where(col(PromptRow.run_id).in_(IDS), COUNTS, ANSWERED)
        .order_by(col(ResponseRow.waited))
        .offset(place - 1)
        .limit(1)
    )
    return session.execute(query, {"ids": list(run_ids)}).scalar() if run_ids else None
