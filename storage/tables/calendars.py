"""The calendars that people follow."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from storage.tables.row import Row, due_index


class CalendarRow(Row, table=True):
    __tablename__ = "calendar"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        due_index("calendar"),
    )
    workspace_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    address: str
    """Encrypted: it works as a password does."""
    host: str
    counts: str
    version: int = 1
    """Raised by each change of the person: what was read before counts no more."""
    etag: str = ""
    changed: str = ""
    """What its server said of its last change, in the server's words."""
    whole_at: datetime | None = None
    """When its text was last read, not only found unchanged."""
    read_at: datetime | None = None
    trouble: str = ""
    failures: int = 0
    """One after another."""
    failing_since: datetime | None = None
    is_told: bool = False
    """Its person knows that it has not been read for days."""
    next_at: datetime | None = None
    """When it is to be read; while somebody reads it, when somebody else may."""
