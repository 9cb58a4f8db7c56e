"""Whoever drives a decision is asked on its day whether it still holds; what they say of it, and what is added to its
record, stands on its card."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from simulation.allowances import EFFECT, PUNCTUAL
from simulation.case import Case, Owed
from simulation.decision_ids import ADDED, DECISION_FORM, ENDS, KEEP, KEEP_FORM, KEPT
from simulation.decision_moves import moves
from simulation.decision_rounds import asks_others
from simulation.deeds import adds, edits, perhaps_taken, recorded, rows_of_decisions, taken
from simulation.findings import Book
from simulation.hearing import Told, unheard
from simulation.labels import APPROVER, DRIVER, INFORMED, LOOK_AGAIN
from simulation.messages import elements, ids_of, squeezed
from simulation.recognition import Kind
from simulation.trace import Line
from simulation.working import wall

PROMISE = "A decision is looked at on its day, and what is said of it then stands on its card"
DAY = timedelta(days=1)


def judge(case: Case, book: Book) -> None:
    rows = rows_of_decisions(case)
    cards = {rows.get(owed.what.record, ""): owed for owed in case.of(Kind.DECISION)}
    for row, card in cards.items():
        form = recorded(case, card)
        if row and form and not edits(case, row):
            _judge_day(case, book, card, row, form)
    for line in taken(case, KEEP_FORM):
        about = cards.get(str(ids_of(line)["decision"]))
        _judge_said(case, book, about, line, KEPT)
        _judge_asked(case, book, about, line)
    for line in taken(case, DECISION_FORM):
        if adds(line):
            about = cards.get(str(ids_of(line)["decision"]))
            _judge_said(case, book, about, line, ADDED)
            _judge_told(case, book, about, line)


def _judge_day(case: Case, book: Book, card: Owed, row: str, form: Line) -> None:
    """If nothing has become of it before then."""
    named, record = str(form["values"].get(LOOK_AGAIN) or ""), card.what.record
    driver = form["values"].get(DRIVER) or case.world.name_of(form["person"])
    person = case.world.by_name.get(driver, "")
    is_plain = form["values"][APPROVER] == case.world.name_of(form["person"]) and not asks_others(form)
    if not named or not person or not is_plain:
        return
    due = _due(case, person, date.fromisoformat(named), form.at)
    if due is None or _is_moved(case, row, due):
        return
    book.count("decisions to look at again")
    asked = [owed for owed in case.of(Kind.LOOK_AGAIN) if (owed.what.record, owed.reader) == (record, person)]
    came = asked[0].at if asked else case.trace.end
    if came < due - EFFECT or (came > due + PUNCTUAL and not case.excuses.hindered(due, came, person)):
        when = "not" if not asked else "early" if came < due else "late"
        text = f"{driver} was {when} asked whether {record} still holds."
        book.broken(PROMISE, text, form.number, *(owed.line for owed in asked[:1]))


def _due(case: Case, person: str, day: date, since: datetime) -> datetime | None:
    """The first working moment of that day, or of the next one they work; None where that is not for certain."""
    early = datetime(day.year, day.month, day.day, tzinfo=case.team.zone(person, since)) - DAY
    calendar = case.team.calendar(person, early)
    due = calendar.back_at_work(wall(day, calendar.hours.start, calendar.zone))
    if early <= since or not case.excuses.is_settled(due, person):
        return None
    is_known = all(each.is_sure for each in calendar.absences)
    is_known &= not any(changed <= due for changed, _ in case.team.absences_changed(person, early, ""))
    for each in case.team.calendars_within(person, early, due):
        then = replace(each, absences=calendar.absences)
        is_known &= then.back_at_work(wall(day, then.hours.start, then.zone)) == due
    gone = any(profile.deleted for profile in case.world.people[person].within(early, due))
    return due if is_known and not gone else None


def _is_moved(case: Case, row: str, due: datetime) -> bool:
    """Whether somebody may have ended it, or named another day, before it is due."""
    sent = [*perhaps_taken(case, KEEP_FORM), *(line for line in perhaps_taken(case, DECISION_FORM) if adds(line))]
    named = [line for line in sent if line["callback_id"] == KEEP_FORM or LOOK_AGAIN in line["values"]]
    moved = [line for line in named if str(ids_of(line).get("decision")) == row]
    moved += [move.line for move in moves(case).get(row, []) if move.what in ENDS]
    return any(line.at <= due + PUNCTUAL for line in moved)


def _judge_said(case: Case, book: Book, card: Owed | None, line: Line, mark: str) -> None:
    if card is None or card.message.deleted_at:
        return
    book.count("what was said or added later")
    channel, name = card.message.channel, case.world.name_of(line["person"])
    is_calm = case.excuses.is_settled(line.at, channel) and not case.excuses.refused(channel, line.at, case.trace.end)
    if is_calm and mark not in squeezed(card.message.last.words):
        text = f"The card of {card.what.record} does not say what {name} said of it."
        book.broken(PROMISE, text, line.number, card.message.last.line)


def _judge_asked(case: Case, book: Book, card: Owed | None, line: Line) -> None:
    """Whoever said that it still holds is not asked any more."""
    for owed in case.of(Kind.LOOK_AGAIN):
        if card is None or owed.what.record != card.what.record or owed.at >= line.at or owed.message.deleted_at:
            continue
        place = owed.reader or ""
        is_calm = case.excuses.is_settled(line.at, place) and not case.excuses.refused(place, line.at, case.trace.end)
        if is_calm and any(each["action_id"] == KEEP for each in elements(owed.message.last.blocks)):
            text = f"{case.world.name_of(place)} is still asked whether {card.what.record} holds."
            book.broken(PROMISE, text, line.number, owed.message.last.line)


def _judge_told(case: Case, book: Book, card: Owed | None, line: Line) -> None:
    """Whoever is to know of it from then on hears of it."""
    form = recorded(case, card) if card else None
    if not card or not form:
        return
    others = [each for each in perhaps_taken(case, DECISION_FORM) if adds(each) and each.number < line.number]
    same = [each for each in others if ids_of(each).get("decision") == ids_of(line).get("decision")]
    known = {name for each in (form, *same) for name in _informed(each)}
    for name in sorted(_informed(line) - known):
        person = case.world.by_name.get(name, "")
        told = Told(Kind.INFORMED, card.what.record)
        if person not in ("", line["person"]) and (text := unheard(case, line, person, told)):
            book.broken(PROMISE, text, line.number)


def _informed(form: Line) -> set[str]:
    return {*str(form["values"].get(INFORMED) or "").split(", ")} - {""}
