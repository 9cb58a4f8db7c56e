"""Blockers, as answers raise them and people settle them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete
from sqlmodel import Session, col, select, update

from domain.action_states import ActionState
from domain.blockers import Blocker, BlockerState, Passed
from domain.runs import Run
from storage import sql
from storage.tables import ActionRow, BlockerRow, RunRow


def set_of_prompt(
    session: Session, *, prompt_id: int, blockers: Sequence[tuple[str, Blocker]], next_at: datetime | None
) -> None:
    """Makes the blockers of a response, by question, what it says now; those that became action items stay.

    Who has taken one up stays its owner, and so does whoever it was passed on to, unless the answer names somebody else
    by now. `next_at`: when the facilitator hears of those that are new.
    """
    kept = {row.question_id: row for row in _of_prompt(session, prompt_id)}
    for question_id, blocker in blockers:
        row = kept.pop(question_id, None) or BlockerRow(
            workspace_id=blocker.workspace_id,
            run_id=blocker.run_id,
            prompt_id=prompt_id,
            question_id=question_id,
            channel_id=blocker.channel_id,
            title=blocker.title,
            raised_by=blocker.raised_by,
            next_at=next_at,
        )
        if row.clearer_id != blocker.clearer_id:
            row.passed = []
        row.title, row.clearer_id = blocker.title, blocker.clearer_id
        if row.acknowledged_at is None:
            row.owner_id = row.passed[-1]["to"] if row.passed else blocker.owner_id
        session.add(row)
    if not kept:
        return
    gone = [row.id for row in kept.values()]
    session.execute(delete(BlockerRow).where(col(BlockerRow.id).in_(gone), ~_became_an_action().exists()))


def add_unnamed(session: Session, *, blockers: Sequence[tuple[str, Blocker]], next_at: datetime | None) -> None:
    """Of anonymous answers, by question."""
    rows = [
        BlockerRow(
            workspace_id=blocker.workspace_id,
            run_id=blocker.run_id,
            question_id=question_id,
            channel_id=blocker.channel_id,
            title=blocker.title,
            raised_by="",
            owner_id=blocker.owner_id,
            clearer_id=blocker.clearer_id,
            next_at=next_at,
        )
        for question_id, blocker in blockers
    ]
    session.add_all(rows)
    session.flush()


def _of_prompt(session: Session, prompt_id: int) -> list[BlockerRow]:
    """Locked, so that none becomes an action item unseen."""
    query = select(BlockerRow).where(BlockerRow.prompt_id == prompt_id).order_by(col(BlockerRow.id))
    return list(session.exec(sql.locked(query)))


def lock(session: Session, *, blocker_id: int) -> None:
    """Before it is moved, or an action item is made of it: whoever edits it away has done so, or waits and finds it
    taken."""
    sql.lock(session, select(BlockerRow.id).where(BlockerRow.id == blocker_id))


def save(session: Session, *, blocker: Blocker, next_at: datetime | None) -> None:
    """Writes everything of a blocker that its people may change."""
    values = {
        "owner_id": blocker.owner_id,
        "passed": [asdict(each) for each in blocker.passed],
        "state": blocker.state.value,
        "acknowledged_at": blocker.acknowledged_at,
        "cleared_at": blocker.cleared_at,
        "cleared_by": blocker.cleared_by,
        "next_at": next_at,
    }
    session.execute(update(BlockerRow).where(col(BlockerRow.id) == blocker.id).values(**values))


def set_next(session: Session, *, ids: Collection[int], at: datetime | None) -> None:
    session.execute(update(BlockerRow).where(col(BlockerRow.id).in_(ids)).values(next_at=at))


def due(session: Session, *, now: datetime, limit: int) -> list[tuple[str, int]]:
    """(workspace, blocker) of those the facilitator is to hear of, locked until the transaction ends."""
    query = select(BlockerRow).where(col(BlockerRow.next_at) <= now).order_by(col(BlockerRow.next_at)).limit(limit)
    return [(row.workspace_id, row.id or 0) for row in session.exec(sql.locked_if_free(query))]


def of_run(session: Session, *, run_id: int) -> list[Blocker]:
    return [_blocker(*found) for found in session.exec(_of_run(), params={"run_id": run_id})]


@cache
def _of_run() -> Any:
    """Made once."""
    return _blockers().where(BlockerRow.run_id == bindparam("run_id")).order_by(col(BlockerRow.id))


def before(session: Session, *, run: Run, raised_by: str | None = None) -> list[Blocker]:
    """Those of earlier runs of the same ritual that were not settled when this one opened, oldest first. One that is
    to come has no id."""
    names = ("workspace_id", "channel_id", "ritual_id", "opened_at", "id")
    params = {**{name: getattr(run, name) for name in names}, "raised_by": raised_by}
    query = _before(is_there=bool(run.id), of_one=raised_by is not None)
    return [_blocker(*found) for found in session.exec(query, params=params)]


@cache
def _before(*, is_there: bool, of_one: bool) -> Any:
    """Made once."""
    opened_at: BindParameter[datetime] = bindparam("opened_at")
    then = col(BlockerRow.cleared_at).is_(None) | (col(BlockerRow.cleared_at) >= opened_at)
    item = col(ActionRow.id).is_(None) | (col(ActionRow.created_at) >= opened_at)
    mine = (BlockerRow.workspace_id == bindparam("workspace_id"), BlockerRow.channel_id == bindparam("channel_id"))
    query = _blockers().where(*mine, RunRow.ritual_id == bindparam("ritual_id"), then, item)
    query = query.where(col(BlockerRow.run_id) < bindparam("id")) if is_there else query
    query = query.where(BlockerRow.raised_by == bindparam("raised_by")) if of_one else query
    return query.order_by(col(BlockerRow.id))


def blocker(session: Session, *, workspace_id: str, blocker_id: int) -> Blocker | None:
    return by_id(session, workspace_id=workspace_id, ids=[blocker_id]).get(blocker_id)


def by_id(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, Blocker]:
    if not ids:
        return {}
    query = _blockers().where(BlockerRow.workspace_id == workspace_id, col(BlockerRow.id).in_(ids))
    return {found.id: found for found in (_blocker(*found) for found in session.exec(query))}


def unsettled(session: Session, *, workspace_id: str, channels: Any) -> list[int]:
    """Ids of those raised in those channels that are not settled, oldest first."""
    mine = (BlockerRow.workspace_id == workspace_id, col(BlockerRow.channel_id).in_(channels))
    still = (BlockerRow.state != BlockerState.CLEARED.value, ~_became_an_action().exists())
    query = select(BlockerRow.id).where(*mine, *still).order_by(col(BlockerRow.id))
    return [found or 0 for found in session.exec(query)]


def _became_an_action() -> Any:
    return select(ActionRow.id).where(col(ActionRow.blocker_id) == BlockerRow.id)


def _blockers() -> Any:
    """(blocker, when its run opened, the action item made of it)."""
    return (
        select(BlockerRow, RunRow.opened_at, ActionRow)
        .join(RunRow, col(RunRow.id) == BlockerRow.run_id)
        .join(ActionRow, col(ActionRow.blocker_id) == BlockerRow.id, isouter=True)
    )


def _blocker(row: BlockerRow, opened_at: datetime, item: ActionRow | None) -> Blocker:
    return Blocker(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        run_id=row.run_id,
        channel_id=row.channel_id,
        title=row.title,
        raised_by=row.raised_by,
        recorded_at=opened_at,
        owner_id=row.owner_id,
        clearer_id=row.clearer_id,
        passed=tuple(Passed(**each) for each in row.passed),
        action_number=item.number if item else None,
        action_by=item.asked_by if item else "",
        action_owner=item.owner_id if item else "",
        action_due=item.due if item else None,
        is_done=item is not None and item.state == ActionState.DONE.value,
        is_dropped=item is not None and item.state == ActionState.DROPPED.value,
        state=BlockerState(row.state),
        acknowledged_at=row.acknowledged_at,
        cleared_at=row.cleared_at,
        cleared_by=row.cleared_by,
    )
