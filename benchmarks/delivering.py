"""Delivering prompts through the queue against posting the same messages without one."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from benchmarks.endpoint import endpoint
from benchmarks.scene import NOW, add_run, owe_prompts, workspace
from schedules.contents import contents
from schedules.worker import Worker
from services import deliveries
from surface.kit import Message
from surface.slack import Slack

THREADS = 50
WARM_UP = 200


def deliver(people: int) -> tuple[float, float]:
    """(seconds through the queue, seconds without it) for so many prompts."""
    with endpoint() as url:
        slack = Slack("xoxb-bench", url)
        messages = _messages(people)
        _without_queue(slack, messages[:WARM_UP])
        return _through_queue(slack, people), _without_queue(slack, messages)


def _messages(people: int) -> list[Message]:
    """What the queue will send, drawn beforehand: the floor only posts."""
    with workspace() as db:
        add_run(db, people)
        owe_prompts(db, people)
        claimed = deliveries.claim(db, now=NOW, limit=people, paces={})
        return [each for each in contents(db, claimed, NOW).values() if isinstance(each, Message)]


def _without_queue(slack: Slack, messages: Sequence[Message]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda each: slack.post("C1", each[1], f"id {each[0]}"), enumerate(messages)))
    return time.perf_counter() - began


def _through_queue(slack: Slack, people: int) -> float:
    with workspace() as db:
        add_run(db, people)
        owe_prompts(db, people)
        wake = threading.Event()
        worker = Worker(db, lambda: NOW, slack, lambda *_: None, wake=wake.set, paces={}, threads=THREADS)
        began = time.perf_counter()
        while worker.step() or worker.in_flight:
            wake.wait(0.05)
            wake.clear()
        took = time.perf_counter() - began
        worker.close()
    return took
