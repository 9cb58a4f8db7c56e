"""The audit trail."""

from datetime import datetime

from sqlalchemy import JSON, Column, ForeignKeyConstraint
from sqlmodel import Field

from storage.tables.row import Row


class AuditRow(Row, table=True):
    """A line of the audit trail as its chain holds it (domain/chain.py); the database refuses to change one."""

    __tablename__ = "audit"
    workspace_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime
    what: str
    seals: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    digest: str


class AuditValueRow(Row, table=True):
    """What stands beside the chain; the database lets it be erased, and nothing else."""

    __tablename__ = "audit_value"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "number"], ["audit.workspace_id", "audit.number"]),)
    workspace_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    salt: str | None
    value: str | None
    erased_at: datetime | None = None


class AuditHeadRow(Row, table=True):
    """How far the trail of a workspace goes; whoever adds a line holds it."""

    __tablename__ = "audit_head"
    workspace_id: str = Field(primary_key=True)
    number: int
    digest: str
