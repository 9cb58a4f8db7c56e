"""Drawing up the briefs that stand above the answers of runs, in a thread of its own: no summary waits for one."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from briefs import of_answers
from briefs.endpoint.contract import Stopped
from briefs.fingerprint import fingerprint
from domain.briefs import Brief, Made, State
from domain.clock import Clock
from domain.language_models import NotWritten, Unwanted
from domain.run_briefs import LEAST, DueBrief, RunBrief, kept_of
from domain.run_threads import apart, texts, thread_of, voices
from domain.threads import Thread
from schedules.brief_writing import TO_MEND, Counting, Model, made_without
from schedules.pool import Pool
from services import run_briefs
from services.run_briefs import Material
from storage.engine import Database

log = logging.getLogger(__name__)
THREADS = 1


class RunBriefs:
    def __init__(self, db: Database, clock: Clock, model: Model | None, *, wake: Callable[[], None]) -> None:
        """`wake` is called when one is done. Without a model all are drawn up by rules; it is closed by its owner."""
        self._db, self._clock, self._model = db, clock, model
        self._pool = Pool("run-brief", THREADS, wake=wake)

    @property
    def in_flight(self) -> int:
        return self._pool.in_flight

    def read_due(self, now: datetime) -> None:
        """Begins with those due for which there is room."""
        if free := self._pool.free:
            for due in run_briefs.claim(self._db, now=now, limit=free):
                self._pool.begin(self._guarded, due)

    def close(self) -> None:
        """What has not begun is due again after its lease."""
        self._pool.close()

    def _guarded(self, due: DueBrief) -> None:
        try:
            self._draft(due)
        except Stopped:
            run_briefs.put_off(self._db, due=due, until=self._clock())
        except Unwanted:
            log.info("The answers of run %s have changed.", due.run_id, extra={"action": "run_brief_unwanted"})
        except Exception:
            log.exception("The brief of run %s failed.", due.run_id, extra={"action": "run_brief_failed"})
            run_briefs.failed(self._db, due=due, now=self._clock())

    def _draft(self, due: DueBrief) -> None:
        found = run_briefs.material(self._db, due=due)
        if found is None:
            return
        thread = thread_of(found.card, found.names)
        key = self._model.fingerprint(thread) if self._model else fingerprint(thread)
        said = found.card.brief if key == found.fingerprint else self._said(due, found, thread)
        run_briefs.drafted(self._db, due=due, found=said, fingerprint=key, now=self._clock())

    def _said(self, due: DueBrief, found: Material, thread: Thread) -> RunBrief | None:
        """None where nothing stands out."""
        brief = self._brief(due, found, thread) if voices(found.card) >= LEAST else Brief()
        return kept_of(brief, texts(found.card)) if any(brief.statements) else None

    def _brief(self, due: DueBrief, found: Material, thread: Thread) -> Brief:
        worded = self._worded(due, found, thread, self._model) if self._model else Made()
        if isinstance(worded, Brief):
            return worded
        unnamed = bool(found.card.run.template.anonymous)
        return replace(of_answers.draft(thread, apart=apart(found.card), unnamed=unnamed), made=worded)

    def _worded(self, due: DueBrief, found: Material, thread: Thread, model: Model) -> Brief | Made:
        """By the model; else why it is to be drawn up by rules."""
        try:
            run_briefs.begin(self._db, due=due, now=self._clock())
            brief = model.write(thread, Counting(model, due.workspace_id, partial(run_briefs.reserve, due=due)))
        except NotWritten as why:
            self._log(due, found, model, why)
            return made_without(why)
        self._log(due, found, model, None)
        return brief if any(each.state is not State.WEAK for each in brief.statements) else Made()

    def _log(self, due: DueBrief, found: Material, model: Model, why: NotWritten | None) -> None:
        """What came of it, and never a word of it."""
        level = logging.WARNING if why and why.why in TO_MEND else logging.INFO
        text, place = "The brief of run %s in %s, by %s: %s", found.card.run.channel_id
        log.log(level, text, due.run_id, place, model.name, why or "written", extra={"action": "run_brief_model"})
