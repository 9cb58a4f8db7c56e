"""A summary that its ritual sends on reaches those it is for who may read it, and nobody else."""

from collections.abc import Iterator
from datetime import datetime

from simulation.allowances import PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case, Owed
from simulation.dues import Run
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.messages import Version
from simulation.promises.summaries import named
from simulation.reading import observes
from simulation.recognition import Kind
from simulation.standing import counts, is_summary
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
    return _others(case, run) | run.on.template.observers


def _others(case: Case, run: Run) -> set[str]:
    """Than those who only observe."""
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
    elif reader in only_observing(case, run):
        _judge_observer(case, book, run, owed)
    elif not any(case.world.reads(reader, run.on.channel, at) for at in (owed.at, owed.at - LEARNS)):
        text = f"{case.world.name_of(reader)} got the summary of {named(case, run)}, and may not read it."
        book.broken(PROMISE, text, owed.line)


def only_observing(case: Case, run: Run) -> set[str]:
    """Who would not get it otherwise."""
    return set(run.on.template.observers) - _others(case, run)


def _judge_observer(case: Case, book: Book, run: Run, owed: Owed) -> None:
    """Named before it opened and still, they may read it wherever they are; in the channel they do so there."""
    reader, summary = owed.reader or "", _summary(case, run)
    name = case.world.name_of(reader)
    if not any(observes(case, run, reader, at) for at in (owed.at, owed.at - LEARNS)):
        text = f"{name} got the summary of {named(case, run)}, and does not observe it any more."
        book.broken(PROMISE, text, owed.line)
    elif "channel" in run.on.template.to and summary and _is_inside(case, run, reader, summary.at - LEARNS, owed.at):
        text = f"{name} got the summary of {named(case, run)}, which they read in the channel already."
        book.broken(PROMISE, text, owed.line)


def _is_inside(case: Case, run: Run, reader: str, since: datetime, until: datetime) -> bool:
    return all(reader in members for members in case.world.channels[run.on.channel].members.within(since, until))


def _is_outside(case: Case, run: Run, reader: str, since: datetime, until: datetime) -> bool:
    return not any(reader in members for members in case.world.channels[run.on.channel].members.within(since, until))


def _judge_missing(case: Case, book: Book, run: Run, came: set[str | None], meant: set[str]) -> None:
    summary = _summary(case, run)
    if summary is None:
        return
    sure = {due.person for due in run.dues if due.certain and case.sent(due)} | {run.on.by}
    if run.on.since <= run.opens - LEARNS or run.on.started:
        sure |= only_observing(case, run)
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
    is_there = _is_there(case, run, person, *around)
    same = len(set(case.team.calendars_within(person, *around))) == 1
    calm = not case.excuses.refused(person, *around) and not case.excuses.longest(summary.at, at + PUNCTUAL, person)
    later = case.team.absences_at(person, at) == case.team.absences_at(person, summary.at)
    return is_there and same and calm and later and case.excuses.is_settled(at + SETTLES, person)


def _is_there(case: Case, run: Run, person: str, since: datetime, until: datetime) -> bool:
    """Where it is to come to them all the time: who only observes it is outside the channel."""
    if person not in only_observing(case, run):
        return case.world.stays(person, run.on.channel, since, until)
    is_away = "channel" not in run.on.template.to or _is_outside(case, run, person, since, until)
    is_here = case.world.is_here(person, since) and case.world.is_here(person, until)
    return is_away and is_here and observes(case, run, person, until)
