"""`muster doctor`: looks at everything Muster needs and says how to mend what is not right."""

from collections.abc import Callable, Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from bot import manifest
from bot.clock import check_clock
from bot.console import say
from bot.doctor_database import database, uses_reactions
from bot.doctor_http import http
from bot.doctor_model import language_model, tried
from bot.findings import Finding
from bot.library import SHIPPED, BadLibrary, read_library
from bot.settings import Settings
from domain.clock import machine_now
from domain.errors import UserError
from services.secrets import new_key
from surface.slack import Slack, SlackLimited, SlackRefused, SlackUnclear

RENEW = "Paste what `muster manifest` prints into the app's manifest page in Slack"
REACTIONS = "reactions:read"
MOST_SECONDS_OFF = 60
"""Slack refuses signatures that are five minutes off; a clock this far off is already worth mending."""


def examine(settings: Settings, *, asks_model: bool = False) -> int:
    """Prints a line for each thing; the exit code is 0 only if all are fine. `asks_model`: the language model is asked
    something, which takes its time."""
    findings: list[Finding] = []
    for check in (*CHECKS, tried if asks_model else language_model):
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
    name = check.__name__.removeprefix("_").replace("_", " ")
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
    given = "the bot token and the signing secret are set" if settings.is_http else "both tokens are set"
    yield Finding("settings", given)


def _templates(settings: Settings) -> Iterator[Finding]:
    folder = settings.rituals or SHIPPED
    try:
        yield Finding("templates", f"{len(read_library(folder))} in {folder.name}/ are fine")
    except BadLibrary as error:
        yield Finding("templates", "some cannot be read", str(error).replace("\n", "\n      "))


def _secret_key(settings: Settings) -> Iterator[Finding]:
    if settings.secrets.can_keep:
        yield Finding("secret key", "is set")
        return
    how = f"put MUSTER_SECRET_KEY={new_key()} into .env, and keep a copy elsewhere"
    yield Finding("secret key", f"is not set, so nobody can follow their calendar; to let them, {how}")


def _slack(settings: Settings) -> Iterator[Finding]:
    try:
        settings.require_tokens()
    except UserError:
        yield Finding("Slack", "was not asked, because the settings above come first", unknown=True)
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
    yield from _reactions(settings, granted)
    if not settings.is_http:
        yield _app_token(slack, settings.app_token)
    yield _clock(me)


def _scopes(granted: frozenset[str]) -> Finding:
    """What app.yaml marks as optional need not be granted, and is looked at where it is used."""
    asked = manifest.shipped()["oauth_config"]["scopes"]
    missing = sorted({*asked["bot"]} - {*asked["bot_optional"]} - granted)
    if not missing:
        return Finding("scopes", "all that Muster cannot do without are granted")
    mend = f"{RENEW}, then install the app to the workspace again."
    return Finding("scopes", f"not granted: {', '.join(missing)}", mend)


def _reactions(settings: Settings, granted: frozenset[str]) -> Iterator[Finding]:
    """Where a reaction begins records, Slack has to let Muster see it."""
    if not uses_reactions(settings):
        return
    mend = f"{RENEW}, install the app again and leave {REACTIONS} ticked; or type `/muster reactions decision off`."
    is_missing = REACTIONS not in granted
    yield Finding("reactions", "are not shown to Muster" if is_missing else "are seen", mend if is_missing else "")


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


CHECKS: tuple[Check, ...] = (_settings, _templates, _secret_key, database, _slack, http, _sandbox)
