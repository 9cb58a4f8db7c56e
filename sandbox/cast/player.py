"""One simulated person: who they are, where they sit, and when they next look at Slack."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sandbox.cast.corpus import Writer
from sandbox.cast.filling import Colleague, Desk
from sandbox.cast.habits import DAY, Habits, local_day
from sandbox.cast.hands import Hands
from sandbox.cast.timetable import Plan, Timetable
from sandbox.endpoints import diary, reads
from sandbox.state import Json
from sandbox.world import World

NAMED_CHANNEL = re.compile(r"<#(C[A-Z0-9]+)|#([\w-]+)")
PRESENT_FOR = 180.0
"""Seconds for which somebody who has just done something still watches the screen."""


class Player:
    def __init__(self, world: World, person: Json, seed: str, timetable: Timetable, *, marked: bool) -> None:
        self.id: str = person["id"]
        self.name: str = person["name"]
        self.seed = seed
        self.marked = marked
        self.habits = Habits(seed, self.name)
        self.hands = Hands(world, self.id)
        self.is_acting = False
        self._world = world
        self._timetable = timetable
        self._present_until = 0.0
        self._known: Json = {}
        self._rooms_seen: tuple[int, Sequence[Json]] = (0, ())
        self.look_around()

    def look_around(self) -> None:
        """Learn who is here, and where and what oneself is."""
        self._rooms_seen = (0, ())
        self._known = {person["id"]: person for person in reads.workspace(self._world, {})["people"]}

    @property
    def now(self) -> float:
        return self._world.clock.now()

    @property
    def zone(self) -> str:
        return str(self._known[self.id]["tz"])

    @property
    def today(self) -> date:
        return local_day(self.now, self.zone)

    @property
    def has_left(self) -> bool:
        return bool(self._known[self.id]["deleted"])

    @property
    def is_present(self) -> bool:
        return self.now <= self._present_until

    def stay(self) -> None:
        """Go on watching the screen for a while."""
        self._present_until = self.now + PRESENT_FOR

    def plan(self, at: float, what: str, act: Callable[[], Awaitable[None]]) -> None:
        """Something already planned is not planned again."""
        self._timetable.put(Plan(at, self.name, what, act))

    def drop(self, what: str) -> None:
        self._timetable.drop(self.name, what)

    def look_after(self, count: int) -> float | None:
        """The moment of the look `count` looks from now; 0 is this one. None of somebody away for long."""
        if count == 0:
            return self.now
        looks = list(islice(self.habits.next_looks(self.now, self.zone), count))
        return looks[-1] if len(looks) == count else None

    def soon(self, after: float) -> float | None:
        """Then, of somebody who is at work just then; else at their next look."""
        looks = self.habits.looks(self.today, self.zone)
        return after if looks and looks[0] <= after <= looks[-1] else self.look_after(1)

    def look_on(self, day: date) -> float | None:
        """The first look on that day or after it."""
        for ahead in range(20):
            looks = [look for look in self.habits.looks(day + ahead * DAY, self.zone) if look > self.now]
            if looks:
                return looks[0]
        return None

    def last_look(self) -> float | None:
        """The last look of a working day, today's if it is still to come."""
        for ahead in range(20):
            looks = self.habits.looks(self.today + ahead * DAY, self.zone)
            if looks and looks[-1] > self.now:
                return looks[-1]
        return None

    def note(self, did: str, **told: Any) -> None:
        diary.note(self._world, self.id, did, **told)

    def writer(self, *about: object) -> Writer:
        return Writer(self.seed, self.name, str(self._known[self.id]["title"]), self.today, about)

    def desk(self, channel: str, *about: object) -> Desk:
        """Where they fill in something about a channel, which may be none."""
        own = list(self.channels().values())
        public = [channel_id for channel_id in own if channel_id in self._public()]
        return Desk(
            writer=self.writer(*about),
            zone=self.zone,
            me=self.id,
            circle=self.circle(channel),
            channel=channel or next(iter(own), ""),
            public=channel if channel in public else next(iter(public), ""),
            marked=self.marked,
            elsewhere=self.everybody(),
        )

    def circle(self, channel: str = "") -> tuple[Colleague, ...]:
        """Who is in the channel, or in any of one's own, by name; oneself left out."""
        channels = [channel] if channel else list(self.channels().values())
        members = {member for each in channels for member in self.hands.members(each)}
        return tuple(each for each in self.everybody() if each.id in members)

    def everybody(self) -> tuple[Colleague, ...]:
        """In the workspace, by name; oneself left out."""
        people = sorted(self._known.values(), key=lambda person: str(person["name"]))
        known = [person for person in people if person["id"] != self.id and not person["deleted"]]
        return tuple(Colleague(person["id"], person["name"], person["title"]) for person in known)

    def channels(self) -> dict[str, str]:
        """The ids of one's own channels by name."""
        return {room["name"]: room["id"] for room in self._rooms() if room["is_member"] and not room["archived"]}

    def _public(self) -> set[str]:
        return {room["id"] for room in self._rooms() if not room["is_private"]}

    def _rooms(self) -> Sequence[Json]:
        """As of the beginning of this hour, or of the last time they looked around: nobody reads the list each time."""
        hour = int(self.now // 3600)
        if self._rooms_seen[0] != hour:
            self._rooms_seen = (hour, self.hands.sidebar()["channels"])
        return self._rooms_seen[1]

    def channel_in(self, said: str) -> str:
        """The channel of one's own that a text names; empty if it names none."""
        own = self.channels()
        for channel_id, name in NAMED_CHANNEL.findall(said):
            if channel_id in own.values():
                return str(channel_id)
            if name in own:
                return own[name]
        return ""
