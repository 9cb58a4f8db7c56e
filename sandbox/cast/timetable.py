"""What a cast is going to do, by moment."""

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(order=True, frozen=True)
class Plan:
    """What somebody does at a moment; who and what decide the order of what is due at the same one."""

    at: float
    who: str
    what: str
    act: Callable[[], Awaitable[None]] = field(compare=False)


class Timetable:
    def __init__(self) -> None:
        self._plans: list[Plan] = []
        self._standing: dict[tuple[str, str], Plan] = {}

    def put(self, plan: Plan) -> bool:
        """Nobody plans the same thing twice; False if it stands already."""
        if (plan.who, plan.what) in self._standing:
            return False
        self._standing[plan.who, plan.what] = plan
        heapq.heappush(self._plans, plan)
        return True

    def drop(self, who: str, what: str) -> None:
        self._standing.pop((who, what), None)

    @property
    def next_at(self) -> float | None:
        self._forget_dropped()
        return self._plans[0].at if self._plans else None

    def take(self, now: float) -> Plan | None:
        """The first plan that is due."""
        self._forget_dropped()
        if not self._plans or self._plans[0].at > now:
            return None
        plan = heapq.heappop(self._plans)
        del self._standing[plan.who, plan.what]
        return plan

    def _forget_dropped(self) -> None:
        while self._plans and self._standing.get((self._plans[0].who, self._plans[0].what)) is not self._plans[0]:
            heapq.heappop(self._plans)
