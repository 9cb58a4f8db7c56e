"""Rituals that nobody facilitates: whoever did has left, and there was nobody to take over."""

from datetime import datetime

from domain.people import has_left
from services import audience
from storage import people, rituals
from storage.engine import Database


def at_present(db: Database, *, workspace_id: str, now: datetime) -> list[str]:  # noqa: ARG001 - asked like the others
    """Each with its channel: "Weekly sync in #forecast"."""
    with db.read() as session:
        on = rituals.active(session, workspace_id=workspace_id)
        known = people.people(session, workspace_id=workspace_id, ids=[each.facilitator_id for each in on])
        return [
            f"{each.template.title} in "
            + audience.place_name(session, workspace_id=workspace_id, channel_id=each.channel_id)
            for each in on
            if has_left(known, each.facilitator_id)
        ]
