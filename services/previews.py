"""Looking at a form before anybody is asked."""

from collections.abc import Mapping
from datetime import datetime

from domain import previews
from domain.cards import RunCard
from domain.previews import Preview
from domain.templates import Template
from services import audience
from storage import people
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


def trial(db: Database, *, seen: Preview, now: datetime) -> RunCard:
    """The summary of what somebody tried; nothing of it is kept. Raises FieldErrors."""
    with db.read() as session:
        named = people.people(session, workspace_id=seen.form.person.workspace_id, ids=seen.form.answers.values())
    return previews.trial(seen, named, now=now)
