"""Every prompt that falls due is sent once: in time, or late or not at all for a reason that the trace shows."""

from datetime import datetime

from simulation.allowances import GRACE, PUNCTUAL
from simulation.case import Case, Owed
from simulation.dues import Due, Run
from simulation.findings import Book
from simulation.standing import is_summary

PROMISE = "Everybody is asked when it is due"


def judge(case: Case, book: Book) -> None:
    for run in case.runs:
        for due in run.dues:
            _judge_due(case, book, run, due)
    for owed, what in case.prompts:
        if what is None:
            text = f"{_whom(case, owed.reader)} was asked for {owed.what.title}, and nothing of it was due."
            book.broken(PROMISE, text, owed.line)


def _judge_due(case: Case, book: Book, run: Run, due: Due) -> None:
    sent = case.prompts_of.get((due.on, due.day, due.person), [])
    if sent and due.away and due.certain:
        book.broken(PROMISE, f"{describe(case, due)}: was away for most of the time, and asked.", sent[0].line)
    elif sent:
        book.count("prompts due")
        _judge_sent(case, book, due, sent[0])
    elif _must_be_asked(case, run, due):
        book.count("prompts due")
        _judge_missed(case, book, run, due)


def _must_be_asked(case: Case, run: Run, due: Due) -> bool:
    is_owed = due.certain and not due.away and not case.is_ahead(due)
    return (
        is_owed and case.excuses.is_settled(due.until, due.person) and (not due.recalled or _is_open(case, run, due.at))
    )


def _is_open(case: Case, run: Run, at: datetime) -> bool:
    versions = (each for owed in case.run_messages(run) for each in owed.message.versions)
    shown = [each for each in versions if each.at <= at + PUNCTUAL]
    return bool(shown) and not any(map(is_summary, shown))


def _judge_sent(case: Case, book: Book, due: Due, sent: Owed) -> None:
    if sent.at <= due.until + PUNCTUAL:
        book.count("prompts sent in time")
    elif why := why_late(case, due, sent.at):
        book.excused("prompts sent late with a reason", why)
    else:
        late = round((sent.at - due.until).total_seconds() / 60)
        book.broken(
            PROMISE, f"{describe(case, due)}: came {late} minutes late, and nothing stood in the way.", sent.line
        )


def _judge_missed(case: Case, book: Book, run: Run, due: Due) -> None:
    why = _why_missed(case, due)
    if not why:
        book.broken(PROMISE, f"{describe(case, due)}: was never asked, and nothing stood in the way.")
        return
    book.excused("prompts missed with a reason", why)
    said = [owed for owed in case.run_messages(run) if is_summary(owed.message.last)]
    if (
        said
        and not due.template.anonymous
        and not any(case.world.name_of(due.person) in owed.message.last.words for owed in said)
    ):
        text = f"{describe(case, due)}: was not asked ({why}), and the summary does not say so."
        book.broken(PROMISE, text, said[0].message.last.line)


def why_late(case: Case, due: Due, sent: datetime) -> str:
    """What stood in the way and was over so shortly before that it explains the delay; empty if nothing was. What is
    over when they have gone home waits until they are back."""
    longest = case.excuses.longest(due.at - PUNCTUAL, sent, due.person)
    return longest.why if longest and sent <= due.calendar.back_at_work(longest.until) + longest.recovers else ""


def _why_missed(case: Case, due: Due) -> str:
    outages = case.excuses.troubles.outages_between(due.at, due.deadline)
    if outages and max(each.last for each in outages) >= min(due.at + GRACE, due.deadline):
        return outages[-1].why
    if refused := case.excuses.refused(due.person, due.at, due.deadline):
        return refused
    longest = case.excuses.longest(due.at - PUNCTUAL, due.deadline, due.person)
    return longest.why if longest and longest.over >= due.deadline else ""


def describe(case: Case, due: Due) -> str:
    channel = case.world.channels[due.on.channel].name.at(due.at)
    local = due.at.astimezone(due.calendar.zone)
    name = case.world.name_of(due.person)
    return (
        f"{name}, {due.template.title} in #{channel} of {due.day}, due {local:%a %d %b %H:%M} ({due.calendar.zone.key})"
    )


def _whom(case: Case, user: str | None) -> str:
    return case.world.name_of(user) if user else "somebody"
