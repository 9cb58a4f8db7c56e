"""How those whom a message mentions are called."""

from collections.abc import Collection

from storage import channels, people
from storage.engine import Database


def names(db: Database, *, workspace_id: str, channel_id: str, ids: Collection[str]) -> dict[str, str]:
    """By id, as everybody in that channel may read it: another private channel has no name there."""
    with db.read() as session:
        places = channels.channels(session, workspace_id=workspace_id, ids=ids)
        found = {
            each.id: "a private channel" if each.is_private and each.id != channel_id else f"#{each.name}"
            for each in places.values()
            if each.is_known
        }
        known = people.people(session, workspace_id=workspace_id, ids=ids)
        return found | {person.id: f"@{person.name}" for person in known.values()}
