"""`muster simulate`: weeks of a team's life against the sandbox, and a verdict on them."""

import json
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from bot import manifest, settling_in
from bot.app_process import AppProcess, DidNotStart
from bot.console import INTERRUPTED, say
from bot.demo import settings_for
from bot.library import SHIPPED
from bot.progress import Progress
from domain.errors import UserError
from sandbox.client import Client, Refused
from sandbox.server import Sandbox
from sandbox.weather import Profile
from services.secrets import new_key
from simulation import generator
from simulation import plan as plans
from simulation.plan import Plan
from simulation.report import report
from simulation.trace import Unreadable
from simulation.verdict import judge

TRACE, PLAN, LOG, DATABASE = "trace.jsonl", "plan.yaml", "muster.log", "muster.db"
FILES = (TRACE, PLAN, LOG, *(f"{DATABASE}{ending}" for ending in ("", "-wal", "-shm", ".lock")))
ACK_SECONDS = 15.0
"""Slack's three would be the machine's, and say more about what else it has to do than about Muster."""
QUIET_DAYS = 2
"""The last days have no faults, so that all that is owed can come."""
OUTAGES = (0, 0, 90, 20 * 60, 5 * 3600)
"""How long, in seconds of the sandbox, Muster stays away after a kill."""
KILLS_A_WEEK = 3
LONGEST_STEP = 6 * 3600
MOST_STARTS = 10
SECONDS_BETWEEN_STARTS = 60
MOST_SECONDS_INTO_WORK = 0.08
FOLDER_KEPT = "The trace is kept in {folder}. Show its verdict again with: muster simulate --replay {folder}"
STOPPED = "Stopped in the middle, with Muster and the sandbox. Nothing has been judged."
STOPPED_AND_KEPT = "Judge what was lived until then with: muster simulate --replay {folder}"


class TooFewOrMany(UserError):
    """A team has {fewest} to {most} people here. Say `--members` with a number between them."""


class NoFolder(UserError):
    """{folder} cannot be made or written to ({why}). Name another folder after `--keep`."""


class NotOurs(UserError):
    """{file} is there already, and no simulation has left it. Name another folder after `--keep`."""


class NotJudged(UserError):
    """There is nothing to judge in {folder}: {why} `--replay` takes a folder that `--keep` has filled."""


@dataclass(frozen=True)
class Options:
    weeks: int
    members: int
    seed: int
    faults: Profile
    folder: Path | None = None
    """Where plan, trace, log and database are kept; None: nowhere, unless a promise is broken."""


def simulate(options: Options) -> int:
    """Lives the weeks and prints the report; 0 if every promise was kept. Raises UserError."""
    if not generator.FEWEST <= options.members <= generator.MOST:
        raise TooFewOrMany(fewest=generator.FEWEST, most=generator.MOST)
    folder = _ready(options.folder) if options.folder else Path(tempfile.mkdtemp(prefix="muster-simulation-"))
    say(f"Simulating {_described(options)}. Ctrl-C ends it.")
    stop = _Stop()
    try:
        code = _live_and_judge(options, folder)
    except BaseException:
        if not stop.is_asked_for:
            raise
        say(STOPPED)
        if options.folder:
            say(STOPPED_AND_KEPT.format(folder=folder))
        else:
            _remove(folder)
        return INTERRUPTED
    if code or options.folder:
        say(FOLDER_KEPT.format(folder=folder))
    else:
        _remove(folder)
    return code


class _Stop:
    """Whoever ends the simulation leaves no Muster behind, be it by Ctrl-C or as a supervisor does.

    Python loses the exception of a signal that comes while it clears up an object: then it is the next thing to fail,
    for want of Muster, that ends the life.
    """

    def __init__(self) -> None:
        self.is_asked_for = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.is_asked_for = True
        raise KeyboardInterrupt


def _described(options: Options) -> str:
    weeks = "1 week" if options.weeks == 1 else f"{options.weeks} weeks"
    faults = "without faults" if options.faults == "none" else f"with {options.faults} faults"
    return f"{weeks} of {options.members} people {faults}, seed {options.seed}"


def _live_and_judge(options: Options, folder: Path) -> int:
    began = time.monotonic()
    live(options, folder)
    say(f"Lived in {time.monotonic() - began:.0f} s.\n")
    return replay(folder)


def replay(folder: Path) -> int:
    """Judges what was lived before. Raises NotJudged."""
    try:
        verdict = judge(folder / TRACE, folder / PLAN, SHIPPED)
    except Unreadable as why:
        raise NotJudged(folder=folder, why=why) from why
    say(report(verdict))
    return verdict.exit_code


def _ready(folder: Path) -> Path:
    """Only what another simulation has left is removed: the database of a real Muster has the same name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = [name for name in FILES if (folder / name).exists()]
        if found and TRACE not in found:
            raise NotOurs(file=folder / found[0])
        _remove_files(folder)
        (folder / TRACE).touch()
    except OSError as error:
        raise NoFolder(folder=folder, why=error.strerror) from error
    return folder


def _remove(folder: Path) -> None:
    _remove_files(folder)
    folder.rmdir()


def _remove_files(folder: Path) -> None:
    """The trace last: while there is one, the others are a simulation's."""
    for name in reversed(FILES):
        (folder / name).unlink(missing_ok=True)


