"""The briefs that stand above the answers of runs."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.row import Row, due_index


class RunBriefRow(Row, table=True):
    __tablename__ = "run_brief"
    __table_args__ = (due_index("run_brief"),)
    run_id: int = Field(primary_key=True, foreign_key="run.id")
    workspace_id: str = Field(foreign_key="workspace.id")
    turn: int = 1
    """Raised whenever the answers may have changed."""
    tries: int = 0
    """That have failed, one after another."""
    draft: str = ""
    """What it says, with its sources; empty where nothing stands out, or nothing has been drawn up yet."""
    fingerprint: str = ""
    """Of the answers it was drawn up of."""
    next_at: datetime | None = None
    """When it is to be drawn up; while somebody does, when somebody else may."""
