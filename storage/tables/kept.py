"""What people have typed and not sent."""

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row


class KeptRow(Row, table=True):
    __tablename__ = "kept_answers"
    __table_args__ = (UniqueConstraint("workspace_id", "ritual_id", "occurrence", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    ritual_id: int = Field(foreign_key="ritual.id")
    occurrence: str
    """Of a run, or of one that is still to come."""
    person_id: str
    values: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    page: int = 0
    sent: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """An answer that was sent before its occurrence began."""
    sent_to: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The places and observers that it was to go to."""
    version: int = 1
    seconds: int | None = None
    """That the answer took which was sent before."""
    draft_id: str = ""
    told: float | None = None
    """Slack's own time of it."""
    at: datetime
