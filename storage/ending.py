"""What a transaction leaves to its end, so that all lock rows in one order (see docs/architecture.md).

Kept in `session.info`, as mappings only, so that a part of a transaction that failed can take back what it left.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from sqlmodel import Session


class Last(IntEnum):
    PROMPTS = 1
    KEPT = 2
    ITEMS = 3
    RUNS = 4
    MEASURES = 5
    NUDGES = 6
    DELEGATES = 7
    DELIVERIES = 8
    AUDIT = 9


Place = tuple[int | str, ...]
"""Begins with one of `Last`; what comes first is done first."""
Work = Callable[[], object]


def at_end(session: Session, place: Place, work: Work) -> None:
    """Does the work once before the transaction commits; of several for one place, the newest."""
    kept(session, "ending")[place] = work


def end(session: Session) -> None:
    """Does everything that was left to the end, and what that leaves."""
    while left := kept(session, "ending"):
        first = min(left)[0]
        for place in sorted(place for place in left if place[0] == first):
            kept(session, "ending").pop(place)()


def makes_nothing_due(session: Session) -> None:
    """What this transaction writes is read by nobody who waits for something to do, so nobody is woken for it."""
    kept(session, "nothing due")[True] = True


def is_nothing_due(session: Session) -> bool:
    return bool(kept(session, "nothing due"))


def kept(session: Session, name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = session.info.setdefault(name, {})
    return found


@contextmanager
def taken_back_on_error(session: Session) -> Iterator[None]:
    """What is left to the end inside is forgotten if it fails."""
    before = {name: dict(left) for name, left in session.info.items()}
    try:
        yield
    except BaseException:
        session.info.clear()
        session.info.update(before)
        raise
