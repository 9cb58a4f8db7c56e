"""What forms have made."""

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
