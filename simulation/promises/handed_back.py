"""What somebody answered ahead, for a run that does not come, goes back to them; and nothing else does."""

from datetime import date, datetime

from simulation.case import Case
from simulation.expected import moment_of
from simulation.findings import Book
from simulation.messages import ids_of
from simulation.recognition import CHECKIN_FORM, Kind
from simulation.switching import On
from simulation.trace import Line

PROMISE = "What was answered ahead in vain goes back to whoever wrote it"
Ahead = tuple[str, str, date]
"""Whose, of which ritual, and for which day."""


def judge(case: Case, book: Book) -> None:
    back = {(owed.reader or "", owed.what.title, owed.what.day): owed for owed in case.of(Kind.UNASKED)}
    dues = {(due.person, due.template.title, due.day): due for run in case.runs for due in run.dues}
    for key, line in _sent_ahead(case).items():
        if key in back:
            book.count("answers that were handed back")
        elif key not in dues and _is_over(case, key, line.at):
            text = f"What {case.world.name_of(key[0])} answered ahead for {key[1]} of {key[2]} never went back to them."
            book.broken(PROMISE, text, line.number)
    for (person, title, day), owed in back.items():
        due = dues.get((person, title, day)) if day else None
        if due and due.certain and case.sent(due):
            text = f"{case.world.name_of(person)} got back what they answered for {title} of {day}, which came."
            book.broken(PROMISE, text, owed.line)


def _sent_ahead(case: Case) -> dict[Ahead, Line]:
    """The first of each."""
    found: dict[Ahead, Line] = {}
    for line in case.trace.diary("submitted"):
        ids = ids_of(line)
        occurrence = "" if ids.get("run") else str(ids.get("occurrence") or "")
        if line["callback_id"] == CHECKIN_FORM and occurrence and case.forms.is_final(line):
            found.setdefault((line["person"], line["title"], date.fromisoformat(occurrence[:10])), line)
    return found


def _is_over(case: Case, key: Ahead, sent: datetime) -> bool:
    """Once its ritual has been changed, paused or ended, or they have been let in again, they hear of it when they are
    at work."""
    person, title, day = key
    of_ritual = [on for on in case.switched if on.template.title == title]
    is_to_come = any(_asks_on(on, day) and _begins(case, on, person, day) >= case.trace.end for on in of_ritual)
    if is_to_come or not case.world.is_here(person, case.trace.end):
        return False
    moments = [on.until for on in of_ritual if on.until] + [each.since for on in of_ritual for each in on.pauses]
    at = max([sent, *moments, *case.world.came_back(person)])
    return case.excuses.is_settled(case.team.calendar(person, at).back_at_work(at), person)


def _begins(case: Case, on: On, person: str, day: date) -> datetime:
    """It may move past days off."""
    when = on.template.when
    return moment_of(on, case.team.calendar(person, case.trace.end), day) if when else case.trace.begin


def _asks_on(on: On, day: date) -> bool:
    """As far as is known in the end."""
    is_paused = any(pause.resumed is None and day < pause.until for pause in on.pauses)
    return on.until is None and on.started is None and not is_paused
