"""Questions that people are changing and have not saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.tables.row import Row


class SketchRow(Row, table=True):
    __tablename__ = "sketch"
    __table_args__ = (Index("ix_sketch_person", "workspace_id", "person_id"),)
    id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    person_id: str
    ritual_id: int | None = Field(default=None, foreign_key="ritual.id")
    template_id: str = ""
    channel_id: str = ""
    template: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    base: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """As the template was when they began."""
    takes: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    text: str = ""
    round: int = 0
    added: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    near: str = ""
    said: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    at: datetime
