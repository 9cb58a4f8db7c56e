"""Lists of action items show what is open, what is important first, then what is due first."""

import re
from datetime import date

from simulation.action_deeds import Deed, is_over, of_record
from simulation.action_words import DUE_THEN
from simulation.allowances import SETTLES
from simulation.case import Case
from simulation.findings import Book
from simulation.messages import Version, plain
from simulation.recognition import day_of
from simulation.rows import ITEM_ROW

PROMISE = "Lists of action items show what is open, the most important first"
HEAD = re.compile(r".+ \(\d+\)")
IMPORTANT = " · important"


def judge(case: Case, book: Book) -> None:
    done = of_record(case)
    for version in (each for message in case.messages if message.only_for for each in message.versions):
        for rows in _lists(version):
            book.count("lists of action items looked at")
            _judge(book, version, rows, done)


def _judge(book: Book, version: Version, rows: dict[str, str], done: dict[str, list[Deed]]) -> None:
    if sorted(rows.values(), key=_rank) != list(rows.values()):
        book.broken(PROMISE, f"Somebody read {', '.join(rows)} in this order, which is another.", version.line)
    for record in rows:
        before = [each for each in done.get(record, []) if each.is_sure and each.at < version.at - SETTLES]
        if is_over(before):
            book.broken(PROMISE, f"{record} stood in a list of what is open, and was over.", version.line)


def _lists(version: Version) -> list[dict[str, str]]:
    """Each with its rows, by the names of their items."""
    found: list[dict[str, str]] = []
    for line in plain(version.text).split("\n"):
        named = ITEM_ROW.match(line)
        if HEAD.fullmatch(line):
            found.append({})
        elif named and found:
            found[-1][named[1]] = line
    return [rows for rows in found if rows]


def _rank(row: str) -> tuple[bool, date]:
    due = DUE_THEN.search(row)
    return IMPORTANT not in row, day_of(due[1]) if due else date.max
