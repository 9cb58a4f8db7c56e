"""Whether a ritual still suits is asked of whoever facilitates it: after three times in which few answered, or where
the form takes long; at work, once in a month, and without a name."""

import re
from datetime import timedelta

from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.findings import Book
from simulation.messages import squeezed
from simulation.promises.hours import is_at_work
from simulation.recognition import Kind

PROMISE = "Whoever facilitates is asked once a month whether a ritual still suits, in numbers"
MONTH = timedelta(days=31)
TIMES = 3
PLACE = re.compile(r" in (#?[^:]+): ")
COUNT = re.compile(r"(\d+) of (\d+)\b(?! answers)")
OF_TIMES = re.compile(r": (.+?) answered (each of )?the last three times\.")


def judge(case: Case, book: Book) -> None:
    asked: dict[tuple[str, str, str], Owed] = {}
    for owed in case.of(Kind.HEALTH):
        book.count("rituals that were asked about")
        text = squeezed(owed.message.first.text)
        place = PLACE.search(text)
        about = (owed.reader or "", owed.what.title, place[1] if place else "")
        if about in asked and owed.at < asked[about].at + MONTH - EFFECT:
            said = f"{case.world.name_of(about[0])} was asked about {about[1]} twice in a month."
            book.broken(PROMISE, said, asked[about].line, owed.line)
        asked[about] = owed
        _judge_reader(case, book, owed)
        _judge_numbers(case, book, owed, text)


def _judge_reader(case: Case, book: Book, owed: Owed) -> None:
    of_title = [on for on in case.switched if on.template.title == owed.what.title]
    if not any(owed.reader in case.facilitators(on) for on in of_title):
        text = f"{case.world.name_of(owed.reader or '')} was asked about {owed.what.title}, and never facilitated it."
        book.broken(PROMISE, text, owed.line)
    if not is_at_work(case, owed):
        text = f"{case.world.name_of(owed.reader or '')} was asked about {owed.what.title} outside their hours."
        book.broken(PROMISE, text, owed.line)


def _judge_numbers(case: Case, book: Book, owed: Owed, text: str) -> None:
    """Each time fewer than half, and three times; nobody stands there by name."""
    found = OF_TIMES.search(text)
    counts = [(int(some), int(of)) for some, of in COUNT.findall(found[1])] if found else []
    is_hidden = found is not None and "ewer than" in found[1]
    is_whole = not found or is_hidden or len(counts) == (1 if found[2] else TIMES)
    if not is_whole or any(2 * some >= of for some, of in counts):
        book.broken(PROMISE, f"It was asked about {owed.what.title} without a reason: {text[:160]}", owed.line)
    named = [name for name in case.world.by_name if name in text]
    if named:
        book.broken(PROMISE, f"{named[0]} is named in what asks about {owed.what.title}.", owed.line)
