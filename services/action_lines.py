"""Several action items recorded at once, of lines."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_form import read_form
from domain.action_lines import Line, LinesSheet, read_lines
from domain.action_states import ActionState
from domain.actions import ActionCard, ActionItem
from domain.briefs import Drafted
from domain.channels import Channel
from domain.clock import new_id
from domain.errors import FieldErrors, UserError
from domain.people import Person
from domain.posted import Posted
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
    message: Posted | None = None,
    drafted: Drafted | None = None,
    now: datetime,
) -> LinesSheet:
    """A new form. People stand in it by their names, as only names can be typed there. `message`, `drafted`: of what,
    and by way of which brief."""
    sent = Submission(workspace_id, person_id, new_id(), {"lines": text})
    try:
        found = sheet(db, sent=sent, channel_id=channel_id, now=now)
    except FieldErrors:  # Said at the field once it is sent.
        found = replace(sheet(db, sent=replace(sent, given={}), channel_id=channel_id, now=now), text=text)
    return replace(found, message=message, drafted=drafted)


def sheet(db: Database, *, sent: Submission, channel_id: str, now: datetime) -> LinesSheet:
    """As it is understood now; an empty form shows nothing. Raises FieldErrors."""
    text = sent.given.get("lines", "")
    with db.read() as session:
        place = audience.place(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        known = audience.may_be_named(session, place, sent.person_id)
        name = audience.place_name(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        lines = read_lines(text, list(known.values()), known[sent.person_id], now) if text.strip() else []
        return LinesSheet(sent.draft_id, channel_id, name, text, lines, known)


def submit(
    db: Database,
    *,
    sent: Submission,
    channel_id: str,
    message: Posted | None = None,
    drafted: Drafted | None = None,
    now: datetime,
) -> None:
    """Records all or none, once for each form. Raises FieldErrors."""
    workspace_id = sent.workspace_id
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        if drafts.is_repeat(session, sent):
            return
        if drafts.made(session, sent) is not None:
            raise AlreadyRecorded
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        asker = audience.actor(session, workspace_id=workspace_id, person_id=sent.person_id)
        known = audience.may_be_named(session, place, asker.id)
        lines = read_lines(sent.given.get("lines", ""), list(known.values()), asker, now)
        made: list[ActionItem] = []
        for line in lines:
            keeper, first = known.get(line.owner_id, asker), made[0].id if made else None
            item = _item(line, place=place, asker=asker, first=first, now=now)
            made.append(_record(session, replace(item, message=message, drafted=drafted), keeper=keeper, now=now))
        drafts.keep(session, sent, result_id=made[0].id)
        readers = {asker.id, *(each.owner_id for each in made if each.owner_id)}
        owing.owe(session, workspace_id, *(owing.items_message(made[0], each) for each in sorted(readers)), now=now)


def _item(line: Line, *, place: Channel, asker: Person, first: int | None, now: datetime) -> ActionItem:
    """Without its number."""
    form = read_form({"what": line.what, "due": f"{line.due or ''}"})
    return ActionItem(
        id=0,
        workspace_id=asker.workspace_id,
        number=0,
        channel_id=place.id,
        what=form.what,
        owner_id=line.owner_id,
        due=form.due,
        first_due=form.due,
        state=ActionState.OPEN,
        asked_by=asker.id,
        created_at=now,
        listed_with=first,
    )


def _record(session: Session, item: ActionItem, *, keeper: Person, now: datetime) -> ActionItem:
    number = numbers.next_number(session, workspace_id=item.workspace_id, counter="actions")
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
