"""What is owed to Slack, and how fast it may be sent."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from domain.deliveries import OF_ACTIONS, OF_DECISIONS, OF_RITUALS, OF_RUNS, Kind
from storage.tables.row import Row, due_index

_CHANGING = (*OF_DECISIONS, *OF_ACTIONS, *OF_RUNS, *OF_RITUALS, Kind.BLOCKED, Kind.CLEARER, Kind.HANDED, Kind.LEFT)
OF_RECORDS = text(f"kind IN {tuple(kind.value for kind in _CHANGING)}")
"""These messages change with what they are about, whoever has got one."""

IS_REPLY = text("after_key IS NOT NULL")


class DeliveryRow(Row, table=True):
    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        due_index("delivery"),
        Index("ix_delivery_lane", "workspace_id", "method", "next_at"),
        Index("ix_delivery_after", "workspace_id", "after_key", sqlite_where=IS_REPLY, postgresql_where=IS_REPLY),
        Index("ix_delivery_record", "subject_id", sqlite_where=OF_RECORDS, postgresql_where=OF_RECORDS),
    )
    id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    key: str
    kind: str
    subject_id: int = 0
    part: str = ""
    person_id: str = ""
    channel_id: str = ""
    method: str = "post"
    wanted: int = 1
    shown: int = 0
    attempts: int = 0
    failures: int = 0
    failure: str | None = None
    """What Slack said at the last failure."""
    limited_since: datetime | None = None
    """Since when Slack has asked to wait with it, one time after another: no failure."""
    uncertain: bool = False
    unchecked: int = 0
    """How often it was posted again without a look at what is there, because the history could not be read."""
    claimed_at: datetime | None = None
    lease_until: datetime | None = None
    next_at: datetime | None = None
    not_after: datetime | None = None
    after_key: str | None = None
    """Waits until the delivery of that key has a ts, then replies in its thread."""
    thread_ts: str | None = None
    channel: str | None = None
    ts: str | None = None
    anew: bool = False
    """What it says next is something new: if its message was deleted, it is posted again."""
    ended: str | None = None
    """Why nothing more will be sent: a refusal of Slack, too late, or nothing to show."""


class PaceRow(Row, table=True):
    __tablename__ = "pace"
    workspace_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    """A method, a channel, a person: their direct message, or what is opened for the first time."""
    open_at: datetime
