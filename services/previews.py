"""Looking at a form before anybody is asked."""

from collections.abc import Mapping
from datetime import datetime

from domain import previews
from domain.previews import Preview, Trial
from domain.templates import Template
from services import audience
from storage import channels, people, rituals
from storage.engine import Database


def preview(
    db: Database,
    *,
    workspace_id: str,
    person_id: str,
    channel_id: str,
    template: Template,
    answers: Mapping[str, str],
    whom: str,
    now: datetime,
) -> Preview:
    """`answers` holds what has been chosen in it, `whom` whose form it is."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=person_id)
    return previews.preview(template, reader, channel_id, answers=answers, whom=whom, now=now)


def trial(db: Database, *, seen: Preview, now: datetime) -> Trial:
    """What comes of what somebody tried; nothing of it is kept. Raises FieldErrors."""
    reader = seen.form.person
    with db.read() as session:
        named = people.people(session, workspace_id=reader.workspace_id, ids=seen.form.answers.values())
        place = audience.place_name(
            session, workspace_id=reader.workspace_id, channel_id=seen.channel_id, reader_id=reader.id
        )
        where = {"workspace_id": reader.workspace_id, "channel_id": seen.channel_id}
        is_on = bool(rituals.active(session, **where, template_id=seen.template.id))
        is_member = channels.is_member(session, **where, person_id=reader.id)
    summary = previews.trial(seen, named, now=now)
    return Trial(previews.invitation(seen, place), summary, is_on=is_on, may_begin=is_member and not is_on)
