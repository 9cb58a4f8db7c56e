"""What there is of somebody: records that stay when they are erased, and words of others that hold their name."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Table, cast, or_, select
from sqlmodel import Session, col, func

from domain.people import Person
from storage import walking
from storage.tables import ActionRow, BlockerRow, ConcernRow, DecisionRow, ObjectionRow, PersonRow


@dataclass(frozen=True)
class Kept:
    """Records of the team that somebody had a part in making: they stay, without their name."""

    decisions: Sequence[int]
    """Those they recorded, by number."""
    items: Sequence[int]
    """Those they asked for, or that their answers made."""
    blockers: int
    objections: int
    concerns: int


def kept(session: Session, *, person: Person) -> Kept:
    decisions = _numbers(session, DecisionRow, person, DecisionRow.recorded_by)
    items = _numbers(session, ActionRow, person, ActionRow.asked_by)
    return Kept(
        decisions,
        items,
        _count(session, BlockerRow, person, BlockerRow.raised_by),
        _count(session, ObjectionRow, person, ObjectionRow.person_id),
        _count(session, ConcernRow, person, ConcernRow.person_id),
    )


def _count(session: Session, table: Any, person: Person, column: Any) -> int:
    mine = (table.workspace_id == person.workspace_id, col(column) == person.id)
    counted: int = session.execute(select(func.count()).where(*mine)).scalar_one()
    return counted


def _numbers(session: Session, table: Any, person: Person, column: Any) -> Sequence[int]:
    query = select(table.number).where(table.workspace_id == person.workspace_id, col(column) == person.id)
    return session.execute(query.order_by(table.number)).scalars().all()


def mentions(session: Session, *, workspace_id: str, name: str) -> Mapping[str, int]:
    """In how many rows of each table words hold that name: what others typed, and nobody can tell whom they meant."""
    found = {
        table.name: sum(1 for _ in _mentioning(session, table, workspace_id, name)) for table in walking.in_order()
    }
    return {table: count for table, count in found.items() if count}


def _mentioning(session: Session, table: Table, workspace_id: str, name: str) -> Iterator[Any]:
    if table.name in {PersonRow.__tablename__, *walking.AUDIT, "delivery", "pace"}:
        return
    texts = walking.texts(table)
    holds = or_(
        *(cast(column, String).icontains(written, autoescape=True) for column in texts for written in _written(name))
    )
    alone = re.compile(walking.alone(name), re.IGNORECASE)
    rows = session.connection().execute(select(*texts).where(walking.of_workspace(table, workspace_id), holds))
    for row in rows:
        if any(alone.search(each) for value in row for each in walking.words(value)):
            yield row


def _written(name: str) -> set[str]:
    """As it is, and as JSON may hold it."""
    return {name, json.dumps(name)[1:-1]}
