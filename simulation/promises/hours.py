"""Nobody is asked or reminded outside their hours, on days off, or after they have left."""

from datetime import datetime

from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.recognition import Kind, is_open_to_answer
from simulation.working import Calendar

PROMISE = "Nobody is asked outside their hours"


def judge(case: Case, book: Book) -> None:
    for owed in case.of(Kind.PROMPT, Kind.ASKED_AGAIN, Kind.REMINDER, Kind.ACTION_DUE):
        if owed.reader is None or (owed.what.kind is Kind.PROMPT and not _asks(owed)):
            continue
        book.count("invitations and reminders looked at")
        if not _is_at_work(case, owed.reader, owed.at, is_checkin=owed.what.kind is not Kind.ACTION_DUE):
            local = owed.at.astimezone(case.world.profile(owed.reader, owed.at).zone)
            text = f"{case.world.name_of(owed.reader)} got a {owed.what.kind} of {local:%a %d %b %H:%M} local time."
            book.count("people asked outside their hours")
            book.broken(PROMISE, text, owed.line)
    for owed, due in case.prompts:
        if due and _asks(owed) and not _was_member(case, due.person, due.on.channel, owed.at):
            text = f"{case.world.name_of(due.person)} was asked for {due.template.title} after leaving its channel."
            book.broken(PROMISE, text, owed.line)


def _asks(owed: Owed) -> bool:
    return is_open_to_answer(owed.message.first.blocks) and "Please answer by" in owed.message.first.text


def _is_at_work(case: Case, user: str, at: datetime, *, is_checkin: bool) -> bool:
    """By any zone they were in just now; what was sent in their hours may take effect a moment after them."""
    absences = case.team.absences_at(user, at - LEARNS) if is_checkin else ()
    profiles = case.world.people[user].within(at - LEARNS, at)
    region = case.team.region(user)
    calendars = [Calendar(profile.zone, absences, region) for profile in profiles if not profile.deleted]
    return any(each.is_at_work(at) or each.is_at_work(at - EFFECT) for each in calendars)


def _was_member(case: Case, user: str, channel: str, at: datetime) -> bool:
    return any(user in members for members in case.world.channels[channel].members.within(at - LEARNS, at))
