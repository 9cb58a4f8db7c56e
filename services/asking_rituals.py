"""The rituals somebody may be away from, by the id of their template."""

from sqlmodel import Session

from storage import channels, rituals

MOST = 10
"""Checkboxes in a field of a form."""


def titles(session: Session, *, workspace_id: str, person_id: str, reader_id: str) -> dict[str, str]:
    """Of those that are on in the channels of a person, as far as the reader is in them, too; with their titles."""
    on = rituals.active(session, workspace_id=workspace_id)
    who = {person_id, reader_id}
    places = {ritual.channel_id for ritual in on}
    pairs = set(channels.members_among(session, workspace_id=workspace_id, channel_ids=places, person_ids=who))
    shared = [each for each in on if all((each.channel_id, person) in pairs for person in who)]
    return dict(sorted(((each.template.id, each.template.title) for each in shared), key=lambda pair: pair[1])[:MOST])
