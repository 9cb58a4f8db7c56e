"""The one loop: what is due by time, then what is owed to Slack, then sleep until something changes."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from domain.clock import Clock
from schedules.membership import Membership
from schedules.worker import Worker
from services import (
    action_reminders,
    agenda,
    asking,
    blockers,
    decision_reminders,
    delegates,
    digests,
    forgetting,
    interim,
    opening,
    outages,
    replanning,
    ritual_health,
    round_results,
    sync,
    unasked,
    unread,
)
from storage.engine import Database

log = logging.getLogger(__name__)
TICK_SECONDS = 1
HURRIED_SECONDS = 0.2
"""While something waits for its turn: Slack takes several messages a second in all."""
TICK = timedelta(seconds=TICK_SECONDS)
FORGET_EVERY = timedelta(days=1)
STEPS_A_TURN = 50
"""What keeps the sender busy must not keep what falls due from being noticed."""
Step = Callable[..., int]
STEPS: tuple[Step, ...] = (
    replanning.look_again_due,
    opening.open_due,
    asking.ask_due,
    interim.sum_up_due,
    round_results.settle_due,
    ritual_health.look_due,
    decision_reminders.look_again_due,
    unread.remind_due,
    action_reminders.remind_due,
    digests.digests_due,
    delegates.stand_ins_due,
    blockers.nudge_due,
    unasked.forget_due,
)
"""What time moves; each does a batch and says how many rows it moved."""


class Follower(Protocol):
    """Somebody who wants to know how far the loop is: the sandbox's clock."""

    def begin_pass(self) -> None: ...

    def report(
        self, wake_at: datetime | None, in_flight: int, *, is_due: bool, next_try: Callable[[], datetime | None]
    ) -> None:
        """After each pass: when something is next due, how much is being sent, whether something waits for its turn.

        `next_try` tells when something is sent next, be it again, or read that is in doubt.
        """


class Reader(Protocol):
    """Something that reads what is due, from servers that may be slow, in threads of its own."""

    @property
    def in_flight(self) -> int: ...

    def read_due(self, now: datetime) -> None: ...

    def close(self) -> None: ...


class Loop:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        worker: Worker,
        membership: Membership,
        readers: Sequence[Reader],
        *,
        wake: threading.Event,
        keep_answers: timedelta | None = None,
        follower: Follower | None = None,
    ) -> None:
        self._db, self._clock, self._worker, self._membership = db, clock, worker, membership
        self._readers, self._wake, self._follower = readers, wake, follower
        self._stop = threading.Event()
        self._failed = False
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="recheck")
        self._rechecking: Future[bool] | None = None
        self._keep_answers = keep_answers
        self._rechecked_at = self._alive_at = self._forgot_at = datetime.min.replace(tzinfo=UTC)
        # APScheduler only wakes the loop; that it also wakes by itself guards against a host clock set back.
        self._timer = BackgroundScheduler(timezone="UTC")
        self._timer.add_job(wake.set, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1)

    def run(self) -> None:
        """Returns after `stop`, when what was being sent has been recorded."""
        self._timer.start()
        try:
            while not self._stop.is_set():
                self._wake.wait(HURRIED_SECONDS if self._worker.waits else TICK_SECONDS)
                self._wake.clear()
                self.turn()
                if self._failed:
                    # What fails is not tried faster than the clock ticks.
                    self._stop.wait(TICK_SECONDS)
        finally:
            self._timer.shutdown(wait=False)
            self.close()

    def close(self) -> None:
        """Lets what is being read and sent finish."""
        self._reader.shutdown(wait=True)
        self._worker.close()
        # Last, as somebody else's server may keep it waiting: what was sent is recorded by then.
        for reader in self._readers:
            reader.close()

    def stop(self) -> None:
        self._stop.set()
        self._membership.stop()
        self._wake.set()

    def turn(self) -> None:
        """One pass: everything that is due now is moved, and as much is sent as there is room for."""
        self._failed = False
        if self._follower:
            self._follower.begin_pass()
        self._guarded(self._start_recheck)
        self._guarded(self._move_what_is_due)
        self._guarded(self._note_alive)
        self._guarded(self._forget)
        if all(self._guarded(self._worker.step) for _ in range(STEPS_A_TURN)):
            self._wake.set()
        self._guarded(self._report)

    def _move_what_is_due(self) -> bool:
        now = self._clock()
        due = agenda.next_row(self._db)
        if due is not None and due <= now:
            for step in STEPS:
                self._guarded(partial(_until_done, step, self._db, now))
            for reader in self._readers:
                self._guarded(partial(_begin, reader, now))
        return False

    def _note_alive(self) -> bool:
        now = self._clock()
        if abs(now - self._alive_at) >= outages.EVERY:
            outages.note_alive(self._db, now=now)
            self._alive_at = now
        return False

    def _forget(self) -> bool:
        """Once a day; what there is to delete of answers goes batch by batch, a batch a turn."""
        now = self._clock()
        is_time = abs(now - self._forgot_at) >= FORGET_EVERY
        if not is_time:
            return False
        if not self._keep_answers or not forgetting.forget_due(self._db, keep=self._keep_answers, now=now):
            forgetting.forget_drafts(self._db, now=now)
            self._forgot_at = now
        return False

    def _start_recheck(self) -> bool:
        """Once a second, and in a thread of its own: reading from Slack must not hold up what is due."""
        now = self._clock()
        is_free = self._rechecking is None or self._rechecking.done()
        if is_free and abs(now - self._rechecked_at) >= TICK:
            self._rechecked_at = now
            self._rechecking = self._reader.submit(self._guarded, self._recheck)
        return False

    def _recheck(self) -> bool:
        for workspace_id in sync.workspaces(self._db):
            self._membership.recheck(workspace_id)
        return False

    def _report(self) -> bool:
        if self._follower:
            ahead = agenda.outlook(self._db, now=self._clock())
            in_flight = self._worker.in_flight + sum(reader.in_flight for reader in self._readers)
            next_try = partial(self._next_try, ahead.next_try)
            self._follower.report(ahead.next_at, in_flight, is_due=ahead.is_due, next_try=next_try)
        return False

    def _next_try(self, sent_at: datetime | None) -> datetime | None:
        return min((moment for moment in (sent_at, self._membership.next_reading()) if moment), default=None)

    def _guarded(self, work: Callable[[], bool]) -> bool:
        """One failing part is logged and tried again next time; it never stops the others."""
        try:
            return work()
        except Exception:
            log.exception("A part of the loop failed.", extra={"action": "loop_failed"})
            self._failed = True
            return False


def _begin(reader: Reader, now: datetime) -> bool:
    reader.read_due(now)
    return False


def _until_done(step: Step, db: Database, now: datetime) -> bool:
    while step(db, now=now):
        continue
    return False
