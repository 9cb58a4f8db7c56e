"""What forms have made already."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, select

from storage import sql
from storage.tables import DraftRow


def result_of(session: Session, *, workspace_id: str, draft_id: str) -> int | None:
    """The record that a form has made already; None if it has not been submitted yet."""
    query = select(DraftRow.result_id).where(DraftRow.workspace_id == workspace_id, DraftRow.id == draft_id)
    return session.exec(query).first()


def given_to(session: Session, *, workspace_id: str, draft_id: str) -> Mapping[str, Any] | None:
    """What the form was last submitted with; None if it has not been submitted yet."""
    query = select(DraftRow.given).where(DraftRow.workspace_id == workspace_id, DraftRow.id == draft_id)
    return session.exec(query).first()


def keep_result(
    session: Session, *, workspace_id: str, draft_id: str, result_id: int, given: Mapping[str, Any]
) -> None:
    """Keeps what the form has made, and with which values; of the same form sent again, the newer values."""
    row = {"id": draft_id, "workspace_id": workspace_id, "result_id": result_id, "given": dict(given)}
    sql.add_or_update(session, DraftRow, [row], keys=["id"])
