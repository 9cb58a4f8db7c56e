"""Action items: recording one, also of a blocker."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from domain import action_form as rules
from domain.action_form import ActionForm, read_form
from domain.action_states import ActionState, Move
from domain.actions import ActionItem, NoSuchAction, Source
from domain.channels import Channel
from domain.people import Person
from domain.posted import Posted
from domain.reactions import Makes
from domain.submissions import Submission
from services import (
    action_escalation,
    action_trail,
    answer_items,
    audience,
    blocker_trail,
    blockers,
    closing,
    drafts,
    owing,
    reactions,
)
from services.action_forms import decision_behind, free_blocker
from storage import actions, decisions, numbers, people, prompts, rituals
from storage import blockers as raised
from storage.engine import Database


def submit(
    db: Database,
    *,
    sent: Submission,
    channel_id: str,
    blocker_id: int | None = None,
    decision_id: int | None = None,
    answer: Source | None = None,
    message: Posted | None = None,
    now: datetime,
) -> tuple[Person, ...]:
    """Records an action item once for each form; the same form with other values is an edit of it.

    Answers those outside the channel who have not been confirmed: then nothing was recorded. Raises FieldErrors.
    """
    workspace_id = sent.workspace_id
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        if drafts.is_repeat(session, sent):
            return ()
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        audience.actor(session, workspace_id=workspace_id, person_id=sent.person_id)
        before = _before(session, sent)
        form = _meant(session, sent, before)
        named = {"owner": [form.owner_id or sent.person_id], "helpers": form.helpers}
        known = audience.check_named(session, workspace_id=workspace_id, fields=named)
        owner = known[form.owner_id or sent.person_id]
        if form.due and (before is None or form.due != before.due):
            check_due(owner, form.due, now)
        knows = {sent.person_id, *(before.named if before else ())}
        recorded_at = before.recorded_at if before else now
        new = [each for each in known.values() if each.id not in knows]
        outsiders = audience.outsiders(session, channel=place, named=new, recorded_at=recorded_at)
        if not sent.confirms(outsiders):
            return outsiders
        if before:
            item = _edited(session, before, form, now)
            action_trail.note(session, "edited", before=before, after=item, by=sent.person_id, now=now)
        else:
            of: dict[str, Any] = {"blocker_id": blocker_id, "decision_id": decision_id, "answer": answer}
            item = _record(session, sent, form, place=place, **of, message=message, now=now)
            reactions.made(session, Makes.ACTION, item, number=item.number, person_id=sent.person_id, now=now)
        save(session, item, owner, now)
        owing.owe(session, workspace_id, *owing.action_messages(item), now=now)
        drafts.keep(session, sent, result_id=item.id)
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=sent.person_id, subject=item.name, now=now
        )
        return ()


def known_owner(session: Session, workspace_id: str, owner_id: str) -> Person:
    known = audience.check_named(session, workspace_id=workspace_id, fields={"owner": [owner_id]})
    return known[owner_id]


def outside(
    session: Session, place: Channel, owner: Person, actor_id: str, recorded_at: datetime
) -> tuple[Person, ...]:
    named = [owner] if owner.id != actor_id else []
    return audience.outsiders(session, channel=place, named=named, recorded_at=recorded_at)


def check_due(owner: Person, due: date, now: datetime) -> None:
    rules.check_due(due, now.astimezone(owner.zone).date())


def _record(
    session: Session,
    sent: Submission,
    form: ActionForm,
    *,
    place: Channel,
    blocker_id: int | None,
    decision_id: int | None,
    answer: Source | None,
    message: Posted | None,
    now: datetime,
) -> ActionItem:
    workspace_id = sent.workspace_id
    if blocker_id:
        raised.lock(session, blocker_id=blocker_id)
    blocker = free_blocker(session, workspace_id, blocker_id, sent.person_id, now) if blocker_id else None
    if decision_id:
        decision_behind(session, workspace_id, decision_id, sent.person_id)
    if answer:
        answer_items.behind(session, workspace_id, answer, sent.person_id, now)
    item = ActionItem(
        id=0,
        workspace_id=workspace_id,
        number=numbers.next_number(session, workspace_id=workspace_id, counter="actions"),
        channel_id=place.id,
        what=form.what,
        owner_id=form.owner_id,
        due=form.due,
        first_due=form.due,
        state=ActionState.OPEN,
        asked_by=sent.person_id,
        created_at=now,
        helpers=form.helpers,
        is_important=form.is_important,
        every=form.every,
        series_from=form.due if form.every else None,
        blocker_id=blocker_id,
        decision_id=decision_id,
        answer=answer,
        message=message,
    )
    if blocker:
        blockers.changed(session, blocker, now=now)
        if blocker.raised_by != form.owner_id:  # Who owns it is told of the item itself.
            blockers.tell_raiser(session, blocker, by=sent.person_id, now=now)
        made = replace(blocker, action_number=item.number)
        blocker_trail.note(session, blocker_trail.MADE_AN_ITEM, before=blocker, after=made, by=sent.person_id, now=now)
    item = actions.add(session, item=item, next_at=None)
    action_trail.note(session, "recorded", before=None, after=item, by=sent.person_id, now=now)
    return item


def _before(session: Session, sent: Submission) -> ActionItem | None:
    """What the same form has recorded already: Slack lost our answer, and it was sent again."""
    made = drafts.made(session, sent)
    if made is None:
        return None
    return locked(session, sent.workspace_id, made, sent.person_id).moved(Move.RESTATE)


def _meant(session: Session, sent: Submission, before: ActionItem | None) -> ActionForm:
    """Of a form sent again only what differs from the first time is meant; the rest is as it is now."""
    form, was = read_form(sent.given), drafts.given_before(session, sent)
    if before is None or was is None:
        return form
    then = read_form(was)
    same = [each.name for each in fields(form) if getattr(then, each.name) == getattr(form, each.name)]
    return replace(form, **{name: getattr(before, name) for name in same})


def _edited(session: Session, before: ActionItem, form: ActionForm, now: datetime) -> ActionItem:
    if form.owner_id != before.owner_id:
        owing.owe_homes(session, before.workspace_id, before.named, now=now)
    item = replace(before.given_to(form.owner_id), what=form.what, is_important=form.is_important, every=form.every)
    item = replace(item, helpers=form.helpers)
    if form.due == before.due:
        return item
    if before.dates_moved and form.due:  # What was agreed first has been told since, and stays.
        return item.moved_to(form.due)
    return replace(item, due=form.due, first_due=form.due, series_from=form.due)


def save(session: Session, item: ActionItem, owner: Person, now: datetime) -> None:
    """Writes it as it is now, with its next reminder, and owes everything that shows it."""
    next_at = action_escalation.next_at(session, item, owner, now) if item.is_open else None
    actions.save(session, item=item, next_at=next_at, now=now)
    owing.owe_action_changed(session, item, now=now)
    if item.blocker_id:
        _tell_of_blocker(session, item.workspace_id, item.blocker_id, now)
    if item.decision_id:
        _show_on_decision(session, item.workspace_id, item.decision_id, now)
    if item.source:
        _show_where_said(session, item.source, item.workspace_id, now)


def _tell_of_blocker(session: Session, workspace_id: str, blocker_id: int, now: datetime) -> None:
    """Whoever raised it: the news says who has the item, and by when."""
    if blocker := raised.blocker(session, workspace_id=workspace_id, blocker_id=blocker_id):
        owing.owe_again(session, workspace_id, owing.blocker_news(blocker), now=now)


def _show_on_decision(session: Session, workspace_id: str, decision_id: int, now: datetime) -> None:
    if decision := decisions.decision(session, workspace_id=workspace_id, decision_id=decision_id):
        owing.owe_again(session, workspace_id, owing.decision_card(decision), now=now)


def _show_where_said(session: Session, source: Source, workspace_id: str, now: datetime) -> None:
    """In the summary of the check-in that made it, and in the receipt of the answer."""
    run = rituals.run(session, workspace_id=workspace_id, run_id=source.run_id)
    prompt = prompts.prompt(session, workspace_id=workspace_id, prompt_id=source.prompt_id)
    if run and prompt:
        owing.owe_again(session, workspace_id, owing.run_message(run), owing.prompt_message(prompt), now=now)
        owing.owe_others_of_run(session, run, now=now)
        closing.fit(session, run, now=now)


def locked(session: Session, workspace_id: str, item_id: int, person_id: str) -> ActionItem:
    """For whoever pressed a button of it. Raises NoSuchAction, also where they may not see it."""
    item = actions.item(session, workspace_id=workspace_id, item_id=item_id, lock=True)
    if item is None or not audience.may_press(session, record=item, person_id=person_id):
        raise NoSuchAction(name="behind this button")
    return item
