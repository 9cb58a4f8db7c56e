"""What a team settles into: written once by Muster itself, and as plain rows for each test after that."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, func, insert
from sqlmodel import Session, select

from storage.engine import Database
from storage.tables import Row, WorkspaceRow

Answer = TypeVar("Answer")
Rows = dict[Table, Sequence[Mapping[Any, Any]]]

_known: dict[object, tuple[Any, Rows]] = {}


def remembered(db: Database, settle: Callable[[Database], Answer]) -> Answer:
    """Calls `settle`, or writes into an empty database what it wrote into another; answers what it answered."""
    with db.read() as session:
        is_empty = session.exec(select(WorkspaceRow.id)).first() is None
    if is_empty and settle in _known:
        known: Answer
        known, rows = _known[settle]
        with db.write() as session:
            _write(session, rows)
        return known
    answer = settle(db)
    if is_empty:
        with db.read() as session:
            found = {table: session.execute(table.select()).mappings().all() for table in Row.metadata.sorted_tables}
        _known[settle] = answer, {table: rows for table, rows in found.items() if rows}
    return answer


def _write(session: Session, rows: Rows) -> None:
    connection = session.connection()
    for table, found in rows.items():
        connection.execute(insert(table), found)
        counted = table.autoincrement_column
        # SQLite goes on counting after the ids it is given, PostgreSQL's sequence does not.
        if counted is not None and connection.dialect.name == "postgresql":
            sequence = func.pg_get_serial_sequence(table.name, counted.name)
            highest = max(row[counted] for row in found)
            connection.execute(select(func.setval(sequence, highest)))
