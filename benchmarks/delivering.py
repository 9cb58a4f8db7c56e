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

WARM_UP = 200


def deliver(people: int, threads: int) -> tuple[float, float]:
    """(seconds through the queue, seconds without it) for so many prompts, sent by so many threads."""
    with endpoint() as url:
        slack = Slack("xoxb-bench", url)
        messages = _messages(people)
        _without_queue(slack, messages[:WARM_UP], threads)
        return _through_queue(slack, people, threads), _without_queue(slack, messages, threads)


def _messages(people: int) -> list[Message]:
    """What the queue will send, drawn beforehand: the floor only posts."""
    with workspace() as db:
        add_run(db, people)
        owe_prompts(db, people)
        claimed = deliveries.claim(db, now=NOW, limit=people, paces={})
        return [each for each in contents(db, claimed, NOW).values() if isinstance(each, Message)]


def _without_queue(slack: Slack, messages: Sequence[Message], threads: int) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda each: slack.post("C1", each[1], f"id {each[0]}"), enumerate(messages)))
    return time.perf_counter() - began


def _through_queue(slack: Slack, people: int, threads: int) -> float:
    with workspace() as db:
        add_run(db, people)
        owe_prompts(db, people)
        wake = threading.Event()
        worker = Worker(db, lambda: NOW, slack, lambda *_: None, wake=wake.set, paces={}, threads=threads)
        began = time.perf_counter()
        while worker.step() or worker.in_flight:
            wake.wait(0.05)
            wake.clear()
        took = time.perf_counter() - began
        worker.close()
    return took
