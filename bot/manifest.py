"""The manifest of the Slack app: `app.yaml` for Socket Mode, and the same with addresses for HTTP."""

from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings
from domain.errors import UserError
from web.slack_requests import PATH

SHIPPED = Path(__file__).parent.parent / "app.yaml"


class NoPublicUrl(UserError):
    """MUSTER_PUBLIC_URL is not set. Put the address at which Slack finds Muster into `.env`, for example
    https://muster.example.org.
    """


def shipped() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return found


def text(settings: Settings) -> str:
    """For HTTP if there is an address. Raises NoPublicUrl."""
    if settings.is_http and not settings.public_url:
        raise NoPublicUrl
    if not settings.public_url:
        return SHIPPED.read_text(encoding="utf-8")
    made = over_http(shipped(), settings.public_url + PATH)
    return f"# The Slack app of Muster, for HTTP at {settings.public_url}\n{yaml.safe_dump(made, sort_keys=False)}"


def over_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """The same app, to which Slack sends everything at `url`."""
    features, settings = manifest["features"], manifest["settings"]
    commands = [{**command, "url": url} for command in features["slash_commands"]]
    asked = {name: {**settings[name], "request_url": url} for name in ("event_subscriptions", "interactivity")}
    return {
        **manifest,
        "features": {**features, "slash_commands": commands},
        "settings": {**settings, **asked, "socket_mode_enabled": False},
    }
