"""The summary says who was away, and who skipped and why."""

from collections.abc import Iterator
from datetime import date, datetime

from simulation.case import Case
from simulation.dues import Due, Run
from simulation.findings import Book
from simulation.messages import Version, ids_of, squeezed
from simulation.promises.summaries import named
from simulation.recognition import AWAY_MARK, REASON_FORM
from simulation.standing import is_summary
from simulation.switching import On
from simulation.trace import Line

PROMISE = "The summary says who was away, and who skipped and why"


def judge(case: Case, book: Book) -> None:
    reasons = _reasons(case)
    for run in case.runs:
        posted = [owed for owed in case.run_messages(run) if not owed.message.deleted_at]
        if run.on.template.anonymous or not posted or not is_summary(posted[-1].message.last):
            continue
        for due in run.dues:
            _judge_away(case, book, run, due, posted[-1].message.last)
            _judge_reason(case, book, due, posted[-1].message.last, reasons.get((due.on, due.day, due.person)))


def _reasons(case: Case) -> dict[tuple[On, date, str], Line]:
    """The last that each gave, and was taken."""
    found = {}
    for line in case.trace.diary("submitted"):
        due = case.by_prompt_id.get(str(ids_of(line).get("prompt")), (None, None))[1]
        if line["callback_id"] == REASON_FORM and line.get("ok") and due:
            found[due.on, due.day, due.person] = line
    return found


def _judge_away(case: Case, book: Book, run: Run, due: Due, summary: Version) -> None:
    name = case.world.name_of(due.person)
    is_said = any(AWAY_MARK in part.casefold() and name in part for part in _parts(summary))
    if due.away and due.certain and not (case.sent(due) or case.submitted(due)):
        book.count("people said to be away")
        if not is_said:
            book.broken(PROMISE, f"{named(case, run)} does not say that {name} was away.", summary.line)
    elif is_said and due.certain and not due.recalled and not _was_away(case, due, summary.at):
        book.broken(PROMISE, f"{named(case, run)} says that {name} was away, who was not.", summary.line)


def _was_away(case: Case, due: Due, until: datetime) -> bool:
    """On any day of the window, by what was known at any moment of it."""
    changes = case.team.absences_changed(due.person, due.at, due.template.title)
    known = [due.calendar.absences, *(absences for at, absences in changes if at <= until)]
    first, last = (at.astimezone(due.calendar.zone).date() for at in (due.at, due.deadline))
    return due.away or any(each.first <= last and first <= each.last for absences in known for each in absences)


def _parts(summary: Version) -> Iterator[str]:
    """ "away: Ana and Ben", "skipped: Cai (on call)": what stands between the dots."""
    for line in summary.words.splitlines():
        yield from squeezed(line).split(" · ")


def _judge_reason(case: Case, book: Book, due: Due, summary: Version, given: Line | None) -> None:
    if given is None or not case.excuses.is_settled(given.at, due.on.channel):
        return
    answered = any(not each.is_refused and each.line.number > given.number for each in case.submitted(due))
    reason = squeezed(next((str(value) for value in given["values"].values() if value), ""))
    if reason and not answered and f"{case.world.name_of(due.person)} ({reason})" not in squeezed(summary.words):
        text = f"The summary does not say why {case.world.name_of(due.person)} skipped: {reason!r}"
        book.broken(PROMISE, text, given.number, summary.line)
