"""The few statements that SQLite and PostgreSQL spell in modules of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Rows = Sequence[Mapping[str, Any]]


def add_missing(session: Session, table: type[SQLModel], rows: Rows) -> None:
    """Inserts the rows whose unique keys are not taken yet."""
    _execute(session, _insert(session, table).on_conflict_do_nothing(), rows)


def add_or_update(session: Session, table: type[SQLModel], rows: Rows, *, keys: Sequence[str]) -> None:
    """Inserts the rows; where `keys` are taken, the other given columns are written over."""
    if rows:
        statement = _insert(session, table)
        changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        _execute(session, statement.on_conflict_do_update(index_elements=list(keys), set_=changed), rows)


def add_or(session: Session, table: type[SQLModel], rows: Rows, *, keys: Sequence[str], otherwise: Any) -> None:
    """Inserts the rows; where `keys` are taken, `otherwise` says what is set instead."""
    statement = _insert(session, table).on_conflict_do_update(index_elements=list(keys), set_=otherwise)
    _execute(session, statement, rows)


def _execute(session: Session, statement: Any, rows: Rows) -> None:
    """One statement for all rows: it is compiled once and kept. Everything the session has pending goes before."""
    if rows:
        session.flush()
        session.connection().execute(statement, list(rows))


def _insert(session: Session, table: type[SQLModel]) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
