"""The action items of a brief, recorded at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.action_form import check_due
from domain.action_lines import Line
from domain.brief_items import DUE, MOST, OWNER, ItemsSheet, field, line_of, read_items
from domain.briefs import Drafted, Task
from domain.channels import Channel
from domain.clock import new_id
from domain.errors import FieldErrors
from domain.people import Person
from domain.posted import Posted
from domain.submissions import Submission
from services import audience
from services.action_lines import is_new, new_item, record
from storage.engine import Database

OUTSIDE = "They cannot read {place}. Choose somebody who can, or record it by itself: type /action there."


def open_form(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    tasks: Sequence[Task],
    message: Posted,
    drafted: Drafted,
    now: datetime,
) -> ItemsSheet:
    """Raises NotInChannel and NotSetUp."""
    with db.read() as session:
        place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
        known = audience.may_be_named(session, place, person_id)
        name = audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id)
        lines = [line_of(each, known, known[person_id], now) for each in tasks[:MOST]]
        return ItemsSheet(new_id(), channel_id, name, lines, message, drafted)


def submit(
    db: Database, *, sent: Submission, channel_id: str, message: Posted | None, drafted: Drafted | None, now: datetime
) -> None:
    """Records all or none, once for each form. Raises FieldErrors and AlreadyRecorded."""
    with db.write() as session:
        if not is_new(session, sent):
            return
        place = audience.place(session, workspace_id=sent.workspace_id, channel_id=channel_id)
        asker = audience.actor(session, workspace_id=sent.workspace_id, person_id=sent.person_id)
        lines = read_items(sent.given)
        known = _owners(session, place, lines, asker, now)
        _check_dues(lines, known, asker, now)
        of = replace(new_item(place, asker, now), message=message, drafted=drafted)
        record(session, sent, list(lines.values()), of=of, known=known)


def _owners(
    session: Session, place: Channel, lines: Mapping[int, Line], asker: Person, now: datetime
) -> dict[str, Person]:
    """Raises FieldErrors for those who have left, are no people, or could not read it there."""
    named = {field(OWNER, each): [line.owner_id] for each, line in lines.items() if line.owner_id}
    known = audience.check_named(session, workspace_id=place.workspace_id, fields=named) | {asker.id: asker}
    others = [known[each] for (each,) in named.values() if each != asker.id]
    out = {each.id for each in audience.outsiders(session, channel=place, named=others, recorded_at=now)}
    name = audience.place_name(session, workspace_id=place.workspace_id, channel_id=place.id)
    if mistakes := {where: OUTSIDE.format(place=name) for where, (each,) in named.items() if each in out}:
        raise FieldErrors(mistakes)
    return known


def _check_dues(lines: Mapping[int, Line], known: Mapping[str, Person], asker: Person, now: datetime) -> None:
    mistakes: dict[str, str] = {}
    for place, line in lines.items():
        owner = known.get(line.owner_id)
        try:
            if line.due:
                check_due(line.due, now.astimezone((owner or asker).zone).date())
        except FieldErrors as error:
            mistakes[field(DUE, place)] = error.fields[DUE]
    if mistakes:
        raise FieldErrors(mistakes)
