"""One reminder goes to those who have not answered by then, at its moment, and to nobody else."""

from datetime import datetime

from simulation.allowances import EFFECT, PUNCTUAL, RECOVERS
from simulation.case import Case, Owed
from simulation.dues import Due, Span
from simulation.findings import Book
from simulation.nudges import is_spent
from simulation.promises.asked import describe
from simulation.recognition import LATER, Kind

PROMISE = "Who has not answered is reminded, once and in time"


def judge(case: Case, book: Book) -> None:
    sent = {owed.what.prompt: owed for owed in case.of(Kind.REMINDER)}
    for owed, due in case.prompts:
        if due is None or not due.certain:
            continue
        spans, reminded = due.reminders(owed.at), sent.get(owed.what.prompt)
        if reminded:
            book.count("reminders sent")
            _judge_sent(case, book, due, spans, reminded)
        elif spans and _needs_one(case, due, owed.at, spans[0]):
            _judge_missing(case, book, due, spans[0])
    known = {owed.what.prompt for owed, _ in case.prompts}
    for prompt, owed in sent.items():
        if prompt not in known:
            book.broken(PROMISE, f"A reminder of {owed.what.title} is about no prompt that was sent.", owed.line)


def _judge_sent(case: Case, book: Book, due: Due, spans: tuple[Span, ...], reminded: Owed) -> None:
    at = reminded.at
    if not spans:
        book.broken(PROMISE, f"{describe(case, due)}: was reminded, though there was no time for it.", reminded.line)
        return
    if not any(span.first - PUNCTUAL <= at <= span.last + PUNCTUAL for span in spans) and not case.excuses.delay(
        spans[0].first, at, due.person
    ):
        local = at.astimezone(due.calendar.zone)
        wanted = spans[0].first.astimezone(due.calendar.zone)
        text = f"{describe(case, due)}: was reminded on {local:%a %H:%M}, not {wanted:%a %H:%M}."
        book.broken(PROMISE, text, reminded.line)
    done = [each for each in case.submitted(due) if each.is_taken and each.line.at < at - EFFECT]
    if done or case.skipped(due, at - EFFECT):
        book.broken(PROMISE, f"{describe(case, due)}: was reminded after answering.", reminded.line)


def _needs_one(case: Case, due: Due, asked: datetime, span: Span) -> bool:
    """Asked, silent until then, and still there and at work."""
    answered = any(each.line.at <= span.last + PUNCTUAL for each in case.submitted(due))
    there = case.world.stays(due.person, due.on.channel, asked, span.last)
    changed = case.team.absences_at(
        due.person, span.last, due.template.title
    ) != due.calendar.absences or due.calendar.is_away(span.first)
    return (
        there
        and not (answered or changed or case.may_have_skipped(due, span.last + PUNCTUAL))
        and not (put_off(case, due) or case.team.changed_settings(due.person, asked, span.last))
        and case.excuses.is_settled(span.last, due.person)
    )


def put_off(case: Case, due: Due) -> bool:
    """Whoever has chosen when to be asked again is reminded of nothing before that."""
    places = {(owed.message.channel, owed.message.ts) for owed in case.sent(due)}
    return any(
        line["action_id"] == LATER and (line.get("channel"), line.get("ts")) in places
        for line in case.trace.diary("clicked")
    )


def _judge_missing(case: Case, book: Book, due: Due, span: Span) -> None:
    """One that could not leave before its person went home does not come at all."""
    longest = case.excuses.longest(span.first - RECOVERS, span.last + PUNCTUAL, due.person)
    if longest and longest.over >= span.first:
        book.excused("reminders missed with a reason", longest.why)
    elif is_spent(case, due.person, span.first):
        book.excused("reminders missed with a reason", "others had taken the day's limit")
    else:
        book.broken(PROMISE, f"{describe(case, due)}: had not answered, and was not reminded.")
