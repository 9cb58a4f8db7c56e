"""Building everything and running it until it is told to stop."""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.clock import SandboxClock
from bot.console import INTERRUPTED, say
from bot.database import open_database, unlock
from bot.intake import Intake, open_intake
from bot.library import with_rounds
from bot.settings import Settings
from bot.slack_app import build_app
from domain import zones
from domain.clock import Clock, machine_now
from domain.errors import UserError
from handlers.context import Muster
from schedules.brief_writing import Model
from schedules.briefings import Briefings
from schedules.calendars import Calendars
from schedules.feeds import Feeds
from schedules.loop import Loop
from schedules.membership import Membership
from schedules.run_briefs import RunBriefs
from schedules.worker import Worker
from services import deliveries, outages, sync
from storage.engine import Database
from surface.kit import Json
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear

log = logging.getLogger(__name__)
BACKGROUND_THREADS = 4
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Process:
    db: Database
    loop: Loop
    app: App
    intake: Intake
    clock: Clock
    background: ThreadPoolExecutor

    def stop(self) -> None:
        """Takes nothing more from people, then ends the loop. Returns when what people did has been answered."""
        try:
            self.intake.close()
        finally:
            self.loop.stop()

    def close(self) -> None:
        """From the bottom up; what fails keeps nothing else from being closed."""
        with ExitStack() as closing:
            closing.callback(unlock, self.db)
            closing.callback(self.db.close)
            if isinstance(self.clock, SandboxClock):
                closing.callback(self.clock.close)
            closing.callback(self.background.shutdown, wait=True)
            closing.callback(self.intake.close)


def run(settings: Settings, *, ready: Callable[[str], None] = lambda _name: None) -> None:
    """Runs Muster until SIGINT or SIGTERM. `ready` is told the workspace's name. Raises UserError."""
    process, name = build(settings)
    serve(process, ready=lambda: ready(name))


def serve(process: Process, *, ready: Callable[[], None]) -> None:
    """Runs until SIGINT or SIGTERM, and closes everything."""
    _stop_when_told(process)
    try:
        ready()
        process.loop.run()
    finally:
        process.close()


def _stop_when_told(process: Process) -> None:
    def stop(_number: int, _frame: object) -> None:
        for number in SIGNALS:
            signal.signal(number, lambda _number, _frame: os._exit(INTERRUPTED))
        say("Stopping: what is being sent is finished first. Ctrl-C again ends at once.")
        # In this thread runs the loop, which goes on until people have been answered.
        threading.Thread(target=process.stop, name="stop").start()

    for number in SIGNALS:
        signal.signal(number, stop)


def build(settings: Settings) -> tuple[Process, str]:
    """Connects to the database and to Slack, and reads who is there."""
    settings.require_tokens()
    library, rounds = with_rounds(settings.rituals)
    slack = Slack(settings.bot_token, settings.api_url)
    me = _whoami(slack, settings)
    db = open_database(settings.database_url)
    clock: Clock = SandboxClock(settings.clock_url, db.changed) if settings.clock_url else machine_now
    if db.is_sqlite:
        deliveries.free_leases(db, now=clock())
    membership = Membership(db, clock, slack)
    with _asking_slack(settings):
        _welcome(db, membership, me, clock())
    background = ThreadPoolExecutor(BACKGROUND_THREADS, thread_name_prefix="background")
    secrets, hosts = settings.secrets, settings.calendar_hosts
    name = settings.model.endpoint.name if settings.model else ""
    muster = Muster(db, clock, slack, library, membership.freshen, background, secrets, hosts, rounds, name)
    app = build_app(muster, api_url=settings.api_url, identity=_identity(settings, me))
    intake = open_intake(settings, app, db)
    worker = Worker(db, clock, slack, membership.freshen, wake=db.changed.set)
    follower = clock if isinstance(clock, SandboxClock) else None
    calendars = Calendars(db, clock, secrets, Feeds(hosts), wake=db.changed.set)
    model = _model(settings, db, clock, me)
    readers = (
        Briefings(db, clock, slack, model, wake=db.changed.set),
        RunBriefs(db, clock, model, wake=db.changed.set),
        calendars,
    )
    keep = settings.keep_answers
    loop = Loop(db, clock, worker, membership, readers, wake=db.changed, keep_answers=keep, follower=follower)
    return Process(db, loop, app, intake, clock, background), str(me["team"])


def _model(settings: Settings, db: Database, clock: Clock, me: Json) -> Model | None:
    if settings.model is None:
        return None
    own = [str(me[name]) for name in ("user_id", "bot_id") if me.get(name)]
    return Model(db, clock, settings.model.endpoint, own=own, tokens_a_day=settings.model.tokens_a_day)


class TokenRefused(UserError):
    """Slack refuses {name} ({error}). Type `muster doctor` to see how to mend it."""


class SlackNotReached(UserError):
    """Slack did not answer at {url}. Check this machine's connection, then start Muster again."""


class SlackBusy(UserError):
    """Slack asks Muster to wait. Start it again in {seconds} s."""


class NotAllowedToRead(UserError):
    """Slack does not tell Muster who is in the workspace ({error}). Type `muster doctor` to see how to mend it."""


@contextmanager
def _asking_slack(settings: Settings) -> Iterator[None]:
    """A start that fails because of Slack ends in a sentence."""
    try:
        yield
    except SlackUnclear as unclear:
        raise SlackNotReached(url=settings.api_url) from unclear
    except SlackLimited as limited:
        raise SlackBusy(seconds=limited.seconds) from limited
    except SlackRefused as refused:
        raise NotAllowedToRead(error=refused.error) from refused


def _whoami(slack: Slack, settings: Settings) -> Json:
    """Tries the tokens before anything is opened."""
    with _asking_slack(settings):
        with _using("MUSTER_SLACK_BOT_TOKEN"):
            me, _scopes = slack.whoami()
        if not settings.is_http:
            with _using("MUSTER_SLACK_APP_TOKEN"):
                slack.check_app_token(settings.app_token)
    return me


@contextmanager
def _using(token: str) -> Iterator[None]:
    try:
        yield
    except SlackRefused as refused:
        raise TokenRefused(name=token, error=refused.error) from refused


def _welcome(db: Database, membership: Membership, me: Json, now: datetime) -> None:
    sync.save_workspace(db, workspace_id=me["team_id"], name=me["team"], url=me["url"])
    outages.note_start(db, now=now)
    sync.follow_zone_data(db, workspace_id=me["team_id"], version=zones.VERSION, now=now)
    membership.begin(me["team_id"])
    membership.recheck(me["team_id"])


def _identity(settings: Settings, me: Json) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=me.get("enterprise_id"),
        team_id=me["team_id"],
        bot_token=settings.bot_token,
        bot_id=me.get("bot_id"),
        bot_user_id=me["user_id"],
    )
