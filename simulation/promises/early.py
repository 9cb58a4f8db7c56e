"""While a run is open its channel reads answers only where the ritual says so, and there at once."""

from collections.abc import Iterator

from simulation.allowances import SETTLES
from simulation.answers import Submission
from simulation.case import Case, Owed
from simulation.expected import Due, Run
from simulation.findings import Book
from simulation.messages import Version, squeezed
from simulation.promises.summaries import named
from simulation.recognition import Kind, is_summary
from simulation.tokens import tokens

PROMISE = "While a run is open its channel reads answers only where the ritual says so"


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        if not run.on.template.anonymous:
            shown = list(_while_open(case, run))
            judge_run = _judge_early if run.on.template.early else _judge_hidden
            judge_run(case, book, run, shown)


def _while_open(case: Case, run: Run) -> Iterator[Version]:
    """Of its message, what it goes on in, and what sums it up in between."""
    heads = case.run_messages(run)
    closed = next((each.at for head in heads for each in head.message.versions if is_summary(each)), case.trace.end)
    interim = [owed for owed in case.of(Kind.INTERIM) if _is_of(owed, run)]
    for owed in (*heads, *case.parts(run), *interim):
        yield from (each for each in owed.message.versions if each.at < closed)


def _is_of(owed: Owed, run: Run) -> bool:
    of_run = run.on.channel, run.on.template.title, run.day
    return (owed.message.channel, owed.what.title, owed.what.day) == of_run


def _marks(run: Run, sent: Submission) -> set[str]:
    """What it is known by; blockers may be read at once."""
    into = {squeezed(each.text) for each in run.on.template.questions if each.into}
    return {mark for question, said in sent.given.items() if question not in into for mark in tokens(said)}


def _judge_hidden(case: Case, book: Book, run: Run, shown: list[Version]) -> None:
    for due in run.dues:
        marks = {mark for sent in case.submitted(due) for mark in _marks(run, sent)}
        for version in shown:
            if told := marks & tokens(version.words):
                name = case.world.name_of(due.person)
                book.broken(PROMISE, f"{named(case, run)} shows what {name} answered: [{min(told)}]", version.line)


def _judge_early(case: Case, book: Book, run: Run, shown: list[Version]) -> None:
    for due in run.dues:
        for sent in _lasting(case, due):
            at = max(sent.line.at, due.at)
            later = [each for each in shown if each.at >= at + SETTLES]
            marks = _marks(run, sent)
            if marks and later and case.excuses.longest(at, later[0].at, run.on.channel) is None:
                book.count("answers shown while a run was open")
                if not any(marks <= tokens(each.words) for each in shown if each.at <= later[0].at):
                    name = case.world.name_of(due.person)
                    book.broken(
                        PROMISE, f"{named(case, run)} did not show at once what {name} answered.", later[0].line
                    )


def _lasting(case: Case, due: Due) -> Iterator[Submission]:
    """What was taken, and not sent anew soon after."""
    sent = case.submitted(due)
    for place, each in enumerate(sent):
        if each.is_taken and not any(other.line.at <= each.line.at + SETTLES for other in sent[place + 1 :]):
            yield each
