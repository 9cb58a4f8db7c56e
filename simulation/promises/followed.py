"""A calendar that somebody lets Muster follow is read every few hours, and nobody is told what stands in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from simulation.allowances import SETTLES
from simulation.case import Case
from simulation.findings import Book
from simulation.following import Following
from simulation.messages import Version
from simulation.tokens import tokens
from simulation.trace import Line

PROMISE = "A calendar that somebody follows is read every few hours, and what stands in it is shown to nobody"
EVERY = timedelta(hours=5)
"""At the latest."""


def judge(case: Case, book: Book) -> None:
    following = Following(case.trace)
    for name, begun in following.begun.items():
        reads = [line.at for line in following.reads.get(name, []) if line.at >= begun.at]
        book.count("readings of calendars", len(reads))
        for number, (since, until) in enumerate(pairwise([begun.at, *reads, case.trace.end])):
            if until - since > (EVERY if number else timedelta()) + SETTLES:
                _judge_late(case, book, begun, since, until)
        marks = {mark for _at, text in following.texts[name].changes() for mark in tokens(text)}
        for version in _shown(case):
            if told := marks & tokens(version.words):
                text = f"What stands in the calendar of {_whose(case, begun)} is shown: [{min(told)}]"
                book.broken(PROMISE, text, version.line)


def _judge_late(case: Case, book: Book, begun: Line, since: datetime, until: datetime) -> None:
    person = str(begun["person"])
    outages = case.excuses.troubles.outages_between(since, until)
    if outages:
        book.excused("calendars read late with a reason", outages[-1].why)
    elif not any(profile.deleted for profile in case.world.people[person].within(since, until)):
        text = (
            f"The calendar of {_whose(case, begun)} was not read from {since:%d %b %H:%M} to {until:%d %b %H:%M} UTC."
        )
        book.broken(PROMISE, text, begun.number)


def _shown(case: Case) -> Iterator[Version]:
    yield from (version for message in case.messages for version in message.versions if message.from_app)
    yield from (view.version for view in case.views)


def _whose(case: Case, begun: Line) -> str:
    return case.world.name_of(str(begun["person"]))
