"""Asking whoever drives a decision, on the day that was named, whether it still holds."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain.cadence import moment
from domain.decisions import Decision
from domain.deliveries import Kind, Subject
from domain.hours import back_at_work
from domain.people import Person, has_left
from services import owing
from services.decision_cards import caretakers_of
from services.isolation import apart
from storage import decisions, people
from storage.ending import makes_nothing_due
from storage.engine import Database

BATCH = 100
PUT_OFF = timedelta(hours=1)


def look_again_due(db: Database, *, now: datetime) -> int:
    """Asks drivers to look again, in their working hours; answers how many decisions it moved."""
    with db.write() as session:
        found = decisions.due(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for decision in found:
            apart(
                session,
                partial(_ask_and_plan, session, decision, now),
                partial(decisions.set_next, session, decision_id=decision.id, at=now + PUT_OFF),
                f"asking to look again at {decision.name}",
            )
    return len(found)


def _ask_and_plan(session: Session, decision: Decision, now: datetime) -> None:
    decisions.set_next(session, decision_id=decision.id, at=_ask_again(session, decision, now))


def _ask_again(session: Session, decision: Decision, now: datetime) -> datetime | None:
    """When somebody is to be asked instead of now; None once asked, or when there is nobody who could be."""
    person = who_looks(session, decision)
    if person is None:
        return None
    # Their zone, hours or absences may have changed since, or Muster was not running.
    at = back_at_work(person, max(now, look_again_at(person, decision.form.look_again_on) or now))
    if at > now:
        return at
    part = str(decision.form.look_again_on)
    asked = Subject(Kind.LOOK_AGAIN, decision.id, part=part, person_id=person.id)
    owing.owe(session, decision.workspace_id, asked, now=now)
    return None


def look_again_at(driver: Person, day: date | None) -> datetime | None:
    """The first working moment of that day in the driver's zone; on a day off, of the next working day."""
    start = moment(day, driver.hours.start, driver.zone) if day else None
    return back_at_work(driver, start) if start else None


def who_looks(session: Session, decision: Decision) -> Person | None:
    """Its driver; whoever else can edit or end it when they have left."""
    if decision.next_move is None:
        return None
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    wanted = (decision.driver_id, *(each for each, _ in decision.movers(decision.next_move)))
    here = (known[each] for each in wanted if not has_left(known, each))
    return next(here, None) or next(iter(caretakers_of(session, decision, known)), None)
