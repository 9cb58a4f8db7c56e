"""Whether Muster is well, for whatever watches over it."""

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services import sync
from storage.engine import Database

log = logging.getLogger(__name__)
PATH = "/health"
PATIENCE_SECONDS = 2


class Health:
    """The database is asked once at a time, however many want to know."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._asked: asyncio.Task[bool] | None = None

    async def answer(self, _request: Request) -> Response:
        if self._asked is None or self._asked.done():
            self._asked = asyncio.create_task(asyncio.to_thread(_answers, self._db))
        done, _ = await asyncio.wait([asked := self._asked], timeout=PATIENCE_SECONDS)
        if done and asked.result():
            return JSONResponse({"ok": True})
        return JSONResponse({"ok": False, "why": "The database does not answer."}, 503)


def _answers(db: Database) -> bool:
    try:
        sync.workspaces(db)
    except Exception as error:  # noqa: BLE001 - whatever it is, the database did not answer
        log.warning("The database does not answer: %s.", type(error).__name__, extra={"action": "not_well"})
        return False
    return True
