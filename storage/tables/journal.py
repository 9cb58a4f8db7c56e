"""What forms have made, and the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.tables.row import Row


class DraftRow(Row, table=True):
    __tablename__ = "draft"
    id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    result_id: int
    given: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What was filled in, to tell the same submission again from an edit."""


class AuditRow(Row, table=True):
    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(index=True)
    at: datetime
    actor_id: str
    what: str
    subject: str
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
