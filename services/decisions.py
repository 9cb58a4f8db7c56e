"""Recording a decision, editing it while it is open, and completing its record after it was accepted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from domain.briefs import Drafted
from domain.channels import Channel
from domain.decision_editing import completed, first_state, state_after_edit
from domain.decision_form import as_given, check_status, read_form
from domain.decision_refusals import AlreadyActedOn, EditedMeanwhile
from domain.decision_states import OPEN, DecisionState, Move
from domain.decisions import Decision, DecisionForm
from domain.errors import FieldErrors
from domain.people import Person
from domain.posted import Posted
from domain.reactions import Makes
from domain.submissions import Submission
from services import audience, drafts, lineage, owing, reactions, unread
from services.acceptance import accept
from services.decision_moves import audit, for_form, found
from services.decision_news import ask_objectors
from services.decision_reminders import look_again_at, who_looks
from services.rounds import NO_ROUNDS, Rounds, begin, end
from storage import decision_links, decisions, kept_forms, numbers, people, rituals
from storage.engine import Database


def submit(
    db: Database,
    *,
    sent: Submission,
    channel_id: str,
    decision_id: int | None = None,
    version: str = "",
    message: Posted | None = None,
    move: Move = Move.EDIT,
    drafted: Drafted | None = None,
    rounds: Rounds = NO_ROUNDS,
    now: datetime,
) -> tuple[Person, ...]:
    """Records a decision once for each form; the same form with other values is an edit of it.

    With a `decision_id` it edits or completes, as `move` says, that `version` of that one. Answers those outside the
    channel who have not been confirmed: then nothing was recorded. Raises FieldErrors, and EditedMeanwhile.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=sent.workspace_id, lock=True)
        if drafts.is_repeat(session, sent):
            return ()
        form = read_form(sent.given)
        if drafted:
            check_status(sent.given, form, sent.person_id)
        about = decision_id or drafts.made(session, sent)
        decision_links.lock(session, workspace_id=sent.workspace_id, decision_id=about, numbers=form.supersedes)
        before = _before(session, sent, decision_id, version, move)
        place = _place(session, sent, channel_id, before)
        completes = before is not None and move is Move.COMPLETE
        if completes:
            form = replace(form, supersedes=())  # That has happened.
        form = lineage.check(session, form, before, workspace_id=sent.workspace_id, person_id=sent.person_id)
        form = completed(before.form, form) if before and completes else form
        _check_forum(session, place, form, before)
        named = _named(session, sent, form, before, completes=completes)
        new = form.named - {sent.person_id} - (before.named if before else set())
        recorded_at = before.recorded_at if before else now
        outsiders = audience.outsiders(
            session, channel=place, named=[named[each] for each in new], recorded_at=recorded_at
        )
        if not sent.confirms(outsiders):
            return outsiders
        if before:
            if completes:
                decision = _complete(session, before, form, person_id=sent.person_id, now=now)
            else:
                decision = _edit(session, before, form, named=named, person_id=sent.person_id, now=now)
            is_new = decision.version != before.version
        else:
            made_of: dict[str, Any] = {"message": message, "drafted": drafted}
            decision = _record(session, place, form, named=named, person_id=sent.person_id, **made_of, now=now)
            is_new = True
            reactions.made(session, Makes.DECISION, decision, number=decision.number, person_id=sent.person_id, now=now)
        if is_new and decision.in_round:
            begin(session, decision, rounds, by=sent.person_id, now=now)
        drafts.keep(session, sent, result_id=decision.id)
        kept_forms.drop(session, sent=sent)
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=sent.person_id, subject=decision.name, now=now
        )
        return ()


def _before(session: Session, sent: Submission, decision_id: int | None, version: str, move: Move) -> Decision | None:
    """The decision that is changed; None for a new one."""
    if decision_id is not None:
        before = for_form(session, sent.workspace_id, decision_id, sent.person_id, move, lock=True)
        if version != before.revision and not _wrote(session, sent, before, move):
            raise EditedMeanwhile(name=before.name)
        return before
    made = drafts.made(session, sent)
    if made is None:
        return None
    # Slack lost our answer and its recorder sent the form again: the first text was never meant to stand.
    before = found(session, sent.workspace_id, made, sent.person_id, lock=True)
    if before.is_touched or not _wrote(session, sent, before, Move.EDIT):
        raise AlreadyActedOn(name=before.name)
    return before


def _wrote(session: Session, sent: Submission, decision: Decision, move: Move) -> bool:
    """Whether the text there is now was made by this very form, which is sent again."""
    given = drafts.given_before(session, sent)
    if given is None:
        return False
    form = lineage.with_hidden(session, read_form(given), decision, sent.person_id)
    return decision.form == (completed(decision.form, form) if move is Move.COMPLETE else form)


def _place(session: Session, sent: Submission, channel_id: str, before: Decision | None) -> Channel:
    if before:
        return audience.recorded_in(session, workspace_id=sent.workspace_id, channel_id=before.channel_id)
    return audience.place(session, workspace_id=sent.workspace_id, channel_id=channel_id)


def _named(
    session: Session, sent: Submission, form: DecisionForm, before: Decision | None, *, completes: bool
) -> dict[str, Person]:
    """Everybody named, whoever sends it and whoever recorded it. Raises FieldErrors."""
    audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
    # Somebody who took part stays in the record after they have left.
    kept = {*before.form.contributors, *before.form.informed} if before else set()
    fields = {
        "approver": [] if completes else [form.approver_id],
        "driver": [form.driver_id] if form.driver_id and not completes else [],
        "contributors": [each for each in form.contributors if each not in kept],
        "informed": [each for each in form.informed if each not in kept],
    }
    audience.check_named(session, workspace_id=sent.workspace_id, fields=fields)
    ids = form.named | {sent.person_id} | (before.named if before else set())
    return people.people(session, workspace_id=sent.workspace_id, ids=ids)


