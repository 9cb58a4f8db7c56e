"""Keeping what Muster knows of a workspace's people and channels in step with Slack."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.channels import Channel
from domain.deliveries import Kind, Subject
from domain.people import Person
from domain.runs import Missed, PromptState
from services import (
    action_reminders,
    closing,
    digests,
    facilitators,
    leavers,
    owing,
    replanning,
    statuses,
    summary_readers,
    unasked,
    verdicts,
)
from storage import channels, delivery_queries, language_models, owed, people, planned, prompts, rituals
from storage.ending import makes_nothing_due
from storage.engine import Database

RECHECK = timedelta(minutes=10)
"""Members are read again after this time, so that they stay fresh enough to show private records."""
REREAD = timedelta(hours=6)
"""People are read again after this time; events keep them current in between."""
BATCH = 100


def save_workspace(db: Database, *, workspace_id: str, name: str, url: str) -> None:
    with db.write() as session:
        people.save_workspace(session, workspace_id=workspace_id, name=name, url=url)


def follow_zone_data(db: Database, *, workspace_id: str, version: str, now: datetime) -> None:
    """After an upgrade of the zone data: everything that has not been sent is worked out again with it, some at a time.

    The version is noted at the end. Cut off before, it begins again, and finds what it has moved where it belongs.
    """
    with db.read() as session:
        if people.workspace(session, workspace_id=workspace_id).zone_data == version:
            return
        ids = list(people.people(session, workspace_id=workspace_id))
        on = [ritual.id for ritual in rituals.active(session, workspace_id=workspace_id)]
    for start in range(0, len(ids), BATCH):
        with db.write() as session:
            _take_turns(session, workspace_id)
            for person in people.people(session, workspace_id=workspace_id, ids=ids[start : start + BATCH]).values():
                replanning.move_prompts(session, person=person, now=now)
                digests.plan(session, workspace_id=workspace_id, person_id=person.id, now=now)
    for ritual_id in on:
        with db.write() as session:
            _take_turns(session, workspace_id)
            replanning.reschedule(session, ritual_id, now=now)
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True).zone_data = version


def workspaces(db: Database) -> list[str]:
    with db.read() as session:
        return people.workspace_ids(session)


def people_are_old(db: Database, *, workspace_id: str, now: datetime) -> bool:
    with db.read() as session:
        checked = people.workspace(session, workspace_id=workspace_id).people_checked_at
    return checked is None or not now - REREAD <= checked <= now


def save_people(db: Database, *, workspace_id: str, found: Sequence[Person], now: datetime) -> None:
    """Writes what is new of those Slack lists, some at a time: nobody who submits a form waits for them all."""
    for start in range(0, len(found), BATCH):
        news = _news(db, workspace_id, found[start : start + BATCH])
        if news:
            _save_people(db, workspace_id, news, now)


def people_read(db: Database, *, workspace_id: str, now: datetime) -> None:
    """All that Slack lists are written."""
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id).people_checked_at = now


def _news(db: Database, workspace_id: str, found: Sequence[Person]) -> list[Person]:
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id, ids=[person.id for person in found])
    was = {key: _from_slack(person) for key, person in known.items()}
    return [person for person in found if was.get(person.id) != _from_slack(person) and not _is_past(person, known)]


def _is_past(person: Person, known: Mapping[str, Person]) -> bool:
    """Slack goes on listing those who left: whoever is not known by then, or was erased, stays unknown."""
    return person.left and person.id not in known


def _from_slack(person: Person) -> tuple[object, ...]:
    about = person.name, person.zone_name, person.is_admin, person.is_guest, person.left
    return *about, person.email, person.status_until, person.updated


def save_person(db: Database, *, person: Person, now: datetime) -> None:
    _save_people(db, person.workspace_id, [person], now)


def _save_people(db: Database, workspace_id: str, found: Sequence[Person], now: datetime) -> None:
    with db.write() as session:
        _take_turns(session, workspace_id)
        _doubt_where_people_come_back(session, workspace_id, found, now)
        for person in found:
            _save_person(session, person, now)


def _doubt_where_people_come_back(session: Session, workspace_id: str, found: Sequence[Person], now: datetime) -> None:
    """Slack tells who is active again, but not in which channels: where they may be asked, it is asked at once."""
    here = [person.id for person in found if not person.left]
    known = people.people(session, workspace_id=workspace_id, ids=here)
    if any(person.left for person in known.values()):
        for channel_id in sorted({ritual.channel_id for ritual in rituals.active(session, workspace_id=workspace_id)}):
            channels.doubt(session, workspace_id=workspace_id, channel_id=channel_id, at=now)


def _take_turns(session: Session, workspace_id: str) -> None:
    """Whoever writes many people locks the workspace first; two replicas may hear of the same new person at once."""
    people.workspace(session, workspace_id=workspace_id, lock=True)


def _save_person(session: Session, person: Person, now: datetime) -> None:
    before = people.person(session, workspace_id=person.workspace_id, person_id=person.id)
    if _is_past(person, {before.id: before} if before else {}):
        return
    people.save_person(session, person=person)
    after = people.person(session, workspace_id=person.workspace_id, person_id=person.id)
    if after and after.status_until != (before.status_until if before else None) and not after.left:
        statuses.follow(session, after, now=now)
    if before is None or after is None:
        return
    if after.is_guest != before.is_guest:
        owing.owe_homes(session, person.workspace_id, [person.id], now=now)
    if after.left and not before.left:
        _leave(session, after, now)
    elif after.zone != before.zone or before.left != after.left:
        replanning.replan(session, workspace_id=person.workspace_id, person=after, now=now)
    else:
        return
    if after.left != before.left:
        _left_or_returned(session, after, now)
    for person_id in (after.id, after.manager_id):
        if person_id:
            digests.plan(session, workspace_id=person.workspace_id, person_id=person_id, now=now)


def _left_or_returned(session: Session, person: Person, now: datetime) -> None:
    action_reminders.left_or_returned(session, person, now=now)
    verdicts.left_or_returned(session, person, now=now)
    leavers.tell(session, person, now=now)
    if not person.left:
        unasked.tell_returned(session, person, now=now)
        # What stands in their messages may have changed while nothing of it was shown to them.
        place = {"workspace_id": person.workspace_id}
        stale = delivery_queries.left_as_they_were(session, **place, person_id=person.id)
        owed.want_again(session, **place, keys=stale, now=now)


def _leave(session: Session, person: Person, now: datetime) -> None:
    """What was not answered is not waited for; answers stay; what they facilitated or were to approve goes on."""
    waiting = [PromptState.PENDING, PromptState.SENT]
    for prompt in prompts.of_person(session, workspace_id=person.workspace_id, person_id=person.id, states=waiting):
        run = rituals.run(session, workspace_id=person.workspace_id, run_id=prompt.run_id)
        if run:
            closing.miss_at_end(session, run, prompt, Missed.LEFT, now)
            closing.finish(session, run, now=now)
    for ritual in rituals.active(session, workspace_id=person.workspace_id, facilitator_id=person.id):
        facilitators.hand_on(session, ritual, now=now)
    planned.look_again(session, workspace_id=person.workspace_id, person_ids=[person.id], at=now)


def save_channels(db: Database, *, workspace_id: str, found: Collection[Channel], now: datetime) -> None:
    """Writes the channels the bot is in. Slack is asked by itself about those that are not listed any more, as it may
    have been invited meanwhile, and about public ones it left: no event tells of those, and no list names them."""
    for channel in found:
        save_channel(db, channel=channel, now=now)
    listed = {channel.id for channel in found}
    with db.write() as session:
        known = {channel.id for channel in channels.with_bot(session, workspace_id=workspace_id)}
        left = channels.public_without_bot(session, workspace_id=workspace_id)
        for channel_id in sorted({*(known - listed), *left}):
            channels.doubt(session, workspace_id=workspace_id, channel_id=channel_id, at=now)


def save_channel(db: Database, *, channel: Channel, now: datetime) -> None:
    """What is known already, as after most readings, is not written again."""
    with db.read() as session:
        known = channels.channel(session, workspace_id=channel.workspace_id, channel_id=channel.id)
    if known and channels.is_same(known, channel):
        return
    with db.write() as session:
        _save_channel(session, channel, now)


def _save_channel(session: Session, channel: Channel, now: datetime) -> None:
    before = channels.channel(session, workspace_id=channel.workspace_id, channel_id=channel.id, lock=True)
    channels.save(session, channel=channel)
    if before is not None and before.is_known:
        _follow_privacy(session, before, channel, now)
    was_open = before is not None and before.is_open
    if was_open and not channel.is_open:
        _closed_to_muster(session, channel, now)
    if before is not None and channel.is_open and not was_open:
        owed.revive(session, workspace_id=channel.workspace_id, channel_id=channel.id, now=now)
        replanning.resume(session, channel, now=now)


def _follow_privacy(session: Session, before: Channel, after: Channel, now: datetime) -> None:
    """What was recorded while it was private stays with its members; what others saw of it is taken from them."""
    workspace_id = after.workspace_id
    if before.is_private and not after.is_private:
        channels.was_private(session, workspace_id=workspace_id, channel_id=after.id, until=now)
    elif after.is_private and not before.is_private:
        language_models.forget_written(session, workspace_id=workspace_id, channel_id=after.id)
        owing.owe_homes(session, workspace_id, people.people(session, workspace_id=workspace_id), now=now)
        naming = summary_readers.messages_naming(session, workspace_id, before.name)
        owing.owe_again(session, workspace_id, *naming, now=now)


def lose_channel(db: Database, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """Muster is not in that channel any more, or it is gone."""
    with db.write() as session:
        known = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id, lock=True)
        if known:
            _lose_channel(session, known, now)


def hide_channel(db: Database, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """Slack does not show it to Muster any more: it has been deleted, or is private and Muster is not in it."""
    with db.write() as session:
        known = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id, lock=True)
        if known:
            _lose_channel(session, known, now)
            _save_channel(session, replace(known, is_private=True, has_bot=False), now)


def _lose_channel(session: Session, channel: Channel, now: datetime) -> None:
    language_models.forget_written(session, workspace_id=channel.workspace_id, channel_id=channel.id)
    channels.lose_bot(session, workspace_id=channel.workspace_id, channel_id=channel.id)
    if channel.is_open:
        _closed_to_muster(session, channel, now)
    owing.owe_homes(session, channel.workspace_id, _members(session, channel), now=now)


def _closed_to_muster(session: Session, channel: Channel, now: datetime) -> None:
    """Each facilitator there hears once that it pauses, and gets a summary that Slack no longer took."""
    for ritual in rituals.active(session, workspace_id=channel.workspace_id, channel_id=channel.id):
        stalled = Subject(Kind.STALLED, ritual.id, part=now.isoformat(), person_id=ritual.facilitator_id)
        owing.owe(session, channel.workspace_id, stalled, now=now)
        closing.channel_closed(session, ritual, now=now)


def _members(session: Session, channel: Channel) -> set[str]:
    return channels.member_ids(session, workspace_id=channel.workspace_id, channel_id=channel.id)


def save_members(
    db: Database, *, workspace_id: str, channel_id: str, ids: Collection[str], read_at: datetime, now: datetime
) -> None:
    """Writes who is in a channel; `read_at` is when the reading began. Those who came or went see it on their Home."""
    with db.write() as session:
        known = channels.channel(session, workspace_id=workspace_id, channel_id=channel_id)
        channels.forget_later(session, workspace_id=workspace_id, channel_id=channel_id, now=now)
        before, after = channels.set_members(
            session, workspace_id=workspace_id, channel_id=channel_id, ids=ids, at=read_at
        )
        owing.owe_homes(session, workspace_id, before ^ after, now=now)
        if before != after:
            for ritual in rituals.active(session, workspace_id=workspace_id, channel_id=channel_id):
                replanning.release_members(session, ritual, before - after, now=now)
                replanning.reschedule(session, ritual.id, now=now)
        elif known and known.checked_at and not known.doubted_at:
            makes_nothing_due(session)


def doubt_channel(db: Database, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """Something changed there: nobody is shown its private records before Slack has been asked again.

    The loop asks at its next turn.
    """
    with db.write() as session:
        channels.doubt(session, workspace_id=workspace_id, channel_id=channel_id, at=now)


def doubted_channels(db: Database, *, workspace_id: str) -> list[str]:
    with db.read() as session:
        return channels.doubted(session, workspace_id=workspace_id)


def doubted_anywhere(db: Database) -> list[str]:
    with db.read() as session:
        ids = people.workspace_ids(session)
        return [each for place in ids for each in channels.doubted(session, workspace_id=place)]


def channels_to_check(db: Database, *, workspace_id: str, now: datetime) -> list[str]:
    with db.read() as session:
        return channels.unchecked(session, workspace_id=workspace_id, since=now - RECHECK, now=now)


def stale_channels(db: Database, *, workspace_id: str, person_id: str, now: datetime) -> list[str]:
    """Private channels of a person that must be read from Slack before their records may be shown to them."""
    with db.read() as session:
        return channels.stale_for(session, workspace_id=workspace_id, person_id=person_id, now=now)
