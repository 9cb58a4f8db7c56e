"""Action items: recording one, what its owner and asker do with it, and its reminders."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from domain.actions import (
    MOVES,
    ActionChange,
    ActionForm,
    ActionItem,
    ActionSheet,
    ActionState,
    AlreadyAnAction,
    AlreadyDone,
    Blocker,
    Move,
    NoBlocker,
    NoSuchAction,
    NotYourAction,
    next_reminder,
    read_due,
    read_form,
)
from domain.clock import new_id
from domain.deliveries import Kind, Subject
from domain.errors import FieldErrors
from domain.people import Person
from services import audience, owing
from storage import actions, channels, journal, people, rituals
from storage.channels import Channel
from storage.engine import Database


def open_form(
    db: Database, *, workspace_id: str, channel_id: str, person_id: str, given: Mapping[str, str]
) -> ActionSheet:
    """A new form; the owner is whoever opens it until they choose somebody else."""
    given = {"owner": person_id, **given}
    return sheet(db, workspace_id=workspace_id, channel_id=channel_id, draft_id=new_id(), given=given)


def sheet(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    draft_id: str,
    given: Mapping[str, str],
    blocker_id: int | None = None,
    outsiders: Collection[Person] = (),
) -> ActionSheet:
    """The form with what has been filled in so far. `outsiders`: those it warns about."""
    with db.read() as session:
        audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        name = audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id)
        return ActionSheet(draft_id, channel_id, name, given, blocker_id, tuple(outsiders))


def blocker_form(db: Database, *, workspace_id: str, person_id: str, blocker_id: int, now: datetime) -> ActionSheet:
    """A form about a blocker, for whoever can clear it, else for whoever raised it.

    Raises AlreadyAnAction, and NoBlocker for those who may not read it.
    """
    with db.read() as session:
        blocker = _free_blocker(session, workspace_id, blocker_id, person_id, now)
        wanted = (blocker.owner_id, blocker.raised_by)
        known = people.people(session, workspace_id=workspace_id, ids=wanted)
        owner = next((each for each in wanted if each in known and not known[each].left), "")
    return sheet(
        db,
        workspace_id=workspace_id,
        channel_id=blocker.channel_id,
        draft_id=new_id(),
        given={"what": blocker.title, "owner": owner},
        blocker_id=blocker_id,
    )


def _free_blocker(session: Session, workspace_id: str, blocker_id: int, reader_id: str, now: datetime) -> Blocker:
    blocker = actions.blocker(session, workspace_id=workspace_id, blocker_id=blocker_id)
    # An old digest keeps its button after the reader has left the channel.
    if blocker is None or not _may_read(session, blocker, reader_id, now):
        raise NoBlocker
    if blocker.action_number:
        raise AlreadyAnAction(name=f"A-{blocker.action_number}")
    return blocker


def _may_read(session: Session, blocker: Blocker, reader_id: str, now: datetime) -> bool:
    if reader_id in (blocker.raised_by, blocker.owner_id):
        return True
    readable = channels.readable(workspace_id=blocker.workspace_id, person_id=reader_id, now=now)
    return blocker.channel_id in set(session.exec(readable))


def submit(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    draft_id: str,
    given: Mapping[str, str],
    blocker_id: int | None,
    confirmed: Collection[str],
    now: datetime,
) -> tuple[Person, ...]:
    """Records an action item once for each form; the same form with other values is an edit of it.

    Answers those outside the channel who have not been `confirmed`: then nothing was recorded. Raises FieldErrors.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        made = journal.result_of(session, workspace_id=workspace_id, draft_id=draft_id)
        was = journal.given_to(session, workspace_id=workspace_id, draft_id=draft_id)
        if was == given:
            return ()
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        audience.actor(session, workspace_id=workspace_id, person_id=person_id)
        form = read_form(given)
        owner = _owner(session, workspace_id, form.owner_id)
        _check_due(owner, form.due, now)
        outsiders = _outsiders(session, place, owner, person_id)
        if {each.id for each in outsiders} - set(confirmed):
            return outsiders
        if made and was:
            item = _edit(session, _locked(session, workspace_id, made), form, was, now)
        else:
            item = _record(session, place, form, person_id, blocker_id=blocker_id, now=now)
        _save(session, item, owner, now)
        owing.owe(session, workspace_id, *owing.action_messages(item), now=now)
        journal.keep_result(
            session, workspace_id=workspace_id, draft_id=draft_id, kind="action", result_id=item.id, given=given
        )
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=person_id, subject=item.name, now=now
        )
        return ()


