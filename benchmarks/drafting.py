"""A brief of a long thread without a model, beside finding the words of its messages once."""

import time
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

from benchmarks.annotated import load_half
from briefs.extractive import draft
from briefs.words import words
from domain.threads import Thread


def draw(messages: int) -> tuple[float, float]:
    """(seconds of a draft, seconds of splitting its messages into words)"""
    thread = _long(messages)
    draft(replace(thread, messages=thread.messages[:1]))
    began = time.perf_counter()
    draft(thread)
    drawn = time.perf_counter()
    for message in thread.messages:
        words(message.text)
    return drawn - began, time.perf_counter() - drawn


def _long(messages: int) -> Thread:
    """One thread of what people said in all those that the extract was tuned on, in many languages."""
    threads = [each.thread for each in load_half("tuning")]
    spoken = islice(cycle([message for thread in threads for message in thread.messages]), messages)
    begun = threads[0].messages[0].at
    placed = (replace(each, ts=str(n), at=begun + timedelta(minutes=n)) for n, each in enumerate(spoken))
    return Thread(tuple(placed), {who: name for each in threads for who, name in each.names.items()}, threads[0].zone)
