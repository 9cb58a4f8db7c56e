"""Action items, and the blockers they can be made of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select, update

from domain.actions import ActionItem, ActionState, Blocker
from storage import sql
from storage.channels import shows
from storage.tables import ActionRow, BlockerRow, PersonRow, RunRow


def add(session: Session, *, item: ActionItem, next_at: datetime | None) -> ActionItem:
    """Adds an action item; its `id` is given here."""
    row = ActionRow(
        workspace_id=item.workspace_id,
        number=item.number,
        channel_id=item.channel_id,
        what=item.what,
        owner_id=item.owner_id,
        due=item.due,
        first_due=item.first_due,
        state=item.state.value,
        asked_by=item.asked_by,
        blocker_id=item.blocker_id,
        created_at=item.created_at,
        next_at=next_at,
    )
    session.add(row)
    session.flush()
    return _item(row)


def save(session: Session, *, item: ActionItem, next_at: datetime | None) -> None:
    """Writes everything of an item that may change."""
    values = {
        "what": item.what,
        "owner_id": item.owner_id,
        "due": item.due,
        "first_due": item.first_due,
        "state": item.state.value,
        "done_at": item.done_at,
        "next_at": next_at,
    }
    session.execute(update(ActionRow).where(col(ActionRow.id) == item.id).values(**values))


def item(session: Session, *, workspace_id: str, item_id: int, lock: bool = False) -> ActionItem | None:
    query = select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.id == item_id)
    row = session.exec(sql.locked(query) if lock else query).first()
    return _item(row) if row else None


def items(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, ActionItem]:
    return {found.id: found for found in map(_item, sql.by_id(session, ActionRow, workspace_id, ids))}


def numbered(session: Session, *, workspace_id: str, reader_id: str, number: int, now: datetime) -> ActionItem | None:
    """The one of that number, if the reader may see it."""
    query = _visible(workspace_id, reader_id, now).where(ActionRow.number == number)
    row = session.exec(query).first()
    return _item(row) if row else None


def open_of(session: Session, *, workspace_id: str, owner_ids: Collection[str]) -> list[ActionItem]:
    """Open items of those owners, soonest first."""
    query = _open(workspace_id).where(col(ActionRow.owner_id).in_(owner_ids))
    return [_item(row) for row in session.exec(query.order_by(col(ActionRow.due), col(ActionRow.number)))]


def asked_for(session: Session, *, workspace_id: str, person_id: str) -> list[ActionItem]:
    """Open items that others owe this person, soonest first."""
    query = _open(workspace_id).where(ActionRow.asked_by == person_id, ActionRow.owner_id != person_id)
    return [_item(row) for row in session.exec(query.order_by(col(ActionRow.due), col(ActionRow.number)))]


def left_behind(session: Session, *, workspace_id: str, person_id: str) -> list[ActionItem]:
    """Open items whose owner has left, among those that this person owns or asked for, soonest first."""
    gone = select(PersonRow.id).where(PersonRow.workspace_id == workspace_id, col(PersonRow.left).is_(True))
    concerned = or_(col(ActionRow.owner_id) == person_id, col(ActionRow.asked_by) == person_id)
    query = _open(workspace_id).where(col(ActionRow.owner_id).in_(gone), concerned)
    return [_item(row) for row in session.exec(query.order_by(col(ActionRow.due), col(ActionRow.number)))]


def _open(workspace_id: str) -> Any:
    return select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.state == ActionState.OPEN.value)


def _visible(workspace_id: str, reader_id: str, now: datetime) -> Any:
    """A record is seen by those who may read its channel and by the people named in it."""
    reader: dict[str, Any] = {"workspace_id": workspace_id, "person_id": reader_id, "now": now}
    return select(ActionRow).where(
        ActionRow.workspace_id == workspace_id,
        or_(
            shows(ActionRow.channel_id, ActionRow.created_at, **reader),
            col(ActionRow.owner_id) == reader_id,
            col(ActionRow.asked_by) == reader_id,
        ),
    )


def due(session: Session, *, now: datetime, limit: int) -> list[ActionItem]:
    """Items whose owner is to be reminded, locked until the transaction ends."""
    query = select(ActionRow).where(col(ActionRow.next_at) <= now).order_by(col(ActionRow.next_at)).limit(limit)
    return [_item(row) for row in session.exec(sql.locked_if_free(query))]


def set_next(session: Session, *, item_id: int, at: datetime | None) -> None:
    """When its owner is next reminded, if it is still open."""
    still = (col(ActionRow.id) == item_id, col(ActionRow.state) == ActionState.OPEN.value)
    session.execute(update(ActionRow).where(*still).values(next_at=at))


def set_blockers(session: Session, *, prompt_id: int, blockers: Sequence[tuple[str, Blocker]]) -> None:
    """Makes the blockers of a response, by question, what it says now; those that became action items stay."""
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
        )
        row.title, row.owner_id = blocker.title, blocker.owner_id
        session.add(row)
    if not kept:
        return
    used = select(ActionRow.blocker_id).where(col(ActionRow.blocker_id).is_not(None))
    gone = [row.id for row in kept.values()]
    session.execute(delete(BlockerRow).where(col(BlockerRow.id).in_(gone), col(BlockerRow.id).not_in(used)))


def _of_prompt(session: Session, prompt_id: int) -> list[BlockerRow]:
    """Locked, so that none becomes an action item unseen."""
    query = select(BlockerRow).where(BlockerRow.prompt_id == prompt_id).order_by(col(BlockerRow.id))
    return list(session.exec(sql.locked(query)))


def lock_blocker(session: Session, *, blocker_id: int) -> None:
    """Before an action item is made of it: whoever edits it away has done so, or waits and finds it taken."""
    sql.lock(session, select(BlockerRow.id).where(BlockerRow.id == blocker_id))


def blockers(session: Session, *, run_id: int) -> list[Blocker]:
    query = _blockers().where(BlockerRow.run_id == run_id).order_by(col(BlockerRow.id))
    return [_blocker(*found) for found in session.exec(query)]


def blocker(session: Session, *, workspace_id: str, blocker_id: int) -> Blocker | None:
    return blockers_of(session, workspace_id=workspace_id, ids=[blocker_id]).get(blocker_id)


def blockers_of(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, Blocker]:
    if not ids:
        return {}
    query = _blockers().where(BlockerRow.workspace_id == workspace_id, col(BlockerRow.id).in_(ids))
    return {found.id: found for found in (_blocker(*found) for found in session.exec(query))}


def _blockers() -> Any:
    """(blocker, when its run opened, number of the action item made of it)."""
    return (
        select(BlockerRow, RunRow.opened_at, ActionRow.number)
        .join(RunRow, col(RunRow.id) == BlockerRow.run_id)
        .join(ActionRow, col(ActionRow.blocker_id) == BlockerRow.id, isouter=True)
    )


def _blocker(row: BlockerRow, opened_at: datetime, action_number: int | None) -> Blocker:
    return Blocker(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        run_id=row.run_id,
        channel_id=row.channel_id,
        title=row.title,
        raised_by=row.raised_by,
        recorded_at=opened_at,
        owner_id=row.owner_id,
        action_number=action_number,
    )


def _item(row: ActionRow) -> ActionItem:
    return ActionItem(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        number=row.number,
        channel_id=row.channel_id,
        what=row.what,
        owner_id=row.owner_id,
        due=row.due,
        first_due=row.first_due,
        state=ActionState(row.state),
        asked_by=row.asked_by,
        created_at=row.created_at,
        done_at=row.done_at,
        blocker_id=row.blocker_id,
    )
