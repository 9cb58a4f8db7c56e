"""Blockers, and action items."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.row import NEVER_AGAIN, Row, due_index


class BlockerRow(Row, table=True):
    __tablename__ = "blocker"
    __table_args__ = (
        UniqueConstraint("prompt_id", "question_id"),
        due_index("blocker"),
        Index("ix_blocker_channel", "workspace_id", "channel_id"),
        Index("ix_blocker_cleared", "workspace_id", "cleared_at"),
        NEVER_AGAIN,
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    run_id: int = Field(foreign_key="run.id", index=True)
    prompt_id: int | None = Field(default=None, foreign_key="prompt.id")
    """None of an anonymous answer."""
    question_id: str
    channel_id: str
    title: str
    raised_by: str
    """Empty of an anonymous answer."""
    owner_id: str = ""
    clearer_id: str = ""
    """Who can clear it, as the answer says."""
    passed: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Who has passed it on since then, to whom, and why."""
    state: str = "open"
    acknowledged_at: datetime | None = None
    cleared_at: datetime | None = None
    cleared_by: str = ""
    next_at: datetime | None = None
    """When the facilitator next hears that nobody has taken it up."""


class ActionRow(Row, table=True):
    __tablename__ = "action_item"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        due_index("action_item"),
        Index("ix_action_item_owner", "workspace_id", "owner_id", "state"),
        Index("ix_action_item_decision", "workspace_id", "decision_id", "number"),
        Index("ix_action_item_channel", "workspace_id", "channel_id"),
        Index("ix_action_item_state", "workspace_id", "state", "due"),
        Index("ix_action_item_settled", "workspace_id", "settled_at"),
        Index("ix_action_item_asked_by", "workspace_id", "asked_by", "state"),
        Index("ix_action_item_done", "workspace_id", "done_at"),
        Index("ix_action_item_agreed", "workspace_id", "first_due"),
        UniqueConstraint("prompt_id", "question_id"),
        UniqueConstraint("workspace_id", "follows"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    number: int
    channel_id: str
    what: str
    owner_id: str
    """Empty while nobody has it."""
    due: date | None
    first_due: date | None
    dates_moved: int = 0
    state: str = "open"
    asked_by: str
    blocker_id: int | None = Field(default=None, foreign_key="blocker.id", unique=True)
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    """Which it was made of."""
    listed_with: int | None = Field(default=None, foreign_key="action_item.id", index=True)
    """The first of those it was recorded with at once."""
    run_id: int | None = Field(default=None, foreign_key="run.id", index=True)
    """Of what an answer made: this, the prompt, and the question with its line, if each line makes one."""
    prompt_id: int | None = Field(default=None, foreign_key="prompt.id")
    question_id: str | None = None
    answer_run_id: int | None = Field(default=None, foreign_key="run.id", index=True)
    """Of what somebody made of an answer: this, the prompt and the question."""
    answer_prompt_id: int | None = Field(default=None, foreign_key="prompt.id")
    answer_question_id: str | None = None
    by_hand: bool = False
    """Somebody has moved it since it was recorded."""
    message_ts: str = ""
    """Of what was made of a message: which one, in which thread if in one, and whose if a person's."""
    message_thread: str = ""
    message_by: str = ""
    drafted: str = ""
    """Of what a brief filled in: by which model, and whether it was corrected."""
    created_at: datetime
    accepted_at: datetime | None = None
    done_at: datetime | None = None
    settled_at: datetime | None = None
    """When it was no longer open, whatever became of it."""
    dropped_by: str = ""
    dropped_why: str = ""
    steps: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """What was done with it by buttons, and why."""
    helpers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    is_important: bool = False
    every: str = ""
    series_from: date | None = None
    follows: int | None = None
    """The number of the one before, of what comes again."""
    snoozed_until: date | None = None
    warned_on: date | None = None
    escalated_on: date | None = None
    next_at: datetime | None = None
    """When the owner is next reminded."""
