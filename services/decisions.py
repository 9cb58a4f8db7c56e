"""Recording a decision, and what its people do with it: approve, object, acknowledge, look again."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from domain.clock import new_id
from domain.decisions import (
    MOVES,
    AlreadyAccepted,
    AlreadyActedOn,
    Decision,
    DecisionForm,
    DecisionSheet,
    DecisionState,
    NoSuchDecision,
    NotTheApprover,
    Verdict,
    first_state,
    look_again_at,
    read_form,
    read_reason,
)
from domain.deliveries import Kind, Subject
from domain.errors import FieldErrors
from domain.hours import back_at_work
from domain.people import Person
from services import audience, owing
from services.isolation import apart
from storage import channels, decisions, journal, people
from storage.channels import Channel
from storage.engine import Database

BATCH = 100
PUT_OFF = timedelta(hours=1)


def open_form(
    db: Database, *, workspace_id: str, channel_id: str, person_id: str, given: Mapping[str, str]
) -> DecisionSheet:
    """A new form; the approver is whoever opens it until they choose somebody else."""
    given = {"approver": person_id, **given}
    return sheet(
        db, workspace_id=workspace_id, channel_id=channel_id, person_id=person_id, draft_id=new_id(), given=given
    )


def sheet(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    draft_id: str,
    given: Mapping[str, str],
    has_detail: bool = False,
    outsiders: Collection[str] = (),
) -> DecisionSheet:
    """The form with what has been filled in so far. `outsiders`: those it has warned about."""
    with db.read() as session:
        audience.actor(session, workspace_id=workspace_id, person_id=person_id)
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        name = audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id)
        known = people.people(session, workspace_id=workspace_id, ids=outsiders)
        return DecisionSheet(draft_id, channel_id, name, place.is_direct, given, has_detail, tuple(known.values()))


def submit(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    draft_id: str,
    given: Mapping[str, str],
    confirmed: Collection[str],
    now: datetime,
) -> tuple[Person, ...]:
    """Records a decision once for each form; the same form with other values is an edit of it.

    Answers those outside the channel who have not been `confirmed`: then nothing was recorded. Raises FieldErrors.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        made = journal.result_of(session, workspace_id=workspace_id, draft_id=draft_id)
        if journal.given_to(session, workspace_id=workspace_id, draft_id=draft_id) == given:
            return ()
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        form = read_form(given)
        named = _named(session, workspace_id, person_id, form)
        outsiders = audience.outsiders(session, channel=place, named=[named[each] for each in form.named - {person_id}])
        if {each.id for each in outsiders} - set(confirmed):
            return outsiders
        driver = named[form.driver_id or person_id]
        if made:
            decision = _edit(session, _locked(session, workspace_id, made), form, driver, now)
        else:
            decision = _record(session, place, form, person_id, driver=driver, now=now)
        journal.keep_result(
            session,
            workspace_id=workspace_id,
            draft_id=draft_id,
            kind="decision",
            result_id=decision.id,
            given=given,
        )
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=person_id, subject=decision.name, now=now
        )
        return ()


def _named(session: Session, workspace_id: str, person_id: str, form: DecisionForm) -> dict[str, Person]:
    """Everybody named, and whoever records. Raises FieldErrors."""
    recorder = audience.actor(session, workspace_id=workspace_id, person_id=person_id)
    fields = {
        "approver": [form.approver_id],
        "driver": [form.driver_id] if form.driver_id else [],
        "contributors": form.contributors,
        "informed": form.informed,
    }
    return audience.check_named(session, workspace_id=workspace_id, fields=fields) | {person_id: recorder}


def _look_again(driver: Person, form: DecisionForm, now: datetime) -> datetime | None:
    at = look_again_at(driver, form.look_again_on)
    if at is not None and at <= now:
        raise FieldErrors({"look_again_on": "That day has begun already. Please choose a later one."})
    return at


def _record(
    session: Session, place: Channel, form: DecisionForm, person_id: str, *, driver: Person, now: datetime
) -> Decision:
    workspace_id, state = place.workspace_id, first_state(form, person_id)
    decision = Decision(
        id=0,
        workspace_id=workspace_id,
        number=people.next_number(session, workspace_id=workspace_id, counter="decisions"),
        channel_id=place.id,
        form=form,
        state=state,
        recorded_by=person_id,
        proposed_at=now,
        decided_at=now if state is DecisionState.ACCEPTED else None,
    )
    decision = decisions.add(session, decision=decision, next_at=_look_again(driver, form, now))
    _audit(session, decision, "recorded", person_id, now, channel=place.id, approver=form.approver_id, state=state)
    _owe(session, decision, now)
    return decision


def _edit(session: Session, before: Decision, form: DecisionForm, driver: Person, now: datetime) -> Decision:
    """Slack lost our answer and its recorder sent the form again: the first text was never meant to stand."""
    if before.is_touched:
        raise AlreadyActedOn(name=before.name)
    state = first_state(form, before.recorded_by)
    decided_at = (before.decided_at or now) if state is DecisionState.ACCEPTED else None
    decision = replace(before, form=form, state=state, edited_at=now, decided_at=decided_at)
    decision = decisions.rewrite(session, decision=decision, next_at=_look_again(driver, form, now))
    was = {"title": before.form.title, "choice": before.form.choice, "because": before.form.because}
    _audit(session, decision, "edited", before.recorded_by, now, before=was)
    old = [owing.approval_message(before), *owing.informed_messages(before)]
    owing.owe_again(session, before.workspace_id, *old, now=now)
    owing.owe_homes(session, before.workspace_id, before.named, now=now)
    _owe(session, decision, now)
    return decision


