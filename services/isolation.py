"""One row that fails must not stop the others that are due."""

import logging
from collections.abc import Callable

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

log = logging.getLogger(__name__)


def apart(session: Session, work: Callable[[], None], put_off: Callable[[], None], what: str) -> None:
    """Does `work` in a savepoint; if it fails it is undone, logged, and `put_off` says when it is tried again.

    Raises OperationalError: a database that is busy or away is no fault of the row, and passes.
    """
    try:
        with session.begin_nested():
            work()
    except OperationalError:
        raise
    except Exception:
        log.exception("%s failed and is put off.", what, extra={"action": "put_off", "what": what})
        put_off()
