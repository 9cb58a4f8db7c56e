"""Where something is recorded, who could be named there, and who would see it from outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from domain.channels import Channel, is_direct
from domain.errors import FieldErrors, NotInChannel, NotSetUp, PersonGone
from domain.people import Person
from domain.posted import Posted
from storage import channels, people, trail

HIDDEN_PLACE = "a private channel"
UNKNOWN = "Muster does not know them: bots and people of other workspaces cannot be named. Choose somebody else."


class Placed(Protocol):
    """Something that was recorded in a channel."""

    @property
    def workspace_id(self) -> str: ...
    @property
    def channel_id(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...


class Record(Placed, Protocol):
    """A record of its own, seen also by the people named in it."""

    @property
    def named(self) -> Collection[str]: ...


class MadeOf(Placed, Protocol):
    """A record that may have been made of a message."""

    @property
    def id(self) -> int: ...
    @property
    def message(self) -> Posted | None: ...


def place(session: Session, *, workspace_id: str, channel_id: str) -> Channel:
    """The channel something is to be recorded in. Raises NotInChannel where its card could not be posted."""
    found = recorded_in(session, workspace_id=workspace_id, channel_id=channel_id)
    if not found.is_direct and not found.is_open:
        raise NotInChannel
    return found


def recorded_in(session: Session, *, workspace_id: str, channel_id: str) -> Channel:
    """Where something has been recorded, even if Muster is no longer there."""
    if is_direct(channel_id):
        return Channel(workspace_id, channel_id, is_direct=True)
    return channels.channel(session, workspace_id=workspace_id, channel_id=channel_id) or Channel(
        workspace_id, channel_id
    )


def may_press(session: Session, *, record: Record, person_id: str) -> bool:
    """Whether a button about a record may tell this person more than that there is no such record.

    Who is in the channel is taken as it was last read, however long ago: buttons are to work for those whom Slack shows
    the message, also while Slack does not answer.
    """
    reader = {"workspace_id": record.workspace_id, "person_id": person_id}
    found = people.person(session, **reader)
    if found is None or found.left:
        return False
    if person_id in record.named:
        return True
    place = recorded_in(session, workspace_id=record.workspace_id, channel_id=record.channel_id)
    if place.is_direct:
        return False
    if channels.is_member(session, **reader, channel_id=place.id):
        return True
    return not place.is_for_members(record.recorded_at) and not found.is_guest


def actor(session: Session, *, workspace_id: str, person_id: str) -> Person:
    found = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if found is None:
        raise NotSetUp
    return found


def may_be_named(session: Session, place: Channel, asker_id: str) -> dict[str, Person]:
    """Those in the channel who are here, so that nobody outside is named by a name they share; and whoever asks."""
    found = people.members(session, workspace_id=place.workspace_id, channel_id=place.id)
    asker = actor(session, workspace_id=place.workspace_id, person_id=asker_id)
    return {each.id: each for each in (*found, asker) if not each.left}


def check_named(session: Session, *, workspace_id: str, fields: Mapping[str, Collection[str]]) -> dict[str, Person]:
    """Everybody named in a form, by id. Raises FieldErrors for those who left or are not people."""
    known = people.people(session, workspace_id=workspace_id, ids={each for ids in fields.values() for each in ids})
    mistakes: dict[str, str] = {}
    for field, ids in fields.items():
        for person_id in ids:
            if person_id not in known:
                mistakes[field] = UNKNOWN
            elif known[person_id].left:
                mistakes[field] = str(PersonGone(name=known[person_id].name))
    if mistakes:
        raise FieldErrors(mistakes)
    return known


def outsiders(
    session: Session, *, channel: Channel, named: Collection[Person], recorded_at: datetime
) -> tuple[Person, ...]:
    """Those named who could not read it there; a direct message belongs to the people named in it anyway."""
    if channel.is_direct:
        return ()
    members = channels.member_ids(session, workspace_id=channel.workspace_id, channel_id=channel.id)
    is_closed = channel.is_for_members(recorded_at)
    out = (each for each in named if each.id not in members and (is_closed or each.is_guest))
    return tuple(sorted(out, key=lambda person: person.name))


def is_outside(session: Session, *, record: Placed, person: Person) -> bool:
    """Whether somebody named there could not read it."""
    place = recorded_in(session, workspace_id=record.workspace_id, channel_id=record.channel_id)
    return bool(outsiders(session, channel=place, named=[person], recorded_at=record.recorded_at))


def audit_outsiders(
    session: Session, *, channel: Channel, found: Collection[Person], actor_id: str, subject: str, now: datetime
) -> None:
    if found:
        trail.note(
            session,
            workspace_id=channel.workspace_id,
            at=now,
            actor_id=actor_id,
            what="outsider named",
            subject=subject,
            details={"channel": channel.id, "people": [person.id for person in found]},
        )


def may_read(session: Session, *, record: Placed, person_id: str, now: datetime) -> bool:
    """Whether this person may read it without being named in it."""
    readable = channels.readable(session, workspace_id=record.workspace_id, person_id=person_id, now=now)
    return readable.shows(record.channel_id, record.recorded_at)


def workspace_urls(
    session: Session, *, records: Sequence[MadeOf], reader_id: str, now: datetime | None
) -> dict[int, str]:
    """Where Slack shows the messages that records of one workspace were made of, by the record's id: of those whose
    channel the reader may read. Without a reader the place itself is the reader."""
    made = [each for each in records if each.message]
    if not made:
        return {}
    workspace_id = made[0].workspace_id
    url = people.workspace(session, workspace_id=workspace_id).url
    if not reader_id:
        return dict.fromkeys((each.id for each in made), url)
    if now is None:
        return {}
    readable = channels.readable(session, workspace_id=workspace_id, person_id=reader_id, now=now)
    return {each.id: url for each in made if readable.shows(each.channel_id, each.recorded_at)}


def authors(records: Iterable[MadeOf]) -> set[str]:
    """Of the messages they were made of."""
    return {each.message.author_id for each in records if each.message}


def place_name(session: Session, *, workspace_id: str, channel_id: str, reader_id: str = "") -> str:
    """Where it was recorded, as the reader may know it: a private channel's name is for its members.

    Without a reader the place itself is the reader.
    """
    pair = (channel_id, reader_id)
    return place_names(session, workspace_id=workspace_id, pairs=[pair])[pair]


def is_hidden(session: Session, *, workspace_id: str, channel_id: str, reader_id: str) -> bool:
    """Whether it is a private channel that the reader is not in."""
    place = place_name(session, workspace_id=workspace_id, channel_id=channel_id, reader_id=reader_id)
    return place == HIDDEN_PLACE


def place_names(
    session: Session, *, workspace_id: str, pairs: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """The same for many, by (channel, reader)."""
    known = channels.channels(session, workspace_id=workspace_id, ids={channel_id for channel_id, _ in pairs})
    private = {channel.id for channel in known.values() if channel.is_private}
    asking = {reader_id for channel_id, reader_id in pairs if channel_id in private and reader_id}
    inside = (
        channels.members_among(session, workspace_id=workspace_id, channel_ids=private, person_ids=asking)
        if asking
        else set()
    )

    def name(channel_id: str, reader_id: str) -> str:
        if is_direct(channel_id):
            return "a direct message"
        if channel_id not in known:
            return "a channel"
        is_hidden = reader_id in asking and channel_id in private and (channel_id, reader_id) not in inside
        return HIDDEN_PLACE if is_hidden else f"#{known[channel_id].name}"

    return {pair: name(*pair) for pair in pairs}
