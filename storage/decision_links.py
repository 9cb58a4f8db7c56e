"""What decisions supersede and are based on: by number outside, by row here."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, delete, select

from domain.decisions import DecisionForm
from storage import sql
from storage.tables import DecisionLinkRow, DecisionRow

SUPERSEDES, BASED_ON = "supersedes", "based_on"


def write(session: Session, *, workspace_id: str, decision_id: int, form: DecisionForm) -> None:
    """What a form says now over what was said before; every number is known."""
    session.execute(delete(DecisionLinkRow).where(col(DecisionLinkRow.decision_id) == decision_id))
    links = {SUPERSEDES: form.supersedes, BASED_ON: form.based_on}
    ids = _ids(session, workspace_id, {*form.supersedes, *form.based_on})
    rows = [
        {"decision_id": decision_id, "other_id": ids[number], "what": what, "workspace_id": workspace_id}
        for what, numbers in links.items()
        for number in numbers
    ]
    sql.add_missing(session, DecisionLinkRow, rows)


def _ids(session: Session, workspace_id: str, numbers: Collection[int]) -> dict[int, int]:
    query = select(DecisionRow.number, DecisionRow.id).where(DecisionRow.workspace_id == workspace_id)
    found = session.exec(query.where(col(DecisionRow.number).in_(numbers))) if numbers else ()
    return {number: decision_id or 0 for number, decision_id in found}


def links_of(session: Session, *, ids: Collection[int]) -> dict[tuple[int, str], tuple[int, ...]]:
    """The numbers that those decisions name, by decision and what for."""
    other = col(DecisionLinkRow.other_id)
    query = (
        select(DecisionLinkRow.decision_id, DecisionLinkRow.what, DecisionRow.number)
        .join(DecisionRow, col(DecisionRow.id) == other)
        .where(col(DecisionLinkRow.decision_id).in_(ids))
        .order_by(col(DecisionRow.number))
    )
    found: dict[tuple[int, str], tuple[int, ...]] = {}
    for decision_id, what, number in session.exec(query):
        found[decision_id, what] = (*found.get((decision_id, what), ()), number)
    return found


def superseded(session: Session, *, decision_id: int) -> list[int]:
    """The ids of those that a decision supersedes, or is to."""
    mine = (DecisionLinkRow.decision_id == decision_id, DecisionLinkRow.what == SUPERSEDES)
    return list(session.exec(select(DecisionLinkRow.other_id).where(*mine)))


def lock(session: Session, *, workspace_id: str, decision_id: int | None = None, numbers: Collection[int] = ()) -> None:
    """A decision, those it supersedes, and those of these numbers: all that accepting it may change, in one order."""
    mine = col(DecisionRow.workspace_id) == workspace_id
    which: list[Any] = [col(DecisionRow.number).in_(numbers)] if numbers else []
    if decision_id is not None:
        superseded = select(DecisionLinkRow.other_id).where(
            DecisionLinkRow.decision_id == decision_id, DecisionLinkRow.what == SUPERSEDES
        )
        which += [col(DecisionRow.id) == decision_id, col(DecisionRow.id).in_(superseded)]
    if which:
        sql.lock(session, select(DecisionRow.id).where(mine, or_(*which)).order_by(col(DecisionRow.id)))
