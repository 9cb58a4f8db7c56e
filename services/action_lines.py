"""Several action items recorded at once, of lines."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_form import read_form
from domain.action_lines import Line, LinesSheet, read_lines
from domain.action_states import ActionState
from domain.actions import ActionCard, ActionItem
from domain.channels import Channel
from domain.clock import new_id
from domain.errors import FieldErrors, UserError
from domain.people import Person
from domain.submissions import Submission
from services import action_trail, audience, drafts, owing
from services.action_cards import cards_of, visible
from services.actions import save
from storage import actions, channels, numbers, people
from storage.engine import Database


class AlreadyRecorded(UserError):
    """The lines of this form have been recorded as they were before. Type `/action list` to see and change them."""


def open_form(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    text: str,
    now: datetime,
) -> LinesSheet:
    """A new form. People stand in it by their names, as only names can be typed there."""
    sent = Submission(workspace_id, person_id, new_id(), {"lines": text})
    try:
        return sheet(db, sent=sent, channel_id=channel_id, now=now)
    except FieldErrors:  # Said at the field once it is sent.
        return replace(sheet(db, sent=replace(sent, given={}), channel_id=channel_id, now=now), text=text)


def sheet(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> LinesSheet:
    """As it is understood now; an empty form shows nothing. Raises FieldErrors."""
    text = sent.given.get("lines", "")
    with db.read() as session:
        place = audience.place(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        known = audience.may_be_named(session, place, sent.person_id)
        name = audience.place_name(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        lines = read_lines(text, list(known.values()), known[sent.person_id], now) if text.strip() else []
        return LinesSheet(sent.draft_id, channel_id, name, text, lines, known)


def submit(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> None:
    """Records all or none, once for each form. Raises FieldErrors and AlreadyRecorded."""
    with db.write() as session:
        if not is_new(session, sent):
            return
        place = audience.place(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        asker = audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
        known = audience.may_be_named(session, place, asker.id)
        lines = read_lines(sent.given.get("lines", ""), list(known.values()), asker, now)
        record(session, sent, lines, of=new_item(place, asker, now), known=known)


def is_new(session: Session, sent: Submission) -> bool:
    """Whether it has not been sent yet. Raises AlreadyRecorded where it was, with something else in it."""
    people.workspace(session, workspace_id=sent.workspace_id, lock=True)
    if drafts.is_repeat(session, sent):
        return False
    if drafts.made(session, sent) is not None:
        raise AlreadyRecorded
    return True


def record(
    session: Session, sent: Submission, lines: Sequence[Line], *, of: ActionItem, known: Mapping[str, Person]
) -> None:
    """`of`: what all of them have in common. `known`: their owners, and whoever sends it."""
    made: list[ActionItem] = []
    for line in lines:
        form = read_form({"what": line.what, "due": f"{line.due or ''}"})
        item = replace(of, what=form.what, owner_id=line.owner_id, due=form.due, first_due=form.due)
        item = replace(item, listed_with=made[0].id if made else None)
        made.append(_recorded(session, item, keeper=known[line.owner_id or sent.person_id]))
    drafts.keep(session, sent, result_id=made[0].id)
    readers = {sent.person_id, *(each.owner_id for each in made if each.owner_id)}
    wanted = (owing.items_message(made[0], each) for each in sorted(readers))
    owing.owe(session, of.workspace_id, *wanted, now=of.created_at)


def new_item(place: Channel, asker: Person, now: datetime) -> ActionItem:
    """As yet without words and number."""
    return ActionItem(
        id=0,
        workspace_id=asker.workspace_id,
        number=0,
        channel_id=place.id,
        what="",
        owner_id="",
        due=None,
        first_due=None,
        state=ActionState.OPEN,
        asked_by=asker.id,
        created_at=now,
    )


def _recorded(session: Session, item: ActionItem, *, keeper: Person) -> ActionItem:
    now, number = item.created_at, numbers.next_number(session, workspace_id=item.workspace_id, counter="actions")
    item = actions.add(session, item=replace(item, number=number), next_at=None)
    action_trail.note(session, "recorded", before=None, after=item, by=item.asked_by, now=now)
    save(session, item, keeper, now)
    return item


def recorded_together(
    db: Database, *, workspace_id: str, item_id: int, reader_id: str, now: datetime
) -> tuple[ActionCard, ...]:
    """What was recorded at once with that one, the first: all for whoever asked for it, for others what is theirs."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=reader_id)
        found = actions.listed_with(session, workspace_id=workspace_id, item_id=item_id)
        places = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
        told = [each for each in visible(session, found, reader, places, now) if reader_id in each.named]
        return cards_of(session, told, reader_id=reader_id, now=now)
