"""Channels, and who is in them."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from storage.tables.row import Row


class ChannelRow(Row, table=True):
    __tablename__ = "channel"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    name: str = ""
    is_private: bool = True
    is_direct: bool = False
    is_archived: bool = False
    has_bot: bool = False
    checked_at: datetime | None = None
    """When its members were last read from Slack."""
    doubted_at: datetime | None = None
    """Something changed there, and Slack has not been asked again since."""
    private_until: datetime | None = None
    """When Muster heard that it is public, having known it as private."""


class GroupMemberRow(Row, table=True):
    """Who is in a user group of Slack."""

    __tablename__ = "group_member"
    __table_args__ = (Index("ix_group_member_person", "workspace_id", "person_id"),)
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    group_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)


class MemberRow(Row, table=True):
    __tablename__ = "member"
    __table_args__ = (Index("ix_member_person", "workspace_id", "person_id"),)
    workspace_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
