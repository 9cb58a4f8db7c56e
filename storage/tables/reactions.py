"""Reactions that begin a record of a message."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row


class ReactionRow(Row, table=True):
    __tablename__ = "reaction"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "message_ts", "person_id", "makes"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    channel_id: str
    message_ts: str
    message_thread: str = ""
    message_by: str = ""
    person_id: str
    makes: str
    """decision, or action."""
    is_on: bool = True
    """Not taken back."""
    said_at: float = 0
    """When it was last added or taken back, by Slack's clock: tells an event that comes late from news."""
    at: datetime
    number: int = 0
    """Of the record that the person has made of it."""
