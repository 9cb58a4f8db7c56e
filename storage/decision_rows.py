"""A decision as its rows hold it."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from domain.briefs import Drafted
from domain.decision_options import Option
from domain.decision_results import Result
from domain.decision_states import DecisionState
from domain.decisions import Decision, DecisionForm
from storage import decision_links, objections, posted
from storage.decision_links import BASED_ON, SUPERSEDES
from storage.tables import DecisionPersonRow, DecisionRow

SAME = (
    "title", "choice", "because", "approver_id", "context", "constraints", "driver_id", "good", "bad", "outcome",
    "metric", "target", "look_again_on", "confidence", "forum_id", "round",
)  # fmt: skip
"""Columns that hold what the form does."""
CONTRIBUTOR, INFORMED, READ = "contributor", "informed", "read"


def columns(form: DecisionForm) -> dict[str, Any]:
    return {
        **{name: getattr(form, name) for name in SAME},
        "options": [asdict(option) for option in form.options],
        "links": "\n".join(form.links),
    }


def people_of(session: Session, ids: list[int]) -> list[DecisionPersonRow]:
    query = select(DecisionPersonRow).where(col(DecisionPersonRow.decision_id).in_(ids))
    return list(session.exec(query.order_by(DecisionPersonRow.person_id)))


def of_rows(session: Session, rows: list[DecisionRow]) -> list[Decision]:
    """With everybody and everything that belongs to them."""
    ids = [row.id or 0 for row in rows]
    people = people_of(session, ids) if rows else []
    objected = objections.of(session, decision_ids=ids) if rows else {}
    links = decision_links.links_of(session, ids=ids) if rows else {}
    worried = objections.concerns_of(session, decision_ids=ids) if rows else {}

    def named(row: DecisionRow, part: str) -> tuple[str, ...]:
        return tuple(each.person_id for each in people if each.decision_id == row.id and each.part == part)

    return [
        Decision(
            id=row.id or 0,
            workspace_id=row.workspace_id,
            number=row.number,
            channel_id=row.channel_id,
            form=DecisionForm(
                **{name: getattr(row, name) for name in SAME},
                options=tuple(Option(**each) for each in row.options),
                contributors=named(row, CONTRIBUTOR),
                informed=named(row, INFORMED),
                links=tuple(row.links.splitlines()),
                supersedes=links.get((row.id or 0, SUPERSEDES), ()),
                based_on=links.get((row.id or 0, BASED_ON), ()),
            ),
            state=DecisionState(row.state),
            recorded_by=row.recorded_by,
            proposed_at=row.proposed_at,
            edited_at=row.edited_at,
            edited_by=row.edited_by,
            completed_at=row.completed_at,
            completed_by=row.completed_by,
            decided_at=row.decided_at,
            objections=tuple(objected.get(row.id or 0, ())),
            result=_result(row),
            kept_at=row.kept_at,
            kept_by=row.kept_by,
            ended_at=row.ended_at,
            ended_by=row.ended_by,
            ended_because=row.ended_because,
            superseded_by=row.superseded_by,
            read_by=frozenset(named(row, READ)),
            concerns=tuple(worried.get(row.id or 0, ())),
            in_round=row.in_round,
            message=posted.of(row),
            drafted=Drafted.read(row.drafted),
        )
        for row in rows
    ]


def _result(row: DecisionRow) -> Result | None:
    if row.result_at is None:
        return None
    return Result(row.result, row.measured, row.learned, row.result_by, row.result_at)
