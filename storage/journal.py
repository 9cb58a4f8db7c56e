"""What forms have made already, and the audit trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from storage import sql
from storage.tables import AuditRow, DraftRow

COMMAND_LINE = "command line"
"""Whoever runs Muster, in the audit trail."""


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


def audit(
    session: Session,
    *,
    workspace_id: str,
    at: datetime,
    actor_id: str,
    what: str,
    subject: str,
    details: dict[str, Any] | None = None,
) -> None:
    """Adds a line to the audit trail; the database refuses to change one."""
    session.add(
        AuditRow(workspace_id=workspace_id, at=at, actor_id=actor_id, what=what, subject=subject, details=details or {})
    )
