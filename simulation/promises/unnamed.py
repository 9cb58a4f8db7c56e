"""What is answered without names stays without names: mixed, after the end, and only if enough have answered."""

from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.dues import Due, Run
from simulation.findings import Book
from simulation.messages import Message
from simulation.promises.summaries import named
from simulation.recognition import Kind
from simulation.standing import counts, is_summary
from simulation.tokens import tokens

PROMISE = "Anonymous answers name nobody"


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        if run.on.template.anonymous:
            _judge_run(case, book, run)


def _judge_run(case: Case, book: Book, run: Run) -> None:
    own = [owed for owed in (*case.run_messages(run), *case.parts(run)) if not owed.message.deleted_at]
    marks = {mark: author for author, found in _marks(case, run).items() for mark in found}
    taken = sum(any(each.is_taken for each in case.submitted(due)) for due in run.dues)
    maybe = sum(bool(case.submitted(due)) for due in (*run.dues, *run.gone))
    told = [*own, *case.of_run(Kind.SUMMED_UP, run)]
    _judge_names(case, book, run, told)
    _judge_counts(book, case, run, told)
    _judge_elsewhere(case, book, marks, {id(owed.message) for owed in own})
    shown = {mark for owed in own for version in owed.message.versions for mark in tokens(version.words)} & set(marks)
    ends = max((case.deadline(due) for due in run.dues if _has_time(case, due)), default=run.closes)
    early = [v for owed in own for v in owed.message.versions if tokens(v.words) & set(marks) and v.at < ends - EFFECT]
    if early:
        book.broken(PROMISE, f"{named(case, run)} showed answers before everybody's time was over.", early[0].line)
    if shown and maybe < run.on.template.anonymous:
        text = f"{named(case, run)} shows what {maybe} answered, which is less than {run.on.template.anonymous}."
        book.broken(PROMISE, text, own[-1].message.last.line)
    closed = own and is_summary(own[0].message.last) and case.excuses.is_settled(ends, run.on.channel)
    if closed and taken >= run.on.template.anonymous:
        book.count("answers stored", taken)
        lost = _sure(case, run) - shown
        if lost:
            book.broken(PROMISE, f"{named(case, run)} does not show [{min(lost)}].", own[0].message.last.line)


def _has_time(case: Case, due: Due) -> bool:
    """Nobody waits for whoever is away, or left before they were asked, or was back too late to be asked."""
    return bool(case.sent(due)) or (due.certain and not due.away and not due.recalled)


def _marks(case: Case, run: Run) -> dict[str, set[str]]:
    """Of all that somebody sent, or may have."""
    return {
        due.person: {mark for each in case.submitted(due) for said in each.given.values() for mark in tokens(said)}
        for due in (*run.dues, *run.gone)
    }


def _sure(case: Case, run: Run) -> set[str]:
    """Of what was taken, by people who sent it once."""
    sent = [case.submitted(due) for due in run.dues]
    once = [found[0] for found in sent if len(found) == 1 and found[0].is_taken]
    return {mark for each in once for said in each.given.values() for mark in tokens(said)}


def _judge_names(case: Case, book: Book, run: Run, own: list[Owed]) -> None:
    names = {case.world.name_of(due.person) for due in run.dues}
    for version in (version for owed in own for version in owed.message.versions):
        if named_there := sorted(name for name in names if name in version.words):
            book.broken(PROMISE, f"{named(case, run)} names {named_there[0]}.", version.line)


def _judge_counts(book: Book, case: Case, run: Run, own: list[Owed]) -> None:
    for version in (version for owed in own for version in owed.message.versions):
        said = counts(version)
        if said and said[0] < run.on.template.anonymous and said != (0, 0):
            text = f"{named(case, run)} says that {said[0]} answered, which is less than {run.on.template.anonymous}."
            book.broken(PROMISE, text, version.line)


def _judge_elsewhere(case: Case, book: Book, marks: dict[str, str], own: set[int]) -> None:
    """Only whoever wrote something may see it outside the results."""
    for message in case.messages:
        if id(message) in own or not message.from_app:
            continue
        for version in message.versions:
            for mark in tokens(version.words) & set(marks):
                book.broken(PROMISE, f"An anonymous answer stands where no results are: [{mark}]", _line(message))
    for view in case.views:
        for mark in tokens(view.version.words) & set(marks):
            if view.user != marks[mark]:
                name = case.world.name_of(view.user)
                book.broken(PROMISE, f"{name} saw an anonymous answer on a page: [{mark}]", view.version.line)


def _line(message: Message) -> int:
    return message.last.line
