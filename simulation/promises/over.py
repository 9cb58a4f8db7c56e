"""An invitation whose time is over says so."""

from datetime import timedelta

from simulation.case import Case, Owed
from simulation.dues import Due
from simulation.findings import Book
from simulation.messages import squeezed
from simulation.promises.asked import describe
from simulation.recognition import ANSWER_BY
from simulation.standing import is_open_to_answer

PROMISE = "An invitation that is over says so"
DAY = timedelta(days=1)
"""It may take until the run is closed."""


def judge(case: Case, book: Book) -> None:
    for owed, due in case.prompts:
        if due and _still_invites(case, owed, due):
            text = f"{describe(case, due)}: is still invited, though the deadline has passed."
            book.broken(PROMISE, text, owed.message.last.line)


def _still_invites(case: Case, owed: Owed, due: Due) -> bool:
    deadline, last = due.asked_at(owed.at).deadline, owed.message.last
    is_gone = owed.message.deleted_at or not case.world.is_here(due.person, deadline)
    is_over = case.excuses.is_settled(deadline + DAY, due.person)
    return is_over and not is_gone and bool(ANSWER_BY.search(squeezed(last.text))) and is_open_to_answer(last.blocks)
