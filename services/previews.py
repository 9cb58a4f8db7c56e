"""Looking at a form before anybody is asked."""

from collections.abc import Mapping
from datetime import datetime

from domain import previews
from domain.previews import Preview
from domain.templates import Template
from services import audience
from storage.engine import Database


def preview(
    db: Database,
    *,
    workspace_id: str,
    person_id: str,
    channel_id: str,
    template: Template,
    answers: Mapping[str, str],
    function: str,
    now: datetime,
) -> Preview:
    """`answers` holds what has been chosen in it, `function` whose form it is."""
    with db.read() as session:
        reader = audience.actor(session, workspace_id=workspace_id, person_id=person_id)
    return previews.preview(template, reader, channel_id, answers=answers, function=function, now=now)