def _owner(session: Session, workspace_id: str, owner_id: str) -> Person:
    known = audience.check_named(session, workspace_id=workspace_id, fields={"owner": [owner_id]})
    return known[owner_id]


def _outsiders(session: Session, place: Channel, owner: Person, actor_id: str) -> tuple[Person, ...]:
    named = [owner] if owner.id != actor_id else []
    return audience.outsiders(session, channel=place, named=named)


def _check_due(owner: Person, due: date, now: datetime) -> None:
    if due < now.astimezone(owner.zone).date():
        raise FieldErrors({"due": "That day has passed. Please choose today or a later day."})


def _record(
    session: Session, place: Channel, form: ActionForm, person_id: str, *, blocker_id: int | None, now: datetime
) -> ActionItem:
    workspace_id = place.workspace_id
    blocker = _free_blocker(session, workspace_id, blocker_id, person_id, now) if blocker_id else None
    item = ActionItem(
        id=0,
        workspace_id=workspace_id,
        number=people.next_number(session, workspace_id=workspace_id, counter="actions"),
        channel_id=place.id,
        what=form.what,
        owner_id=form.owner_id,
        due=form.due,
        first_due=form.due,
        state=ActionState.OPEN,
        asked_by=person_id,
        created_at=now,
        blocker_id=blocker_id,
    )
    run = rituals.run(session, workspace_id=workspace_id, run_id=blocker.run_id) if blocker else None
    if run:
        owing.owe(session, workspace_id, owing.run_message(run), now=now)
    return actions.add(session, item=item, next_at=None)


def _edit(session: Session, item: ActionItem, form: ActionForm, was: Mapping[str, str], now: datetime) -> ActionItem:
    """Slack lost our answer and the form was sent again: what differs from the first time is meant."""
    if not item.is_open:
        raise AlreadyDone(name=item.name)
    if was.get("owner") != form.owner_id:
        owing.owe_homes(session, item.workspace_id, item.named, now=now)
        item = replace(item, owner_id=form.owner_id)
    if was.get("due") != form.due.isoformat():
        item = replace(item, due=form.due, first_due=form.due)
    return replace(item, what=form.what)


def done(db: Database, *, workspace_id: str, item_id: int, person_id: str, now: datetime) -> None:
    """Done once; pressed again it changes nothing."""
    with db.write() as session:
        item = _for_change(session, workspace_id, item_id, person_id)
        if item.is_open:
            owner = people.person(session, workspace_id=workspace_id, person_id=item.owner_id)
            _save(session, replace(item, state=MOVES[item.state, Move.DONE], done_at=now), owner, now)


def change_form(db: Database, *, workspace_id: str, item_id: int, person_id: str) -> ActionChange:
    with db.read() as session:
        item = _open_for_change(session, workspace_id, item_id, person_id)
        return _change(session, item, new_id())


def change_again(
    db: Database, *, workspace_id: str, item_id: int, draft_id: str, outsiders: Collection[Person]
) -> ActionChange:
    """The form as it stands, with a warning."""
    with db.read() as session:
        item = _locked(session, workspace_id, item_id)
        return replace(_change(session, item, draft_id), outsiders=tuple(outsiders))


