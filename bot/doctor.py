"""`muster doctor`: looks at everything Muster needs and says how to mend what is not right."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml
from sqlalchemy.exc import DBAPIError

from bot.clock import check_clock
from bot.console import say
from bot.database import DatabaseNotReached, name_of, reaching
from bot.library import SHIPPED, BadLibrary, read_library
from bot.settings import Settings
from domain.clock import machine_now
from domain.errors import UserError
from domain.runs import Missed
from services import sync, unreached
from services.troubles import Trouble, troubles
from storage import migrate
from storage.engine import Database
from storage.migrate import Schema
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear

MANIFEST = Path(__file__).parent.parent / "app.yaml"
MOST_SECONDS_OFF = 60
"""Slack refuses signatures that are five minutes off; a clock this far off is already worth mending."""


UNREACHED_MENDS = {
    Missed.DOWN: "Let the machine start Muster by itself, and keep it on at the hours of the ritual.",
    Missed.REFUSED: "See the deliveries above for what Slack said; mend that before the next one.",
    Missed.UNANSWERED: "Check that this machine reaches Slack, and Slack's status page for that time.",
    Missed.FAULT: "The log of Muster says what went wrong; please report it.",
    Missed.SHUT: "Unarchive the channel, or type `/invite @Muster` in it, before the next one.",
}
UNREAD = "not known while the database cannot be read"
T = TypeVar("T")


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `mend` says what to do; empty means that nothing is known to be wrong with it."""

    what: str
    found: str
    mend: str = ""
    unknown: bool = False
    """It could not be looked at."""


def examine(settings: Settings) -> int:
    """Prints a line for each thing; the exit code is 0 only if all are fine."""
    findings: list[Finding] = []
    for check in CHECKS:
        for finding in _careful(check, settings):
            say(_line(finding))
            findings.append(finding)
    wrong = sum(bool(finding.mend) for finding in findings)
    unknown = sum(finding.unknown for finding in findings)
    say(f"\n{_summary(len(findings), wrong, unknown)}")
    return 1 if wrong else 0


def _summary(all_in_all: int, wrong: int, unknown: int) -> str:
    if wrong:
        return f"{wrong} of {all_in_all} need mending."
    return f"Nothing needs mending; {unknown} of {all_in_all} could not be looked at." if unknown else "All is well."


def _line(finding: Finding) -> str:
    mark = "MEND" if finding.mend else "?   " if finding.unknown else "ok  "
    text = f"{mark}  {finding.what}: {finding.found}"
    return f"{text}\n      {finding.mend}" if finding.mend else text


def _careful(check: "Check", settings: Settings) -> Iterator[Finding]:
    """A check that cannot be made is a finding too."""
    name = check.__name__.removeprefix("_")
    try:
        yield from check(settings)
    except UserError as error:
        yield Finding(name, "not right", str(error))
    except SlackLimited as error:
        yield Finding(name, "Slack asked to wait", f"Try again in {error.seconds} s.")
    except SlackUnclear as error:
        yield Finding(name, f"Slack did not answer ({error})", f"Check that this machine reaches {settings.api_url}.")


Check = Callable[[Settings], Iterator[Finding]]


def _settings(settings: Settings) -> Iterator[Finding]:
    settings.require_tokens()
    yield Finding("settings", "both tokens are set")


def _templates(settings: Settings) -> Iterator[Finding]:
    folder = settings.rituals or SHIPPED
    try:
        yield Finding("templates", f"{len(read_library(folder))} in {folder.name}/ are fine")
    except BadLibrary as error:
        yield Finding("templates", "some cannot be read", str(error).replace("\n", "\n      "))


def _database(settings: Settings) -> Iterator[Finding]:
    db = Database(settings.database_url)
    try:
        with reaching(db):
            yield _schema(db, name_of(db))
    except DatabaseNotReached as error:
        found = "{name} cannot be opened: {reason}".format(**error.values)
        yield Finding("database", found, "Check MUSTER_DATABASE_URL, and that its folder or server is there.")
    finally:
        db.close()


def _schema(db: Database, name: str) -> Finding:
    if not _is_there(db):
        folder = Path(db.url.database or "").parent
        mend = "" if folder.is_dir() else f"Make the folder {folder}, or check MUSTER_DATABASE_URL."
        return Finding("database", f"{name} will be made at the first start", mend)
    found = migrate.schema(db)
    mends = {
        Schema.OLDER: "Make a backup, then type `muster db upgrade`.",
        Schema.NEWER: "Install the newer Muster again, or use another database.",
        Schema.EMPTY: "Type `muster db upgrade`, or start Muster.",
    }
    return Finding("database", f"{name} is {found}", mends.get(found, ""))


