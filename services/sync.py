"""Keeping what Muster knows of a workspace's people and channels in step with Slack."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.people import Person
from domain.runs import Missed, PromptState
from services import owing, runs
from storage import channels, people, prompts, rituals
from storage.channels import Channel
from storage.engine import Database

RECHECK = timedelta(minutes=10)
"""Members are read again after this time, so that they stay fresh enough to show private records."""
REREAD = timedelta(hours=6)
"""People are read again after this time; events keep them current in between."""


def save_workspace(db: Database, *, workspace_id: str, name: str, bot_user_id: str) -> None:
    with db.write() as session:
        people.save_workspace(session, workspace_id=workspace_id, name=name, bot_user_id=bot_user_id)


def workspaces(db: Database) -> list[str]:
    with db.read() as session:
        return people.workspace_ids(session)


def people_are_old(db: Database, *, workspace_id: str, now: datetime) -> bool:
    with db.read() as session:
        checked = people.workspace(session, workspace_id=workspace_id).people_checked_at
    return checked is None or now - checked > REREAD


def save_people(db: Database, *, workspace_id: str, found: Iterable[Person], now: datetime) -> None:
    """Writes everybody Slack lists."""
    with db.write() as session:
        for person in found:
            _save_person(session, person, now)
        people.workspace(session, workspace_id=workspace_id).people_checked_at = now


def save_person(db: Database, *, person: Person, now: datetime) -> None:
    with db.write() as session:
        _save_person(session, person, now)


def _save_person(session: Session, person: Person, now: datetime) -> None:
    before = people.person(session, workspace_id=person.workspace_id, person_id=person.id)
    people.save_person(session, person=person)
    after = people.person(session, workspace_id=person.workspace_id, person_id=person.id)
    if before is None or after is None:
        return
    if after.left and not before.left:
        _leave(session, after, now)
    elif after.zone_name != before.zone_name:
        runs.replan(session, workspace_id=person.workspace_id, person=after, now=now)


def _leave(session: Session, person: Person, now: datetime) -> None:
    """What was not answered is not waited for; answers stay."""
    waiting = [PromptState.PENDING, PromptState.SENT]
    for prompt in prompts.of_person(session, workspace_id=person.workspace_id, person_id=person.id, states=waiting):
        run = rituals.run(session, workspace_id=person.workspace_id, run_id=prompt.run_id)
        if run:
            prompts.move(session, prompt_id=prompt.id, state=PromptState.MISSED, missed=Missed.LEFT)
            owing.owe(session, person.workspace_id, owing.run_message(run), now=now)
            runs.finish(session, run, now=now)
    people.set_next_digest(session, workspace_id=person.workspace_id, person_id=person.id, at=None)


def save_channels(db: Database, *, workspace_id: str, found: Collection[Channel]) -> None:
    """Writes the channels the bot is in, and notes those it is no longer in."""
    with db.write() as session:
        for channel in found:
            channels.save(session, channel=channel)
        kept = {channel.id for channel in found}
        for known in channels.with_bot(session, workspace_id=workspace_id):
            if known.id not in kept:
                channels.lose_bot(session, workspace_id=workspace_id, channel_id=known.id)


def save_channel(db: Database, *, channel: Channel) -> None:
    with db.write() as session:
        channels.save(session, channel=channel)


def save_members(db: Database, *, workspace_id: str, channel_id: str, ids: Collection[str], now: datetime) -> None:
    """Writes who is in a channel, as read from Slack now; those who came or went see it on their Home."""
    with db.write() as session:
        before = channels.member_ids(session, workspace_id=workspace_id, channel_id=channel_id)
        channels.set_members(session, workspace_id=workspace_id, channel_id=channel_id, ids=ids, at=now)
        changed = before.symmetric_difference(ids)
        owing.owe_homes(session, workspace_id, changed, now=now)
        if changed:
            for ritual in rituals.active(session, workspace_id=workspace_id, channel_id=channel_id):
                runs.reschedule(session, ritual, now=now)


def doubt_channel(db: Database, *, workspace_id: str, channel_id: str) -> None:
    """Something changed there: nobody is shown its private records before Slack has been asked again."""
    with db.write() as session:
        channels.doubt(session, workspace_id=workspace_id, channel_id=channel_id)


def channels_to_check(db: Database, *, workspace_id: str, now: datetime) -> list[str]:
    with db.read() as session:
        return channels.unchecked(session, workspace_id=workspace_id, before=now - RECHECK)


def stale_channels(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> list[str]:
    """Private channels of a person that must be read from Slack before their records may be shown to them."""
    with db.read() as session:
        return channels.stale_for(session, workspace_id=workspace_id, person_id=person_id, now=now)
