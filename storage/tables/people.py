"""The workspace, its people, and when they are away."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index
from sqlmodel import Field

from storage.tables.row import NEVER_AGAIN, Row, due_index


class WorkspaceRow(Row, table=True):
    __tablename__ = "workspace"
    id: str = Field(primary_key=True)
    name: str = ""
    url: str = ""
    """Its address in Slack, with a slash at the end."""
    grace_hours: int = 2
    region: str = ""
    """Whose public holidays those keep who have set no region of their own."""
    decision_emoji: str = ""
    """The name of the reaction that begins a decision; empty if none does."""
    action_emoji: str = ""
    manager_field: str = ""
    """The field of Slack's profiles that names managers, by its label or id; empty if none does."""
    manager_field_trouble: str = ""
    """What Slack said when it last could not be read."""
    managers_due_at: datetime | None = None
    """When profiles are read next; those read since then have been read in this round."""
    zone_data: str = ""
    """The version of the zone data that unsent prompts were worked out with."""
    people_checked_at: datetime | None = None
    groups_checked_at: datetime | None = None
    alive_at: datetime | None = None
    """When Muster last gave a sign of life, to the minute."""
    down_since: datetime | None = None
    """When it was last not running: since the last sign of life before, until it was started."""
    down_until: datetime | None = None
    charts_refused_at: datetime | None = None
    """When Slack last refused a chart of its own here; what it refuses is drawn as a picture."""


class CounterRow(Row, table=True):
    __tablename__ = "counter"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    name: str = Field(primary_key=True)
    """decisions, or actions."""
    last: int = 0
    """The last number given."""


class PersonRow(Row, table=True):
    __tablename__ = "person"
    __table_args__ = (due_index("person"), Index("ix_person_manager", "workspace_id", "manager_id"))
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    name: str
    zone_name: str = "UTC"
    own_zone: str = ""
    function: str | None = None
    role: str = "contributor"
    manager_id: str | None = None
    manager_by_profile: bool = False
    """Their Slack profile says who; nobody has."""
    profile_read_at: datetime | None = None
    hours: str = "mon-fri 09:00-17:30"
    quiet: str = ""
    nudges: str = "standard"
    region: str = ""
    email: str = ""
    """As Slack says it, where it tells Muster addresses."""
    is_admin: bool = False
    is_guest: bool = False
    left: bool = False
    leavings: int = 0
    """How often they have left."""
    status_until: datetime | None = None
    updated: int = 0
    """When Slack last changed the person, in its own seconds: tells an event that comes late from news."""
    direct_channel: str | None = None
    """The direct message with Muster, once it has been opened."""
    next_at: datetime | None = None
    """When the next digest is due, for those who get one."""
    untold_from: date | None = None
    """The Monday of the first week that no digest has told them about, while one is planned."""


class AbsenceRow(Row, table=True):
    __tablename__ = "absence"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        Index("ix_absence_person", "workspace_id", "person_id"),
        NEVER_AGAIN,
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    person_id: str
    first: date
    last: date
    reason: str = ""
    rituals: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The ids of the templates it is for; for all rituals if it is empty."""
    said_by: str = ""
    """Who said it for them, if somebody else did."""
    source: str = ""
    """What it follows: their Slack status, or their calendar. Nothing, if somebody said it."""
    said_last: date | None = None
    """The last day that their calendar says: later than the last if they came back early."""


class DayOffRow(Row, table=True):
    """A day off of the whole workspace."""

    __tablename__ = "day_off"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    day: date = Field(primary_key=True)
    name: str = ""


class NudgeCountRow(Row, table=True):
    """How often somebody has been reminded on a day of their own calendar."""

    __tablename__ = "nudge_count"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),)
    workspace_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    count: int = 0
