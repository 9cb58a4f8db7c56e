"""Drawing up the briefs that stand above the answers of runs, in a thread of its own: no summary waits for one."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Lock

from briefs import of_answers
from briefs.fingerprint import fingerprint
from domain.briefs import Brief
from domain.clock import Clock
from domain.run_briefs import LEAST, DueBrief, RunBrief, kept_of
from domain.run_threads import apart, texts, thread_of, voices
from domain.threads import Thread
from services import run_briefs
from services.run_briefs import Material
from storage.engine import Database

log = logging.getLogger(__name__)
THREADS = 1


class RunBriefs:
    def __init__(self, db: Database, clock: Clock, *, wake: Callable[[], None]) -> None:
        """`wake` is called when one is done."""
        self._db, self._clock, self._wake = db, clock, wake
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="run-brief")
        self._in_flight = 0
        self._lock = Lock()

    @property
    def in_flight(self) -> int:
        return self._in_flight

    def read_due(self, now: datetime) -> None:
        """Begins with those due for which there is room."""
        if free := THREADS - self._in_flight:
            for due in run_briefs.claim(self._db, now=now, limit=free):
                self._count(1)
                self._pool.submit(self._guarded, due)

    def close(self) -> None:
        """What has not begun is due again after its lease."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _guarded(self, due: DueBrief) -> None:
        try:
            self._draft(due)
        except Exception:
            log.exception("The brief of run %s failed.", due.run_id, extra={"action": "run_brief_failed"})
            run_briefs.failed(self._db, due=due, now=self._clock())
        finally:
            self._count(-1)
            self._wake()

    def _draft(self, due: DueBrief) -> None:
        found = run_briefs.material(self._db, due=due)
        if found is None:
            return
        thread = thread_of(found.card, found.names)
        key = fingerprint(thread)
        said = found.card.brief if key == found.fingerprint else self._said(found, thread)
        run_briefs.drafted(self._db, due=due, found=said, fingerprint=key, now=self._clock())

    def _said(self, found: Material, thread: Thread) -> RunBrief | None:
        """None where nothing stands out."""
        brief = self._brief(found, thread) if voices(found.card) >= LEAST else Brief()
        return kept_of(brief, texts(found.card)) if any(brief.statements) else None

    def _brief(self, found: Material, thread: Thread) -> Brief:
        return of_answers.draft(thread, apart=apart(found.card), unnamed=bool(found.card.run.template.anonymous))

    def _count(self, change: int) -> None:
        with self._lock:
            self._in_flight += change
