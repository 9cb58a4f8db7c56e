"""Rituals and their runs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.row import Row, due_index

KEPT = text("emptied_at IS NULL")
OPEN = text("state = 'open'")


class RitualRow(Row, table=True):
    __tablename__ = "ritual"
    __table_args__ = (due_index("ritual"), Index("ix_ritual_channel", "workspace_id", "channel_id"))
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    channel_id: str
    template_id: str
    template: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    facilitator_id: str
    started_by: str
    started_at: datetime
    next_day: date | None = None
    begins_at: datetime | None = None
    """When the occurrence of `next_day` begins."""
    next_at: datetime | None = None
    """The same, or when the ritual is looked at again."""
    ended_at: datetime | None = None
    ended_by: str = ""
    version: int = 1
    """Raised when its questions change."""
    questions_by: str = ""
    """Whoever changed them last."""
    paused_until: date | None = None
    health_asked_at: datetime | None = None
    """When its facilitator was last asked whether it still suits."""
    health_left_at: datetime | None = None
    """When somebody said to that that it stays as it is."""


class ObserverRow(Row, table=True):
    """Reads the summaries of a ritual, and is not asked."""

    __tablename__ = "observer"
    __table_args__ = (Index("ix_observer_person", "workspace_id", "person_id"),)
    ritual_id: int = Field(primary_key=True, foreign_key="ritual.id")
    person_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    since: datetime
    """When they were named: what opened before was not answered for them."""


class OriginRow(Row, table=True):
    """What a ritual took its questions from: the template as the library had it then."""

    __tablename__ = "origin"
    ritual_id: int = Field(primary_key=True, foreign_key="ritual.id")
    workspace_id: str = Field(foreign_key="workspace.id")
    template: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class TemplateRow(Row, table=True):
    """A template that somebody wrote in Slack; it is read like a file."""

    __tablename__ = "template"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    text: str
    written_by: str
    changed_by: str
    changed_at: datetime


class RunRow(Row, table=True):
    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("ritual_id", "occurrence"),
        Index("ix_run_ritual", "ritual_id", "id"),
        Index("ix_run_open", "ritual_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_run_closed", "workspace_id", "closed_at"),
        Index("ix_run_kept", "closed_at", sqlite_where=KEPT, postgresql_where=KEPT),
        due_index("run"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    ritual_id: int = Field(foreign_key="ritual.id")
    channel_id: str
    occurrence: str
    template: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    facilitator_id: str
    version: int = 1
    """Of the ritual's questions."""
    state: str = "open"
    opened_at: datetime
    closed_at: datetime | None = None
    skipped: int = 0
    skipped_since: date | None = None
    subject_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    """The decision that a round is about."""
    next_at: datetime | None = None
    """When what has come so far is to be summed up; once it has closed, when its ritual is looked at; else None."""
    forgotten_at: datetime | None = None
    """When its answers were deleted, having been kept long enough."""
    emptied_at: datetime | None = None
    """The same, while nothing has come since that is to be deleted too."""
