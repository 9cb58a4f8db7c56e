"""Action items."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, or_
from sqlmodel import Session, col, func, select, update

from domain.action_states import ActionState, Move
from domain.action_steps import Step
from domain.actions import ActionItem, Source
from domain.briefs import Drafted
from storage import posted, sql
from storage.channels import is_here, shows
from storage.tables import ActionRow, PersonRow

SOONEST = (col(ActionRow.is_important).desc(), col(ActionRow.due).is_(None), col(ActionRow.due), col(ActionRow.number))
"""What is important comes first, what has no day yet last."""
_OF_RUN = (
    select(ActionRow)
    .where(ActionRow.run_id == bindparam("run_id"), ActionRow.state != ActionState.WITHDRAWN.value)
    .order_by(col(ActionRow.number))
)
OWNERLESS = 100
"""At most so many are offered to others at once."""


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
        helpers=list(item.helpers),
        is_important=item.is_important,
        every=item.every,
        series_from=item.series_from,
        follows=item.follows,
        blocker_id=item.blocker_id,
        decision_id=item.decision_id,
        listed_with=item.listed_with,
        run_id=item.source.run_id if item.source else None,
        prompt_id=item.source.prompt_id if item.source else None,
        question_id=item.source.key if item.source else None,
        answer_run_id=item.answer.run_id if item.answer else None,
        answer_prompt_id=item.answer.prompt_id if item.answer else None,
        answer_question_id=item.answer.key if item.answer else None,
        created_at=item.created_at,
        next_at=next_at,
        drafted=f"{item.drafted or ''}",
        **posted.columns(item.message),
    )
    session.add(row)
    session.flush()
    return _item(row)


def save(session: Session, *, item: ActionItem, next_at: datetime | None, now: datetime) -> None:
    """Writes everything of an item that may change."""
    values = {
        "what": item.what,
        "owner_id": item.owner_id,
        "due": item.due,
        "first_due": item.first_due,
        "state": item.state.value,
        "accepted_at": item.accepted_at,
        "done_at": item.done_at,
        "settled_at": None if item.is_open else func.coalesce(col(ActionRow.settled_at), now),
        "dropped_by": item.dropped_by,
        "dropped_why": item.dropped_why,
        "dates_moved": item.dates_moved,
        "helpers": list(item.helpers),
        "is_important": item.is_important,
        "every": item.every,
        "series_from": item.series_from,
        "snoozed_until": item.snoozed_until,
        "warned_on": item.warned_on,
        "escalated_on": item.escalated_on,
        "by_hand": item.by_hand,
        "steps": [{**asdict(each), "day": f"{each.day}"} for each in item.steps],
        "next_at": next_at,
        **posted.columns(item.message),
    }
    session.execute(update(ActionRow).where(col(ActionRow.id) == item.id).values(**values))


def item(session: Session, *, workspace_id: str, item_id: int, lock: bool = False) -> ActionItem | None:
    query = select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.id == item_id)
    row = session.exec(sql.locked(query) if lock else query).first()
    return _item(row) if row else None


def items(session: Session, *, workspace_id: str, ids: Collection[int]) -> dict[int, ActionItem]:
    return {found.id: found for found in map(_item, sql.by_id(session, ActionRow, workspace_id, ids))}


def of_run(session: Session, *, run_id: int) -> list[ActionItem]:
    """What its answers made, and was not withdrawn, by number."""
    return [_item(row) for row in session.exec(_OF_RUN, params={"run_id": run_id})]


def of_answers(session: Session, *, run_id: int) -> list[ActionItem]:
    """What people made of its answers, by number."""
    query = select(ActionRow).where(ActionRow.answer_run_id == run_id).order_by(col(ActionRow.number))
    return [_item(row) for row in session.exec(query)]


def of_prompts(session: Session, *, prompt_ids: Collection[int]) -> list[ActionItem]:
    """What those answers made, also what was withdrawn since, by number."""
    query = select(ActionRow).where(col(ActionRow.prompt_id).in_(prompt_ids))
    return [_item(row) for row in session.exec(query.order_by(col(ActionRow.number)))]


def lock_of_prompt(session: Session, *, prompt_id: int) -> None:
    """Before the prompt is locked: its answer may change them."""
    sql.lock(session, select(ActionRow.id).where(ActionRow.prompt_id == prompt_id).order_by(col(ActionRow.id)))


def numbered(session: Session, *, workspace_id: str, reader_id: str, number: int, now: datetime) -> ActionItem | None:
    """The one of that number, if the reader may see it."""
    query = _visible(workspace_id, reader_id, now).where(ActionRow.number == number)
    row = session.exec(query).first()
    return _item(row) if row else None


def open_of(session: Session, *, workspace_id: str, owner_ids: Collection[str]) -> list[ActionItem]:
    """Open items of those owners, soonest first."""
    query = _open(workspace_id).where(col(ActionRow.owner_id).in_(owner_ids))
    return [_item(row) for row in session.exec(query.order_by(*SOONEST))]


def of_decision(session: Session, *, workspace_id: str, decision_id: int) -> list[ActionItem]:
    """What came of it, by number."""
    query = select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.decision_id == decision_id)
    return [_item(row) for row in session.exec(query.order_by(col(ActionRow.number)))]


def listed_with(session: Session, *, workspace_id: str, item_id: int) -> list[ActionItem]:
    """That one, and what was recorded with it at once, by number."""
    together = or_(col(ActionRow.id) == item_id, col(ActionRow.listed_with) == item_id)
    query = select(ActionRow).where(ActionRow.workspace_id == workspace_id, together)
    return [_item(row) for row in session.exec(query.order_by(col(ActionRow.number)))]


def open_of_decision(session: Session, *, workspace_id: str, decision_id: int) -> list[ActionItem]:
    """Open items that were made of that decision, soonest first."""
    query = _open(workspace_id).where(ActionRow.decision_id == decision_id)
    return [_item(row) for row in session.exec(query.order_by(*SOONEST))]


def asked_for(session: Session, *, workspace_id: str, person_id: str) -> list[ActionItem]:
    """Open items that others who are here owe this person, soonest first."""
    query = _open(workspace_id).where(ActionRow.asked_by == person_id, col(ActionRow.owner_id).not_in(["", person_id]))
    query = query.where(~_has_left(ActionRow.owner_id))
    return [_item(row) for row in session.exec(query.order_by(*SOONEST))]


def orphans(session: Session, *, workspace_id: str, person_id: str, channels: Any) -> list[ActionItem]:
    """Open items without owner or day in those channels, or owned or asked for by that person, soonest first."""
    concerned = (
        col(ActionRow.channel_id).in_(channels),
        col(ActionRow.owner_id) == person_id,
        col(ActionRow.asked_by) == person_id,
    )
    lacks = or_(col(ActionRow.owner_id) == "", col(ActionRow.due).is_(None))
    query = _open(workspace_id).where(lacks, or_(*concerned))
    return [_item(row) for row in session.exec(query.order_by(*SOONEST))]


def left_behind(session: Session, *, workspace_id: str, person_id: str) -> list[ActionItem]:
    """Open items whose owner has left, among those that this person owns or asked for, soonest first."""
    concerned = or_(col(ActionRow.owner_id) == person_id, col(ActionRow.asked_by) == person_id)
    query = _open(workspace_id).where(_has_left(ActionRow.owner_id), concerned)
    return [_item(row) for row in session.exec(query.order_by(*SOONEST))]


def ownerless(session: Session, *, workspace_id: str, reader_id: str) -> list[ActionItem]:
    """Open items whose owner has left, and which the reader asked for, or somebody who has left too; soonest first."""
    may_concern = or_(col(ActionRow.asked_by) == reader_id, _has_left(ActionRow.asked_by))
    query = _open(workspace_id).where(_has_left(ActionRow.owner_id), may_concern)
    rows = session.exec(query.order_by(*SOONEST).limit(OWNERLESS))
    return [_item(row) for row in rows]


def _has_left(person_id: Any) -> Any:
    same = (col(PersonRow.workspace_id) == col(ActionRow.workspace_id), col(PersonRow.id) == person_id)
    return select(PersonRow.id).where(*same, col(PersonRow.left).is_(True)).exists()


def _open(workspace_id: str) -> Any:
    return select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.state == ActionState.OPEN.value)


def _visible(workspace_id: str, reader_id: str, now: datetime) -> Any:
    """A record is seen by those who may read its channel and by the people named in it."""
    reader: dict[str, Any] = {"workspace_id": workspace_id, "person_id": reader_id, "now": now}
    return select(ActionRow).where(
        ActionRow.workspace_id == workspace_id,
        is_here(workspace_id, reader_id),
        or_(
            shows(ActionRow.channel_id, ActionRow.created_at, **reader),
            col(ActionRow.owner_id) == reader_id,
            col(ActionRow.asked_by) == reader_id,
            _helps(reader_id),
        ),
    )


def _helps(person_id: str) -> Any:
    return cast(ActionRow.helpers, String).contains(f'"{person_id}"', autoescape=True)


def helped_by(session: Session, *, workspace_id: str, person_id: str) -> list[ActionItem]:
    """Open items of others that this person helps with."""
    query = _open(workspace_id).where(_helps(person_id))
    return [_item(row) for row in session.exec(query.order_by(*SOONEST))]


def due(session: Session, *, now: datetime, limit: int) -> list[ActionItem]:
    """Items whose owner is to be reminded, locked until the transaction ends."""
    query = select(ActionRow).where(col(ActionRow.next_at) <= now).order_by(col(ActionRow.next_at)).limit(limit)
    return [_item(row) for row in session.exec(sql.locked_if_free(query))]


def set_next(session: Session, *, item_id: int, at: datetime | None) -> None:
    """When its owner is next reminded, if it is still open."""
    still = (col(ActionRow.id) == item_id, col(ActionRow.state) == ActionState.OPEN.value)
    session.execute(update(ActionRow).where(*still).values(next_at=at))


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
        accepted_at=row.accepted_at,
        done_at=row.done_at,
        dropped_by=row.dropped_by,
        dropped_why=row.dropped_why,
        dates_moved=row.dates_moved,
        helpers=tuple(row.helpers),
        is_important=row.is_important,
        every=row.every,
        series_from=row.series_from,
        follows=row.follows,
        snoozed_until=row.snoozed_until,
        warned_on=row.warned_on,
        escalated_on=row.escalated_on,
        blocker_id=row.blocker_id,
        decision_id=row.decision_id,
        listed_with=row.listed_with,
        source=_source(row.run_id, row.prompt_id, row.question_id),
        answer=_source(row.answer_run_id, row.answer_prompt_id, row.answer_question_id),
        by_hand=row.by_hand,
        message=posted.of(row),
        drafted=Drafted.read(row.drafted),
        steps=tuple(_step(each) for each in row.steps),
    )


def _step(kept: Mapping[str, str]) -> Step:
    day, move = date.fromisoformat(kept["day"]), Move(kept["move"])
    return Step(move, kept["by"], day, kept["was"], kept["to"], kept["why"])


def _source(run_id: int | None, prompt_id: int | None, key: str | None) -> Source | None:
    return None if run_id is None or prompt_id is None or key is None else Source(run_id, prompt_id, key)
