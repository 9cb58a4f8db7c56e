"""The few statements that SQLite and PostgreSQL spell in modules of their own."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

Rows = Sequence[Mapping[str, Any]]
Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")
Numbered = TypeVar("Numbered", bound="_Numbered")
LOCK: dict[str, Any] = {"key_share": True}
"""Others may go on referring to a locked row, as every insert of something that belongs to it does."""


class _Numbered(Protocol):
    id: Any
    workspace_id: Any


def locked(query: Query) -> Query:
    """Locks what it finds until the transaction ends, and reads it as it is then."""
    return query.with_for_update(**LOCK).execution_options(populate_existing=True)


def lock(session: Session, query: Any) -> None:
    """Locks what it finds, in its order, before the statement that writes it. SQLite has one writer, and needs none."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(locked(query))


def locked_if_free(query: Query) -> Query:
    """The same, leaving out what others have locked: whoever asks so never waits."""
    return query.with_for_update(**LOCK, skip_locked=True).execution_options(populate_existing=True)


def by_id(session: Session, table: type[Numbered], workspace_id: str, ids: Collection[int]) -> list[Numbered]:
    """The rows of a workspace with those ids. Were it named in the query, SQLite would read all its rows."""
    rows = session.exec(_with_ids(table), params={"ids": list(ids)}) if ids else ()
    return [row for row in rows if row.workspace_id == workspace_id]


@cache
def _with_ids(table: type[Numbered]) -> SelectOfScalar[Numbered]:
    return select(table).where(col(table.id).in_(bindparam("ids", expanding=True)))


def unindexed(column: Any) -> Any:
    """The same text, found through no index: SQLite does not know that one of moments leads to less than one of
    channels."""
    return col(column).concat("")


def add_missing(session: Session, table: type[SQLModel], rows: Rows) -> None:
    """Inserts the rows whose unique keys are not taken yet."""
    _execute(session, _insert(session, table).on_conflict_do_nothing(), rows)


def add_new(session: Session, table: type[SQLModel], rows: Rows, *, keys: Sequence[str], answer: str) -> Sequence[Any]:
    """Inserts the rows whose `keys` are not taken yet, and answers one column of those."""
    if not rows:
        return []
    session.flush()
    statement = _insert(session, table).on_conflict_do_nothing(index_elements=list(keys))
    return session.execute(statement.returning(getattr(table, answer)), list(rows)).scalars().all()


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


def add_or_count(
    session: Session, table: type[SQLModel], row: Mapping[str, Any], *, keys: Sequence[str], column: str
) -> Any:
    """Inserts the row; where its `keys` are taken, counts `column` up by one. Answers that column."""
    session.flush()
    found = getattr(table, column)
    counted = _insert(session, table).on_conflict_do_update(index_elements=list(keys), set_={column: found + 1})
    return session.execute(counted.values(**row).returning(found)).scalar_one()


def _execute(session: Session, statement: Any, rows: Rows) -> None:
    """One statement for all rows: it is compiled once and kept. Everything the session has pending goes before."""
    if rows:
        session.flush()
        session.connection().execute(statement, list(rows))


def _insert(session: Session, table: type[SQLModel]) -> Any:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
