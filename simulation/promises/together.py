"""What one person is asked in the same minute comes as one message."""

from datetime import datetime, timedelta

from simulation.allowances import PUNCTUAL
from simulation.case import Case, Owed
from simulation.dues import Due
from simulation.findings import Book

PROMISE = "Several check-ins at one minute come as one message"
MOST = 6
"""So many have room in one."""
MINUTE = timedelta(minutes=1)


def judge(case: Case, book: Book) -> None:
    for (person, at), asked in _groups(case).items():
        if len(asked) == 1 or _is_excused(case, person, at):
            continue
        book.count("check-ins that met", len(asked))
        messages = {owed.message.ts for owed in asked}
        if len(messages) > -(-len(asked) // MOST):
            titles = " and ".join(sorted(owed.what.title for owed in asked))
            text = f"{case.world.name_of(person)} was asked {titles} at one minute in {len(messages)} messages."
            book.broken(PROMISE, text, *sorted(owed.line for owed in asked))


def _groups(case: Case) -> dict[tuple[str, datetime], list[Owed]]:
    """The invitations that left in time, by whom they are for and the minute they were due."""
    found: dict[tuple[str, datetime], list[Owed]] = {}
    for owed, due in case.prompts:
        if due and due.certain and _is_in_time(owed, due) and owed.what.by:
            minute = due.at.replace(second=0, microsecond=0)
            found.setdefault((due.person, minute), []).append(owed)
    return found


def _is_in_time(owed: Owed, due: Due) -> bool:
    return due.at == due.until and owed.at <= due.at + PUNCTUAL


def _is_excused(case: Case, person: str, at: datetime) -> bool:
    """What stood in the way of one of them, or moved it, did not of the others."""
    return (
        bool(case.excuses.upset(at - MINUTE, at + PUNCTUAL))
        or case.excuses.longest(at, at + PUNCTUAL, person) is not None
    )
