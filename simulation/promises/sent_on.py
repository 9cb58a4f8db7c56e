"""A summary that its ritual sends on reaches those it is for who may read it, and nobody else."""

from collections.abc import Iterator

from simulation.allowances import PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case, Owed
from simulation.dues import Run
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.messages import Version
from simulation.promises.summaries import named
from simulation.recognition import Kind, counts, is_summary
from simulation.world import PUBLIC

PROMISE = "A summary reaches those it is for"


def judge(case: Case, book: Book) -> None:
    known = set[int]()
    for run in case.runs:
        came = [
            owed
            for owed in case.of(Kind.SUMMARY)
            if owed.reader and (owed.what.title, owed.what.day) == (run.on.template.title, run.day)
        ]
        known |= {owed.line for owed in (*came, *_judge_channels(case, book, run))}
        meant = readers(case, run)
        for owed in came:
            _judge_reader(case, book, run, owed, meant)
        _judge_missing(case, book, run, {owed.reader for owed in came}, meant)
    for owed in case.of(Kind.SUMMARY):
        if owed.line not in known:
            who = case.world.name_of(owed.reader) if owed.reader else "A channel"
            book.broken(PROMISE, f"{who} got a summary of no run, or of one that is not for it.", owed.line)


def _judge_channels(case: Case, book: Book, run: Run) -> Iterator[Owed]:
    """Other channels read it as soon as it stands, while its own is public; those that came are answered."""
    summary = _summary(case, run)
    for channel in filter(None, map(case.world.channel_named, run.on.template.elsewhere)):
        came = [
            owed
            for owed in case.of(Kind.SUMMARY)
            if (owed.message.channel, owed.what.title, owed.what.day) == (channel.id, run.on.template.title, run.day)
        ]
        yield from came
        book.count("summaries sent on", len(came))
        on_time = came and summary and came[0].at <= summary.at + PUNCTUAL
        if summary and not on_time and _is_owed_there(case, run, channel.id, summary, came):
            text = f"#{channel.name.first} was to get the summary of {named(case, run)} at once, and did not."
            book.broken(PROMISE, text, summary.line)


def _is_owed_there(case: Case, run: Run, place: str, summary: Version, came: list[Owed]) -> bool:
    around = (summary.at - LEARNS, summary.at + SETTLES)
    is_public = set(case.world.channels[run.on.channel].kind.within(run.opens, around[1])) == {PUBLIC}
    is_late = came and case.excuses.delay(summary.at, came[0].at, place)
    calm = not case.excuses.refused(place, *around) and not case.excuses.longest(*around, place)
    return is_public and not is_late and calm and case.excuses.is_settled(summary.at, place)


def readers(case: Case, run: Run) -> set[str]:
    to, asked = run.on.template.to, {due.person for due in run.dues}
    found = asked if "participants" in to else set()
    if "facilitator" in to:
        found = found | set(case.facilitators(run.on))
    if "managers" in to:
        found = found | {each for each in case.team.managers if asked & set(case.team.reports(each))}
    return found | run.on.template.observers


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
    if not case.has_one_facilitator(run.on) and person in case.facilitators(run.on):
        return False
    at = case.team.calendar(person, summary.at).back_at_work(summary.at)
    around = (summary.at - LEARNS, at + RECOVERS)
    is_there = case.world.stays(person, run.on.channel, *around)
    same = len(set(case.team.calendars_within(person, *around))) == 1
    calm = not case.excuses.refused(person, *around) and not case.excuses.longest(summary.at, at + PUNCTUAL, person)
    later = case.team.absences_at(person, at) == case.team.absences_at(person, summary.at)
    return is_there and same and calm and later and case.excuses.is_settled(at + SETTLES, person)
