"""The people of a workspace who act by themselves, by the sandbox's clock."""

import asyncio
from datetime import date

from sandbox.cast import script, talks
from sandbox.cast.attention import Attention
from sandbox.cast.doing import Doing
from sandbox.cast.habits import DAY, local_day
from sandbox.cast.life import Life
from sandbox.cast.player import Player
from sandbox.cast.timetable import Plan, Timetable
from sandbox.clock import monotonic
from sandbox.endpoints import reads
from sandbox.errors import PageError
from sandbox.state import Json
from sandbox.world import World

WEEKS_AHEAD = 2
PATIENCE_SECONDS = 20.0


class Part:
    """One player as the pages of a workspace see it: told what has changed, as an open page is."""

    def __init__(self, player: Player, attention: Attention) -> None:
        self.player = player
        self.attention = attention

    def tell(self, *what: str) -> None:
        self.attention.hear(*what)

    def notice(self, _: str) -> None:
        """What pops up is read and forgotten."""

    def wake(self) -> None:
        """Nothing waits here."""


class Cast:
    """`does`: lines of a script (see `script.Line`). `marked`: every free text carries a token of its own.

    It is driven by `act_due`, one act at a time; `run` does so by the clock. People whom somebody acts as at a page
    are left alone.
    """

    def __init__(self, world: World, seed: str, *, marked: bool = False, does: list[Json] | None = None) -> None:
        self.world = world
        self._seed = seed
        self._timetable = Timetable()
        self._is_acting = False
        self.task: asyncio.Task[None] | None = None
        self._planned_until: date | None = None
        self._first_monday = _monday(local_day(world.clock.now(), "UTC") + 6 * DAY)
        lines = script.read(does or [])
        shown = reads.workspace(world, {})
        shortcuts = {each["name"]: each["callback_id"] for each in shown["message_shortcuts"]}
        anywhere = tuple(each["callback_id"] for each in shown["global_shortcuts"])
        self._lives: list[Life] = []
        self._parts: dict[str, Part] = {}
        acting: dict[str, Doing] = {}
        for person in shown["people"]:
            if not person["deleted"]:
                player = Player(world, person, seed, self._timetable, marked=marked)
                part = self._parts[player.name] = Part(player, Attention(player))
                own = tuple(line for line in lines if line.who == player.name)
                doing = acting[player.name] = Doing(player, part.attention.deeds, shortcuts)
                self._lives.append(Life(player, part.attention, own, doing, acting, anywhere))
                world.changes.attend(player.id, part)
        if missing := {each.who for line in lines for each in (line, *line.follows)} - set(self._parts):
            raise ValueError(f"Nobody here is called {', '.join(sorted(missing))}, whom the script names.")
        for part in self._parts.values():
            part.attention.catch_up()

    @property
    def next_at(self) -> float | None:
        """When somebody acts next, in sandbox time."""
        self._plan_ahead()
        return self._timetable.next_at

    @property
    def is_quiet(self) -> bool:
        """Raises what went wrong if the cast can act no more."""
        if self.task and self.task.done():
            self.task.result()
        at = self.next_at
        return not self._is_acting and (at is None or at > self.world.clock.now())

    async def act_due(self) -> bool:
        """Let one person do one thing that is due; False if nothing is."""
        self._plan_ahead()
        plan = None if self._is_acting else self._timetable.take(self.world.clock.now())
        if plan is None:
            return False
        self._is_acting = True
        try:
            await self._act(plan)
        finally:
            self._is_acting = False
        return True

    def stop(self) -> None:
        if self.task:
            self.task.cancel()
        for part in self._parts.values():
            self.world.changes.leave(part.player.id, part)

    async def run(self) -> None:
        """Act by the clock until cancelled: whatever is due, whenever no app is busy."""
        clock = self.world.clock
        while True:
            version, at = clock.version, self.next_at
            if at is None or at > clock.now():
                left = at - clock.now() if at is not None and clock.runs else PATIENCE_SECONDS
                await clock.wait_for_change(since=version, at_most=max(left, 0.01))
                continue
            await self._until_others_are_quiet()
            await self.act_due()
            clock.announce()

    async def _act(self, plan: Plan) -> None:
        part = self._parts[plan.who]
        if part.player.has_left or self.world.changes.is_watched(part.player.id):
            return
        part.player.is_acting = True
        try:
            await plan.act()
        except PageError:  # What was there a moment ago is gone; a person shrugs.
            part.player.note("gave_up", about=plan.what)
        finally:
            part.player.is_acting = False
            part.attention.hear_what_was_missed()

    async def _until_others_are_quiet(self) -> None:
        slack, patience = self.world.slack, monotonic() + PATIENCE_SECONDS
        others = [*slack.timed, *(cast for cast in slack.casts if cast is not self)]
        while monotonic() < patience and not (  # noqa: ASYNC110 - no event says that all of them are quiet
            slack.followers.all_idle and all(other.is_quiet for other in others)
        ):
            await asyncio.sleep(0.01)

    def _plan_ahead(self) -> None:
        """Plan week by week, some way before they come."""
        today = local_day(self.world.clock.now(), "UTC")
        until = _monday(today) + WEEKS_AHEAD * 7 * DAY
        monday = self._planned_until or _monday(today)
        while monday < until:
            self._planned_until = monday + 7 * DAY
            self._plan_week(monday)
            monday += 7 * DAY

    def _plan_week(self, monday: date) -> None:
        number = (monday - self._first_monday).days // 7 + 1
        for life in self._lives:
            if not life.player.has_left:
                life.plan_week(monday, number)
        players = [life.player for life in self._lives if not life.player.has_left]
        rooms = {name: room for player in players for name, room in player.channels().items()}
        for name, channel in sorted(rooms.items()):
            here = [player for player in players if player.id in player.hands.members(channel)]
            talks.plan_week(self._seed, name, channel, here, monday)


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def end(world: World) -> None:
    """Nobody in a workspace acts by themselves any more."""
    slack = world.slack
    for cast in [cast for cast in slack.casts if isinstance(cast, Cast) and cast.world is world]:
        slack.casts.remove(cast)
        cast.stop()


async def begin(world: World, seed: str, *, marked: bool = False, does: list[Json] | None = None) -> Cast:
    """Let the people of a workspace act from now on. Raises ValueError for a script that cannot be played."""
    cast = Cast(world, seed, marked=marked, does=does)
    world.slack.casts.append(cast)
    cast.task = asyncio.get_running_loop().create_task(cast.run())
    return cast
