"""What excuses that something came late, or not: troubles of the trace that could have held back just that."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulation.allowances import PUNCTUAL, RECOVERS, SETTLES
from simulation.troubles import READING, Troubles
from simulation.world import World

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Obstacle:
    """Something that may have held back what was to happen until then."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Excuses:
    """A place is a channel, or a person with their direct message."""

    troubles: Troubles
    world: World
    end: datetime
    """Of the trace."""
    jumps: tuple[tuple[datetime, datetime], ...] = ()
    """From when to when the clock was put forward, in order: in between nothing could be done."""

    def newest(self, since: datetime, until: datetime, place: str) -> Obstacle | None:
        """The last thing between two moments that may have held back a message there."""
        places = self._places(place)
        hindering = (each for each in reversed(self.troubles.between(since, until)) if each.hinders(places))
        found = [Obstacle(each.at, each.what) for each in [next(hindering, None)] if each]
        found += [Obstacle(min(each.last, until), each.why) for each in self.troubles.outages_between(since, until)]
        found += self._shut(place, since, until)
        return max(found, key=lambda each: each.until, default=None)

    def delay(self, due: datetime, done: datetime, place: str) -> str:
        """What explains that something came later than it was due; empty if nothing does."""
        newest = self.newest(due - PUNCTUAL, done, place)
        return newest.why if newest and done <= self.recovered(newest.until) else ""

    def recovered(self, over: datetime) -> datetime:
        """By when something that could not be done until then has been done."""
        until = over + RECOVERS
        place = bisect_right(self.jumps, until, key=lambda jump: jump[0]) - 1
        return max(until, self.jumps[place][1] + PUNCTUAL) if place >= 0 else until

    def refused(self, place: str, since: datetime, until: datetime) -> str:
        """Why Slack took no message there, if it refused one for good."""
        places = self._places(place)
        found = (each for each in self.troubles.between(since, until) if each.is_for_good and each.place in places)
        return next((each.what for each in found), "")

    def unreadable(self, place: str, since: datetime, until: datetime) -> str:
        """Why it could not be seen whether a message was there already."""
        places = self._places(place)
        found = (
            each for each in self.troubles.between(since, until) if each.method in READING and each.place in places
        )
        return next((each.what for each in found), "")

    def upset(self, since: datetime, until: datetime) -> str:
        """Why Muster may not have heard of something, or not have answered; any trouble may be the one."""
        outages = [each.why for each in self.troubles.outages_between(since, until)]
        return next(iter([*outages, *(each.what for each in self.troubles.between(since, until))]), "")

    def is_settled(self, since: datetime, place: str) -> bool:
        """Whether what should have followed from something there must have followed by the end of the trace: troubles
        give it more time, but no more than a day."""
        until = since + SETTLES
        while (newest := self.newest(since, until, place)) and newest.until + RECOVERS > until < since + DAY:
            until = newest.until + RECOVERS
        return min(until, since + DAY) <= self.end

    def _places(self, place: str) -> frozenset[str]:
        direct = (channel for channel in self.world.channels if self.world.partner(channel) == place)
        return frozenset({place, *direct})

    def _shut(self, place: str, since: datetime, until: datetime) -> list[Obstacle]:
        """While a channel is archived, or Muster is not in it, nothing can be posted there."""
        channel = self.world.channels.get(place)
        if channel is None:
            return []
        moments = [
            since,
            until,
            *(at for at, _ in channel.archived.changes()),
            *(at for at, _ in channel.members.changes()),
        ]
        inside = sorted(at for at in moments if since <= at <= until)
        shut = [at for at in inside if channel.archived.at(at) or self.world.bot not in channel.members.at(at)]
        again = [at for at in inside if shut and at >= shut[-1]]
        return [Obstacle(again[1] if len(again) > 1 else again[0], "the channel was closed to Muster")] if shut else []
