"""Whom a run asks, and what they answered."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.row import Row, due_index

TOGETHER = text("with_id IS NOT NULL")


class PromptRow(Row, table=True):
    __tablename__ = "prompt"
    __table_args__ = (
        UniqueConstraint("run_id", "person_id"),
        due_index("prompt", then=("person_id",)),
        Index("ix_prompt_person", "workspace_id", "person_id", "state"),
        Index("ix_prompt_with", "with_id", sqlite_where=TOGETHER, postgresql_where=TOGETHER),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    run_id: int = Field(foreign_key="run.id")
    person_id: str
    function: str | None = None
    meant_by: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Other selectors that questions are for and that mean its person."""
    state: str = "pending"
    missed: str | None = None
    due_at: datetime
    deadline: datetime
    reminders: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    asked_at: datetime | None = None
    """When its delivery was written."""
    sent_at: datetime | None = None
    next_at: datetime | None = None
    skip_reason: str = ""
    later_at: datetime | None = None
    laters: int = 0
    with_id: int | None = None
    """The prompt by which those that came as one message are known."""
    reminded_together: bool = False
    joined: bool = False
    """Its person came when the run was open already."""


class ResponseRow(Row, table=True):
    __tablename__ = "response"
    prompt_id: int = Field(primary_key=True, foreign_key="prompt.id")
    workspace_id: str = Field(foreign_key="workspace.id")
    submitted_at: datetime
    edited_at: datetime | None = None
    late: bool = False
    waited: int = 0
    """Seconds from its invitation to its first sending."""
    seconds: int | None = None
    """Spent at the form, where that was measured."""


class AnswerRow(Row, table=True):
    __tablename__ = "answer"
    prompt_id: int = Field(primary_key=True, foreign_key="response.prompt_id")
    question_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    value: str
