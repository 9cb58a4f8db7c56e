"""One row that fails must not stop the others that are due."""

import logging
from collections.abc import Callable

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from storage.ending import taken_back_on_error
from storage.engine import DatabaseBusy

log = logging.getLogger(__name__)


def apart(session: Session, work: Callable[[], None], put_off: Callable[[], None], what: str) -> None:
    """Does `work` in a savepoint; if it fails it is undone, logged, and `put_off` says when it is tried again."""

    def in_savepoint() -> bool:
        with taken_back_on_error(session), session.begin_nested():
            work()
        return True

    alone(in_savepoint, put_off, what)


def alone(work: Callable[[], bool], put_off: Callable[[], None], what: str) -> bool:
    """Does `work`, a transaction of its own, and answers what it answers.

    If it fails that is logged, and `put_off` says when it is tried again. Raises DatabaseBusy or OperationalError: a
    database that is busy or away is no fault of the row, and passes.
    """
    try:
        return work()
    except (DatabaseBusy, OperationalError):
        raise
    except Exception:
        log.exception("%s failed and is put off.", what, extra={"action": "put_off", "what": what})
        put_off()
        return True
