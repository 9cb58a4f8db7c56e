"""Whoever a ritual is handed to hears of it at once."""

from simulation.allowances import EFFECT, PUNCTUAL
from simulation.case import Case
from simulation.findings import Book
from simulation.recognition import Kind
from simulation.switching import Handed, On

PROMISE = "Whoever is to facilitate hears of it"


def judge(case: Case, book: Book) -> None:
    newest = {each.line: (on, each) for on in case.switched for each in on.handed}
    for on, handed in newest.values():
        if case.excuses.is_settled(handed.at, handed.to) and _is_new(on, handed):
            _judge_handed(case, book, on, handed)


def _is_new(on: On, handed: Handed) -> bool:
    before = [each.to for each in on.handed if each.line < handed.line]
    return handed.to != (before[-1] if before else on.by)


def _judge_handed(case: Case, book: Book, on: On, handed: Handed) -> None:
    book.count("rituals handed over")
    told = [
        owed.at
        for owed in case.of(Kind.FACILITATOR)
        if (owed.reader, owed.what.title) == (handed.to, on.template.title) and owed.at >= handed.at - EFFECT
    ]
    on_time = told and (told[0] <= handed.at + PUNCTUAL or case.excuses.delay(handed.at, told[0], handed.to))
    if not on_time and not case.excuses.refused(handed.to, handed.at, case.trace.end):
        text = f"{case.world.name_of(handed.to)} was not told in time that {on.template.title} is theirs to facilitate."
        book.broken(PROMISE, text, handed.line)
