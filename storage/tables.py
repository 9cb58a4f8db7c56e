"""The tables. Moments are UTC; every row belongs to a workspace; `next_at` is when a row next matters."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def due_index(table: str, *columns: str) -> Index:
    """Finds what is due; rows with nothing left to do are not in it, so its size follows what is to come."""
    where = text("next_at IS NOT NULL")
    return Index(f"ix_{table}_due", *columns, "next_at", sqlite_where=where, postgresql_where=where)


OF_ACTIONS = text("kind IN ('action', 'action_due')")
"""An action item's messages change with it, however many owners and dates it has had."""


class WorkspaceRow(SQLModel, table=True):
    __tablename__ = "workspace"
    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    grace_hours: int = 2
    decisions: int = 0
    """The last number given."""
    actions: int = 0
    zone_data: str = ""
    """The version of the zone data that unsent prompts were worked out with."""
    people_checked_at: datetime | None = None


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    __table_args__ = (due_index("person"), Index("ix_person_manager", "workspace_id", "manager_id"))
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    name: str
    zone_name: str = "UTC"
    function: str | None = None
    role: str = "contributor"
    manager_id: str | None = None
    hours: str = "mon-fri 09:00-17:30"
    is_admin: bool = False
    is_guest: bool = False
    left: bool = False
    updated: int = 0
    """When Slack last changed the person, in its own seconds: tells an event that comes late from news."""
    direct_channel: str | None = None
    """The direct message with Muster, once it has been opened."""
    next_at: datetime | None = None
    """When the next digest is due, for those who have people assigned to them."""


class AbsenceRow(SQLModel, table=True):
    __tablename__ = "absence"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(index=True)
    person_id: str
    first: date
    last: date


class ChannelRow(SQLModel, table=True):
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


class MemberRow(SQLModel, table=True):
    __tablename__ = "member"
    __table_args__ = (Index("ix_member_person", "workspace_id", "person_id"),)
    workspace_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)


class RitualRow(SQLModel, table=True):
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
    next_at: datetime | None = None
    ended_at: datetime | None = None


class RunRow(SQLModel, table=True):
    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("ritual_id", "occurrence"), Index("ix_run_closed", "workspace_id", "closed_at"))
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    ritual_id: int = Field(foreign_key="ritual.id")
    channel_id: str
    occurrence: str
    template: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    facilitator_id: str
    state: str = "open"
    opened_at: datetime
    closed_at: datetime | None = None
    skipped: int = 0
    skipped_since: date | None = None


class PromptRow(SQLModel, table=True):
    __tablename__ = "prompt"
    __table_args__ = (
        UniqueConstraint("run_id", "person_id"),
        due_index("prompt"),
        Index("ix_prompt_person", "workspace_id", "person_id", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    run_id: int = Field(foreign_key="run.id")
    person_id: str
    function: str | None = None
    state: str = "pending"
    missed: str | None = None
    due_at: datetime
    deadline: datetime
    reminders: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    asked_at: datetime | None = None
    """When its delivery was written."""
    sent_at: datetime | None = None
    next_at: datetime | None = None


class ResponseRow(SQLModel, table=True):
    __tablename__ = "response"
    prompt_id: int = Field(primary_key=True, foreign_key="prompt.id")
    workspace_id: str = Field(foreign_key="workspace.id")
    draft_id: str
    submitted_at: datetime
    edited_at: datetime | None = None
    late: bool = False


class AnswerRow(SQLModel, table=True):
    __tablename__ = "answer"
    prompt_id: int = Field(primary_key=True, foreign_key="response.prompt_id")
    question_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    type: str
    value: str


class BlockerRow(SQLModel, table=True):
    __tablename__ = "blocker"
    __table_args__ = (UniqueConstraint("prompt_id", "question_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    run_id: int = Field(foreign_key="run.id", index=True)
    prompt_id: int = Field(foreign_key="prompt.id")
    question_id: str
    channel_id: str
    title: str
    raised_by: str
    owner_id: str = ""


class DecisionRow(SQLModel, table=True):
    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        due_index("decision"),
        Index("ix_decision_channel", "workspace_id", "channel_id", "proposed_at"),
        Index("ix_decision_approver", "workspace_id", "approver_id", "state"),
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
    options: str = ""
    driver_id: str = ""
    look_again_on: date | None = None
    state: str
    recorded_by: str
    proposed_at: datetime
    edited_at: datetime | None = None
    decided_at: datetime | None = None
    objection: str = ""
    next_at: datetime | None = None
    """When the driver is asked to look again."""


class DecisionPersonRow(SQLModel, table=True):
    __tablename__ = "decision_person"
    __table_args__ = (Index("ix_decision_person_person", "workspace_id", "person_id"),)
    decision_id: int = Field(primary_key=True, foreign_key="decision.id")
    person_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    """contributor, informed, or acknowledged."""
    workspace_id: str = Field(foreign_key="workspace.id")


class ActionRow(SQLModel, table=True):
    __tablename__ = "action_item"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        due_index("action_item"),
        Index("ix_action_item_owner", "workspace_id", "owner_id", "state"),
        Index("ix_action_item_channel", "workspace_id", "channel_id"),
        Index("ix_action_item_asked_by", "workspace_id", "asked_by", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    number: int
    channel_id: str
    what: str
    owner_id: str
    due: date
    first_due: date
    state: str = "open"
    asked_by: str
    blocker_id: int | None = Field(default=None, foreign_key="blocker.id", unique=True)
    created_at: datetime
    done_at: datetime | None = None
    next_at: datetime | None = None
    """When the owner is next reminded."""


class DigestRow(SQLModel, table=True):
    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("workspace_id", "person_id", "week"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    person_id: str
    week: date
    """The Monday of the week it tells about, on the reader's calendar."""
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """Which records it lists; their state is always the present one."""
    written_at: datetime


class DeliveryRow(SQLModel, table=True):
    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        due_index("delivery"),
        Index("ix_delivery_lane", "workspace_id", "method", "next_at"),
        Index("ix_delivery_after", "after_key"),
        Index("ix_delivery_action", "subject_id", sqlite_where=OF_ACTIONS, postgresql_where=OF_ACTIONS),
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
    ended: str | None = None
    """Why nothing more will be sent: a refusal of Slack, too late, or nothing to show."""


class PaceRow(SQLModel, table=True):
    __tablename__ = "pace"
    workspace_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    """A method, or a channel."""
    open_at: datetime


class DraftRow(SQLModel, table=True):
    __tablename__ = "draft"
    id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    kind: str
    result_id: int
    given: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What was filled in, to tell the same submission again from an edit."""


class AuditRow(SQLModel, table=True):
    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(index=True)
    at: datetime
    actor_id: str
    what: str
    subject: str
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
