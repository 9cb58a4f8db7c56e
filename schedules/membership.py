"""Reading people, channels and members from Slack."""

import logging
from collections.abc import Iterable

from domain.clock import Clock
from domain.people import Person
from services import sync
from storage.channels import Channel
from storage.engine import Database
from surface.kit import Json
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
SLACKBOT = "USLACKBOT"


class Membership:
    def __init__(self, db: Database, clock: Clock, slack: Slack) -> None:
        self._db, self._clock, self._slack = db, clock, slack

    def freshen(self, workspace_id: str, person_id: str) -> None:
        """Before a list is shown: reads the person's private channels again; what cannot be read stays hidden."""
        stale = sync.stale_channels(self._db, workspace_id=workspace_id, person_id=person_id, now=self._clock())
        self._read_members(workspace_id, stale)

    def recheck(self, workspace_id: str) -> None:
        """Reads the channels whose members were read longest ago, and everything else that has grown old."""
        if sync.people_are_old(self._db, workspace_id=workspace_id, now=self._clock()):
            self.read_all(workspace_id)
        due = sync.channels_to_check(self._db, workspace_id=workspace_id, now=self._clock())
        self._read_members(workspace_id, due)

    def read_all(self, workspace_id: str) -> None:
        """Everybody, and every channel Muster is in."""
        found = [person for user in self._slack.people() if (person := as_person(workspace_id, user))]
        sync.save_people(self._db, workspace_id=workspace_id, found=found, now=self._clock())
        self.read_channels(workspace_id)

    def read_channels(self, workspace_id: str) -> None:
        found = [as_channel(workspace_id, each, has_bot=True) for each in self._slack.channels()]
        sync.save_channels(self._db, workspace_id=workspace_id, found=found)

    def _read_members(self, workspace_id: str, channel_ids: Iterable[str]) -> None:
        for channel_id in channel_ids:
            try:
                ids = self._slack.members(channel_id)
            except (SlackLimited, SlackRefused, SlackUnclear) as error:
                extra = {"action": "members_not_read", "channel": channel_id}
                log.warning("The members of a channel could not be read: %s", error, extra=extra)
                continue
            sync.save_members(self._db, workspace_id=workspace_id, channel_id=channel_id, ids=ids, now=self._clock())


def as_person(workspace_id: str, user: Json) -> Person | None:
    """None for bots and apps. Slack's own bot does not say that it is one."""
    if user.get("is_bot") or user.get("is_app_user") or user["id"] == SLACKBOT:
        return None
    profile = user.get("profile", {})
    return Person(
        workspace_id=workspace_id,
        id=user["id"],
        name=profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["name"],
        zone_name=user.get("tz") or "UTC",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        left=bool(user.get("deleted")),
    )


def as_channel(workspace_id: str, channel: Json, *, has_bot: bool) -> Channel:
    return Channel(
        workspace_id=workspace_id,
        id=channel["id"],
        name=channel.get("name", ""),
        is_private=bool(channel.get("is_private")),
        is_direct=bool(channel.get("is_im") or channel.get("is_mpim")),
        is_archived=bool(channel.get("is_archived")),
        has_bot=has_bot,
    )
