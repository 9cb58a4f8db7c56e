"""Where a language model may be asked: chosen for a workspace and for each channel by those who set up others."""

from datetime import datetime

from sqlmodel import Session

from domain.briefs import WhyNot
from domain.errors import NotAllowed
from domain.language_models import Choice, NotInDirectMessages, NotWritten, Shown, is_allowed
from domain.setting_up import LEADERS
from services import audience
from storage import channels, trail
from storage import language_models as stored
from storage.engine import Database


def check_may_be_asked(
    session: Session, *, workspace_id: str, channel_id: str, said_at: datetime, is_kept_back: bool = False
) -> None:
    """Of what was said there then; it counts as private if the channel was at that time, or if it is kept from the
    channel. Raises NotWritten."""
    place = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id)
    workspace, here = stored.choices(session, workspace_id=workspace_id, channel_id=channel_id)
    is_private = is_kept_back or place is None or place.is_for_members(said_at)
    if place is None or not is_allowed(workspace=workspace, here=here, is_private=is_private):
        raise NotWritten(WhyNot.OFF_HERE)


def shown(db: Database, *, workspace_id: str, actor_id: str, channel_id: str, name: str) -> Shown:
    """`name`: the model that is set up. Raises NotSetUp and NotInChannel."""
    with db.read() as session:
        return _shown(session, workspace_id, actor_id, channel_id, name)


def choose(
    db: Database, *, workspace_id: str, actor_id: str, channel_id: str, name: str, is_on: bool, everywhere: bool,
    now: datetime,
) -> Shown:  # fmt: skip
    """What it wrote where it is switched off is deleted.

    Raises NotAllowed, NotSetUp, NotInChannel and NotInDirectMessages.
    """
    with db.write() as session:
        found = _shown(session, workspace_id, actor_id, channel_id, name)
        if not found.may_change:
            raise NotAllowed(who=LEADERS)
        if found.is_direct and not everywhere:
            raise NotInDirectMessages
        where = stored.EVERYWHERE if everywhere else channel_id
        choice = Choice(is_on, was_private=found.is_private and not everywhere)
        before = found.is_on if everywhere else found.is_on_here
        stored.choose(session, workspace_id=workspace_id, channel_id=where, choice=choice)
        if not is_on:
            stored.forget_written(session, workspace_id=workspace_id, channel_id=where or None)
        trail.note(
            session,
            workspace_id=workspace_id,
            at=now,
            actor_id=actor_id,
            what="language model switched",
            subject=where or workspace_id,
            details={"before": before, "after": is_on},
        )
        return _shown(session, workspace_id, actor_id, channel_id, name)


def _shown(session: Session, workspace_id: str, actor_id: str, channel_id: str, name: str) -> Shown:
    actor = audience.actor(session, workspace_id=workspace_id, person_id=actor_id)
    place = audience.place(session, workspace_id=workspace_id, channel_id=channel_id)
    workspace, here = stored.choices(session, workspace_id=workspace_id, channel_id=channel_id)
    return Shown(
        name=name,
        is_on=workspace,
        place=audience.place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=actor_id),
        is_on_here=not place.is_direct and is_allowed(workspace=True, here=here, is_private=place.is_private),
        is_private=place.is_private,
        is_direct=place.is_direct,
        may_change=actor.leads,
    )
