"""Reading people, channels and members from Slack."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from domain.channels import Channel
from domain.clock import Clock
from schedules.listings import Listing, Pauses, SlackError, Stopping
from schedules.profiles import Profiles
from services import sync, user_groups
from storage.engine import Database
from surface.kit import Json
from surface.slack import (
    CHANNEL,
    CHANNELS,
    MEMBERS,
    PEOPLE,
    USER_GROUPS,
    Slack,
    SlackLimited,
    SlackRefused,
    SlackUnclear,
)
from surface.slack_people import as_person

log = logging.getLogger(__name__)
GONE = frozenset({"channel_not_found", "not_in_channel", "paid_teams_only", "plan_upgrade_required"})


class Membership:
    """Shared by the loop, the sender and the handlers; any thread may call `freshen`."""

    def __init__(self, db: Database, clock: Clock, slack: Slack) -> None:
        self._db, self._clock, self._slack = db, clock, slack
        self._pauses = Pauses(clock)
        self._listings: dict[str, Listing] = {}
        """What Slack has not yet given to its end: the members of a channel, or the people of a workspace."""
        self._turns: dict[str, threading.Lock] = {}
        self._profiles = Profiles(db, clock, slack, self._pauses)

    def stop(self) -> None:
        """Ends `recheck` soon. What is being drawn for somebody is still read, so that it is whole."""
        self._pauses.stop()

    def freshen(self, workspace_id: str, person_id: str) -> None:
        """Before a list is shown: reads the person's private channels again; what cannot be read stays hidden.

        Slack is waited for once: while it does not answer, lists are shown without asking it.
        """
        for channel_id in self._stale(workspace_id, person_id):
            with self._turn(channel_id):
                # Whoever had the turn before may have read it.
                if channel_id in self._stale(workspace_id, person_id):
                    self._read_members(workspace_id, channel_id)

    def recheck(self, workspace_id: str) -> None:
        """Reads what is in doubt, the channels whose members were read longest ago, and all else that has grown old."""
        for channel_id in sync.doubted_channels(self._db, workspace_id=workspace_id):
            self._read_channel(workspace_id, channel_id)
        is_old = sync.people_are_old(self._db, workspace_id=workspace_id, now=self._clock())
        if (is_old or workspace_id in self._listings) and not self._pauses.holds(PEOPLE, CHANNELS, workspace_id):
            with self._asking(workspace_id):
                self._read_all(workspace_id)
        self._read_groups(workspace_id)
        for channel_id in sync.channels_to_check(self._db, workspace_id=workspace_id, now=self._clock()):
            self._read_channel(workspace_id, channel_id)
        self._profiles.read(workspace_id)

    def next_reading(self) -> datetime | None:
        """When what is in doubt may be read; None if nothing is."""
        doubted = sync.doubted_anywhere(self._db)
        return min((self._pauses.over(CHANNEL, MEMBERS, channel_id) for channel_id in doubted), default=None)

    def begin(self, workspace_id: str) -> None:
        """At start: everybody, and every channel Muster is in. What Slack gives only later is left to `recheck`.

        Raises SlackRefused and SlackUnclear.
        """
        try:
            self._read_all(workspace_id)
            self._read_groups(workspace_id)
        except SlackLimited as limited:
            self._not_read(workspace_id, limited)

    def _read_all(self, workspace_id: str) -> None:
        """A workspace may have more people than Slack tells at once: each page is kept as it comes."""
        with self._listing(workspace_id, sync.REREAD) as listing:
            channels = [as_channel(workspace_id, each, has_bot=True) for each in self._slack.channels()]
            sync.save_channels(self._db, workspace_id=workspace_id, found=channels, now=self._clock())
            for page in listing.pages(self._slack.people):
                found = [person for user in page if (person := as_person(workspace_id, user))]
                sync.save_people(self._db, workspace_id=workspace_id, found=found, now=self._clock())
                self._pauses.check()
        sync.people_read(self._db, workspace_id=workspace_id, now=self._clock())

    def _read_groups(self, workspace_id: str) -> None:
        """User groups, when an event or their age says so. A workspace whose plan has none has none."""
        is_old = user_groups.are_old(self._db, workspace_id=workspace_id, now=self._clock())
        if not is_old or self._pauses.holds(USER_GROUPS):
            return
        with self._asking(USER_GROUPS, gone=partial(self._save_groups, workspace_id, {})):
            self._save_groups(workspace_id, self._slack.user_groups())

    def _save_groups(self, workspace_id: str, found: Mapping[str, Collection[str]]) -> None:
        user_groups.save(self._db, workspace_id=workspace_id, found=found, now=self._clock())

    def _read_channel(self, workspace_id: str, channel_id: str) -> None:
        """What it is now, whether Muster is in it, and who else is."""
        if self._pauses.holds(CHANNEL, channel_id):
            return
        with self._asking(channel_id, gone=partial(self._hide, workspace_id, channel_id)):
            self._pauses.check()
            found = self._slack.channel(channel_id)
            has_bot = bool(found.get("is_member"))
            sync.save_channel(self._db, channel=as_channel(workspace_id, found, has_bot=has_bot), now=self._clock())
            if has_bot:
                with self._turn(channel_id):
                    self._read_members(workspace_id, channel_id)
            else:
                self._lose(workspace_id, channel_id)

    def _read_members(self, workspace_id: str, channel_id: str) -> None:
        if self._pauses.holds(MEMBERS, channel_id):
            return
        with self._asking(channel_id), self._listing(channel_id, sync.RECHECK) as listing:
            for page in listing.pages(partial(self._slack.members, channel_id)):
                listing.found.update(page)
            sync.save_members(
                self._db,
                workspace_id=workspace_id,
                channel_id=channel_id,
                ids=listing.found,
                read_at=listing.began,
                now=self._clock(),
            )

    def _lose(self, workspace_id: str, channel_id: str) -> None:
        sync.lose_channel(self._db, workspace_id=workspace_id, channel_id=channel_id, now=self._clock())

    def _hide(self, workspace_id: str, channel_id: str) -> None:
        sync.hide_channel(self._db, workspace_id=workspace_id, channel_id=channel_id, now=self._clock())

    def _stale(self, workspace_id: str, person_id: str) -> list[str]:
        return sync.stale_channels(self._db, workspace_id=workspace_id, person_id=person_id, now=self._clock())

    def _turn(self, channel_id: str) -> threading.Lock:
        return self._turns.setdefault(channel_id, threading.Lock())

    @contextmanager
    def _listing(self, thing: str, fresh: timedelta) -> Iterator[Listing]:
        """What Slack did not give is asked for next time; all of it if it refused to go on, or what came is old."""
        known = self._listings.get(thing)
        if known is None or self._clock() - known.began > fresh:
            known = self._listings[thing] = Listing(self._clock())
        try:
            yield known
        except SlackRefused:
            del self._listings[thing]
            raise
        del self._listings[thing]

    @contextmanager
    def _asking(self, thing: str, *, gone: Callable[[], None] | None = None) -> Iterator[None]:
        """One channel that Slack does not tell must not keep the others from being read."""
        try:
            yield
        except Stopping:
            log.info("Left unread: %s", thing, extra={"action": "not_read", "what": thing})
        except (SlackLimited, SlackRefused, SlackUnclear) as error:
            if gone and isinstance(error, SlackRefused) and error.error in GONE:
                gone()
            else:
                self._not_read(thing, error)

    def _not_read(self, thing: str, error: SlackError) -> None:
        self._pauses.note(error, thing)
        log.warning("Slack did not tell %s: %s", thing, error, extra={"action": "not_read", "what": thing})


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
