"""The state behind one Slack team."""

from sandbox.ids import Ids
from sandbox.state.conversations import Channel
from sandbox.state.files import File
from sandbox.state.messages import ScheduledMessage
from sandbox.state.people import Person, UserGroup


class Workspace:
    """Its `bot_user` is there from the beginning, deactivated until the app comes."""

    def __init__(self, name: str, ids: Ids, *, app_id: str) -> None:
        self._ids = ids
        self.name = name
        self.domain = name.lower().replace(" ", "-")
        self.id = self.new_id("T")
        self.app_id = app_id
        self.bot_id = self.new_id("B")
        self.bot_user = ""
        self.partner_id = f"T9{self.id[2:]}"
        """The workspace that shares channels with this one, and whose people come as externals."""
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.files: dict[str, File] = {}
        self.scheduled: dict[str, ScheduledMessage] = {}
        self.emoji: dict[str, str] = {}
        self.profile_fields: dict[str, str] = {}
        """The labels of its own fields in people's profiles, by their ids."""
        self._dms: dict[frozenset[str], str] = {}

    def new_id(self, prefix: str) -> str:
        return self._ids.new(prefix)

    def dm(self, one: str, other: str, *, now: float) -> Channel:
        """The direct message of two people, made on first sight."""
        pair = frozenset((one, other))
        if pair not in self._dms:
            channel = Channel(self.new_id("D"), "", "dm", [one, other], created=int(now), creator=one)
            self.channels[channel.id] = channel
            self._dms[pair] = channel.id
        return self.channels[self._dms[pair]]

    def group_dm(self, users: list[str], *, now: float) -> Channel:
        """The direct message of several people, made on first sight."""
        everyone = frozenset(users)
        if everyone not in self._dms:
            handles = sorted(self.people[user].handle for user in users)
            name = f"mpdm-{'--'.join(handles)}-1"
            channel = Channel(self.new_id("C"), name, "mpim", users, created=int(now), creator=users[0])
            self.channels[channel.id] = channel
            self._dms[everyone] = channel.id
        return self.channels[self._dms[everyone]]

    def app_dm(self, user: str, *, now: float) -> Channel:
        return self.dm(user, self.bot_user, now=now)

    def app_knows(self, person: Person) -> bool:
        """Whether the app may know of somebody: of people from outside, only where they share a conversation."""
        return not person.is_external or any(
            {person.id, self.bot_user} <= set(c.members) for c in self.channels.values()
        )

    def team_of(self, person: Person) -> str:
        return self.partner_id if person.is_external else self.id

    def humans(self) -> list[Person]:
        return [person for person in self.people.values() if person.is_human]
