"""Conversations in a channel: somebody begins, others answer in the thread when they next look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sandbox.cast import corpus
from sandbox.cast.filling import signed
from sandbox.cast.habits import DAY
from sandbox.cast.player import Player
from sandbox.chance import dice, happens

TALK_A_WEEK = 0.75
ANSWER_AFTER = (120, 1500)
"""Seconds between two lines of people who are both at work."""
WORKDAYS = 5
MOST_SAID = 3000


@dataclass(frozen=True)
class Talk:
    """`lines`: who says what, in order."""

    channel: str
    about: tuple[object, ...]
    lines: tuple[tuple[Player, str], ...]

    def begin_on(self, day: date) -> None:
        first = self.lines[0][0]
        looks = first.habits.looks(day, first.zone)
        if looks and looks[0] > first.now:
            first.plan(dice(*self.about).choice(looks), self._what(0), partial(self._say, 0, None))

    async def _say(self, number: int, thread: str | None) -> None:
        player, line = self.lines[number]
        text = signed(player.desk(self.channel, *self.about), line, MOST_SAID, "talk", number)
        ts = player.hands.say(self.channel, text, thread)
        if ts is not None and number + 1 < len(self.lines):
            self._answer(number + 1, thread or ts)

    def _answer(self, number: int, thread: str) -> None:
        player, _ = self.lines[number]
        at = player.soon(player.now + dice(*self.about, number).randint(*ANSWER_AFTER))
        if at is not None:
            player.plan(at, self._what(number), partial(self._say, number, thread))

    def _what(self, number: int) -> str:
        return f"talk {self.channel} {self.about} {number}"


def plan_week(seed: str, name: str, channel: str, members: Sequence[Player], monday: date) -> None:
    """The talk of a week in the channel of that name, if there is one and people for it."""
    about = (seed, "talk", name, monday)
    if not happens(TALK_A_WEEK, *about):
        return
    order = list(range(len(corpus.talks())))
    dice(seed, "order of talks").shuffle(order)
    weeks = monday.toordinal() // 7 + dice(seed, name).randrange(len(order))
    talk = _cast(corpus.talks()[order[weeks % len(order)]], members, about)
    if talk and len({player.name for player, _ in talk}) > 1:
        lines = tuple((player, corpus.filled_in(line, *about)) for player, line in talk)
        Talk(channel, about, lines).begin_on(monday + dice(*about).randrange(WORKDAYS) * DAY)


def _cast(
    talk: list[tuple[str, str]], members: Sequence[Player], about: tuple[object, ...]
) -> list[tuple[Player, str]]:
    """Who says each line; what nobody here can say is left out. Without its first line there is no talk."""
    functions = {player.name: player.writer().function for player in members}
    said: list[tuple[Player, str]] = []
    for number, (function, line) in enumerate(talk):
        fitting = sorted((p for p in members if functions[p.name] == function), key=lambda player: player.name)
        if fitting:
            said.append((dice(*about, function).choice(fitting), line))
        elif number == 0:
            return []
    return said
