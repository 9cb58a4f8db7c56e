"""What excuses that something came late, or not: troubles of the trace that could have held back just that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from simulation.allowances import PUNCTUAL, SETTLES
from simulation.troubles import HOME, READING, Trouble, Troubles
from simulation.world import World

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Obstacle:
    """Something that may have held back what was to happen until then."""

    until: datetime
    why: str
    recovers: timedelta = SETTLES

    @property
    def over(self) -> datetime:
        """By when what it held back has been done."""
        return self.until + self.recovers


@dataclass(frozen=True)
class Excuses:
    """A place is a channel, or a person with their direct message."""

    troubles: Troubles
    world: World
    end: datetime
    """Of the trace."""

    def longest(self, since: datetime, until: datetime, place: str) -> Obstacle | None:
        """Of what happened between two moments, and may have held back a message there, what is felt longest."""
        places = self._places(place)
        found = [Obstacle(each.at, each.what, each.recovers) for each in self._newest(since, until, places)]
        found += [Obstacle(min(each.last, until), each.why) for each in self.troubles.outages_between(since, until)]
        found += self._shut(place, since, until)
        return max(found, key=lambda each: each.over, default=None)

    def _newest(self, since: datetime, until: datetime, places: frozenset[str]) -> Iterator[Trouble]:
        """The last that could hold back a message there, and the last of those that are felt long."""
        for troubles in (self.troubles.between(since, until), self.troubles.mendable_between(since, until)):
            yield from islice((each for each in reversed(troubles) if each.hinders(places)), 1)

    def delay(self, due: datetime, done: datetime, place: str) -> str:
        """What explains that something came later than it was due; empty if nothing does."""
        longest = self.longest(due - PUNCTUAL, done, place)
        return longest.why if longest and done <= longest.over else ""

    def hindered(self, due: datetime, came: datetime, place: str) -> bool:
        """Whether anything at all stood in the way in between: what it held back may have waited for working hours."""
        return bool(self.longest(due - PUNCTUAL, came, place) or self.refused(place, due - PUNCTUAL, came))

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

    def unpublished(self, person: str, since: datetime, until: datetime) -> bool:
        """Whether a Home page may not have changed because Slack did not take it."""
        found = self.troubles.between(since, until)
        return any(each.method == HOME and (each.is_limit or each.place in (person, "")) for each in found)

    def upset(self, since: datetime, until: datetime) -> str:
        """Why Muster may not have heard of something, or not have answered; any trouble may be the one."""
        outages = [each.why for each in self.troubles.outages_between(since, until)]
        return next(iter([*outages, *(each.what for each in self.troubles.between(since, until))]), "")

    def is_settled(self, since: datetime, place: str) -> bool:
        """Whether what should have followed from something there must have followed by the end of the trace: troubles
        give it more time, but no more than a day."""
        until = since + SETTLES
        while (longest := self.longest(since, until, place)) and longest.over > until < since + DAY:
            until = longest.over
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
