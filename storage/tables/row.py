"""What all tables share. Moments are UTC; every row belongs to a workspace."""

from sqlalchemy import Index, MetaData, text
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""For tables whose rows are deleted: a form or button may still hold the id, which must not become another row's."""


class Row(SQLModel):
    metadata = MetaData(naming_convention=NAMING)


def due_index(table: str, *columns: str, then: tuple[str, ...] = ()) -> Index:
    """Finds what is due by `next_at`, when a row next matters.

    Rows with nothing left to do are not in it, so its size follows what is to come.
    """
    where = text("next_at IS NOT NULL")
    return Index(f"ix_{table}_due", *columns, "next_at", *then, sqlite_where=where, postgresql_where=where)
