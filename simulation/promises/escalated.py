"""Whoever hears of an action item that stays open does so only after its owner was told who will hear, and when."""

import re
from datetime import date, datetime, time, timedelta

from simulation.action_deeds import MOVES, Deed, is_over, of_record
from simulation.action_words import LATE, SAYS_WHO
from simulation.allowances import EFFECT, SETTLES
from simulation.case import Case, Owed
from simulation.findings import Book
from simulation.messages import Version, squeezed
from simulation.recognition import Kind, day_of
from simulation.working import Calendar, wall

PROMISE = "Whoever hears of a late action item does so in time, and its owner knew"
LATE_DAYS, TOLD_DAYS = 5, 2
"""Working days: so many after it was due, and so many at least after its owner was told."""
DAY = timedelta(days=1)


def judge(case: Case, book: Book) -> None:
    done = of_record(case)
    for late in case.of(Kind.ACTION_LATE):
        book.count("action items told of because they are late")
        if text := _wrong(case, late, done.get(late.what.record, [])):
            book.broken(PROMISE, text, late.line)


def _wrong(case: Case, late: Owed, done: list[Deed]) -> str:
    record, who = late.what.record, case.world.name_of(late.reader or "")
    found = LATE.search(squeezed(late.message.first.text))
    owner = case.world.by_name.get(found["owner"], "") if found else ""
    if not found or not owner:
        return f"{who} heard of {record}, and not whose it is and when it was due."
    before = [each for each in done if each.is_sure and each.at < late.at - SETTLES]
    if is_over(before):
        return f"{who} heard that {record} is late, which was over by then."
    moved = max((each.at for each in before if each.what in MOVES), default=case.trace.begin)
    told = [
        (version, said)
        for owed in case.of(Kind.ACTION_DUE)
        if owed.what.record == record and owed.reader == owner
        for version in owed.message.versions
        if moved - EFFECT <= version.at < late.at and (said := SAYS_WHO.search(squeezed(version.text)))
    ]
    if not told:
        return f"{who} heard of {record}, and {found['owner']} was not told before that somebody would."
    first = told[0][0].at
    if late.at + EFFECT < _earliest(case, owner, day_of(found[2]), first, late.at):
        return f"{who} heard of {record} too soon after it was due, or after {found['owner']} was told."
    if _is_steady(case, owner, first, late.at) and not _as_told(case, late, owner, told[-1]):
        return f"{who} heard of {record} otherwise than {found['owner']} had been told."
    return ""


def _earliest(case: Case, owner: str, due: date, told: datetime, until: datetime) -> datetime:
    """Absences only make it later. Of calendars that changed meanwhile whichever comes first."""
    calendars = case.team.calendars_within(owner, min(told, until), until)
    return min(
        max(_after(each, wall(due, time(12), each.zone), LATE_DAYS), _after(each, told, TOLD_DAYS))
        for each in calendars
    )


def _after(calendar: Calendar, at: datetime, days: int) -> datetime:
    """When the day begins that follows so many working days."""
    last = calendar.working_days_later(at, days).astimezone(calendar.zone).date()
    return wall(last + DAY, time(), calendar.zone)


def _is_steady(case: Case, owner: str, since: datetime, until: datetime) -> bool:
    """Nothing changed that the day, or who hears of it, depends on."""
    calendars = set(case.team.calendars_within(owner, since, until))
    absences = {tuple(each) for each in case.team.absences_within(owner, since, until, "")}
    moved = any(since <= line.at <= until for line in case.trace.of("membership", "person", "channel"))
    return len(calendars) == len(absences) == 1 and not moved


def _as_told(case: Case, late: Owed, owner: str, told: tuple[Version, re.Match[str]]) -> bool:
    day, name = day_of(told[1][1]), told[1][2]
    return name == case.world.name_of(late.reader or "") and late.at + EFFECT >= wall(
        day + DAY, time(), case.team.zone(owner, late.at)
    )
