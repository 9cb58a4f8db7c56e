"""Settings from the environment and `.env`; every name begins with MUSTER_."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values

from bot.settings_model import ModelSettings, Name, model_settings
from bot.urls import LOOPBACK, Address, database_url, listening_address, web_address
from domain.errors import UserError
from services.secrets import BadKey, Secrets

PREFIX = "MUSTER_"
DEFAULT_DATABASE = "sqlite:///muster.db"
DEFAULT_API = "https://slack.com/api/"
DEFAULT_ADDRESS = Address(LOOPBACK, 3000)
LEAST_DAYS = 30
"""Sooner than that, late answers and last time's are still asked for."""
MOST_DAYS = 100_000
KNOWN = frozenset(
    {
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        "PORT",
        "PUBLIC_URL",
        "DATABASE_URL",
        "RITUALS",
        "CLOCK_URL",
        "SECRET_KEY",
        "CALENDAR_HOSTS",
        "KEEP_ANSWERS",
        *Name,
    }
)


class MissingToken(UserError):
    """{name} is not set. Put it into `.env`; it begins with {prefix}.
    You find it in your Slack app's settings under {where}.
    """


class WrongToken(UserError):
    """{name} does not begin with {prefix}. Copy it again from your Slack app's settings under {where}."""


class BothModes(UserError):
    """MUSTER_SLACK_APP_TOKEN is for Socket Mode, MUSTER_SLACK_SIGNING_SECRET for HTTP, and both are set. Take out the
    one you do not use.
    """


class UnknownSetting(UserError):
    """{name} is no setting of Muster. The settings are {known}."""


class NotText(UserError):
    """{name} cannot be read as text. Save it anew as UTF-8: in Notepad choose "UTF-8" under Encoding."""


class NotReadable(UserError):
    """{name} cannot be read ({why}). Let the user who runs Muster read it."""


class WrongKey(UserError):
    """MUSTER_SECRET_KEY holds something else than keys. Take it out, and `muster doctor` makes one. Of several, write
    the newest first, with commas between them.
    """


class WrongHost(UserError):
    """MUSTER_CALENDAR_HOSTS lists hosts, without https:// and without a port: calendar.corp.example, 10.0.0.5."""


class WrongKeeping(UserError):
    """MUSTER_KEEP_ANSWERS is a number of days, {least} or more, such as 365. Take it out to keep answers for good."""


@dataclass(frozen=True)
class Settings:
    bot_token: str = ""
    app_token: str = ""
    """For Socket Mode."""
    signing_secret: str = ""
    """For HTTP."""
    address: Address = DEFAULT_ADDRESS
    """Where Muster listens, in HTTP mode."""
    public_url: str = ""
    """Where Slack finds it: what stands before /slack/events."""
    api_url: str = DEFAULT_API
    database_url: str = DEFAULT_DATABASE
    rituals: Path | None = None
    """A folder of templates of one's own, used instead of the library."""
    clock_url: str = ""
    """The sandbox's clock."""
    secrets: Secrets = field(default_factory=Secrets)
    """Encrypts what people give Muster to keep."""
    calendar_hosts: frozenset[str] = frozenset()
    """Where people's calendars may be read although they are not on the open internet."""
    keep_answers: timedelta | None = None
    """So long after a check-in has closed what was answered in it is kept; None means for good."""
    model: ModelSettings | None = None
    """The language model that writes briefs; without one they are drawn up by rules."""

    @property
    def is_http(self) -> bool:
        return bool(self.signing_secret)

    def require_tokens(self) -> None:
        """Raises a UserError that says which token is missing or cannot be right, and where it stands."""
        if self.app_token and self.signing_secret:
            raise BothModes
        _check(self.bot_token, "MUSTER_SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions, Bot User OAuth Token")
        if not self.is_http:
            _check(self.app_token, "MUSTER_SLACK_APP_TOKEN", "xapp-", "Basic Information, App-Level Tokens")


def _check(value: str, name: str, prefix: str, where: str) -> None:
    if not value:
        raise MissingToken(name=name, prefix=prefix, where=where)
    if not value.startswith(prefix):
        raise WrongToken(name=name, prefix=prefix, where=where)


def read_settings(environment: Mapping[str, str] = os.environ, dotenv: Path = Path(".env")) -> Settings:
    """Reads the settings; the environment goes before `.env`. Raises UserError."""
    found = {**_read_dotenv(dotenv), **environment}
    given = {key.removeprefix(PREFIX): value.strip() for key, value in found.items() if key.startswith(PREFIX)}
    for name in given:
        if name not in KNOWN and not name.startswith(("TEST_", "CHROMIUM")):
            raise UnknownSetting(name=PREFIX + name, known=", ".join(sorted(PREFIX + known for known in KNOWN)))
    return Settings(
        bot_token=given.get("SLACK_BOT_TOKEN", ""),
        app_token=given.get("SLACK_APP_TOKEN", ""),
        signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        address=listening_address(given["PORT"]) if given.get("PORT") else DEFAULT_ADDRESS,
        public_url=_address(given, "PUBLIC_URL", "https://muster.example.org").rstrip("/"),
        api_url=_address(given, "SLACK_API_URL", DEFAULT_API) or DEFAULT_API,
        database_url=database_url(given.get("DATABASE_URL") or DEFAULT_DATABASE),
        rituals=Path(given["RITUALS"]) if given.get("RITUALS") else None,
        clock_url=_address(given, "CLOCK_URL", "http://127.0.0.1:8700/clock"),
        secrets=_secrets(_listed(given, "SECRET_KEY")),
        calendar_hosts=_hosts(_listed(given, "CALENDAR_HOSTS")),
        keep_answers=_days(given.get("KEEP_ANSWERS", "")),
        model=model_settings(given, PREFIX),
    )


def _read_dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        # Editors on Windows put a mark before the first line, which would become part of the first name.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(name=path) from error
    except OSError as error:
        raise NotReadable(name=path, why=error.strerror) from error
    if "\0" in text:
        raise NotText(name=path)
    return {key: value or "" for key, value in dotenv_values(stream=StringIO(text)).items()}


def _address(given: Mapping[str, str], name: str, example: str) -> str:
    text = given.get(name, "")
    return web_address(text, name=PREFIX + name, example=example) if text else ""


def _listed(given: Mapping[str, str], name: str) -> list[str]:
    return [each.strip() for each in given.get(name, "").split(",") if each.strip()]


def _secrets(keys: list[str]) -> Secrets:
    try:
        return Secrets(keys)
    except BadKey as error:
        raise WrongKey from error


def _hosts(hosts: list[str]) -> frozenset[str]:
    if any(set(host) & set("/@ ") or host.count(":") == 1 for host in hosts):
        raise WrongHost
    return frozenset(host.lower() for host in hosts)


def _days(text: str) -> timedelta | None:
    if not text:
        return None
    if not text.isdecimal() or not LEAST_DAYS <= int(text) <= MOST_DAYS:
        raise WrongKeeping(least=LEAST_DAYS)
    return timedelta(days=int(text))
