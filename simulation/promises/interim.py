"""A run that is open for more than a day is summed up once in between, and no other run is."""

from datetime import datetime, timedelta

from simulation.allowances import EFFECT, PUNCTUAL, SETTLES
from simulation.case import Case, Owed
from simulation.dues import Run
from simulation.findings import Book
from simulation.promises.summaries import named
from simulation.recognition import Kind
from simulation.standing import is_summary

PROMISE = "A run that is open for more than a day is summed up once in between"
DAY = timedelta(days=1)
LEFT = timedelta(hours=1)
"""If the run ends sooner, its summary says it all."""


def judge(case: Case, book: Book) -> None:
    known = set[int]()
    for run in case.runs:
        came = [
            owed
            for owed in case.of(Kind.INTERIM)
            if (owed.message.channel, owed.what.title, owed.what.day)
            == (run.on.channel, run.on.template.title, run.day)
        ]
        known |= {owed.line for owed in came}
        for owed in came:
            _judge_sent(case, book, run, owed)
        if not came and _is_owed(case, run):
            book.broken(PROMISE, f"{named(case, run)} was open for more than a day, and not summed up in between.")
    for owed in case.of(Kind.INTERIM):
        if owed.line not in known:
            book.broken(PROMISE, f"An interim summary of {owed.what.title} is about no run.", owed.line)


def _judge_sent(case: Case, book: Book, run: Run, owed: Owed) -> None:
    book.count("interim summaries")
    heads = case.run_messages(run)
    if not heads or owed.at < heads[0].at + DAY - EFFECT - PUNCTUAL:
        book.broken(PROMISE, f"{named(case, run)} was summed up before it was open for a day.", owed.line)
    elif owed.message.thread_ts != heads[0].message.ts and not heads[0].message.deleted_at:
        book.broken(PROMISE, f"The interim summary of {named(case, run)} is not in its thread.", owed.line)
    if run.on.template.anonymous or "channel" not in run.on.template.to:
        book.broken(PROMISE, f"{named(case, run)} shows nothing in its channel before it ends, and did.", owed.line)


def _is_owed(case: Case, run: Run) -> bool:
    """When its facilitator is at work, if somebody still has an hour then."""
    heads, template, by = case.run_messages(run), run.on.template, run.on.by
    if not heads or template.anonymous or "channel" not in template.to or not case.world.is_here(by, heads[0].at + DAY):
        return False
    at = case.team.calendar(by, heads[0].at + DAY).back_at_work(heads[0].at + DAY)
    left = [case.deadline(due) for due in run.dues if case.sent(due) and case.done(due) > at + SETTLES]
    is_open = bool(left) and max(left) - at > LEFT + SETTLES
    return is_open and _is_calm(case, run, heads[0], at) and case.excuses.is_settled(at, run.on.channel)


def _is_calm(case: Case, run: Run, head: Owed, at: datetime) -> bool:
    """Nothing held it back, or left it open whether it came: somebody moved, left or went away just then."""
    by = run.on.by
    same = len(set(case.team.calendars_within(by, head.at, at + PUNCTUAL))) == 1 and case.world.is_here(by, at)
    stays = case.world.is_member(by, run.on.channel, at) and run.on.is_on(at)
    is_summed_up = any(is_summary(each) and each.at <= at + SETTLES for each in head.message.versions)
    return (
        same
        and stays
        and case.has_one_facilitator(run.on)
        and not is_summed_up
        and all(due.certain for due in run.dues)
        and case.team.absences_at(by, head.at) == case.team.absences_at(by, at)
        and case.excuses.longest(at - SETTLES, at + PUNCTUAL, run.on.channel) is None
        and not case.excuses.upset(at - SETTLES, at + PUNCTUAL)
    )