def _check_forum(session: Session, place: Channel, form: DecisionForm, before: Decision | None) -> None:
    """A ritual of the channel, or the one that was chosen before. Raises FieldErrors."""
    if form.forum_id is None or (before and before.form.forum_id == form.forum_id):
        return
    there = rituals.active(session, workspace_id=place.workspace_id, channel_id=place.id)
    if form.forum_id not in {each.id for each in there}:
        raise FieldErrors({"forum": "That is no longer on in this channel. Please choose another, or none."})


def next_look(driver: Person, day: date | None, now: datetime, *, before: date | None = None) -> datetime | None:
    """When the driver is next asked. A day that stays as it was, `before`, may have passed. Raises FieldErrors."""
    at = look_again_at(driver, day)
    if at is None or at > now:
        return at
    if day != before:
        is_today = day == now.astimezone(driver.zone).date()
        happened = "has begun already" if is_today else "has passed"
        raise FieldErrors({"look_again_on": f"That day {happened}. Please choose a later one."})
    return None


def _record(
    session: Session,
    place: Channel,
    form: DecisionForm,
    *,
    named: Mapping[str, Person],
    person_id: str,
    message: Posted | None,
    drafted: Drafted | None,
    now: datetime,
) -> Decision:
    state = first_state(form, person_id)
    decision = Decision(
        id=0,
        workspace_id=place.workspace_id,
        number=numbers.next_number(session, workspace_id=place.workspace_id, counter="decisions"),
        channel_id=place.id,
        form=form,
        state=state,
        recorded_by=person_id,
        proposed_at=now,
        decided_at=now if state is DecisionState.ACCEPTED else None,
        in_round=bool(form.round),
        message=message,
        drafted=drafted,
    )
    decision = decisions.add(
        session, decision=decision, next_at=next_look(named[decision.driver_id], form.look_again_on, now)
    )
    details = {"channel": place.id, "approver": form.approver_id, "state": state}
    details |= {"brief": str(drafted)} if drafted else {}
    audit(session, decision, "recorded", person_id, now, **details)
    _owe(session, decision, was=None, by=person_id, now=now)
    return decision


def _edit(
    session: Session,
    before: Decision,
    form: DecisionForm,
    *,
    named: Mapping[str, Person],
    person_id: str,
    now: datetime,
) -> Decision:
    if form == before.form:
        return before
    _check_approver(before, form, approver=named[before.form.approver_id], editor_id=person_id)
    state = state_after_edit(before, form, person_id)
    decided_at = (before.decided_at or now) if state is DecisionState.ACCEPTED else None
    decision = replace(
        before,
        form=form,
        state=state,
        in_round=bool(form.round) and state in OPEN,
        edited_at=now,
        edited_by=person_id,
        decided_at=decided_at,
    )
    end(session, before, now=now)
    owing.owe_offers(session, before.workspace_id, before.named, now=now)
    next_at = next_look(named[decision.driver_id], form.look_again_on, now, before=before.form.look_again_on)
    decision = decisions.rewrite(session, decision=decision, next_at=next_at)
    was = {name: value for name, value in as_given(before.form).items() if as_given(form).get(name) != value}
    audit(session, decision, "edited", person_id, now, before=was)
    owing.owe_homes(session, before.workspace_id, before.named, now=now)
    _owe(session, decision, was=before.state, by=person_id, now=now)
    if decision.is_open:
        asked = {*form.contributors, decision.driver_id} if decision.in_round else set()
        ask_objectors(session, decision, but={person_id, form.approver_id, *asked}, now=now)
    return decision


def _complete(session: Session, before: Decision, form: DecisionForm, *, person_id: str, now: datetime) -> Decision:
    """Asks nobody for approval anew: what was accepted, and what people have read, is the same text."""
    if form == before.form:
        return before
    day, old = form.look_again_on, before.form.look_again_on
    if day != old:  # Otherwise whoever is to look again may have been put off, and stays so.
        looks = who_looks(session, before)
        next_at = next_look(looks, day, now) if looks else None
        decisions.set_next(session, decision_id=before.id, at=next_at)
    moved = replace(before.moved(Move.COMPLETE), form=form, completed_at=now, completed_by=person_id)
    decision = decisions.complete(session, decision=moved)
    was, then = as_given(before.form), as_given(form)
    changed = [name for name in {**was, **then} if was.get(name) != then.get(name)]
    trail = {when: {name: of.get(name, "") for name in changed} for when, of in (("before", was), ("after", then))}
    audit(session, decision, "completed", person_id, now, **trail)
    owing.owe_decision(session, decision, now=now)
    unread.plan(session, decision, but=before.informed, now=now)
    return decision


def _owe(session: Session, decision: Decision, *, was: DecisionState | None, by: str, now: datetime) -> None:
    if decision.state is DecisionState.ACCEPTED:
        accept(session, decision, was=was, by=by, now=now)
    else:
        owing.owe_decision(session, decision, now=now)


def _check_approver(before: Decision, form: DecisionForm, *, approver: Person, editor_id: str) -> None:
    """No edit goes round an approver who is still here, however many edits it takes. Raises FieldErrors."""
    if approver.left or form.approver_id == approver.id:
        return
    if before.unsettled_of(approver.id):
        raise FieldErrors({"approver": f"{approver.name} has objected and is asked again. Nobody else can approve it."})
    if form.approver_id == editor_id != before.recorded_by:
        asks = f"You cannot take the approval from {approver.name} yourself. Leave it to them, or choose somebody else."
        raise FieldErrors({"approver": asks})
