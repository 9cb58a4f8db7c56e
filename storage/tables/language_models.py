"""Where language models may be asked, how much of them is used, and what they wrote a short while ago."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.row import Row


class ModelChoiceRow(Row, table=True):
    __tablename__ = "model_choice"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    channel_id: str = Field(primary_key=True)
    """Empty for the whole workspace."""
    is_on: bool
    was_private: bool = False
    """The channel, when it was chosen."""


class ModelUseRow(Row, table=True):
    __tablename__ = "model_use"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    what: str = Field(primary_key=True)
    """Tokens, the briefs of a person, or those of a thread."""
    since: datetime = Field(primary_key=True)
    """When the hour or day began in which so much was used."""
    used: int = 0


class WrittenBriefRow(Row, table=True):
    """What a model wrote of a thread. Whether it is still what stands there, the fingerprint tells."""

    __tablename__ = "written_brief"
    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    channel_id: str = Field(primary_key=True)
    thread_ts: str = Field(primary_key=True)
    fingerprint: str
    draft: str = ""
    """Empty while it is written."""
    at: datetime
    until: datetime
    """While it is written: when somebody else may begin. Then: when it is deleted."""