def _owe(session: Session, decision: Decision, now: datetime) -> None:
    """After a decision was recorded or moved: its card, whoever is asked or told, and the Homes that list it."""
    workspace_id = decision.workspace_id
    owing.owe(session, workspace_id, owing.decision_card(decision), now=now)
    if decision.is_open:
        owing.owe(session, workspace_id, owing.approval_message(decision), now=now)
    else:
        owing.owe_again(session, workspace_id, owing.approval_message(decision), now=now)
        owing.owe(session, workspace_id, *owing.informed_messages(decision), now=now)
    members = channels.member_ids(session, workspace_id=workspace_id, channel_id=decision.channel_id)
    owing.owe_homes(session, workspace_id, members | decision.named, now=now)


def approve(db: Database, *, workspace_id: str, decision_id: int, person_id: str, now: datetime) -> None:
    """Approves once; pressed again it changes nothing."""
    with db.write() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id)
        if decision.is_open:
            _move(session, decision, Verdict.APPROVE, decision.objection, now)
            _audit(session, decision, "approved", person_id, now)


def objection_form(db: Database, *, workspace_id: str, decision_id: int, person_id: str) -> Decision:
    with db.read() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id)
        if not decision.is_open:
            raise AlreadyAccepted(name=decision.name)
        return decision


def object_to(db: Database, *, workspace_id: str, decision_id: int, person_id: str, reason: str, now: datetime) -> None:
    """Contests it, or words the objection anew; the same words again change nothing. Raises FieldErrors."""
    with db.write() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id)
        reason = read_reason(reason)
        if decision.objection == reason:
            return
        if not decision.is_open:
            raise AlreadyAccepted(name=decision.name)
        _move(session, decision, Verdict.OBJECT, reason, now)
        _audit(session, decision, "objected", person_id, now, reason=reason)


def _move(session: Session, decision: Decision, verdict: Verdict, objection: str, now: datetime) -> None:
    state = MOVES[decision.state, verdict]
    decided_at = now if state is DecisionState.ACCEPTED else None
    decisions.move(session, decision_id=decision.id, state=state, decided_at=decided_at, objection=objection)
    _owe(session, replace(decision, state=state), now)


def acknowledge(db: Database, *, workspace_id: str, decision_id: int, person_id: str, now: datetime) -> None:
    """Counts each person once."""
    with db.write() as session:
        decision = _locked(session, workspace_id, decision_id)
        if person_id in decision.acknowledged:
            return
        decisions.acknowledge(session, workspace_id=workspace_id, decision_id=decision_id, person_id=person_id)
        owing.owe(session, workspace_id, owing.decision_card(decision), now=now)
        told = Subject(Kind.INFORMED, decision.id, person_id=person_id)
        owing.owe_again(session, workspace_id, told, owing.home_page(person_id), now=now)
        _audit(session, decision, "acknowledged", person_id, now)


def _for_approver(session: Session, workspace_id: str, decision_id: int, person_id: str) -> Decision:
    decision = _locked(session, workspace_id, decision_id)
    if decision.form.approver_id != person_id:
        approver = people.person(session, workspace_id=workspace_id, person_id=decision.form.approver_id)
        raise NotTheApprover(approver=approver.name if approver else "who left")
    return decision


def _locked(session: Session, workspace_id: str, decision_id: int) -> Decision:
    found = decisions.decision(session, workspace_id=workspace_id, decision_id=decision_id, lock=True)
    if found is None:
        raise NoSuchDecision(name="behind this button")
    return found


def look_again_due(db: Database, *, now: datetime) -> int:
    """Asks drivers to look again, in their working hours; answers how many decisions it moved."""
    with db.write() as session:
        found = decisions.due(session, now=now, limit=BATCH)
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
    """When the driver is to be asked instead of now; None once asked, or when everybody concerned has left."""
    wanted = (decision.driver_id, decision.recorded_by, decision.form.approver_id)
    known = people.people(session, workspace_id=decision.workspace_id, ids=wanted)
    driver = next((known[each] for each in wanted if each in known and not known[each].left), None)
    if driver is None:
        return None
    # The driver's zone, hours or absences may have changed since, or Muster was not running.
    at = back_at_work(driver, max(now, look_again_at(driver, decision.form.look_again_on) or now))
    if at > now:
        return at
    part = str(decision.form.look_again_on)
    owing.owe(
        session,
        decision.workspace_id,
        Subject(Kind.LOOK_AGAIN, decision.id, part=part, person_id=driver.id),
        now=now,
    )
    return None


def _audit(session: Session, decision: Decision, what: str, actor_id: str, now: datetime, **details: Any) -> None:
    journal.audit(
        session,
        workspace_id=decision.workspace_id,
        at=now,
        actor_id=actor_id,
        what=f"decision {what}",
        subject=decision.name,
        details=details,
    )
