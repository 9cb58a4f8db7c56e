"""Decisions, and the people who take part in them."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import Row, due_index


class DecisionRow(Row, table=True):
    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        due_index("decision"),
        Index("ix_decision_decided", "workspace_id", "decided_at"),
        Index("ix_decision_channel", "workspace_id", "channel_id", "proposed_at"),
        Index("ix_decision_approver", "workspace_id", "approver_id", "state"),
        Index("ix_decision_state", "workspace_id", "state", "ended_at"),
        Index("ix_decision_look", "workspace_id", "look_again_on"),
        Index("ix_decision_result", "workspace_id", "result_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    number: int
    channel_id: str
    title: str
    choice: str
    because: str
    approver_id: str
    context: str = ""
    constraints: str = ""
    options: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    driver_id: str = ""
    good: str = ""
    bad: str = ""
    outcome: str = ""
    metric: str = ""
    target: str = ""
    look_again_on: date | None = None
    confidence: int | None = None
    links: str = ""
    """One a line."""
    forum_id: int | None = None
    """A ritual."""
    state: str
    recorded_by: str
    proposed_at: datetime
    edited_at: datetime | None = None
    edited_by: str = ""
    completed_at: datetime | None = None
    completed_by: str = ""
    decided_at: datetime | None = None
    result: str = ""
    measured: str = ""
    learned: str = ""
    result_by: str = ""
    result_at: datetime | None = None
    kept_at: datetime | None = None
    kept_by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_because: str = ""
    superseded_by: int = 0
    """A number."""
    round: str = ""
    in_round: bool = False
    message_ts: str = ""
    """Of what was made of a message: which one, in which thread if in one, and whose if a person's."""
    message_thread: str = ""
    message_by: str = ""
    drafted: str = ""
    """Of what a brief filled in: by which model, and whether it was corrected."""
    next_at: datetime | None = None
    """When the driver is asked to look again."""


class DecisionPersonRow(Row, table=True):
    __tablename__ = "decision_person"
    __table_args__ = (Index("ix_decision_person_person", "workspace_id", "person_id"), due_index("decision_person"))
    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    person_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    """contributor, informed, or read."""
    workspace_id: str = Field(foreign_key="workspace.id")
    next_at: datetime | None = None
    """When somebody informed is reminded to read it."""


class ObjectionRow(Row, table=True):
    __tablename__ = "objection"
    __table_args__ = (Index("ix_objection_decision", "decision_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    decision_id: int = Field(foreign_key="decision.id")
    version: str
    person_id: str
    reason: str
    change: str
    at: datetime
    withdrawn_at: datetime | None = None
    overruled_at: datetime | None = None
    overruled_by: str = ""
    overruled_because: str = ""


class DecisionLinkRow(Row, table=True):
    __tablename__ = "decision_link"
    __table_args__ = (Index("ix_decision_link_other", "other_id"),)
    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    other_id: int = Field(primary_key=True, foreign_key="decision.id")
    what: str = Field(primary_key=True)
    """supersedes, or based_on."""
    workspace_id: str = Field(foreign_key="workspace.id")


class ConcernRow(Row, table=True):
    __tablename__ = "concern"
    __table_args__ = (Index("ix_concern_decision", "decision_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    decision_id: int = Field(foreign_key="decision.id")
    person_id: str
    words: str
    at: datetime
