"""What each digest lists, and what people chose about theirs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row, due_index


class DigestRow(Row, table=True):
    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("workspace_id", "person_id", "about_id", "is_asked", "week"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    person_id: str
    about_id: str
    """Whose people it is about: the reader's own, or those of the manager whose delegate the reader is."""
    is_asked: bool = False
    """The reader asked for it, about the seven days up to then."""
    week: date
    """The Monday of the newest week it tells about, on the reader's calendar; of one that was asked for, the first of
    those days."""
    weeks: int = 1
    shape: str
    only_if_needed: bool = False
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """Which records it lists; their state is always the present one."""
    written_at: datetime


class DigestChoiceRow(Row, table=True):
    """Of those who chose anything but the usual."""

    __tablename__ = "digest_choice"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        Index("ix_digest_choice_delegate", "workspace_id", "delegate_id"),
        due_index("digest_choice"),
    )
    workspace_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    rhythm: str
    weekday: int
    hour: int
    length: str
    about_channels: bool
    delegate_id: str = ""
    next_at: datetime | None = None
    """When the delegate's next digest is due, as the person is away then; or when that is to be worked out again."""
    stand_in_for: date | None = None
    """The Monday of the week that digest is to tell about."""
    stood_in_for: date | None = None
    """The newest week that a delegate was told about."""
