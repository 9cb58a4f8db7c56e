"""When a run has something to read, its channel hears so once; of one that has nothing it does not."""

from simulation.allowances import PUNCTUAL
from simulation.case import Case, Owed
from simulation.dues import Run
from simulation.findings import Book
from simulation.messages import Version
from simulation.promises.summaries import is_out_of_reach, named
from simulation.recognition import Kind
from simulation.standing import blockers_open, counts, is_readable

PROMISE = "A channel hears that a summary is there"


def judge(case: Case, book: Book) -> None:
    known = set[int]()
    for run in case.runs:
        came, heads = case.of_run(Kind.SUMMED_UP, run), case.run_messages(run)
        known |= {owed.line for owed in came}
        for owed in came:
            head = next((each for each in heads if each.message.ts == owed.message.thread_ts), None)
            _judge_sent(case, book, run, owed, head)
        if not came and heads:
            _judge_missing(case, book, run, heads[-1])
    for owed in case.of(Kind.SUMMED_UP):
        if owed.line not in known:
            book.broken(PROMISE, f"A channel hears that a summary of {owed.what.title} is there, of no run.", owed.line)


def _readable(run: Run, head: Owed) -> Version | None:
    """The first version that people can read answers in, where the channel does not know of them already."""
    template = run.on.template
    if template.quiet or "channel" not in template.to:
        return None
    return next((each for each in head.message.versions if is_readable(each)), None)


def _judge_sent(case: Case, book: Book, run: Run, owed: Owed, head: Owed | None) -> None:
    book.count("summaries told of")
    if head is None or not owed.message.is_broadcast:
        text = f"That the summary of {named(case, run)} is there, is not said both in its thread and in its channel."
        book.broken(PROMISE, text, owed.line)
        return
    summary = _readable(run, head)
    if summary is None or owed.at < summary.at:
        book.broken(PROMISE, f"{named(case, run)} is said to be summed up, and is not.", owed.line)
        return
    if owed.at > summary.at + PUNCTUAL and not case.excuses.delay(summary.at, owed.at, run.on.channel):
        text = f"That the summary of {named(case, run)} is there, was said late, and nothing stood in the way."
        book.broken(PROMISE, text, owed.line)
    _judge_counts(case, book, run, owed, head)


def _judge_counts(case: Case, book: Book, run: Run, owed: Owed, head: Owed) -> None:
    told, shown = owed.message.last, head.message.last
    changed = max(told.at, shown.at)
    if is_out_of_reach(case, owed, changed) or is_out_of_reach(case, head, changed):
        return
    same = (counts(told), blockers_open(told)) == (counts(shown), blockers_open(shown))
    if not same and case.excuses.is_settled(changed, run.on.channel):
        text = f"What says that the summary of {named(case, run)} is there counts otherwise than the summary."
        book.broken(PROMISE, text, told.line, shown.line)


def _judge_missing(case: Case, book: Book, run: Run, head: Owed) -> None:
    summary = _readable(run, head)
    if summary is None or is_out_of_reach(case, head, summary.at):
        return
    if case.excuses.is_settled(summary.at, run.on.channel):
        book.count("messages lost")
        book.broken(PROMISE, f"{named(case, run)} was summed up, and its channel did not hear of it.", summary.line)
