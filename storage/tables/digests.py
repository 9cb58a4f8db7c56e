"""What each digest lists."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row


class DigestRow(Row, table=True):
    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("workspace_id", "person_id", "week"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    person_id: str
    week: date
    """The Monday of the week it tells about, on the reader's calendar."""
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """Which records it lists; their state is always the present one."""
    written_at: datetime