def live(options: Options, folder: Path) -> None:
    with begun(options, folder) as life:
        life.go_on()


@contextmanager
def begun(options: Options, folder: Path) -> Iterator["Life"]:
    """Everybody is there, and nothing has happened yet."""
    plan = generator.plan(options.seed, options.members, options.weeks)
    _begin_trace(folder / TRACE, options, plan)
    plans.write(plan, folder / PLAN)
    with _sandbox(plan, folder / TRACE) as box, Client(box.url) as hands:
        calendars = {"MUSTER_SECRET_KEY": new_key(), "MUSTER_CALENDAR_HOSTS": "127.0.0.1"}
        app = AppProcess(settings_for(box, folder / DATABASE), folder / LOG, calendars)
        life = Life(options, plan, box, hands, app)
        try:
            life.begin()
            yield life
        finally:
            life.progress.end()
            app.stop()


def _begin_trace(trace: Path, options: Options, plan: Plan) -> None:
    about = {"seed": options.seed, "weeks": options.weeks, "members": options.members, "faults": options.faults}
    first = {"kind": "begin", "at": plan.begins.timestamp(), **about}
    trace.write_text(json.dumps(first) + "\n", encoding="utf-8")


@contextmanager
def _sandbox(plan: Plan, trace: Path) -> Iterator[Sandbox]:
    seed: dict[str, Any] = {"workspace": plan.workspace}
    seed["people"] = [asdict(person) for person in plan.people]
    seed["channels"] = [asdict(channel) for channel in plan.channels]
    shipped = manifest.shipped()
    with Sandbox(
        manifest=shipped, seed=seed, start=plan.begins, runs=False, trace=trace, ack_seconds=ACK_SECONDS
    ) as box:
        yield box


class Life:
    """The weeks as they pass: setting up, then from one event to the next, with kills in between."""

    def __init__(self, options: Options, plan: Plan, box: Sandbox, hands: Client, app: AppProcess) -> None:
        self._options, self._plan, self._box, self._hands, self._app = options, plan, box, hands, app
        self._end = plan.begins + timedelta(weeks=options.weeks, days=QUIET_DAYS)
        self._chance = Random(f"kills {options.seed}")  # noqa: S311 - no secret hangs on it
        self._kills = self._kill_moments() if options.faults == "heavy" else []
        self.progress = Progress(plan.begins, self._end)

    def begin(self) -> None:
        """As the people would: the first admin sets everybody up, and each ritual is switched on in its channel."""
        self._start_app()
        settling_in.settle_in(self._plan, self._box, self._hands)
        for ritual in self._plan.rituals:
            self._hands.person(ritual.by).command("/ritual", f"on {ritual.template}", channel=ritual.channel)
        self._hands.next_event(until=self._now() + 60)
        self._box.start_cast(str(self._options.seed), marked=True, does=self._plan.does)
        self._box.change_weather(str(self._options.seed), self._options.faults)

    def go_on(self) -> None:
        calm = self._end - timedelta(days=QUIET_DAYS)
        self.live_until(calm)
        self._box.change_weather(str(self._options.seed), "none")
        self._kills.clear()
        self.live_until(self._end)

    def live_until(self, end: datetime) -> None:
        while self._now() < end.timestamp():
            if self._kills and self._kills[0] <= self._now():
                self._kill()
            self._step(min(end.timestamp(), self._now() + LONGEST_STEP))
            self.progress.tell(datetime.fromtimestamp(self._now(), UTC))

    def _step(self, until: float) -> None:
        if self._kills:
            until = min(until, max(self._kills[0], self._now() + 1))
        try:
            self._hands.next_event(until=until)
        except Refused:  # Something is still on its way: that is what faults do.
            time.sleep(0.05)

    def _kill(self) -> None:
        """In the middle of whatever it does next."""
        self._kills.pop(0)
        killing = threading.Timer(self._chance.uniform(0, MOST_SECONDS_INTO_WORK), self._kill_app)
        killing.start()
        self._step(self._now() + 600)
        killing.join()
        back = self._now() + self._chance.choice(OUTAGES)
        self._kills = [at for at in self._kills if at > back]  # Until then nothing runs that could be killed.
        while self._now() < back:
            self._step(back)
        self._start_app()

    def _kill_app(self) -> None:
        self._app.kill()
        self._box.note("process", act="killed", name="muster")

    def _start_app(self) -> None:
        """What keeps Muster from starting is over after a while, and whoever runs it starts it again."""
        for _ in range(MOST_STARTS):
            try:
                self._app.start()
            except DidNotStart as failed:
                self._app.kill()
                why = failed
                self._step(self._now() + SECONDS_BETWEEN_STARTS)
            else:
                self._box.note("process", act="started", name="muster")
                return
        raise why

    def _kill_moments(self) -> list[float]:
        begins, seconds = self._plan.begins.timestamp(), self._options.weeks * 7 * 86_400
        return sorted(begins + self._chance.uniform(0, seconds) for _ in range(KILLS_A_WEEK * self._options.weeks))

    def _now(self) -> float:
        return self._box.slack.clock.now()
