"""While a run is open its channel reads answers only where the ritual says so, and there at once."""

from collections.abc import Iterator
from datetime import datetime

from simulation.allowances import SETTLES
from simulation.answers import Submission
from simulation.case import Case, Owed
from simulation.dues import Due, Run
from simulation.findings import Book
from simulation.messages import squeezed
from simulation.promises.summaries import named
from simulation.recognition import Kind
from simulation.standing import is_summary
from simulation.tokens import tokens

PROMISE = "While a run is open its channel reads answers only where the ritual says so"


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        if run.on.template.early and not run.on.template.anonymous:
            _judge_early(case, book, run)
        elif not run.on.template.anonymous:
            _judge_hidden(case, book, run)


def _messages(case: Case, run: Run) -> list[Owed]:
    """Its message, what it goes on in, and what sums it up in between."""
    interim = [owed for owed in case.of(Kind.INTERIM) if _is_of(owed, run)]
    return [*case.run_messages(run), *case.parts(run), *interim]


def _closed(case: Case, run: Run) -> datetime:
    heads = case.run_messages(run)
    return next((each.at for head in heads for each in head.message.versions if is_summary(each)), case.trace.end)


def _is_of(owed: Owed, run: Run) -> bool:
    of_run = run.on.channel, run.on.template.title, run.day
    return (owed.message.channel, owed.what.title, owed.what.day) == of_run


def _marks(run: Run, sent: Submission) -> set[str]:
    """What it is known by; blockers may be read at once."""
    into = {squeezed(each.text) for each in run.on.template.questions if each.into}
    return {mark for question, said in sent.given.items() if question not in into for mark in tokens(said)}


def _judge_hidden(case: Case, book: Book, run: Run) -> None:
    closed = _closed(case, run)
    versions = [each for owed in _messages(case, run) for each in owed.message.versions if each.at < closed]
    for due in run.dues:
        marks = {mark for sent in case.submitted(due) for mark in _marks(run, sent)}
        for version in versions:
            if told := marks & tokens(version.words):
                name = case.world.name_of(due.person)
                book.broken(PROMISE, f"{named(case, run)} shows what {name} answered: [{min(told)}]", version.line)


def _judge_early(case: Case, book: Book, run: Run) -> None:
    closed, messages = _closed(case, run), _messages(case, run)
    for due in run.dues:
        for sent in _lasting(case, due):
            at, marks = max(sent.line.at, due.at), _marks(run, sent)
            seen = [found for owed in messages if (found := owed.message.at(at + SETTLES))]
            if at + SETTLES < closed and marks and seen and _is_calm(case, run, at):
                book.count("answers shown while a run was open")
                if not marks <= {mark for version in seen for mark in tokens(version.words)}:
                    text = f"{named(case, run)} did not show at once what {case.world.name_of(due.person)} answered."
                    book.broken(PROMISE, text, sent.line.number, seen[0].line)


def _is_calm(case: Case, run: Run, at: datetime) -> bool:
    return case.excuses.longest(at, at + SETTLES, run.on.channel) is None


def _lasting(case: Case, due: Due) -> Iterator[Submission]:
    """What was taken, and not sent anew soon after."""
    sent = case.submitted(due)
    for place, each in enumerate(sent):
        if each.is_taken and not any(other.line.at <= each.line.at + SETTLES for other in sent[place + 1 :]):
            yield each
