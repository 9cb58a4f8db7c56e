"""Each line of an answer that is split is a blocker or an action item of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from simulation import joined
from simulation.answers import Submission, acceptable, below
from simulation.case import Case
from simulation.dues import Run
from simulation.findings import Book
from simulation.messages import Version, plain, squeezed
from simulation.promises.summaries import named
from simulation.recognition import APART_HEADS, ELLIPSIS
from simulation.rituals import Question
from simulation.rows import ACTION_ROW, AGED, BLOCKER_STATES, RAISED_BY
from simulation.standing import is_summary

PROMISE = "Each line of an answer that is split is a record of its own"
BLOCKERS, ITEMS = APART_HEADS
MOST = {BLOCKERS: 7, ITEMS: 10}
"""So many are shown at the head of a summary; the others are told of by number."""


@dataclass(frozen=True)
class Row:
    """One record at the head of a summary."""

    title: str
    whose: str
    is_moved: bool = True
    """Whether somebody has moved it by a button, or it is older than the run."""
    is_aged: bool = False


@dataclass(frozen=True)
class SummedUp:
    """One question of a run, and where its answers stand."""

    run: Run
    question: Question
    summary: Version


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        posted = [owed.message.last for owed in case.run_messages(run) if not owed.message.deleted_at]
        if not run.on.template.anonymous and posted and is_summary(posted[-1]) and "channel" in run.on.template.to:
            for question in (each for each in run.on.template.questions if each.split):
                summed_up = SummedUp(run, question, posted[-1])
                for submissions in _everybodys(case, run):
                    _judge_answer(case, book, summed_up, submissions)


def _everybodys(case: Case, run: Run) -> Iterator[list[Submission]]:
    yield from filter(None, (case.submitted(due) for due in run.dues))
    yield from joined.of_run(case, run).values()


def _judge_answer(case: Case, book: Book, given: SummedUp, submissions: list[Submission]) -> None:
    run, question, summary = given.run, given.question, given.summary
    wanted, head = acceptable(submissions), ITEMS if question.into.startswith("action") else BLOCKERS
    if len(wanted) != 1 or not wanted[0].is_taken or not case.excuses.is_settled(wanted[0].line.at, run.on.channel):
        return
    rows = _rows(summary, head)
    if len(rows) >= MOST[head]:
        return
    name, lines = case.world.name_of(wanted[0].person), _lines(wanted[0], question)
    own = [row for row in rows if row.whose == name]
    for line in dict.fromkeys(lines):
        book.count("lines that became records")
        shown = [row for row in own if _is_shown(line, row.title)]
        # Whoever is still blocked by what they said in an earlier run may say so in the same words.
        if not shown or sum(not row.is_aged for row in shown) > 1:
            text = f"{named(case, run)} does not show what {name} wrote in one line as one record: {line!r}"
            book.broken(PROMISE, text, wanted[0].line.number, summary.line)
    before = {line for each in submissions for line in _lines(each, question)} - set(lines)
    for row in own:
        if not row.is_moved and row.title in before:
            text = f"{named(case, run)} still shows what {name} took out of their answer: {row.title!r}"
            book.broken(PROMISE, text, wanted[0].line.number, summary.line)


def _lines(sent: Submission, question: Question) -> list[str]:
    return [line for line in sent.given.get(squeezed(question.text), "").split("\n") if line]


def _rows(summary: Version, head: str) -> list[Row]:
    lines = below(summary, head)
    if head == ITEMS:
        found = filter(None, (ACTION_ROW.fullmatch(squeezed(line)) for line in lines))
        return [Row(row["what"], row["asker"] or row["owner"]) for row in found]
    pairs = pairwise(lines)
    return [
        Row(squeezed(title), plain(raised["name"]), bool(BLOCKER_STATES.search(state)), bool(AGED.search(state)))
        for title, state in pairs
        if (raised := RAISED_BY.match(state)) and not RAISED_BY.match(title)
    ]


def _is_shown(line: str, title: str) -> bool:
    return line.startswith(title[:-1].rstrip()) if title.endswith(ELLIPSIS) else line == title
