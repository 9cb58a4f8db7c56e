"""Asking people several check-ins in one message, against asking as many people one check-in each."""

import time

from benchmarks.scene import NOW, add_due_run, workspace
from services import asking

AT_ONCE = 2


def ask(people: int) -> tuple[float, float]:
    """(seconds for so many people with two check-ins each, seconds for twice as many with one)."""
    return _asked(people, AT_ONCE), _asked(people * AT_ONCE, 1)


def _asked(people: int, runs: int) -> float:
    with workspace() as db:
        for number in range(runs):
            add_due_run(db, number, people)
        began = time.perf_counter()
        while asking.ask_due(db, now=NOW):
            continue
        return time.perf_counter() - began
