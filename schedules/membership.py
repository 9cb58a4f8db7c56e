"""Reading people, channels and members from Slack."""

import logging
from datetime import UTC, datetime, timedelta

from domain.clock import Clock
from services import sync
from storage.channels import Channel
from storage.engine import Database
from surface.kit import Json
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear
from surface.slack_people import as_person

log = logging.getLogger(__name__)
QUIET = timedelta(seconds=5)
"""How long nothing is reread after Slack did not answer."""
SLACK_ERRORS = (SlackLimited, SlackRefused, SlackUnclear)
GONE = frozenset({"channel_not_found", "not_in_channel"})


class Membership:
    def __init__(self, db: Database, clock: Clock, slack: Slack) -> None:
        self._db, self._clock, self._slack = db, clock, slack
        self._quiet_until = datetime.min.replace(tzinfo=UTC)

    def freshen(self, workspace_id: str, person_id: str) -> None:
        """Before a list is shown: reads the person's private channels again; what cannot be read stays hidden.

        Slack is waited for once: while it does not answer, lists are shown without asking it.
        """
        stale = sync.stale_channels(self._db, workspace_id=workspace_id, person_id=person_id, now=self._clock())
        for channel_id in stale:
            self._read_members(workspace_id, channel_id)

    def recheck(self, workspace_id: str) -> None:
        """Reads what is in doubt, the channels whose members were read longest ago, and all else that has grown old."""
        for channel_id in sync.doubted_channels(self._db, workspace_id=workspace_id):
            self._read_channel(workspace_id, channel_id)
        if sync.people_are_old(self._db, workspace_id=workspace_id, now=self._clock()):
            self._reread_all(workspace_id)
        for channel_id in sync.channels_to_check(self._db, workspace_id=workspace_id, now=self._clock()):
            self._read_channel(workspace_id, channel_id)

    @property
    def _is_quiet(self) -> bool:
        """Slack asked to wait, or did not answer: it is not asked again so soon."""
        return self._clock() < self._quiet_until

    def _read_channel(self, workspace_id: str, channel_id: str) -> None:
        """What it is now, whether Muster is in it, and who else is."""
        if self._is_quiet:
            return
        try:
            found = self._slack.channel(channel_id)
        except SLACK_ERRORS as error:
            if isinstance(error, SlackRefused) and error.error in GONE:
                sync.lose_channel(self._db, workspace_id=workspace_id, channel_id=channel_id, now=self._clock())
            else:
                self._not_read(f"of {channel_id}", error)
            return
        has_bot = bool(found.get("is_member"))
        sync.save_channel(self._db, channel=as_channel(workspace_id, found, has_bot=has_bot), now=self._clock())
        if has_bot:
            self._read_members(workspace_id, channel_id)
        else:
            sync.lose_channel(self._db, workspace_id=workspace_id, channel_id=channel_id, now=self._clock())

    def _not_read(self, what: str, error: Exception) -> None:
        """One channel that Slack refuses must not keep the others from being read."""
        if not isinstance(error, SlackRefused):
            pause = timedelta(seconds=error.seconds) if isinstance(error, SlackLimited) else QUIET
            self._quiet_until = self._clock() + pause
        extra = {"action": "not_read", "what": what}
        log.warning("Slack did not tell %s: %s", what, error, extra=extra)

    def _reread_all(self, workspace_id: str) -> None:
        if self._is_quiet:
            return
        try:
            self.read_all(workspace_id)
        except SLACK_ERRORS as error:
            self._not_read("who is there", error)

    def read_all(self, workspace_id: str) -> None:
        """Everybody, and every channel Muster is in. Raises what Slack raises."""
        found = [person for user in self._slack.people() if (person := as_person(workspace_id, user))]
        sync.save_people(self._db, workspace_id=workspace_id, found=found, now=self._clock())
        self.read_channels(workspace_id)

    def read_channels(self, workspace_id: str) -> None:
        found = [as_channel(workspace_id, each, has_bot=True) for each in self._slack.channels()]
        sync.save_channels(self._db, workspace_id=workspace_id, found=found, now=self._clock())

    def _read_members(self, workspace_id: str, channel_id: str) -> None:
        if self._is_quiet:
            return
        began = self._clock()
        try:
            ids = self._slack.members(channel_id)
        except SLACK_ERRORS as error:
            self._not_read(f"the members of {channel_id}", error)
            return
        sync.save_members(
            self._db, workspace_id=workspace_id, channel_id=channel_id, ids=ids, read_at=began, now=self._clock()
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