def _is_there(db: Database) -> bool:
    return not db.is_sqlite or Path(db.url.database or "").exists()


def _slack(settings: Settings) -> Iterator[Finding]:
    try:
        settings.require_tokens()
    except UserError:
        yield Finding("Slack", "was not asked, because that takes both tokens", unknown=True)
        return
    slack = Slack(settings.bot_token, settings.api_url)
    try:
        me, granted = slack.whoami()
    except SlackRefused as refused:
        mend = "Copy MUSTER_SLACK_BOT_TOKEN again from OAuth & Permissions; if the app was removed, install it again."
        yield Finding("bot token", f"Slack refuses it ({refused.error})", mend)
        return
    yield Finding("bot token", f"works in {me['team']}")
    yield _scopes(granted)
    yield _app_token(slack, settings.app_token)
    yield _clock(me)


def _scopes(granted: frozenset[str]) -> Finding:
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    missing = sorted(set(manifest["oauth_config"]["scopes"]["bot"]) - granted)
    if not missing:
        return Finding("scopes", "all that app.yaml asks for are granted")
    mend = "Paste app.yaml into the app's manifest page in Slack, then install the app to the workspace again."
    return Finding("scopes", f"not granted: {', '.join(missing)}", mend)


def _app_token(slack: Slack, app_token: str) -> Finding:
    try:
        slack.check_app_token(app_token)
    except SlackRefused as refused:
        mend = "Make a token with the scope connections:write under Basic Information, App-Level Tokens."
        return Finding("app token", f"Slack refuses it ({refused.error})", mend)
    return Finding("app token", "opens a connection")


def _clock(me: dict[str, Any]) -> Finding:
    told = me.get("date")
    if not told:
        return Finding("clock", "could not be compared, because Slack's answer had no date", unknown=True)
    off = abs((machine_now() - parsedate_to_datetime(told).astimezone(UTC)).total_seconds())
    if off <= MOST_SECONDS_OFF:
        return Finding("clock", "agrees with Slack's")
    return Finding("clock", f"is {off:.0f} s away from Slack's", "Let the machine set its clock by NTP.")


def _sandbox(settings: Settings) -> Iterator[Finding]:
    if settings.clock_url:
        check_clock(settings.clock_url)
        yield Finding("sandbox", "its clock answers")


def _deliveries(settings: Settings) -> Iterator[Finding]:
    found = _of_workspaces(settings, troubles)
    if found is None:
        yield Finding("deliveries", UNREAD, unknown=True)
    elif not found:
        yield Finding("deliveries", "none is in trouble")
    for trouble in found or ():
        yield Finding("delivery", _trouble(trouble), trouble.mend)


def _check_ins(settings: Settings) -> Iterator[Finding]:
    found = _of_workspaces(settings, unreached.lately)
    if found is None:
        yield Finding("check-ins", UNREAD, unknown=True)
    elif not found:
        yield Finding("check-ins", "everybody was asked in time this week")
    for run in found or ():
        yield Finding(
            "check-in", run.text, " ".join(UNREACHED_MENDS[reason] for reason in Missed if reason in run.reasons)
        )


def _of_workspaces(settings: Settings, look: Callable[..., list[T]]) -> list[T] | None:
    """What there is in each workspace; None while the database cannot be read, which is a finding of its own."""
    db = Database(settings.database_url)
    try:
        if not _is_there(db) or (schema := migrate.schema(db)) is Schema.EMPTY:
            return []
        if schema is not Schema.CURRENT:
            return None
        now = machine_now()
        return [each for workspace_id in sync.workspaces(db) for each in look(db, workspace_id=workspace_id, now=now)]
    except DBAPIError:
        return None
    finally:
        db.close()


def _trouble(trouble: Trouble) -> str:
    again = f", next try {_local(trouble.next_at)}" if trouble.next_at else ""
    return f"{trouble.what} for {trouble.whom}: {trouble.why}{again}"


def _local(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


CHECKS: tuple[Check, ...] = (_settings, _templates, _database, _slack, _sandbox, _deliveries, _check_ins)
