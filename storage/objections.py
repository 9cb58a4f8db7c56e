"""What people hold against decisions, and their concerns about accepted ones. Whoever writes here has locked the
decision."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import Session, col, select

from domain.objections import Concern, Objection
from storage.tables import ConcernRow, ObjectionRow

OUTCOME = ("reason", "change", "withdrawn_at", "overruled_at", "overruled_by", "overruled_because")
"""What may still change."""


def add(session: Session, *, workspace_id: str, decision_id: int, objection: Objection) -> Objection:
    """Its `id` is given here."""
    said = {name: getattr(objection, name) for name in ("version", "person_id", "at", *OUTCOME)}
    row = ObjectionRow(workspace_id=workspace_id, decision_id=decision_id, **said)
    session.add(row)
    session.flush()
    return replace(objection, id=row.id or 0)


def update(session: Session, *, objection: Objection) -> None:
    row = session.get_one(ObjectionRow, objection.id)
    for name in OUTCOME:
        setattr(row, name, getattr(objection, name))
    session.add(row)
    session.flush()


def of(session: Session, *, decision_ids: Collection[int]) -> dict[int, list[Objection]]:
    """By decision, the oldest first."""
    found: dict[int, list[Objection]] = {}
    query = select(ObjectionRow).where(col(ObjectionRow.decision_id).in_(decision_ids)).order_by(col(ObjectionRow.id))
    for row in session.exec(query):
        said = {name: getattr(row, name) for name in ("version", "person_id", "at", *OUTCOME)}
        found.setdefault(row.decision_id, []).append(Objection(row.id or 0, **said))
    return found


def add_concern(session: Session, *, workspace_id: str, decision_id: int, concern: Concern) -> Concern:
    """Its `id` is given here."""
    row = ConcernRow(
        workspace_id=workspace_id,
        decision_id=decision_id,
        person_id=concern.person_id,
        words=concern.words,
        at=concern.at,
    )
    session.add(row)
    session.flush()
    return replace(concern, id=row.id or 0)


def reword_concern(session: Session, *, concern_id: int, words: str) -> None:
    session.get_one(ConcernRow, concern_id).words = words
    session.flush()


def concerns_of(session: Session, *, decision_ids: Collection[int]) -> dict[int, list[Concern]]:
    """By decision, the oldest first."""
    found: dict[int, list[Concern]] = {}
    query = select(ConcernRow).where(col(ConcernRow.decision_id).in_(decision_ids)).order_by(col(ConcernRow.id))
    for row in session.exec(query):
        found.setdefault(row.decision_id, []).append(Concern(row.id or 0, row.person_id, row.words, row.at))
    return found
