"""Going through all tables alike: which of their columns hold texts, and in which order all lock them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import JSON, Column, String, Table, cast

from storage.tables import DeliveryRow, Row, WorkspaceRow

LOCKED_FIRST = (
    "workspace", "channel", "member", "person", "calendar", "ritual", "sketch", "decision", "decision_person",
    "action_item", "brief", "written_brief", "model_use", "reaction", "prompt", "kept_answers", "blocker", "counter",
    "run",
)  # fmt: skip
"""As all lock (docs/architecture.md); what belongs to one of these comes after."""
AUDIT = frozenset({"audit", "audit_value", "audit_head"})
DELIVERIES: Table = DeliveryRow.__table__  # type: ignore[attr-defined] # SQLModel gives each its table


def in_order() -> list[Table]:
    tables = {table.name: table for table in Row.metadata.sorted_tables}
    first = [tables.pop(name) for name in LOCKED_FIRST]
    return [*first, *tables.values()]


def texts(table: Table) -> list[Column[Any]]:
    """Where a message stands in Slack is known until it has been changed there."""
    return [column for column in table.columns if _is_text(column) and column is not DELIVERIES.c.channel]


def _is_text(column: Column[Any]) -> bool:
    return isinstance(getattr(column.type, "impl_instance", column.type), String | JSON)


def holds(column: Column[Any], text: str) -> Any:
    return cast(column, String).contains(text, autoescape=True)


def of_workspace(table: Table, workspace_id: str) -> Any:
    column = table.c.id if table.name == WorkspaceRow.__tablename__ else table.c.workspace_id
    return column == workspace_id


def with_each(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with each text in it changed, however deep in JSON; names there are texts too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): with_each(each, change) for key, each in value.items()}
    return [with_each(each, change) for each in value] if isinstance(value, list) else value


def words(value: Any) -> Iterator[str]:
    """Each text in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from words(each)


def alone(text: str) -> str:
    return rf"(?<!\w){re.escape(text)}(?!\w)"
