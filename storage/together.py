"""Prompts and the messages that carry them: one each, or one for several that a person was asked at the same minute."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import bindparam, case, or_
from sqlmodel import Session, col, select, update

from domain.deliveries import Subject
from domain.runs import Prompt, PromptState
from storage import sql
from storage.tables import PromptRow


def put(session: Session, *, joined: Iterable[Prompt]) -> None:
    """From now on one message carries those that have the same `with_id`."""
    rows = [{"prompt": each.id, "message": each.with_id} for each in joined]
    statement = update(PromptRow).where(col(PromptRow.id) == bindparam("prompt"))
    if rows:
        session.connection().execute(statement.values(with_id=bindparam("message")), rows)


def leave(session: Session, *, prompt_id: int) -> None:
    """The message that was to carry it with others does so no longer."""
    session.execute(update(PromptRow).where(col(PromptRow.id) == prompt_id).values(with_id=None))


def reminded(session: Session, *, ids: Collection[int]) -> None:
    session.execute(update(PromptRow).where(col(PromptRow.id).in_(ids)).values(reminded_together=True))


def is_reminded(session: Session, *, with_id: int) -> bool:
    """Whether a reminder has been owed for several of those of one message."""
    query = select(PromptRow.id).where(PromptRow.with_id == with_id, col(PromptRow.reminded_together).is_(True))
    return session.exec(query.limit(1)).first() is not None


def carried(session: Session, *, with_ids: Collection[int]) -> dict[int, list[int]]:
    """What each joint message is about, as it was asked."""
    query = select(PromptRow.with_id, PromptRow.id).where(col(PromptRow.with_id).in_(with_ids))
    found: dict[int, list[int]] = {}
    for with_id, prompt_id in session.exec(query.order_by(col(PromptRow.id))) if with_ids else ():
        found.setdefault(with_id or 0, []).append(prompt_id or 0)
    return found


def take(session: Session, *, messages: Iterable[Subject]) -> list[tuple[str, int]]:
    """(workspace, prompt) of everything these invitations are about, locked by id."""
    subjects = list(messages)
    alone = {each.id for each in subjects if not each.is_joint}
    joint = {each.id for each in subjects if each.is_joint}
    of_joint = [col(PromptRow.with_id).in_(joint)] if joint else []
    these = or_(col(PromptRow.id).in_(alone), *of_joint)
    query = select(PromptRow.workspace_id, PromptRow.id).where(these).order_by(col(PromptRow.id))
    return [(workspace_id, prompt_id or 0) for workspace_id, prompt_id in session.exec(sql.locked(query))]


def sent(session: Session, *, ids: Collection[int], at: datetime) -> None:
    """Slack has accepted these prompts, which the transaction holds; those that something became of meanwhile keep
    their state."""
    these, pending = col(PromptRow.id).in_(ids), col(PromptRow.state) == PromptState.PENDING.value
    state = case((pending, PromptState.SENT.value), else_=PromptRow.state)
    session.execute(update(PromptRow).where(these).values(sent_at=at, state=state))


def due_before(session: Session, *, ids: Collection[int], moment: datetime) -> list[tuple[str, int]]:
    """(workspace, prompt) of those among `ids` that fell due before a moment."""
    query = select(PromptRow.workspace_id, PromptRow.id).where(
        col(PromptRow.id).in_(ids), col(PromptRow.due_at) < moment
    )
    return [
        (workspace_id, prompt_id or 0) for workspace_id, prompt_id in session.exec(query.order_by(col(PromptRow.id)))
    ]
