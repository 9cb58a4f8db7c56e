"""The audit trail as tests read it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.chain import Line, Sealed
from storage import trail
from storage.engine import Database


@dataclass(frozen=True)
class Entry:
    what: str
    at: datetime
    actor_id: str | None
    """None of what was erased."""
    subject: str | None
    details: Any


def entries(db: Database) -> list[Entry]:
    """Of all workspaces, each in its order."""
    with db.read() as session:
        return [
            _entry(line)
            for workspace_id in trail.workspaces(session)
            for line in trail.lines(
                session, workspace_id=workspace_id, until=trail.head(session, workspace_id=workspace_id).number
            )
        ]


def _entry(line: Line) -> Entry:
    actor, subject, details = (json.loads(line.values[name].text or "null") for name in Sealed)
    return Entry(line.link.what, line.link.at, actor, subject, details)
