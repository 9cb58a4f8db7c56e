"""Whoever asked for an action item reads each change, once, in the one message that they have about it."""

from collections import Counter
from collections.abc import Iterable

from simulation.action_deeds import Deed, askers, is_yours, of_record
from simulation.action_ids import ACCEPT, DATE_FORM, DONE, DROP_FORM, FIRST_DATE_FORM, OWNER_FORM, REOPEN, TAKE
from simulation.action_words import A_STEP, day_text
from simulation.allowances import SETTLES
from simulation.case import Case, Owed
from simulation.deeds import is_hidden
from simulation.findings import Book
from simulation.messages import Version, plain, strings
from simulation.recognition import Kind

PROMISE = "Whoever asked for an action item reads each change once"
SAYS = {
    ACCEPT: "accepted it",
    DONE: "says that it is done",
    DROP_FORM: "says that it is no longer needed",
    REOPEN: "says that it is not done after all",
    TAKE: "took it",
}


def judge(case: Case, book: Book) -> None:
    recorded_by = askers(case)
    for record, done in of_record(case).items():
        asker = recorded_by.get(record, "")
        if not asker:
            continue
        for owed in case.of(Kind.ACTION):
            if owed.what.record == record and owed.reader == asker and not owed.message.deleted_at:
                _judge_shown(case, book, owed, done)
                _judge_doubled(case, book, owed, done)
        _judge_alone(case, book, record, asker, done)


def _judge_shown(case: Case, book: Book, owed: Owed, done: list[Deed]) -> None:
    """Left open for what meets something else at the same time, of which one may be refused."""
    for place, deed in enumerate(done):
        says = _says(case, deed)
        near = [each for each in (*done[:place], *done[place + 1 :]) if abs(each.at - deed.at) <= SETTLES]
        if not says or not deed.is_sure or near or deed.at < owed.at or deed.by == owed.reader:
            continue
        if not case.excuses.is_settled(deed.at, owed.reader or "") or is_hidden(case, owed):
            continue
        book.count("changes of action items told to whoever asked")
        later = (each for each in owed.message.versions if each.at >= deed.at)
        if not any(says in line for version in later for line in _lines(version)):
            who = case.world.name_of(deed.by)
            text = f"{case.world.name_of(owed.reader or '')} did not read what {who} did with {owed.what.record}."
            book.broken(PROMISE, text, deed.line.number, owed.message.last.line)


def _judge_doubled(case: Case, book: Book, owed: Owed, done: list[Deed]) -> None:
    """No line about a change stands there more often than somebody made it."""
    made = Counter(_says(case, each) for each in done)
    for version in owed.message.versions:
        shown = Counter(says for line in _lines(version) if (says := _said_in(line, made)))
        if doubled := [says for says, count in shown.items() if count > made[says]]:
            text = f"{case.world.name_of(owed.reader or '')} read twice of {owed.what.record}: {doubled[0]!r}"
            book.broken(PROMISE, text, version.line)
            return


def _judge_alone(case: Case, book: Book, record: str, asker: str, done: list[Deed]) -> None:
    """Nothing else is sent to them, unless they have or had it."""
    told = [owed for owed in case.of(Kind.ACTION_NEWS) if owed.what.record == record and owed.reader == asker]
    has_it = any((each.what == TAKE and each.by == asker) or each.owner == case.world.name_of(asker) for each in done)
    mine = (owed for owed in case.of(Kind.ACTION) if owed.what.record == record and owed.reader == asker)
    is_theirs = any(is_yours(owed) for owed in mine)
    if told and not has_it and not is_theirs:
        text = f"{case.world.name_of(asker)} got a message of its own about {record}, beside the one that changes."
        book.broken(PROMISE, text, told[0].line)


def _says(case: Case, deed: Deed) -> str:
    if deed.what in (DATE_FORM, FIRST_DATE_FORM):
        return f"{'to' if deed.what == DATE_FORM else 'to be due on'} {day_text(deed.day)}"
    if deed.what == OWNER_FORM:
        return "took it over" if deed.owner == case.world.name_of(deed.by) else f"to {deed.owner}"
    return SAYS.get(deed.what, "")


def _said_in(line: str, made: Iterable[str]) -> str:
    return next((says for says in made if says and says in line), "")


def _lines(version: Version) -> list[str]:
    """Each change in the list of the last ones: "Tue 24 Nov 2026: Ben Okafor accepted it"."""
    found = (line for text in strings(version.blocks) for line in plain(text).split("\n"))
    return [line for line in found if A_STEP.search(line)]
