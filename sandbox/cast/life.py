"""What people do unasked: talk in channels, go away, leave a channel and come back, look at the app's Home."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from sandbox.cast.asks import asks
from sandbox.cast.attention import Attention
from sandbox.cast.deeds import Occasion
from sandbox.cast.doing import Doing
from sandbox.cast.habits import DAY
from sandbox.cast.player import Player
from sandbox.cast.script import Line
from sandbox.cast.threads import Thread
from sandbox.chance import dice, happens, pick
from sandbox.sight import texts

HOME_A_WEEK = 0.35
PRESS_AT_HOME = 0.3
"""Of those who look at it."""
HOME_COMES_AFTER = 5.0
SHORTCUT_A_WEEK = 0.08
LEAVING_A_WEEK = 0.01
JOINING_A_WEEK = 0.015
WORKDAYS = 5
DAYS_BEFORE = 7
"""Within which somebody has looked at Slack before they go away."""


@dataclass(frozen=True)
class Life:
    """One person's own week."""

    player: Player
    attention: Attention
    script: tuple[Line, ...]
    doing: Doing
    others: Mapping[str, Doing]
    """All who may act, by name, oneself included."""
    anywhere: tuple[str, ...] = ()
    """Callback ids of the shortcuts that need no message."""

    def plan_week(self, monday: date, number: int) -> None:
        """`number`: which week it is since the cast began."""
        self._plan_absences(monday)
        self._plan_now_and_then(monday)
        for line in self.script:
            at = line.at(monday, self.player.zone)
            is_there = not self.player.habits.is_away(line.day(monday))
            if line.is_in(number) and is_there and at > self.player.now:
                self.player.plan(at, f"script {line.key} {monday}", partial(self._do, line, monday))

    def _plan_absences(self, monday: date) -> None:
        player = self.player
        for begin, end in player.habits.absences(monday, monday):
            before = (player.habits.looks(begin - ahead * DAY, player.zone) for ahead in range(1, DAYS_BEFORE))
            last = next((looks[-1] for looks in before if looks), 0.0)
            back = player.look_on(end)
            if last > player.now and back is not None:
                player.plan(last, f"away {begin}", partial(self._go_away, end))
                player.plan(back, f"back {end}", self._come_back)

    def _plan_now_and_then(self, monday: date) -> None:
        """The few things people do in some weeks, each at a look of a day of its own."""
        for what, chance, act in (
            ("home", HOME_A_WEEK, self._look_at_home),
            ("shortcut", SHORTCUT_A_WEEK, self._use_a_shortcut),
            ("leave", LEAVING_A_WEEK, self._leave_for_a_while),
            ("join", JOINING_A_WEEK, self._join_somewhere),
        ):
            about = self.player.habits.about(what, monday)
            if not happens(chance, *about):
                continue
            looks = self.player.habits.looks(monday + dice(*about).randrange(WORKDAYS) * DAY, self.player.zone)
            if looks and looks[0] > self.player.now:
                self.player.plan(dice(*about).choice(looks), f"{what} {monday}", act)

    async def _go_away(self, end: date) -> None:
        self.player.note("went_away", until=end.isoformat())

    async def _come_back(self) -> None:
        self.player.note("came_back")

    async def _look_at_home(self) -> None:
        player = self.player
        if not player.hands.open_home():
            return
        if view := player.hands.home():
            player.note("looked", home=True, texts=texts(view))
        if happens(PRESS_AT_HOME, *player.habits.about("press at home", player.today)):
            player.plan(player.now + HOME_COMES_AFTER, "press at home", self._press_at_home)

    async def _press_at_home(self) -> None:
        """Some button of the page as it stands now: it is drawn anew for whoever opens it."""
        player = self.player
        wants = [ask for ask in asks(player.hands.home() or {"blocks": []}) if ask.open]
        if wants:
            about = player.habits.about("which at home", player.today)
            ask = dice(*about).choice(wants)
            button = pick([(each, each.weight) for each in ask.open], *about)
            await self.attention.deeds.press_at_home(ask.block_id, button.label, Occasion(ask.about))

    async def _press_the_button_at_home(self, label: str) -> None:
        found = (ask for ask in asks(self.player.hands.home() or {"blocks": []}) if ask.has(label))
        if ask := next(found, None):
            await self.attention.deeds.press_at_home(ask.block_id, label, Occasion(ask.about))

    async def _use_a_shortcut(self) -> None:
        if self.anywhere:
            chosen = dice(*self.player.habits.about("which shortcut", self.player.today)).choice(self.anywhere)
            await self.attention.deeds.shortcut(chosen, Occasion(chosen))

    async def _leave_for_a_while(self) -> None:
        player, own = self.player, self.player.channels()
        if not own:
            return
        about = player.habits.about("which to leave", player.today)
        name = dice(*about).choice(sorted(own))
        if player.hands.leave(own[name]):
            player.look_around()
            back = player.look_on(player.today + dice(*about).randint(2, 8) * DAY)
            if back is not None:
                player.plan(back, f"return {name}", partial(self._return, own[name]))

    async def _return(self, channel: str) -> None:
        """Into a private channel only its members could let them; they do not come back there."""
        self.player.hands.join(channel)
        self.player.look_around()

    async def _join_somewhere(self) -> None:
        player = self.player
        rooms = player.hands.sidebar()["channels"]
        others = sorted((room["name"], room["id"]) for room in rooms if not room["is_member"])
        if others:
            player.hands.join(dice(*player.habits.about("which to join", player.today)).choice(others)[1])
            player.look_around()

    async def _do(self, line: Line, monday: date) -> None:
        if line.at_home:
            await self._press_at_home_later(line)
        else:
            place = await self.doing.do(line, monday)
            Thread(line, monday, self.others).follow(0, place)

    async def _press_at_home_later(self, line: Line) -> None:
        if not line.about or self.doing.newest("", line.about):
            self.player.hands.open_home()
            later = self.player.now + HOME_COMES_AFTER
            self.player.plan(later, f"at home {line.key}", partial(self._press_the_button_at_home, line.at_home))
