"""What each digest lists, and what people chose about theirs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row


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
    )
    workspace_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    rhythm: str
    weekday: int
    hour: int
    length: str
    about_channels: bool
    delegate_id: str = ""
