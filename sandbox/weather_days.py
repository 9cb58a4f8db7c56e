"""The troubles of whole days: what admins, networks and hosts do to an app's workspace, by the sandbox's clock."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sandbox import installing
from sandbox.chance import dice, happens
from sandbox.delivery.troubles import RECONNECT_SECONDS
from sandbox.endpoints import channels, people
from sandbox.errors import PageError
from sandbox.slack import Slack
from sandbox.state import Channel, Json
from sandbox.weather import DAYS, Profile, Weather
from sandbox.world import World

DAY = timedelta(days=1)
HOUR = 3600.0
FIRST_HOUR, LAST_HOUR = 6.0, 22.0
"""UTC: within them troubles of a day begin."""
TOKEN_GONE = (0.2 * HOUR, 2 * HOUR)
ARCHIVED = (0.5 * HOUR, 8 * HOUR)
DEACTIVATED = (20 * HOUR, 60 * HOUR)
LEAP = (0.3 * HOUR, 3 * HOUR)
SET_BACK = (60.0, 900.0)
WRONG = (0.1 * HOUR, HOUR)


class WeatherDays:
    def __init__(self, slack: Slack, weather: Weather) -> None:
        self._slack = slack
        self._weather = weather
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def next_at(self) -> None:
        """What is to come stands in the sandbox's agenda."""

    @property
    def is_quiet(self) -> bool:
        """Whether no app is changing its websockets."""
        return not self._tasks

    def begin(self) -> None:
        self._plan(datetime.fromtimestamp(self._slack.clock.now(), UTC).date())

    def _plan(self, day: date) -> None:
        """Plan a day when it begins, and then the next one."""
        if self._slack.faults.weather is not self._weather:
            return  # It has changed.
        self._slack.agenda.at(_moment(day + DAY, 0.0), partial(self._plan, day + DAY))
        for world in self._slack.worlds.values():
            for what in DAYS:
                about = (self._weather.seed, what, world.workspace.name, day)
                if happens(self._weather.chances[what], *about):
                    throw = dice(*about)
                    at = _moment(day, throw.uniform(FIRST_HOUR, LAST_HOUR))
                    if at > self._slack.clock.now():
                        self._slack.agenda.at(at, partial(self._happen, what, world, throw))

    def _happen(self, what: str, world: World, throw: Random) -> None:
        try:
            details = TROUBLES[what](self, world, throw)
        except PageError:
            return  # What it would have hit has changed meanwhile.
        if details is not None:
            self._slack.note_fault(what, {"details": details})

    def refresh_socket(self, world: World, _: Random) -> Json | None:
        if not len(world.connections):
            return None
        ask = partial(world.connections.ask_to_reconnect, "refresh_requested")
        self._spawn(world.connections.renew(ask, patience=RECONNECT_SECONDS))
        return {}

    def revoke_token(self, world: World, throw: Random) -> Json | None:
        if world.installation is None or not world.has_token:
            return None
        seconds = throw.uniform(*TOKEN_GONE)
        installing.lose_token(world)
        self._later(seconds, lambda: installing.give_token_back(world))
        return {"seconds": seconds}

    def archive_channel(self, world: World, throw: Random) -> Json | None:
        channel = _some_channel(world, throw, lambda channel: not channel.archived and not channel.is_general)
        if channel is None:
            return None
        seconds, by = throw.uniform(*ARCHIVED), channel.members[0]
        channels.archive(world, {"channel": channel.id, "as": by})
        self._later(seconds, lambda: channels.unarchive(world, {"channel": channel.id, "as": by}))
        return {"channel": channel.id, "seconds": seconds}

    def make_private(self, world: World, throw: Random) -> Json | None:
        channel = _some_channel(world, throw, lambda channel: channel.kind == "public" and not channel.is_general)
        if channel is None:
            return None
        channels.make_private(world, {"channel": channel.id, "as": channel.members[0]})
        return {"channel": channel.id}

    def deactivate(self, world: World, throw: Random) -> Json | None:
        humans = [person.id for person in world.workspace.humans() if not person.deleted and not person.is_admin]
        if not humans:
            return None
        person, seconds = throw.choice(humans), throw.uniform(*DEACTIVATED)
        people.change(world, {"id": person, "deleted": True})
        self._later(seconds, lambda: people.change(world, {"id": person, "deleted": False}))
        return {"person": person, "seconds": seconds}

    def leap(self, _: World, throw: Random) -> Json | None:
        """The host sleeps: when it wakes, much is overdue."""
        seconds = throw.uniform(*LEAP)
        now = self._slack.clock.now()
        self._slack.agenda.at(now, partial(self._slack.jump_to, now + seconds))
        return {"seconds": seconds}

    def set_back(self, _: World, throw: Random) -> Json | None:
        """The clock of the app's host goes back, and some time later it jumps to the right time."""
        seconds, lasts = throw.uniform(*SET_BACK), throw.uniform(*WRONG)
        self._slack.set_hosts_back(seconds)
        self._later(lasts, partial(self._slack.set_hosts_back, 0.0))
        return {"seconds": seconds, "lasts": lasts}

    def _later(self, seconds: float, work: Callable[[], object]) -> None:
        self._slack.agenda.at(self._slack.clock.now() + seconds, partial(_quietly, work))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


TROUBLES: dict[str, Callable[[WeatherDays, World, Random], Json | None]] = {
    "refreshed_socket": WeatherDays.refresh_socket,
    "token_revoked": WeatherDays.revoke_token,
    "channel_archived": WeatherDays.archive_channel,
    "channel_private": WeatherDays.make_private,
    "person_deactivated": WeatherDays.deactivate,
    "clock_leap": WeatherDays.leap,
    "clock_back": WeatherDays.set_back,
}


def change_weather(slack: Slack, seed: str, profile: Profile, chances: dict[str, float] | None = None) -> None:
    """From now on. Raises ValueError for a profile or a trouble that there is not."""
    weather = Weather(seed, profile, clock=slack.clock, note=slack.note_fault, chances=chances)
    slack.faults.weather = weather
    slack.timed = [timed for timed in slack.timed if not isinstance(timed, WeatherDays)]
    days = WeatherDays(slack, weather)
    slack.timed.append(days)
    days.begin()


def _quietly(work: Callable[[], object]) -> None:
    """Give back what was taken, if it still can be."""
    try:
        work()
    except PageError:
        return


def _some_channel(world: World, throw: Random, fits: Callable[[Channel], bool]) -> Channel | None:
    rooms_here = [c for c in world.workspace.channels.values() if c.kind in ("public", "private") and c.members]
    fitting = [channel for channel in rooms_here if fits(channel) and _is_of_somebody(world, channel)]
    return throw.choice(fitting) if fitting else None


def _is_of_somebody(world: World, channel: Channel) -> bool:
    first = world.workspace.people[channel.members[0]]
    return first.is_human and not first.deleted


def _moment(day: date, hour: float) -> float:
    return datetime.combine(day, datetime.min.time(), UTC).timestamp() + hour * HOUR
