"""Nobody is asked or reminded outside their hours, on days off, or after they have left; but whoever starts what asks
them is asked at once."""

from dataclasses import replace
from datetime import datetime

from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.nudges import REMINDERS
from simulation.recognition import Kind
from simulation.standing import is_open_to_answer

PROMISE = "Nobody is asked outside their hours"
ASKING = (Kind.PROMPT, Kind.ROUND)
CHECKIN = (*ASKING, Kind.ASKED_AGAIN, Kind.REMINDER, Kind.ROUND_REMINDER)


def judge(case: Case, book: Book) -> None:
    own = {owed.line for owed, due in case.prompts if due and due.is_of_starter}
    for owed in case.of(*ASKING, Kind.ASKED_AGAIN, *REMINDERS):
        if owed.line in own or owed.reader is None or (owed.what.kind in ASKING and not _asks(owed)):
            continue
        book.count("invitations and reminders looked at")
        if not is_at_work(case, owed):
            local = owed.at.astimezone(case.team.zone(owed.reader, owed.at))
            text = f"{case.world.name_of(owed.reader)} got a {owed.what.kind} of {local:%a %d %b %H:%M} local time."
            book.count("people asked outside their hours")
            book.broken(PROMISE, text, owed.line)
    for owed, due in case.prompts:
        if due and _asks(owed) and not _was_member(case, due.person, due.on.channel, owed.at):
            text = f"{case.world.name_of(due.person)} was asked for {due.template.title} after leaving its channel."
            book.broken(PROMISE, text, owed.line)


def _asks(owed: Owed) -> bool:
    return is_open_to_answer(owed.message.first.blocks) and bool(owed.what.by)


def is_at_work(case: Case, owed: Owed) -> bool:
    """By any calendar they had just now; what was sent in their hours may take effect a moment after them."""
    user, at, is_checkin = owed.reader or "", owed.at, owed.what.kind in CHECKIN
    calendars = case.team.calendars_within(user, at - LEARNS, at)
    away = case.team.absences_within(user, at - LEARNS, at, owed.what.title) if is_checkin else [()]
    found = (replace(each, absences=absences) for each in calendars for absences in away)
    is_here = not all(profile.deleted for profile in case.world.people[user].within(at - LEARNS, at))
    return is_here and any(each.is_at_work(at) or each.is_at_work(at - EFFECT) for each in found)


def _was_member(case: Case, user: str, channel: str, at: datetime) -> bool:
    return any(user in members for members in case.world.channels[channel].members.within(at - LEARNS, at))
