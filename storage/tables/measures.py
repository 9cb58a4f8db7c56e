"""Measures of channels, their values, and the pairs that are set against how people take part."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.row import Row


class MeasureRow(Row, table=True):
    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    channel_id: str
    key: str
    """Its name in small letters."""
    name: str
    unit: str = ""
    good: str
    role: str
    source: str = ""
    recorded_by: str = ""
    recorded_at: datetime


class MeasureValueRow(Row, table=True):
    __tablename__ = "measure_value"
    __table_args__ = (
        Index(
            "ix_measure_value_run",
            "run_id",
            sqlite_where=text("run_id != 0"),
            postgresql_where=text("run_id != 0"),
        ),
    )
    measure_id: int = Field(primary_key=True, foreign_key="measure.id")
    at: datetime = Field(primary_key=True)
    run_id: int = Field(default=0, primary_key=True)
    """Whose answers it is; none for what somebody typed or brought."""
    workspace_id: str = Field(foreign_key="workspace.id")
    value: float
    source: str = ""
    by: str = ""


class MeasurePairRow(Row, table=True):
    """A pair never changes: it ends, and another begins its count anew."""

    __tablename__ = "measure_pair"
    __table_args__ = (Index("ix_measure_pair_channel", "workspace_id", "channel_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    channel_id: str
    measure_id: int = Field(foreign_key="measure.id")
    engagement: str
    lag: int
    """Weeks from taking part to the measure."""
    chosen_by: str
    chosen_at: datetime
    ended_at: datetime | None = None
