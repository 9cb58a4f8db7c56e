"""Keeps deliveries moving: claims what is due, sends from a pool of threads, records results in groups."""

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy.exc import OperationalError

from domain.clock import Clock
from domain.deliveries import Delivery, Outcome
from schedules.contents import FOR_ITS_READER, contents
from schedules.drawing import Content
from schedules.sending import not_drawn, send
from services import deliveries, troubles
from services.deliveries import Paces
from storage.engine import Database, DatabaseBusy
from surface.slack import Slack

log = logging.getLogger(__name__)
THREADS = 20
AHEAD = 20
"""Claimed deliveries for each thread: a claim costs little more for many, and no thread waits for the next one. What
its lease is too short for is given back unsent."""
DRAWN = 200
"""Drawn together: enough to be cheap, few enough that the first of many leave soon."""
SHARE = 0.25
"""Of the threads, for one workspace among several: while Slack is slow there, the others have the rest."""
GROUP_SECONDS = 0.1
"""While others are being sent, results wait so long for them: each commit costs as much as sending a few."""


class Worker:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        slack: Slack,
        freshen: Callable[[str, str], None],
        *,
        wake: Callable[[], None],
        paces: Paces = deliveries.PACES,
        threads: int = THREADS,
    ) -> None:
        """`freshen` (workspace, person) asks Slack again what that person may see.

        `wake` is called when something has been sent and waits to be recorded.
        """
        self._db, self._clock, self._slack, self._wake, self._paces = db, clock, slack, wake, paces
        self._freshen = freshen
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="delivery")
        self._room = threads * AHEAD
        self._most_of_one = max(1, int(threads * SHARE))
        self._finished: deque[Outcome] = deque()
        self._all_finished = threading.Event()
        self._held: Counter[str] = Counter()
        """By workspace: what has been claimed and not yet recorded. Only the loop's own thread may look."""
        self._in_flight = 0
        """The same in all, for every thread."""
        self._waits = False

    @property
    def in_flight(self) -> int:
        return self._in_flight

    @property
    def waits(self) -> bool:
        """Whether something is due that may not be sent yet."""
        return self._waits

    def step(self) -> bool:
        """Records what has been sent and claims what is due; whether there was anything to do."""
        recorded = self._record()
        claimed = self._claim()
        return bool(recorded or claimed)

    def close(self) -> None:
        """Lets what is being sent finish, and records it."""
        self._pool.shutdown(wait=True, cancel_futures=False)
        self._record()

    def _claim(self) -> int:
        free = self._room - self.in_flight
        if free < self._room // 2:
            return 0
        now = self._clock()
        self._waits = deliveries.is_any_due(self._db, now=now)
        if not self._waits:
            return 0
        claimed = deliveries.claim(self._db, now=now, limit=free, paces=self._paces, room=self._room_of)
        self._waits = not claimed
        for start in range(0, len(claimed), DRAWN):
            self._submit(claimed[start : start + DRAWN], now)
        return len(claimed)

    def _room_of(self, workspace_id: str) -> int:
        return max(0, self._most_of_one - self._held[workspace_id])

    def _submit(self, claimed: Sequence[Delivery], now: datetime) -> None:
        direct = deliveries.direct_channels(self._db, due=claimed)
        drawn = self._draw_together([each for each in claimed if each.subject.kind not in FOR_ITS_READER], now)
        self._held.update(each.workspace_id for each in claimed)
        self._in_flight += len(claimed)
        for delivery in claimed:
            alone = drawn is None or delivery.subject.kind in FOR_ITS_READER
            content = None if drawn is None else drawn.get(delivery.id)
            self._pool.submit(self._deliver, delivery, content, direct.get(delivery.id), draw=alone)

    def _draw_together(self, due: Sequence[Delivery], now: datetime) -> dict[str, Content] | None:
        """None when one of them cannot be drawn: then each is drawn alone, so that the others go out."""
        try:
            return contents(self._db, due, now)
        except Exception:
            log.exception("Some messages could not be drawn.", extra={"action": "not_drawn"})
            return None

    def _deliver(self, delivery: Delivery, drawn: Content, direct: str | None, *, draw: bool) -> None:
        extra = {"action": "delivery_failed", "delivery": delivery.id}
        try:
            content = self._draw(delivery) if draw else drawn
        except Exception:
            log.exception("A message could not be drawn.", extra=extra)
            self._finish(not_drawn(delivery, self._clock()))
            return
        try:
            outcome = send(self._slack, self._clock, delivery, content, direct)
        except Exception:
            log.exception("A delivery failed.", extra=extra)
            outcome = deliveries.failed(delivery, now=self._clock())
        self._finish(outcome)

    def _finish(self, outcome: Outcome) -> None:
        self._finished.append(outcome)
        if len(self._finished) >= self.in_flight:
            self._all_finished.set()
        self._wake()

    def _draw(self, delivery: Delivery) -> Content:
        if delivery.subject.kind in FOR_ITS_READER:
            self._freshen(delivery.workspace_id, delivery.subject.person_id)
        return contents(self._db, [delivery], self._clock()).get(delivery.id)

    def _record(self) -> int:
        self._all_finished.clear()
        if 0 < len(self._finished) < self.in_flight:
            self._all_finished.wait(GROUP_SECONDS)
        outcomes = [self._finished[place] for place in range(len(self._finished))]
        if not outcomes:
            return 0
        # What cannot be recorded now, because the database is busy or away, stays for the next step.
        try:
            deliveries.settle(self._db, outcomes=outcomes, now=self._clock())
        except (DatabaseBusy, OperationalError):
            raise
        except Exception:
            log.exception("Results could not be recorded together.", extra={"action": "not_recorded"})
            self._record_alone(outcomes)
        self._held.subtract(each.delivery.workspace_id for each in outcomes)
        self._in_flight -= len(outcomes)
        for _ in outcomes:
            self._finished.popleft()
        for outcome in outcomes:
            if outcome.why:
                self._tell(outcome)
        return len(outcomes)

    def _tell(self, outcome: Outcome) -> None:
        delivery = outcome.delivery
        what = troubles.name(self._db, workspace_id=delivery.workspace_id, subject=delivery.subject)
        extra = {"action": "not_sent", "delivery": delivery.id}
        if outcome.limited_seconds:
            log.info("Slack asked to wait %d s before the next message: %s", outcome.limited_seconds, what, extra=extra)
        else:
            log.warning("Slack did not confirm %s: %s", what, outcome.why, extra=extra)

    def _record_alone(self, outcomes: Sequence[Outcome]) -> None:
        """One that cannot be recorded is left to its lease, so that it does not hold up the others."""
        for outcome in outcomes:
            try:
                deliveries.settle(self._db, outcomes=[outcome], now=self._clock())
            except Exception:
                extra = {"action": "not_recorded", "delivery": outcome.delivery.id}
                log.exception("A result could not be recorded.", extra=extra)
