"""What people have typed into check-ins and not sent."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select, update

from domain.kept import Kept, Slot
from storage import ending, sql
from storage.ending import Last
from storage.tables import KeptRow

KEYS = ("workspace_id", "ritual_id", "occurrence", "person_id")
VALUES = ("values", "page", "sent", "sent_to", "version", "at", "seconds", "draft_id", "told")


def of(session: Session, *, slot: Slot) -> Kept | None:
    row = session.exec(select(KeptRow).where(*_is(slot))).first()
    return _kept(row) if row else None


def sent_early(session: Session, *, workspace_id: str, ritual_id: int, occurrence: str) -> dict[str, Kept]:
    """By person, what was sent before that occurrence began."""
    query = select(KeptRow).where(
        KeptRow.workspace_id == workspace_id, KeptRow.ritual_id == ritual_id, KeptRow.occurrence == occurrence
    )
    return {row.person_id: _kept(row) for row in session.exec(query) if row.sent is not None}


def all_sent(session: Session, *, ritual_id: int) -> list[tuple[str, str]]:
    """(occurrence, person) of everything that was sent before its occurrence began."""
    query = select(KeptRow).where(KeptRow.ritual_id == ritual_id).order_by(KeptRow.occurrence, KeptRow.person_id)
    return [(row.occurrence, row.person_id) for row in session.exec(query) if row.sent is not None]


def sent_to_rituals(session: Session, *, workspace_id: str, person_id: str) -> list[int]:
    """The rituals for which somebody sent something before it began."""
    query = select(KeptRow).where(KeptRow.workspace_id == workspace_id, KeptRow.person_id == person_id)
    return sorted({row.ritual_id for row in session.exec(query) if row.sent is not None})


def keep(session: Session, *, slot: Slot, kept: Kept) -> None:
    """Over what was kept there before."""
    row = {name: getattr(slot, name) for name in KEYS} | {name: getattr(kept, name) for name in VALUES}
    row["sent_to"] = [*kept.sent_to]
    sql.add_or_update(session, KeptRow, [row], keys=KEYS)


def drop(session: Session, *, slot: Slot) -> None:
    session.execute(delete(KeptRow).where(*_is(slot)))


def move(session: Session, *, ritual_id: int, occurrence: str, to: str) -> None:
    """To another occurrence, over what the same people have there. Whoever calls this holds the ritual."""
    mine = col(KeptRow.ritual_id) == ritual_id
    movers = select(KeptRow.person_id).where(mine, KeptRow.occurrence == occurrence)
    taken = delete(KeptRow).where(mine, col(KeptRow.occurrence) == to, col(KeptRow.person_id).in_(movers))
    session.execute(taken)
    session.execute(update(KeptRow).where(mine, col(KeptRow.occurrence) == occurrence).values(occurrence=to))


def drop_before(
    session: Session,
    *,
    ritual_id: int,
    occurrence: str,
    but: Sequence[str],
    only_by_hand: bool,
    people: Collection[str] | None = None,
) -> None:
    """Of the occurrences before one but those, or only of such that somebody started, and only of those people if any
    are given; at the end of the transaction."""
    which = (col(KeptRow.occurrence) < occurrence, col(KeptRow.occurrence).not_in(but))
    by_hand = (col(KeptRow.occurrence).contains("#"),) if only_by_hand else ()
    theirs = () if people is None else (col(KeptRow.person_id).in_(people),)
    _drop_at_end(session, ritual_id, (*which, *by_hand, *theirs))


def drop_all(session: Session, *, ritual_id: int, but: Sequence[str]) -> None:
    """Of a ritual, all but those occurrences, at the end of the transaction."""
    _drop_at_end(session, ritual_id, (col(KeptRow.occurrence).not_in(but),))


def _drop_at_end(session: Session, ritual_id: int, which: Sequence[Any]) -> None:
    """Whoever sends an answer holds its prompt before what is kept of it."""
    statement = delete(KeptRow).where(col(KeptRow.ritual_id) == ritual_id, *which)
    ending.at_end(session, (Last.KEPT, ritual_id), partial(session.execute, statement))


def _is(slot: Slot) -> tuple[Any, ...]:
    return tuple(getattr(KeptRow, name) == getattr(slot, name) for name in KEYS)


def _kept(row: KeptRow) -> Kept:
    same = {name: getattr(row, name) for name in VALUES if name not in ("values", "sent_to")}
    return Kept(dict(row.values), sent_to=tuple(row.sent_to), **same)
