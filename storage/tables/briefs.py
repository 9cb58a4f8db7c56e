"""The briefs that people asked for."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row, due_index


class BriefRow(Row, table=True):
    __tablename__ = "brief"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        UniqueConstraint("workspace_id", "person_id", "channel_id", "thread_ts"),
        due_index("brief"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    person_id: str
    channel_id: str
    thread_ts: str
    at: datetime
    turn: int = 1
    progress: str
    read: int = 0
    total: int = 0
    tries: int = 0
    draft: str = ""
    """What it says, with its sources; empty unless it has been drafted and is kept."""
    shared: str = ""
    """What of it its thread was shown; empty unless it is shown there."""
    trouble: str = ""
    last_ts: str = ""
    drafted_at: datetime | None = None
    next_at: datetime | None = None
    """When it is to be read; while somebody reads it, when somebody else may."""
