"""The few statements that SQLite and PostgreSQL spell in modules of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Rows = Sequence[Mapping[str, Any]]


def add_missing(session: Session, table: type[SQLModel], rows: Rows) -> None:
    """Inserts the rows whose unique keys are not taken yet."""
    if rows:
        session.execute(_insert(session, table).values(list(rows)).on_conflict_do_nothing())


def add_or_update(session: Session, table: type[SQLModel], rows: Rows, *, keys: Sequence[str]) -> None:
    """Inserts the rows; where `keys` are taken, the other given columns are written over."""
    if not rows:
        return
    statement = _insert(session, table).values(list(rows))
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=changed))


def add_or(session: Session, table: type[SQLModel], rows: Rows, *, keys: Sequence[str], otherwise: Any) -> None:
    """Inserts the rows; where `keys` are taken, `otherwise` says what is set instead."""
    statement = _insert(session, table).values(list(rows))
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=otherwise))


def _insert(session: Session, table: type[SQLModel]) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