def _change(session: Session, item: ActionItem, draft_id: str) -> ActionChange:
    place = audience.place_name(session, workspace_id=item.workspace_id, channel_id=item.channel_id)
    return ActionChange(item, draft_id, place)


def new_date(
    db: Database, *, workspace_id: str, item_id: int, person_id: str, draft_id: str, due: str, now: datetime
) -> None:
    """Moves the day it is due, once for each form and day. Raises FieldErrors."""
    given = {"due": due}
    with db.write() as session:
        item = _locked(session, workspace_id, item_id)
        if journal.given_to(session, workspace_id=workspace_id, draft_id=draft_id) == given:
            return
        item = _open_for_change(session, workspace_id, item_id, person_id)
        owner = people.people(session, workspace_id=workspace_id, ids=[item.owner_id])[item.owner_id]
        day = read_due(due)
        _check_due(owner, day, now)
        _save(session, replace(item, due=day), owner, now)
        journal.keep_result(
            session, workspace_id=workspace_id, draft_id=draft_id, kind="new date", result_id=item.id, given=given
        )


def hand_over(
    db: Database,
    *,
    workspace_id: str,
    item_id: int,
    person_id: str,
    draft_id: str,
    owner_id: str,
    confirmed: Collection[str],
    now: datetime,
) -> tuple[Person, ...]:
    """Gives it to somebody else, once for each form and person. Answers an outsider not yet `confirmed`."""
    given = {"owner": owner_id}
    with db.write() as session:
        item = _locked(session, workspace_id, item_id)
        if journal.given_to(session, workspace_id=workspace_id, draft_id=draft_id) == given:
            return ()
        item = _open_for_change(session, workspace_id, item_id, person_id)
        owner = _owner(session, workspace_id, owner_id)
        place = audience.recorded_in(session, workspace_id=workspace_id, channel_id=item.channel_id)
        outsiders = _outsiders(session, place, owner, person_id)
        if {each.id for each in outsiders} - set(confirmed):
            return outsiders
        owing.owe_homes(session, workspace_id, item.named, now=now)
        _save(session, replace(item, owner_id=owner_id), owner, now)
        # A message of its own: somebody who gets it back is told again.
        told = Subject(Kind.ACTION, item.id, part=draft_id, person_id=owner_id)
        owing.owe(session, workspace_id, told, now=now)
        journal.keep_result(
            session, workspace_id=workspace_id, draft_id=draft_id, kind="hand over", result_id=item.id, given=given
        )
        audience.audit_outsiders(
            session, channel=place, found=outsiders, actor_id=person_id, subject=item.name, now=now
        )
        return ()


def _save(session: Session, item: ActionItem, owner: Person | None, now: datetime) -> None:
    """Writes it as it is now, with its next reminder, and owes everything that shows it."""
    next_at = next_reminder(owner, item.due, after=now) if owner and item.is_open else None
    actions.save(session, item=item, next_at=next_at)
    owing.owe_action_changed(session, item, now=now)


def _locked(session: Session, workspace_id: str, item_id: int) -> ActionItem:
    item = actions.item(session, workspace_id=workspace_id, item_id=item_id, lock=True)
    if item is None:
        raise NoSuchAction(name="behind this button")
    return item


def _for_change(session: Session, workspace_id: str, item_id: int, person_id: str) -> ActionItem:
    item = _locked(session, workspace_id, item_id)
    if person_id not in item.named:
        known = people.people(session, workspace_id=workspace_id, ids=item.named)
        names = {key: known[key].name if key in known else "somebody who left" for key in item.named}
        raise NotYourAction(name=item.name, owner=names[item.owner_id], asker=names[item.asked_by])
    return item


def _open_for_change(session: Session, workspace_id: str, item_id: int, person_id: str) -> ActionItem:
    item = _for_change(session, workspace_id, item_id, person_id)
    if not item.is_open:
        raise AlreadyDone(name=item.name)
    return item
