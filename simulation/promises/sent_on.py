"""A summary that its ritual sends on reaches those it is for who may read it, and nobody else."""

from simulation.allowances import PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case, Owed
from simulation.expected import LEARNS, Run
from simulation.findings import Book
from simulation.messages import Version
from simulation.promises.summaries import named
from simulation.recognition import Kind, counts, is_summary

PROMISE = "A summary reaches those it is for"


def judge(case: Case, book: Book) -> None:
    known = set[int]()
    for run in case.runs:
        came = [
            owed
            for owed in case.of(Kind.SUMMARY)
            if owed.reader and (owed.what.title, owed.what.day) == (run.on.template.title, run.day)
        ]
        known |= {owed.line for owed in came}
        meant = readers(case, run)
        for owed in came:
            _judge_reader(case, book, run, owed, meant)
        _judge_missing(case, book, run, {owed.reader for owed in came}, meant)
    for owed in case.of(Kind.SUMMARY):
        if owed.reader and owed.line not in known:
            book.broken(PROMISE, f"{case.world.name_of(owed.reader)} got a summary of no run.", owed.line)


def readers(case: Case, run: Run) -> set[str]:
    to, asked = run.on.template.to, {due.person for due in run.dues}
    found = asked if "participants" in to else set()
    if "facilitator" in to:
        found = found | set(case.facilitators(run.on))
    if "managers" in to:
        found = found | {each for each in case.team.managers if asked & set(case.team.reports(each))}
    return found


def _judge_reader(case: Case, book: Book, run: Run, owed: Owed, meant: set[str]) -> None:
    book.count("summaries sent on")
    reader = owed.reader or ""
    if reader not in meant:
        text = f"{case.world.name_of(reader)} got the summary of {named(case, run)}, which is not for them."
        book.broken(PROMISE, text, owed.line)
    elif not any(case.world.reads(reader, run.on.channel, at) for at in (owed.at, owed.at - LEARNS)):
        text = f"{case.world.name_of(reader)} got the summary of {named(case, run)}, and may not read it."
        book.broken(PROMISE, text, owed.line)


def _judge_missing(case: Case, book: Book, run: Run, came: set[str | None], meant: set[str]) -> None:
    summary = _summary(case, run)
    if summary is None:
        return
    sure = {due.person for due in run.dues if due.certain and case.sent(due)} | {run.on.by}
    for person in sorted((meant & sure) - came):
        if _must_come(case, run, person, summary):
            text = f"{case.world.name_of(person)} was to get the summary of {named(case, run)}, and did not."
            book.broken(PROMISE, text, summary.line)


def _summary(case: Case, run: Run) -> Version | None:
    """As the run closed, if anybody had answered."""
    posted = case.run_messages(run)
    found = next((each for each in posted[0].message.versions if is_summary(each)), None) if posted else None
    return found if found and (counts(found) or (0, 0))[0] else None


def _must_come(case: Case, run: Run, person: str, summary: Version) -> bool:
    if len(case.facilitators(run.on)) > 1 and person in case.facilitators(run.on):
        return False
    at = case.team.calendar(person, summary.at).back_at_work(summary.at)
    around = (summary.at - LEARNS, at + RECOVERS)
    is_there = case.world.stays(person, run.on.channel, *around)
    same = len(set(case.team.calendars_within(person, *around))) == 1
    calm = not case.excuses.refused(person, *around) and not case.excuses.longest(summary.at, at + PUNCTUAL, person)
    later = case.team.absences_at(person, at) == case.team.absences_at(person, summary.at)
    return is_there and same and calm and later and case.excuses.is_settled(at + SETTLES, person)
