"""Whoever only observes a ritual is neither asked nor counted: of the summary they are readers alone."""

from simulation import joined
from simulation.case import Case, Owed
from simulation.dues import Run
from simulation.findings import Book
from simulation.messages import Version, squeezed
from simulation.promises.summaries import named
from simulation.recognition import COUNTED_MARKS
from simulation.standing import counts

PROMISE = "Whoever only observes is neither asked nor counted"


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        posted = [owed for owed in case.run_messages(run) if not owed.message.deleted_at]
        if not run.on.template.observers or not posted:
            continue
        book.count("runs that somebody only observed")
        _judge_counts(case, book, run, posted[-1])
        for person in sorted(run.on.template.observers & set(joined.of_run(case, run))):
            text = f"{case.world.name_of(person)} only observes {named(case, run)}, and was let answer it."
            book.broken(PROMISE, text, posted[-1].line)


def _judge_counts(case: Case, book: Book, run: Run, owed: Owed) -> None:
    said, summary = counts(owed.message.last), owed.message.last
    if said and said != (0, 0) and said[1] > len(run.dues):
        text = f"{named(case, run)} says that {said[1]} were asked, and only {len(run.dues)} could be."
        book.broken(PROMISE, text, summary.line)
    for name in sorted(case.world.name_of(each) for each in run.on.template.observers):
        if any(name in part for part in _counted(summary)):
            book.broken(PROMISE, f"{named(case, run)} counts {name}, who only observes.", summary.line)


def _counted(summary: Version) -> list[str]:
    """ "away: Ana and Ben", "not heard from: Cai": what stands between the dots."""
    parts = squeezed(summary.text).split(" · ")
    return [part for part in parts if any(mark in part.casefold() for mark in COUNTED_MARKS)]
