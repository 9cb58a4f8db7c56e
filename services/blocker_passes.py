"""Passing a blocker on: whoever is to clear it says who else could, or that they cannot."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from domain.blocker_cards import PassSheet
from domain.blockers import Blocker, Move, Passed
from domain.clock import new_id
from domain.errors import FieldErrors
from domain.people import Person
from domain.submissions import Submission
from services import audience, blocker_trail, drafts, facilitators, owing
from services.blockers import changed, readable, tell_raiser
from storage import blockers, people, rituals
from storage.engine import Database

NOBODY = "nobody"
"""Of the field `who`; otherwise the field `person` says who."""


def open_form(db: Database, *, workspace_id: str, blocker_id: int, person_id: str, now: datetime) -> PassSheet:
    """Raises NoBlocker, AlreadyAnAction and NothingToPassOn."""
    return sheet(db, sent=Submission(workspace_id, person_id, new_id(), {}), blocker_id=blocker_id, now=now)


def sheet(
    db: Database, *, sent: Submission, blocker_id: int, now: datetime, outsiders: Collection[Person] = ()
) -> PassSheet:
    """The form with what has been filled in so far. `outsiders`: those it warns about."""
    with db.read() as session:
        blocker = _asked(session, sent, blocker_id, now)
        place = {"workspace_id": sent.workspace_id, "channel_id": blocker.channel_id}
        name = audience.place_name(session, **place, reader_id=sent.person_id)
        return PassSheet(blocker, sent.draft_id, name, sent.given, tuple(outsiders))


def submit(db: Database, *, sent: Submission, blocker_id: int, now: datetime) -> tuple[Person, ...]:
    """Passes it on once for each form; the same form with other values says it anew.

    Answers an outsider who has not been confirmed: then nothing has changed. Raises FieldErrors, and what `open_form`
    raises.
    """
    with db.write() as session:
        audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
        blockers.lock(session, blocker_id=blocker_id)
        if drafts.is_repeat(session, sent.fingerprint):
            return ()
        blocker = _asked(session, sent, blocker_id, now)
        to = _chosen(session, blocker, sent)
        place = audience.recorded_in(session, workspace_id=sent.workspace_id, channel_id=blocker.channel_id)
        named = [to] if to else []
        outside = audience.outsiders(session, channel=place, named=named, recorded_at=blocker.recorded_at)
        if not sent.confirms(outside):
            return outside
        passed = Passed(sent.person_id, to.id if to else "", sent.given.get("why", "").strip(), sent.draft_id)
        _pass(session, blocker, passed, now)
        drafts.keep(session, sent.fingerprint, result_id=blocker.id)
        subject = f"blocker {blocker.id}"
        audience.audit_outsiders(
            session, channel=place, found=outside, actor_id=sent.person_id, subject=subject, now=now
        )
        return ()


def _asked(session: Session, sent: Submission, blocker_id: int, now: datetime) -> Blocker:
    mine = {"workspace_id": sent.workspace_id, "reader_id": sent.person_id}
    blocker = readable(session, **mine, blocker_id=blocker_id, now=now)
    known = people.people(session, workspace_id=sent.workspace_id, ids=blocker.concerned)
    blocker.check_asked(sent.person_id, known, form=sent.draft_id)
    return blocker


def _chosen(session: Session, blocker: Blocker, sent: Submission) -> Person | None:
    """Whom the form names; None for nobody. Raises FieldErrors."""
    if sent.given.get("who") == NOBODY:
        return None
    person_id = sent.given.get("person", "")
    if not person_id:
        raise FieldErrors({"person": "Choose who could clear it, or above that you cannot and know nobody."})
    known = audience.check_named(session, workspace_id=sent.workspace_id, fields={"person": [person_id]})
    name = known[person_id].name
    if person_id == sent.person_id:
        raise FieldErrors({"person": "That is you. Choose somebody else, or above that you cannot clear it."})
    if person_id == blocker.raised_by:
        raise FieldErrors({"person": f"{name} is the one it blocks. Choose somebody else."})
    if person_id in {each.by for each in blocker.passed if each.form != sent.draft_id}:
        raise FieldErrors({"person": f"{name} has passed it on already. Choose somebody else."})
    return known[person_id]


def _pass(session: Session, before: Blocker, passed: Passed, now: datetime) -> None:
    """The facilitator hears of it, if nobody takes it up: on their next working day, and at once if nobody is named."""
    run = rituals.run(session, workspace_id=before.workspace_id, run_id=before.run_id)
    moved = before.passed_on(passed)
    hears_at = facilitators.hears_of_blockers_at(session, run, now) if run and passed.to else now
    blockers.save(session, blocker=moved, next_at=hears_at)
    changed(session, moved, now=now)
    if passed.to:
        owing.owe(session, moved.workspace_id, owing.handed_message(moved, passed.to, passed.form), now=now)
    tell_raiser(session, moved, by=passed.by, now=now)
    blocker_trail.note(session, blocker_trail.MOVED[Move.FORWARD], before=before, after=moved, by=passed.by, now=now)
