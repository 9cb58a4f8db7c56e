"""Forms of decisions that have not been sent."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.tables.row import Row


class KeptFormRow(Row, table=True):
    __tablename__ = "kept_form"
    __table_args__ = (Index("ix_kept_form_person", "workspace_id", "person_id", "at"), Index("ix_kept_form_at", "at"))
    draft_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    person_id: str
    channel_id: str
    opened_with: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    values: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime
    decision_id: int | None = None
    version: str = ""
    move: str = "edit"
    message_ts: str = ""
    """Of what it was opened from, as in the record."""
    message_thread: str = ""
    message_by: str = ""
    drafted: str = ""
    """As in the record."""
