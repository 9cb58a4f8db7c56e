"""What the sandbox does later."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sandbox.agenda import Agenda
from sandbox.clock import Clock
from tests.sandbox.apps import FRIDAY


def fail() -> None:
    raise LookupError


def test_what_goes_wrong_with_one_entry_keeps_the_others_from_nothing() -> None:
    done, told = [], []

    async def live() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        clock = Clock(FRIDAY, runs=False)
        agenda, at = Agenda(clock), FRIDAY.timestamp()
        agenda.at(at + 1, fail)
        agenda.at(at + 2, lambda: done.append("second"))
        clock.jump_to(at + 3)
        for _ in range(5):
            await asyncio.sleep(0)
        assert agenda.is_quiet

    with ThreadPoolExecutor() as threads:
        threads.submit(asyncio.run, live()).result()
    failures: list[dict[str, Any]] = told
    assert done == ["second"]
    assert [type(context["exception"]) for context in failures] == [LookupError]
