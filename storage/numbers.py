"""The numbers of decisions and action items: `D-41` and `A-17` within a workspace."""

from sqlmodel import Session

from storage import sql
from storage.tables import CounterRow


def next_number(session: Session, *, workspace_id: str, counter: str) -> int:
    """Gives the next number of `decisions` or `actions`; the row lock keeps two writers apart.

    Nothing but runs and deliveries is locked after it.
    """
    row = {"workspace_id": workspace_id, "name": counter, "last": 1}
    keys = ["workspace_id", "name"]
    return int(sql.add_or_count(session, CounterRow, row, keys=keys, column="last"))
