"""What needs a person, and what is late around them: one rule for the digest, Home and `/action list late`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.due import latest_due, today_of
from domain.people import Person
from services.summary_readers import blockers_for
from storage import actions, blockers, channels, digests, people


def team(session: Session, person: Person) -> list[Person]:
    """Those assigned to the person; nobody for somebody who left."""
    if person.left:
        return []
    found = people.reports_of(session, workspace_id=person.workspace_id, manager_id=person.id)
    return [each for each in found if each.id != person.id]


def around(reader: Person, team: Sequence[Person]) -> Any:
    """Ids of the channels of the reader and their people; what of them the reader may see is asked when it is shown."""
    return digests.channels_of(workspace_id=reader.workspace_id, people=[reader.id, *(each.id for each in team)])


def overdue(session: Session, reader: Person, place: Any, now: datetime) -> list[ActionItem]:
    """Overdue action items in those channels, or of that person, each on its owner's calendar; oldest first."""
    workspace_id = reader.workspace_id
    ids = digests.open_actions(
        session, workspace_id=workspace_id, person_id=reader.id, channels=place, due_before=latest_due(now)
    )
    found = actions.items(session, workspace_id=workspace_id, ids=ids)
    owners = people.people(session, workspace_id=workspace_id, ids={item.owner_id for item in found.values()})
    items = [found[item_id] for item_id in ids]
    return [item for item in items if item.is_overdue(today_of(owners.get(item.owner_id), now))]


def orphans(session: Session, reader: Person) -> list[ActionItem]:
    """Action items without owner or day in the reader's channels, or of that person; what of them the reader may see is
    asked when they are shown."""
    channels = around(reader, [])
    return actions.orphans(session, workspace_id=reader.workspace_id, person_id=reader.id, channels=channels)


def unsettled_blockers(session: Session, reader: Person, team: list[Person], now: datetime) -> list[Blocker]:
    """What blocks the people assigned to the reader, and nobody has settled; only what the reader may see."""
    if not team:
        return []
    ids = blockers.unsettled(session, workspace_id=reader.workspace_id, channels=around(reader, team))
    readable = channels.readable(session, workspace_id=reader.workspace_id, person_id=reader.id, now=now)
    known = blockers.by_id(session, workspace_id=reader.workspace_id, ids=ids)
    seen = (each for each in map(known.__getitem__, ids) if readable.shows(each.channel_id, each.recorded_at))
    return blockers_for(session, seen, reader, readable, now)
