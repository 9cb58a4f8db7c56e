"""Reactions that begin a record: which emoji a workspace has chosen, who has reacted to what, and what came of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from domain.channels import is_direct
from domain.deliveries import Kind, Subject
from domain.errors import NotAllowed, NotSetUp
from domain.posted import Posted
from domain.reactions import OFF, Chosen, Makes, MessageGone, Reaction, ReactionCard, SameEmoji, read_emoji
from domain.setting_up import LEADERS
from services import audience, owing
from storage import channels, people, reactions, trail
from storage.engine import Database
from storage.tables import WorkspaceRow


def shown(db: Database, *, workspace_id: str, actor_id: str) -> Chosen:
    with db.read() as session:
        actor = audience.actor(session, workspace_id=workspace_id, person_id=actor_id)
        row = people.workspace(session, workspace_id=workspace_id)
        return Chosen(_chosen(row), may_change=actor.leads)


def choose(db: Database, *, workspace_id: str, actor_id: str, makes: Makes, emoji: str, now: datetime) -> Chosen:
    """`off` chooses none. Raises NotAllowed, NoEmoji and SameEmoji."""
    with db.write() as session:
        row = people.workspace(session, workspace_id=workspace_id, lock=True)
        actor = people.person(session, workspace_id=workspace_id, person_id=actor_id)
        if actor is None:
            raise NotSetUp
        if not actor.leads:
            raise NotAllowed(who=LEADERS)
        before, name = _chosen(row), "" if emoji.casefold() == OFF else read_emoji(emoji)
        if name and name in (chosen for other, chosen in before.items() if other is not makes):
            raise SameEmoji
        if name != before[makes]:
            setattr(row, f"{makes}_emoji", name)
            details = {"makes": makes.value, "before": before[makes], "after": name}
            trail.note(
                session,
                workspace_id=workspace_id,
                at=now,
                actor_id=actor_id,
                what="reaction chosen",
                subject=workspace_id,
                details=dict(details),
            )
        return Chosen({**before, makes: name}, may_change=True)


def is_used(db: Database, *, workspace_id: str) -> bool:
    """Whether any emoji is chosen."""
    with db.read() as session:
        return any(_chosen(people.workspace(session, workspace_id=workspace_id)).values())


def begins(db: Database, *, workspace_id: str, channel_id: str, person_id: str, emoji: str) -> Makes | None:
    """What a reaction there makes: something only of a person Muster knows, in a channel it is in."""
    with db.read() as session:
        makes = Chosen(_chosen(people.workspace(session, workspace_id=workspace_id))).makes(emoji)
        if makes is None or is_direct(channel_id):
            return None
        place = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id)
        person = people.person(session, workspace_id=workspace_id, person_id=person_id)
        return makes if place and place.is_open and person and not person.left else None


def note(
    db: Database,
    *,
    workspace_id: str,
    channel_id: str,
    person_id: str,
    makes: Makes,
    message: Posted,
    is_on: bool,
    said_at: float,
    now: datetime,
) -> None:
    """Added or taken back. Its person gets one message for it; taken back before that is out, it never comes."""
    said = Reaction(0, workspace_id, channel_id, person_id, makes, message, now, is_on)
    with db.write() as session:
        found = reactions.save(session, reaction=said, said_at=said_at)
        if found and found.is_on:
            owing.owe(session, workspace_id, _message(found), now=now)


def card(db: Database, *, workspace_id: str, reaction_id: int, now: datetime) -> ReactionCard | None:
    """None where its person may not read the message."""
    with db.read() as session:
        found = reactions.reaction(session, workspace_id=workspace_id, reaction_id=reaction_id)
        if found is None or not _may_read(session, found, now):
            return None
        place = audience.place_name(
            session, workspace_id=workspace_id, channel_id=found.channel_id, reader_id=found.person_id
        )
        return ReactionCard(found, place, people.workspace(session, workspace_id=workspace_id).url)


def of_person(db: Database, *, workspace_id: str, reaction_id: int, person_id: str) -> Reaction:
    """Raises MessageGone."""
    with db.read() as session:
        found = reactions.reaction(session, workspace_id=workspace_id, reaction_id=reaction_id)
        if found is None or found.person_id != person_id:
            raise MessageGone
        return found


def made(
    session: Session, makes: Makes, record: audience.MadeOf, *, number: int, person_id: str, now: datetime
) -> None:
    """Somebody has recorded something of a message: what offers that to them says so."""
    if record.message is None:
        return
    said = Reaction(
        0, record.workspace_id, record.channel_id, person_id, makes, record.message, now, is_on=True, number=number
    )
    if found := reactions.made(session, reaction=said):
        owing.owe_again(session, record.workspace_id, _message(found), now=now)


def _may_read(session: Session, found: Reaction, now: datetime) -> bool:
    place = {"workspace_id": found.workspace_id, "person_id": found.person_id}
    return channels.readable(session, **place, now=now).shows(found.channel_id, found.at)


def _message(found: Reaction) -> Subject:
    return Subject(Kind.REACTED, found.id, person_id=found.person_id)


def _chosen(row: WorkspaceRow) -> Mapping[Makes, str]:
    return {Makes.DECISION: row.decision_emoji, Makes.ACTION: row.action_emoji}
