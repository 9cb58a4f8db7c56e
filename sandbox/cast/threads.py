"""Threads that a script tells: each deed follows the one that it is about."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from sandbox.cast.doing import Doing, Place
from sandbox.cast.script import Line
from sandbox.chance import dice

FOLLOWS_AFTER = (120, 1500)
"""Seconds after which somebody who is at work does what follows."""


class Thread:
    """`line` has been acted out; `people` are all who may act, by name."""

    def __init__(self, line: Line, monday: date, people: Mapping[str, Doing]) -> None:
        self._line, self._monday, self._people = line, monday, people

    def follow(self, number: int, place: Place | None) -> None:
        """Plans what follows its `number`th line, which was about the message there, or made it."""
        if place is None:
            return
        for later, line in enumerate(self._line.follows, start=1):
            if line.of == number and line.who in self._people:
                player = self._people[line.who].player
                what = f"thread {self._line.key} {self._monday} {later:02}"
                at = player.soon(player.now + dice(player.seed, what).randint(*FOLLOWS_AFTER))
                if at is not None:
                    player.plan(at, what, partial(self._do, later, line, place))

    async def _do(self, number: int, line: Line, about: Place) -> None:
        if not self._people[line.who].player.has_left:
            self.follow(number, await self._people[line.who].do(line, self._monday, about))
